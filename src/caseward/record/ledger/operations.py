"""Writing to the ledger, for `work.entries` alone, inside its one transaction (S1, S2, S4).

In this order: `lock`, `answered`, evaluate, `append`. After `append` the transaction should only
settle and commit, because nobody else can append until it does.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection

from caseward.record.ledger import canonical, locks, models, queries, staging, writing
from caseward.record.ledger.acts import Act, NewEntry, StreamRef
from caseward.record.ledger.refusals import KeyReused
from caseward.rules.facts.entries import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an act was answered with when it was first done: given again to the same key (S1)."""

    act_id: str
    entries: tuple[Entry, ...]
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What a bulk append wrote: first and last position, and how many entries."""

    act_id: str
    first: int
    last: int

    @property
    def count(self) -> int:
        """Return how many entries were written."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A staged act with its row, and the end of the store that its facts' hashes follow."""

    row: models.ActRow
    position: int
    store_hash: str
    moment: str

    def follows(self, tail: writing.Tail) -> bool:
        """Return whether the hashes are right after this end."""
        found = (tail.position, tail.store_hash, tail.moment)
        return found == (self.position, self.store_hash, self.moment)


def lock(act: Act, streams: Iterable[StreamRef]) -> dict[StreamRef, int]:
    """Lock the act's key and the streams it touches, to the end of the transaction.

    Return each stream's seq, 0 for one that is new.
    """
    locks.take_key(act.key)
    return {ref: row.seq for ref, row in locks.take_streams(streams).items()}


def lock_streams(streams: Iterable[StreamRef]) -> dict[StreamRef, int]:
    """Lock streams without an act, to settle what others wrote (S5); return each one's seq."""
    return {ref: row.seq for ref, row in locks.take_streams(streams).items()}


def answered(act: Act, input_digest: str) -> Answer | None:
    """Return the first answer to this key, or None if the act is new. Call after `lock`.

    Errors: KeyReused if the key came before with other input or from somebody else.
    """
    row = models.ActRow.objects.filter(key=act.key).first()
    if row is None:
        return None
    if row.input_digest != input_digest or row.by != act.by:
        raise KeyReused(act.key)
    return Answer(
        act_id=row.act_id,
        entries=queries.entries_of_act(row.act_id),
        said=canonical.read_payload(row.answer),
    )


def input_digest(new_entries: Iterable[NewEntry], *, extra: Mapping[str, Any] | None = None) -> str:
    """Return the digest of what an act was given: its entries without their ids, and the rest.

    Entry ids are left out because the door makes them anew each time; put into `extra` whatever
    else changes the answer.
    """
    parts = [
        part
        for new in new_entries
        for part in (new.stream.kind, new.stream.id, canonical.payload_text(new))
    ]
    return canonical.sha256("caseward input 1", canonical.text_of(extra or {}), *parts)


def append(
    act: Act,
    new_entries: Iterable[NewEntry],
    *,
    input_digest: str,
    said: Mapping[str, Any] | None = None,
    texts: Iterable[str] = (),
) -> Answer:
    """Write the act and its entries in the order given; return them with their positions.

    `said` is kept with the act and given back by `answered`; `texts` are adopted law texts, kept
    under their fingerprints. The streams must have been locked.
    Errors: Refused (nothing is on the record to correct), NotCanonical; the caller rolls back.
    """
    wanted = tuple(new_entries)
    writing.keep_texts(texts)
    tail = _begin(act, {new.stream for new in wanted}, input_digest=input_digest, said=said or {})
    entries = tuple(writing.write_entries(tail, wanted))
    return Answer(act_id=tail.act_id, entries=entries, said=said or {})


def append_many(
    act: Act,
    streams: Iterable[StreamRef],
    new_entries: Iterable[NewEntry],
    *,
    input_digest: str,
    said: Mapping[str, Any] | None = None,
) -> Span:
    """Write one act's many entries, holding a chunk of them in memory at a time (S6).

    `streams` names every stream that the entries touch; they are locked here if they are not yet.
    """
    tail = _begin(act, streams, input_digest=input_digest, said=said or {})
    first = tail.position + 1
    for _ in writing.write_entries(tail, new_entries):
        pass
    return Span(act_id=tail.act_id, first=first, last=tail.position)


def number_staged(act: Act, file: staging.File, *, input_digest: str) -> Numbered:
    """Hash what is staged as if it were appended now, while the writer is free.

    Where the store moves on before `append_staged`, that hashes it again.
    """
    row = writing.act_row(act, input_digest=input_digest, said={})
    tail = writing.tail_after(act, row, locks.seen_streams(staging.streams(file)))
    numbered = Numbered(
        row=row, position=tail.position, store_hash=tail.store_hash, moment=tail.moment
    )
    staging.number(file, tail)
    return numbered


def append_staged(act: Act, numbered: Numbered, source: staging.Beside) -> Iterator[int]:
    """Write a staged act and its facts; yield how many more are in, until all are (S6).

    The streams must have been locked. The caller must run the iterator to its end. From the first
    step on nobody else can append; hashing, if the store has moved on, is done before it.
    Errors: Refused where one corrects or withdraws what its stream does not hold.
    """
    file = source.file
    streams = locks.take_streams(staging.streams(file))
    numbered = _number_again(act, numbered, file)
    locks.take_append()
    tail = writing.tail_after(act, numbered.row, streams)
    recorded_at = str(connection.ops.adapt_datetimefield_value(tail.recorded_at))
    before = tail.position
    if not numbered.follows(tail):
        staging.number(file, tail)
    staging.name_streams(file, {ref: row.number for ref, row in streams.items()})
    writing.refuse_unknown(staging.targets(file))
    numbered.row.save(force_insert=True)
    yield from staging.copy_facts(source, before, numbered.row.act_id, recorded_at)
    writing.move_on(
        (seq, head_hash, streams[ref].number) for ref, seq, head_hash in staging.ends(file)
    )


def _number_again(act: Act, numbered: Numbered, file: staging.File) -> Numbered:
    """Hash what is staged anew where the store has moved on, while others may still append."""
    tail = writing.tail_after(act, numbered.row, locks.seen_streams(staging.streams(file)))
    if numbered.follows(tail):
        return numbered
    again = replace(
        numbered, position=tail.position, store_hash=tail.store_hash, moment=tail.moment
    )
    staging.number(file, tail)
    return again


def text_fingerprint(text: str) -> str:
    """Return what an adopted text is kept under; entries name it so."""
    return writing.text_fingerprint(text)


def _begin(
    act: Act, streams: Iterable[StreamRef], *, input_digest: str, said: Mapping[str, Any]
) -> writing.Tail:
    rows = locks.take_streams(streams)
    locks.take_append()
    row = writing.act_row(act, input_digest=input_digest, said=said)
    row.save(force_insert=True)
    return writing.tail_after(act, row, rows)
