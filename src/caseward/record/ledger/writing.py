"""Puts rows into the ledger's tables: one path for one entry and for a hundred thousand.

Called by `operations` under the locks of `locks`. Hashes are made here, so that a row cannot be
written without them; memory holds one chunk of rows at a time.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection

from caseward.record.ledger import canonical, hashing, models
from caseward.record.ledger.acts import Act, NewEntry, StreamRef, new_id, stream_of
from caseward.record.ledger.refusals import Refused
from caseward.rules.facts.entries import Entry

CHUNK = 1_000
TARGETS_AT_ONCE = 500
# PostgreSQL takes many rows far faster as a copy than one by one.
WORTH_COPYING = 50
SALT_BYTES = 16

ENTRY_COLUMNS = (
    "position, entry_id, stream_id, seq, act_id, recorded_at,"
    " commitment, previous_hash, hash, store_hash"
)
PAYLOAD_COLUMNS = "position, salt, text, kind, occurred_on, occasion, source"


@dataclass(slots=True, kw_only=True)
class Tail:
    """Where the store ends while an act is written; moves on with each entry."""

    position: int
    store_hash: str
    recorded_at: datetime
    act_id: str
    act_hash: str
    streams: Mapping[StreamRef, models.Stream]
    touched: set[StreamRef] = field(default_factory=set)
    new_ids: set[str] = field(default_factory=set)
    moment: str = ""

    def __post_init__(self) -> None:
        self.moment = canonical.moment_text(self.recorded_at)

    def ends(self) -> Iterator[tuple[StreamRef, int, str]]:
        """Yield where each stream that was written to ends: its last seq and hash."""
        for ref in sorted(self.touched):
            yield ref, self.streams[ref].seq, self.streams[ref].head_hash


def act_row(act: Act, *, input_digest: str, said: Mapping[str, Any]) -> models.ActRow:
    """Return the row of an act, with its id and its hash, not written yet."""
    act_id = new_id()
    answer = canonical.text_of(said)
    return models.ActRow(
        act_id=act_id,
        key=act.key,
        by=act.by,
        at=act.at,
        via=act.via,
        why=act.why,
        acting_for=act.acting_for or "",
        input_digest=input_digest,
        answer=answer,
        hash=hashing.act_hash(act_id, act, input_digest=input_digest, answer=answer),
    )


def tail_after(act: Act, row: models.ActRow, streams: Mapping[StreamRef, models.Stream]) -> Tail:
    """Return where the store ends, to be read under the append lock.

    `recorded_at` is the act's moment, or the last entry's where a clock went back (S2).
    """
    last = (
        models.Entry.objects.order_by("-position")
        .values_list("position", "store_hash", "recorded_at")
        .first()
    )
    position, store_hash, recorded_at = last or (0, hashing.BEFORE_THE_FIRST, act.at)
    return Tail(
        position=position,
        store_hash=store_hash,
        recorded_at=max(act.at, recorded_at),
        act_id=row.act_id,
        act_hash=row.hash,
        streams=streams,
    )


def write_entries(tail: Tail, new_entries: Iterable[NewEntry]) -> Iterator[Entry]:
    """Write the entries in the order given, a chunk at a time, and yield each as rules read it.

    Errors: Refused where one corrects or withdraws what its stream does not hold. The caller must
    run the iterator to its end: the streams' rows are written last.
    """
    coming = iter(new_entries)
    while chunk := list(islice(coming, CHUNK)):
        tail.new_ids.update(new.entry_id for new in chunk)
        _refuse_unknown(tail, chunk)
        texts = [canonical.payload_text(new) for new in chunk]
        rows = [_rows(tail, new, text) for new, text in zip(chunk, texts, strict=True)]
        insert("ledger_entry", ENTRY_COLUMNS, [entry for entry, _ in rows])
        insert("ledger_payload", PAYLOAD_COLUMNS, [payload for _, payload in rows])
        for new, text, (entry, _) in zip(chunk, texts, rows, strict=True):
            yield canonical.entry_from(
                text,
                entry_id=new.entry_id,
                stream_id=new.stream.id,
                position=entry[0],
                recorded_at=tail.recorded_at,
            )
    _move_streams_on(tail)


def sealed(text: str) -> tuple[str, str]:
    """Return a salt of its own for a payload's text, and the commitment to the two."""
    salt = secrets.token_hex(SALT_BYTES)
    return salt, hashing.commitment(salt, text)


