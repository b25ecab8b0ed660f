"""Reading the ledger: streams as entries that rules can read, as known at a position (M3, M4).

Rows come in order of position. An entry whose payload was disposed of is left out of records and
still stands in the chain.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from caseward.record.ledger import canonical, hashing, models
from caseward.record.ledger.acts import StreamKind, StreamRef, stream_of
from caseward.rules.facts.entries import Entry

AT_ONCE = 500
READ_AHEAD = 2_000

_ENTRY = (
    "stream__kind", "stream__public_id", "entry_id", "position", "recorded_at", "payload__text",
)  # fmt: skip
_ACT = ("act_id", "act__by", "act__at", "act__via", "act__why", "act__acting_for", "act__key")
_MORE = ("seq", "payload__occasion", "payload__source")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActShown:
    """The act that brought an entry: who, when, by which door, why."""

    act_id: str
    by: str
    at: datetime
    via: str
    why: str
    acting_for: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An entry with its place on its stream and the act that brought it."""

    entry: Entry
    stream: StreamRef
    seq: int
    act: ActShown
    occasion: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """What was first recorded from one place of an import, and whether it was withdrawn since."""

    entry_id: str
    stream: StreamRef
    kind: str
    occurred_on: date
    outcome: str | None
    keys: Mapping[str, str]
    fields: Mapping[str, Any]
    until: date | None
    is_withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where the store ends: its last position, its running hash, and when that was recorded."""

    position: int
    store_hash: str
    recorded_at: datetime | None


def entries_of(
    stream: StreamRef, *, position: int | None = None, kinds: Iterable[str] | None = None
) -> tuple[Entry, ...]:
    """Return a stream's entries up to a position, of these kinds if any are named."""
    rows = _up_to(position).filter(stream__kind=stream.kind, stream__public_id=stream.id)
    if kinds is not None:
        rows = rows.filter(payload__kind__in=tuple(kinds))
    return _in_order(rows.values_list(*_ENTRY))


def entries_of_all(
    streams: Iterable[StreamRef], *, position: int | None = None
) -> dict[StreamRef, tuple[Entry, ...]]:
    """Return the entries of several streams up to a position; a stream without any has ()."""
    wanted = sorted(set(streams))
    found: dict[StreamRef, list[Entry]] = {ref: [] for ref in wanted}
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        rows = _up_to(position).filter(
            stream__kind__in=sorted({ref.kind for ref in some}),
            stream__public_id__in=[ref.id for ref in some],
        )
        for row in sorted(rows.order_by().values_list(*_ENTRY), key=_position):
            ref = stream_of(row[0], row[1])
            if ref in found:
                found[ref].append(_entry(*row))
    return {ref: tuple(entries) for ref, entries in found.items()}


def each_stream(
    kind: StreamKind, *, position: int | None = None, kinds: Iterable[str] | None = None
) -> Iterator[tuple[StreamRef, tuple[Entry, ...]]]:
    """Yield every stream of a kind with its entries, one stream in memory at a time.

    With `kinds`, the entries of these kinds alone, and the streams that have any.
    """
    rows = _up_to(position).filter(stream__kind=kind).order_by("stream_id", "seq")
    if kinds is not None:
        rows = rows.filter(payload__kind__in=tuple(kinds))
    walked = rows.values_list(*_ENTRY).iterator(chunk_size=READ_AHEAD)
    for (stream_kind, public_id), group in groupby(walked, key=lambda row: (row[0], row[1])):
        yield stream_of(stream_kind, public_id), tuple(_entry(*row) for row in group)


def entries_of_act(act_id: str) -> tuple[Entry, ...]:
    """Return the entries that one act wrote, over all its streams."""
    return _in_order(_up_to(None).filter(act_id=act_id).values_list(*_ENTRY))


def recorded(stream: StreamRef, *, position: int | None = None) -> tuple[Recorded, ...]:
    """Return a stream's entries up to a position, each with its act."""
    rows = _up_to(position).filter(stream__kind=stream.kind, stream__public_id=stream.id)
    return _recorded(rows)


