"""What is alive on the walk: causes, occurrences and their parts, threads, episodes.

These change as the walk goes from day to day; `rows` makes frozen tasks of them at its end.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from caseward.rules.engine.reference.known import value_of
from caseward.rules.engine.reference.law import (
    LawPart,
    LawProcedure,
    LawRow,
    LawStep,
    Leaf,
    Noun,
    Rule,
    View,
)
from caseward.rules.engine.reference.scene import Need, Scene
from caseward.rules.engine.tasks import Delay, LimitDate, Role, Status
from caseward.rules.facts.entries import Event

Slot = tuple[str | None, ...]
NO_KEYS: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True)
class Cause:
    """What opened or closed something: the entries, or what a computed trigger came from (M38).

    `day` is the trigger's day, from which limits are counted unless they name another anchor.
    """

    day: date
    entries: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    computed: str = ""
    keys: Mapping[str, str] = field(default_factory=lambda: NO_KEYS)
    at: dt.time | None = None
    fact: str = ""
    missing: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The trigger as it stands in keys: stable under correction and re-dating."""
        return self.computed or (
            self.entries[0] if len(self.entries) == 1 else "+".join(self.entries)
        )

    @property
    def event(self) -> Event | None:
        return self.events[-1] if self.events else None

    def names(self, name: str) -> str | None:
        """Return the key or field of that name which the trigger gives, None where it has none."""
        for event in reversed(self.events):
            value = value_of(event, name)
            if value is not None:
                return str(value)
        return self.keys.get(name)


def cause_of(event: Event, missing: tuple[str, ...] = ()) -> Cause:
    """Return the event as a cause."""
    entries = (event.entry_id,)
    return Cause(event.occurred_on, entries, (event,), "", NO_KEYS, event.time, "", missing)


