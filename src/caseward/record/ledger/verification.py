"""`verify` and `digest`: is the ledger whole, and is it the one that the signed heads speak of.

Reads the whole ledger once, in order of position, with memory only for each stream's end.
Projections are compared with the ledger elsewhere (S8).
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection

from caseward.record.ledger import (
    acts,
    canonical,
    chain,
    hashing,
    heads,
    models,
    queries,
    triggers,
)
from caseward.record.ledger.chain import Chain, Fault, Link, Said

READ_AHEAD = 2_000

_LINK = (
    "position",
    "entry_id",
    "stream__kind",
    "stream__public_id",
    "seq",
    "recorded_at",
    "act__hash",
    "commitment",
    "previous_hash",
    "hash",
    "store_hash",
    "payload__salt",
    "payload__text",
    "payload__kind",
    "payload__occurred_on",
    "payload__occasion",
    "payload__source",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a verification read and what it found wrong; no fault means whole."""

    n_entries: int
    n_streams: int
    n_acts: int
    n_heads: int
    head: queries.Head
    faults: tuple[Fault, ...]

    @property
    def is_whole(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.faults


def verify(
    signed: Sequence[heads.SignedHead] = (),
    *,
    public_key: str = "",
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Read the whole ledger and hold it against itself and against signed heads.

    `signed` are heads kept outside the store and `public_key` the key that signed them; without
    them a tail cut off with all its traces cannot be told. `progress` is told how many entries
    were read since it was last told.
    """
    faults = [*_guard_faults(), *_act_faults(), *_text_faults()]
    at_heads: dict[int, str] = {}
    followed = Chain()
    wanted = {head.position for head in signed}
    for count, link in enumerate(_links(), start=1):
        faults += followed.follow(link)
        if link.position in wanted:
            at_heads[link.position] = link.store_hash
        if progress is not None and count % READ_AHEAD == 0:
            progress(READ_AHEAD)
    faults += _stream_faults(followed)
    faults += _head_faults(signed, public_key, at_heads)
    return Report(
        n_entries=models.Entry.objects.count(),
        n_streams=len(followed.streams),
        n_acts=models.ActRow.objects.count(),
        n_heads=len(signed),
        head=queries.head(),
        faults=tuple(faults),
    )


def digest(position: int | None = None) -> str:
    """Return the digest of all that the ledger says up to a position: equal records, equal digest.

    It covers order, ids, streams, moments and texts, and none of the salts, so that two stores
    given the same entries agree.
    """
    running = hashlib.sha256()
    for link in _links(position):
        said = link.said.text if link.said else "disposed of"
        line = canonical.sha256(
            "caseward digest 1",
            str(link.position),
            link.entry_id,
            link.stream.kind,
            link.stream.id,
            str(link.seq),
            canonical.moment_text(link.recorded_at),
            said,
        )
        running.update(line.encode())
    return running.hexdigest()


def _links(position: int | None = None) -> Iterator[Link]:
    disposed = set(models.Disposal.objects.values_list("of_position", flat=True))
    rows = models.Entry.objects.order_by("position")
    if position is not None:
        rows = rows.filter(position__lte=position)
    for row in rows.values_list(*_LINK).iterator(chunk_size=READ_AHEAD):
        salt, text, kind, occurred_on, occasion, source = row[11:]
        yield Link(
            position=row[0],
            entry_id=row[1],
            stream=acts.stream_of(row[2], row[3]),
            seq=row[4],
            recorded_at=row[5],
            act_hash=row[6],
            commitment=row[7],
            previous_hash=row[8],
            hash=row[9],
            store_hash=row[10],
            said=Said(
                salt=salt,
                text=text,
                kind=kind,
                occurred_on=occurred_on,
                occasion=occasion,
                source=source,
            )
            if text is not None
            else None,
            is_disposed=row[0] in disposed,
        )


def _guard_faults() -> Iterator[Fault]:
    for name in triggers.missing(connection):
        yield Fault(
            code="guard_missing",
            sentence=f"The database's guard {name} is gone, switched off or changed.",
        )


def _act_faults() -> Iterator[Fault]:
    for row in models.ActRow.objects.order_by("act_id").iterator(chunk_size=READ_AHEAD):
        expected = hashing.act_hash(
            row.act_id, _act(row), input_digest=row.input_digest, answer=row.answer
        )
        if row.hash != expected:
            yield Fault(
                code="act_changed",
                sentence=f"The act {row.act_id} (who, when, why or its answer) was changed.",
            )


def _act(row: models.ActRow) -> acts.Act:
    return acts.Act(
        by=row.by,
        at=row.at,
        today=row.at.astimezone(acts.LONDON).date(),
        key=row.key,
        via=row.via,
        why=row.why,
        acting_for=row.acting_for or None,
    )


def _text_faults() -> Iterator[Fault]:
    for row in models.LawText.objects.order_by("fingerprint").iterator(chunk_size=READ_AHEAD):
        if canonical.fingerprint(row.text) != row.fingerprint:
            yield Fault(
                code="text_changed",
                sentence=f"The adopted text {row.fingerprint} was changed.",
            )


def _stream_faults(followed: chain.Chain) -> Iterator[Fault]:
    for row in models.Stream.objects.order_by("number").iterator(chunk_size=READ_AHEAD):
        ref = acts.stream_of(row.kind, row.public_id)
        seq, stream_hash = followed.streams.get(ref, (0, hashing.BEFORE_THE_FIRST))
        if (row.seq, row.head_hash) != (seq, stream_hash):
            yield Fault(
                code="stream_cut",
                sentence=(
                    f"The stream {ref.kind} {ref.id} was written up to number {row.seq} and its "
                    f"entries end at {seq}, or end otherwise."
                ),
                stream=ref,
                seq=seq,
            )


def _head_faults(
    signed: Sequence[heads.SignedHead], public_key: str, at_heads: dict[int, str]
) -> Iterator[Fault]:
    for head in signed:
        if not heads.is_signed_by(head, public_key):
            yield Fault(
                code="head_not_ours",
                sentence=f"The head at position {head.position} was not signed by the given key.",
                position=head.position,
            )
        elif head.position and at_heads.get(head.position) != head.store_hash:
            yield Fault(
                code="head_differs",
                sentence=(
                    f"The head signed at {head.written_at} says that the store stood at position "
                    f"{head.position} with another hash, or that far at all: entries were cut off "
                    "or made anew."
                ),
                position=head.position,
            )