def linked(tail: Tail, ref: StreamRef, entry_id: str, commitment: str) -> tuple[int, str, str, str]:
    """Give the next entry its place; return its seq, and the hashes before it, of it, of the store."""
    stream = _stream(tail, ref)
    tail.position += 1
    stream.seq += 1
    place = hashing.Place(
        position=tail.position,
        entry_id=entry_id,
        stream=ref,
        seq=stream.seq,
        recorded_at=tail.moment,
    )
    previous = stream.head_hash
    stream.head_hash = hashing.entry_hash(
        place, act_hash=tail.act_hash, commitment=commitment, previous_hash=previous
    )
    tail.store_hash = hashing.store_hash(tail.store_hash, stream.head_hash)
    tail.touched.add(ref)
    return stream.seq, previous, stream.head_hash, tail.store_hash


def keep_texts(texts: Iterable[str]) -> None:
    """Keep each adopted text under its fingerprint, unless it is kept already."""
    wanted = {text_fingerprint(text): text for text in texts}
    kept = set(
        models.LawText.objects.filter(fingerprint__in=wanted).values_list("fingerprint", flat=True)
    )
    models.LawText.objects.bulk_create(
        models.LawText(fingerprint=fingerprint, text=text)
        for fingerprint, text in sorted(wanted.items())
        if fingerprint not in kept
    )


def text_fingerprint(text: str) -> str:
    """Return what an adopted text is kept under: the SHA-256 of its UTF-8 bytes."""
    return canonical.fingerprint(text)


def insert(table: str, columns: str, rows: Sequence[Sequence[Any]]) -> None:
    """Add rows to a table of ours, however few or many; `columns` are our own words too."""
    if connection.vendor == "postgresql" and len(rows) >= WORTH_COPYING:
        copy(table, columns, rows)
        return
    marks = ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608 -- our own words, no input


def copy(table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Add rows to a table of PostgreSQL's as a copy, which takes texts for what they say."""
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copying,
    ):
        for row in rows:
            copying.write_row(row)


def _rows(tail: Tail, new: NewEntry, text: str) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    salt, commitment = sealed(text)
    seq, previous, own, store = linked(tail, new.stream, new.entry_id, commitment)
    number = tail.streams[new.stream].number
    ops = connection.ops
    recorded_at = ops.adapt_datetimefield_value(tail.recorded_at)
    occurred_on = ops.adapt_datefield_value(new.occurred_on)
    return (
        (tail.position, new.entry_id, number, seq, tail.act_id, recorded_at,
         commitment, previous, own, store),
        (tail.position, salt, text, new.kind, occurred_on, new.occasion or "", new.source or ""),
    )  # fmt: skip


def _stream(tail: Tail, ref: StreamRef) -> models.Stream:
    try:
        return tail.streams[ref]
    except KeyError:
        raise LookupError(f"The stream {ref} was not locked before it was written.") from None


def _refuse_unknown(tail: Tail, chunk: list[NewEntry]) -> None:
    refuse_unknown(
        (target, new.stream)
        for new in chunk
        for target in (new.corrects, new.withdraws)
        if target and target not in tail.new_ids
    )


def refuse_unknown(named: Iterable[tuple[str, StreamRef]]) -> None:
    """Refuse to correct or withdraw an entry that its stream does not hold.

    Shapes: named, the id of an entry with the stream that it should be on.
    Errors: Refused, naming the first that is not there.
    """
    coming = iter(named)
    while wanted := set(islice(coming, TARGETS_AT_ONCE)):
        known = models.Entry.objects.filter(entry_id__in=[target for target, _ in wanted])
        held = {
            (entry_id, stream_of(kind, public_id))
            for entry_id, kind, public_id in known.values_list(
                "entry_id", "stream__kind", "stream__public_id"
            )
        }
        for target, ref in sorted(wanted - held):
            raise Refused(
                f"The entry {target}, which was to be corrected or withdrawn, is not on this record "
                f"({ref.kind} {ref.id}). Open the record again and choose the entry there."
            )


def move_on(ends: Iterable[tuple[int, str, int]]) -> None:
    """Write where streams now end.

    Shapes: ends, the last seq and hash of a stream, and its number.
    """
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE ledger_stream SET seq = %s, head_hash = %s WHERE number = %s", list(ends)
        )


def _move_streams_on(tail: Tail) -> None:
    move_on((seq, head_hash, tail.streams[ref].number) for ref, seq, head_hash in tail.ends())