@dataclass(slots=True, eq=False)
class LivePart:
    """One part of an `all_of` as it falls on the child (M14)."""

    law: LawPart
    opened_on: date
    each: str = ""
    keys: Mapping[str, str] = field(default_factory=lambda: NO_KEYS)
    met_on: date | None = None
    met_by: tuple[str, ...] = ()
    matched_by_date: bool = False
    ended_on: date | None = None
    ending: Status | None = None
    ended_by: str = ""
    ended_because: str = ""
    is_stale: bool = False
    notes: tuple[str, ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether the part is present, or need not be."""
        return self.met_on is not None or self.ending is not None

    @property
    def is_open(self) -> bool:
        return self.met_on is None and self.ending is None


@dataclass(slots=True, eq=False)
class Thread:
    """Everything arranged for one occurrence of a meeting, up to its being held (M21)."""

    noun: Noun
    episode: "LiveEpisode"
    keys: Mapping[str, str]
    occurrence: "Occurrence | None" = None
    first_planned_on: date | None = None
    planned_on: date | None = None
    planned_at: dt.time | None = None
    arranged_by: str = ""
    arranged_on: date | None = None
    held_on: date | None = None
    merged_by: str = ""
    before: list["Occurrence"] = field(default_factory=list)
    say: "Occurrence | None" = None


@dataclass(slots=True, eq=False)
class Occurrence:
    """A step as it falls on the child, from its trigger until it is met or ends (M9–M12)."""

    law: LawStep
    episode: "LiveEpisode"
    cause: Cause
    key: str
    slot: Slot
    keys: Mapping[str, str]
    opened_on: date
    each: str = ""
    ordinal: int = 0
    role: Role = Role.STEP
    owner: tuple[str, ...] = ()
    owners_from: tuple[tuple[date, tuple[str, ...]], ...] = ()
    dates: tuple[LimitDate, ...] = ()
    applies: Sequence[bool] = ()
    row: LawRow | None = None
    tightened: tuple[date, LawRow] | None = None
    anchors: dict[str, Event] | None = None
    looks_back_from: date = date.max
    due_on: date | None = None
    due_at: dt.datetime | None = None
    firm_due_on: date | None = None
    expected_on: date | None = None
    first_due_on: date | None = None
    waits_for: str = ""
    is_projected: bool = False
    is_provisional: bool = False
    impossible_since: date | None = None
    met_on: date | None = None
    met_by: tuple[str, ...] = ()
    by_silence: bool = False
    matched_by_date: bool = False
    is_stale: bool = False
    is_kept: bool = False
    is_given_up: bool = False
    ended_on: date | None = None
    ending: Status | None = None
    ended_by: str = ""
    ended_because: str = ""
    attempts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    lacks: Mapping[str, tuple[str, ...]] | None = None
    delays: tuple[tuple[int, Delay], ...] = ()
    already_late: tuple[tuple[date, date], ...] = ()
    unbound: tuple[tuple[date, date | None, str], ...] = ()
    parts: Sequence[LivePart] = ()
    thread: Thread | None = None
    before: tuple[Thread, ...] = ()
    taken_by: str = ""
    covered_by: str = ""
    moved_from: str = ""
    fired: frozenset[Leaf] = frozenset()
    scene: Scene | None = None

    @property
    def is_open(self) -> bool:
        return self.met_on is None and self.ending is None

    def lack(self, purpose: str, missing: list[str]) -> None:
        """Keep what cannot be told for a purpose; what is told by now is no longer lacking."""
        if missing or (self.lacks is not None and purpose in self.lacks):
            self.lacks = {**(self.lacks or {}), purpose: tuple(missing)}

    def miss(self, *names: str) -> None:
        """Keep what cannot be told for good: it was asked once."""
        self.missing += tuple([name for name in names if name not in self.missing])

    @property
    def is_unbound(self) -> bool:
        return bool(self.unbound) and self.unbound[-1][1] is None


@dataclass(slots=True)
class Dormant:
    """A step whose trigger has come and whose `while` does not hold: it opens when that does (M17).

    `turn` is the day on which time alone may make it hold.
    """

    law: LawStep
    cause: Cause
    keys: Mapping[str, str]
    each: str
    turn: date | None


@dataclass(slots=True)
class PutOff:
    """A computed trigger that comes once its `unless` has ended (M20), of an occurrence or none."""

    leaf: Leaf
    cause: Cause
    occurrence: Occurrence | None
    turn: date | None


@dataclass(slots=True)
class TableRead:
    """The row that a recurring duty's table last gave a later occurrence, and while it stands.

    `stamp` counts the changes and events that the table may hang on; on the day `until` time alone
    may change the answer.
    """

    row: LawRow
    stamp: tuple[int, ...]
    until: date


@dataclass(slots=True, eq=False)
class LiveEpisode:
    """A child's way through a procedure, from the fact that opened it (M5, M6)."""

    procedure: LawProcedure
    key: str
    key_value: str
    number: int
    opened_on: date
    cause: Cause
    view: View
    edition_number: int
    enters_at: str = ""
    closed_on: date | None = None
    closed_by: str = ""
    again: list[str] = field(default_factory=list)
    held: list[tuple[date, date | None, str]] = field(default_factory=list)
    breaches: list[tuple[str, str]] = field(default_factory=list)
    anchors: Mapping[str, date] = field(default_factory=dict)
    occurrences: list[Occurrence] = field(default_factory=list)
    open: dict[str, dict[Slot, Occurrence]] = field(default_factory=dict)
    closings: dict[tuple[str, Slot], tuple[date, str]] = field(default_factory=dict)
    fulfilled: dict[tuple[str, Slot], int] = field(default_factory=dict)
    memory: dict[Rule, dict[int, Cause]] = field(default_factory=dict)
    threads: list[Thread] = field(default_factory=list)
    waiting: dict[str, list[Occurrence]] = field(default_factory=dict)
    dormant: dict[tuple[str, Slot], Dormant] = field(default_factory=dict)
    put_off: list[PutOff] = field(default_factory=list)
    ears: frozenset[str] | None = None
    elder: list[Occurrence] = field(default_factory=list)
    collecting: dict[str, list[Occurrence]] = field(default_factory=dict)
    complete: dict[str, Occurrence] = field(default_factory=dict)
    tables: dict[LawStep, TableRead] = field(default_factory=dict)

    @property
    def own_states(self) -> frozenset[str]:
        """The states that the procedure's own steps begin."""
        return self.view.local_states

    @property
    def opening_entries(self) -> tuple[str, ...]:
        return self.cause.entries

    @property
    def local_key(self) -> str:
        """Where the states that the episode's own steps begin are kept."""
        return f"@{self.key}"

    @property
    def is_held(self) -> bool:
        return bool(self.held) and self.held[-1][1] is None

    def accepts(self, event: Event) -> bool:
        """Say whether the event may belong here: it names this episode's key, or none (M11)."""
        name = self.procedure.key_name
        if name is None:
            return True
        value = value_of(event, name)
        return value is None or str(value) == self.key_value

    def is_unnamed(self, event: Event) -> bool:
        """Say whether the event could name this episode's key and names none (M11)."""
        name = self.procedure.key_name
        if name is None or event.kind not in self.procedure.keyed_kinds:
            return False
        return value_of(event, name) is None

    def watchers(self, need: Need) -> list[Occurrence]:
        """Return the open occurrences whose conditions hang on a kind or state."""
        return [
            occurrence
            for root in self.procedure.watchers.get(need, ())
            if root in self.open
            for occurrence in self.open[root].values()
            if need in occurrence.law.needs
        ]

    def planned_on(self, name: str, keys: Mapping[str, str]) -> date | None:
        """Return the planned (or projected) day of the meeting `<noun>.planned`."""
        noun = name.removesuffix(".planned")
        for thread in self.threads:
            if thread.noun.name == noun and fits(thread.keys, keys):
                return thread.planned_on or (
                    thread.occurrence.expected_on if thread.occurrence is not None else None
                )
        return None


def fits(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Say whether two sets of keys do not contradict each other."""
    return all(other.get(name, value) == value for name, value in one.items())