def recorded_of_all(streams: Iterable[StreamRef]) -> dict[StreamRef, tuple[Recorded, ...]]:
    """Return the entries of several streams, each with its act; a stream without any has ()."""
    wanted = sorted(set(streams))
    found: dict[StreamRef, list[Recorded]] = {ref: [] for ref in wanted}
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        rows = _up_to(None).filter(
            stream__kind__in=sorted({ref.kind for ref in some}),
            stream__public_id__in=[ref.id for ref in some],
        )
        for one in _recorded(rows):
            if one.stream in found:
                found[one.stream].append(one)
    return {ref: tuple(several) for ref, several in found.items()}


def since(stream: StreamRef, seq: int) -> tuple[Recorded, ...]:
    """Return what was written on a stream after the entry with this seq (S7)."""
    rows = _up_to(None).filter(stream__kind=stream.kind, stream__public_id=stream.id, seq__gt=seq)
    return _recorded(rows)


def of_act(act_id: str) -> tuple[Recorded, ...]:
    """Return what one act wrote, each entry with its stream and seq; () if there is no such act."""
    return _recorded(_up_to(None).filter(act_id=act_id))


def was_sent(key: str) -> bool:
    """Return whether an act with this key is recorded: the same form is sent again (S1)."""
    return models.ActRow.objects.filter(key=key).exists()


def find(entry_id: str) -> Recorded | None:
    """Return one entry by its public id, or None."""
    found = _recorded(_up_to(None).filter(entry_id=entry_id))
    return found[0] if found else None


def by_source(prefix: str) -> dict[str, Sourced]:
    """Return what came from sources that begin so, by source: the entry first recorded from each.

    One pass over the payloads, for an import that must know its own rows again.
    """
    rows = _up_to(None).filter(payload__source__startswith=prefix).order_by("position")
    found: dict[str, Sourced] = {}
    withdrawn = _withdrawn()
    for row in rows.values_list(*_ENTRY, "payload__source").iterator(chunk_size=READ_AHEAD):
        if row[6] not in found:
            entry = _entry(*row[:6])
            found[row[6]] = Sourced(
                entry_id=entry.entry_id,
                stream=stream_of(row[0], row[1]),
                kind=entry.kind,
                occurred_on=entry.occurred_on,
                outcome=entry.outcome,
                keys=entry.keys,
                fields=entry.fields,
                until=entry.until,
                is_withdrawn=entry.entry_id in withdrawn,
            )
    return found


def kinds_of(entry_ids: Iterable[str]) -> dict[str, tuple[str, date]]:
    """Return kind and day of entries by their ids, without reading what they say."""
    wanted = sorted(set(entry_ids))
    found: dict[str, tuple[str, date]] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = models.Entry.objects.filter(entry_id__in=wanted[start : start + AT_ONCE])
        said = rows.filter(payload__isnull=False).order_by("position")
        for entry_id, kind, on in said.values_list(
            "entry_id", "payload__kind", "payload__occurred_on"
        ):
            found[entry_id] = (kind, on)
    return found


def streams_with(kind: str, *, position: int | None = None) -> tuple[StreamRef, ...]:
    """Return the streams that hold an entry of a kind, up to a position."""
    rows = _up_to(position).filter(payload__kind=kind).order_by("stream__kind", "stream__public_id")
    named = rows.values_list("stream__kind", "stream__public_id").distinct()
    return tuple(stream_of(stream_kind, public_id) for stream_kind, public_id in named)


def of_kind(kind: str) -> tuple[Recorded, ...]:
    """Return every entry of one kind, of all streams: for kinds of which there are few."""
    return _recorded(_up_to(None).filter(payload__kind=kind))


def recorded_since(moment: datetime, *, not_via: Iterable[str]) -> Iterator[Recorded]:
    """Yield what was recorded of children at or after a moment by other doors than these, in order."""
    rows = _up_to(None).filter(stream__kind="child", recorded_at__gte=moment)
    rows = rows.exclude(act__via__in=tuple(not_via)).order_by("position")
    walked = rows.values_list(*_ENTRY, *_ACT, *_MORE).iterator(chunk_size=READ_AHEAD)
    for row in walked:
        yield _shown(row[:6], row[6:13], row[13:])


