"""Entries become the record as known: corrections applied, withdrawn entries gone (M3, M4)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from caseward.rules.facts.entries import Entry, Event, Record

LONDON = ZoneInfo("Europe/London")


def as_known(
    entries: Iterable[Entry],
    *,
    child: str,
    position: int | None = None,
    joined: Collection[str] = (),
) -> Record:
    """Return the child's record as the entries up to `position` state it.

    Shapes: entries in any order; those of other children are left out, unless `joined` names
    the children whose records are read as this one (M39). `position` None: all of them.
    A correction carries whole values, so it stands though the correction before it is withdrawn.
    Errors: none. A correction or withdrawal of an entry that is not known says nothing.
    Source: M3, M39.
    """
    children = {child, *joined}
    known = [
        entry
        for entry in entries
        if entry.child in children and (position is None or entry.position <= position)
    ]
    at = position if position is not None else max((e.position for e in known), default=0)
    if not any(entry.corrects or entry.withdraws for entry in known):
        events = [_event(child, entry, []) for entry in known]
        return Record(child=child, events=in_order(events), known_position=at)
    chains = _Chains.of(known)
    events = [
        _event(child, entry, chains.standing_corrections_of(entry.entry_id))
        for entry in known
        if chains.is_original(entry) and entry.entry_id not in chains.withdrawn
    ]
    return Record(
        child=child,
        events=in_order(events),
        withdrawn=chains.withdrawn,
        known_position=at,
    )


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events by day, then time (unknown first), kind and id: never by recording."""
    return tuple(sorted(events, key=_order))


def position_at(entries: Iterable[Entry], moment: date | datetime) -> int:
    """Return the ledger position that a moment resolves to; 0 before the first entry (M4).

    Shapes: a date means the end of that London day; a moment without a zone is London's.
    An entry that does not say when it was recorded counts as known from the start.
    """
    until = _end_of(moment)
    return max(
        (
            entry.position
            for entry in entries
            if entry.recorded_at is None or _aware(entry.recorded_at) <= until
        ),
        default=0,
    )


def _end_of(moment: date | datetime) -> datetime:
    if isinstance(moment, datetime):
        return _aware(moment)
    next_day = datetime.combine(moment + timedelta(days=1), time.min, LONDON)
    return next_day - timedelta(microseconds=1)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=LONDON)


def _order(event: Event) -> tuple[date, bool, time, str, str]:
    at = event.time
    return (event.occurred_on, at is not None, at or time.min, event.kind, event.entry_id)


def _event(child: str, original: Entry, corrections: list[Entry]) -> Event:
    standing = corrections[-1] if corrections else original
    return Event(
        entry_id=original.entry_id,
        child=child,
        kind=standing.kind,
        occurred_on=standing.occurred_on,
        position=original.position,
        time=standing.time,
        outcome=standing.outcome,
        keys=standing.keys,
        fields=standing.fields,
        until=standing.until,
        standing_entry_id=standing.entry_id,
        standing_position=standing.position,
        corrected_by=tuple(correction.entry_id for correction in corrections),
    )


@dataclass(frozen=True, slots=True)
class _Chains:
    """Which correction belongs to which original, and what is withdrawn."""

    by_id: Mapping[str, Entry]
    withdrawn: frozenset[str]
    corrections: Mapping[str, list[Entry]]

    @classmethod
    def of(cls, known: list[Entry]) -> "_Chains":
        by_id = {entry.entry_id: entry for entry in known}
        withdrawn = _withdrawn(known, by_id)
        corrections: dict[str, list[Entry]] = {}
        for entry in known:
            root = _root(entry, by_id) if entry.corrects else None
            if root is not None:
                corrections.setdefault(root, []).append(entry)
        return cls(by_id, withdrawn, corrections)

    def is_original(self, entry: Entry) -> bool:
        return entry.corrects is None and entry.withdraws is None

    def standing_corrections_of(self, entry_id: str) -> list[Entry]:
        """The corrections not withdrawn, in order of recording: the last one stands (M3)."""
        standing = [
            entry
            for entry in self.corrections.get(entry_id, [])
            if entry.entry_id not in self.withdrawn
        ]
        return sorted(standing, key=lambda entry: (entry.position, entry.entry_id))


def _root(entry: Entry, by_id: Mapping[str, Entry]) -> str | None:
    """Follow a correction of a correction back to the entry first recorded."""
    seen = {entry.entry_id}
    while entry.corrects is not None:
        before = by_id.get(entry.corrects)
        if before is None or before.entry_id in seen:
            return None
        seen.add(before.entry_id)
        entry = before
    return entry.entry_id if entry.withdraws is None else None


def _withdrawn(known: list[Entry], by_id: Mapping[str, Entry]) -> frozenset[str]:
    """Every entry that a standing withdrawal names; a withdrawal may itself be withdrawn."""
    against: dict[str, list[str]] = {}
    for entry in known:
        if entry.withdraws is not None and entry.withdraws in by_id:
            against.setdefault(entry.withdraws, []).append(entry.entry_id)
    gone: dict[str, bool] = {}

    def is_gone(entry_id: str, asked: frozenset[str]) -> bool:
        if entry_id in asked:
            return False
        if entry_id not in gone:
            gone[entry_id] = any(
                not is_gone(withdrawal, asked | {entry_id})
                for withdrawal in against.get(entry_id, [])
            )
        return gone[entry_id]

    return frozenset(entry_id for entry_id in against if is_gone(entry_id, frozenset()))
