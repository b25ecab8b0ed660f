"""The values that everything else speaks of: an entry in the ledger, an event as it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import time as time_of_day
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of one child's stream, as the ledger keeps it or the plain file states it (M1, M3).

    `position` is the store's gapless order of recording (in a plain file: the order of
    `recorded_at`, then of rows). `corrects` and `withdraws` name the entry id of another entry;
    a correction carries the whole corrected values. `keys` name the plan, placement, meeting,
    recipient … the event belongs to; `fields` hold everything else its kind declares.
    `until` is the day from which a state begun by this event no longer holds (half-open).
    """

    entry_id: str
    child: str
    kind: str
    occurred_on: date
    position: int
    time: time_of_day | None = None
    outcome: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    until: date | None = None
    corrects: str | None = None
    withdraws: str | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened on a day, as it stands after corrections (M3).

    `entry_id` is the id of the entry that first recorded it and survives correction and
    re-dating; `standing_entry_id` is the entry whose values stand; `position` is the first
    entry's. `corrected_by` lists every correction, earliest first, the standing one last.
    """

    entry_id: str
    child: str
    kind: str
    occurred_on: date
    position: int
    time: time_of_day | None = None
    outcome: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    until: date | None = None
    standing_entry_id: str = ""
    standing_position: int = 0
    corrected_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One child's record as known at a moment: the only input about the child (M3, M37).

    `events` are in the order (occurred_on, time with unknown first, kind, entry_id), so that the
    order of recording changes nothing. `withdrawn` holds the ids of entries that were withdrawn.
    `known_position` is the ledger position that `known_at` resolved to.
    """

    child: str
    events: tuple[Event, ...]
    withdrawn: frozenset[str] = frozenset()
    known_position: int = 0