def seqs(streams: Iterable[StreamRef]) -> dict[StreamRef, int]:
    """Return each stream's last seq, 0 for one that does not exist: what a page keeps (S7)."""
    wanted = sorted(set(streams))
    found: dict[StreamRef, int] = dict.fromkeys(wanted, 0)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        rows = models.Stream.objects.filter(
            kind__in=sorted({ref.kind for ref in some}), public_id__in=[ref.id for ref in some]
        )
        for kind, public_id, seq in rows.values_list("kind", "public_id", "seq"):
            if (ref := stream_of(kind, public_id)) in found:
                found[ref] = seq
    return found


def stream_head(stream: StreamRef) -> tuple[int, str]:
    """Return a stream's last seq and its hash: equal pairs mean equal streams, on any store."""
    rows = models.Stream.objects.filter(kind=stream.kind, public_id=stream.id)
    return rows.values_list("seq", "head_hash").first() or (0, hashing.BEFORE_THE_FIRST)


def position_at(moment: datetime) -> int:
    """Return the last position recorded at or before a moment: what was known then (M4)."""
    rows = models.Entry.objects.filter(recorded_at__lte=moment).order_by(
        "-recorded_at", "-position"
    )
    return rows.values_list("position", flat=True).first() or 0


def head() -> Head:
    """Return where the store ends; position 0 for an empty one."""
    row = (
        models.Entry.objects.order_by("-position")
        .values_list("position", "store_hash", "recorded_at")
        .first()
    )
    position, store_hash, recorded_at = row or (0, hashing.BEFORE_THE_FIRST, None)
    return Head(position=position, store_hash=store_hash, recorded_at=recorded_at)


def store_hash_at(position: int) -> str | None:
    """Return the running hash of the store at a position, None where it does not reach so far."""
    rows = models.Entry.objects.filter(position=position)
    return rows.values_list("store_hash", flat=True).first()


def texts(fingerprints: Iterable[str]) -> Mapping[str, str]:
    """Return the adopted texts kept under these fingerprints."""
    rows = models.LawText.objects.filter(fingerprint__in=sorted(set(fingerprints)))
    return dict(rows.values_list("fingerprint", "text"))


def _up_to(position: int | None) -> QuerySet[models.Entry]:
    rows = models.Entry.objects.filter(payload__isnull=False)
    return rows if position is None else rows.filter(position__lte=position)


def _withdrawn() -> frozenset[str]:
    """Return the ids of entries withdrawn, which only the text of a payload says."""
    rows = models.Payload.objects.filter(text__contains='"withdraws":').order_by("entry_id")
    named = (canonical.read_payload(text).get("withdraws") for (text,) in rows.values_list("text"))
    return frozenset(target for target in named if target)


# Asked for one stream in order of position, SQLite walks every position there is; put in order
# here, it finds the stream by its index.
def _position(row: tuple[Any, ...]) -> int:
    position: int = row[3]
    return position


def _in_order(rows: Iterable[tuple[Any, ...]]) -> tuple[Entry, ...]:
    return tuple(_entry(*row) for row in sorted(rows, key=_position))


def _recorded(rows: QuerySet[models.Entry]) -> tuple[Recorded, ...]:
    walked = rows.order_by().values_list(*_ENTRY, *_ACT, *_MORE)
    return tuple(_shown(row[:6], row[6:13], row[13:]) for row in sorted(walked, key=_position))


def _shown(entry: tuple[Any, ...], act: tuple[Any, ...], more: tuple[Any, ...]) -> Recorded:
    act_id, by, at, via, why, acting_for, key = act
    seq, occasion, source = more
    return Recorded(
        entry=_entry(*entry),
        stream=stream_of(entry[0], entry[1]),
        seq=seq,
        act=ActShown(act_id=act_id, by=by, at=at, via=via, why=why, acting_for=acting_for, key=key),
        occasion=occasion,
        source=source,
    )


def _entry(
    _kind: str, stream_id: str, entry_id: str, position: int, recorded_at: datetime, text: str
) -> Entry:
    return canonical.entry_from(
        text,
        entry_id=entry_id,
        stream_id=stream_id,
        position=position,
        recorded_at=recorded_at,
    )
