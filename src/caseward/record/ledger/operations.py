"""Writing to the ledger, for `work.entries` alone, inside its one transaction (S1, S2, S4).

In this order: `lock`, `answered`, evaluate, `append`. After `append` the transaction should only
settle and commit, because nobody else can append until it does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from caseward.record.ledger import canonical, locks, models, queries, writing
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


def text_fingerprint(text: str) -> str:
    """Return what an adopted text is kept under; entries name it so."""
    return writing.text_fingerprint(text)


def _begin(
    act: Act, streams: Iterable[StreamRef], *, input_digest: str, said: Mapping[str, Any]
) -> writing.Tail:
    rows = locks.take_streams(streams)
    locks.take_append()
    act_id, act_hash = writing.write_act(act, input_digest=input_digest, said=said)
    return writing.tail_after(act, act_id, act_hash, rows)
