"""The law made ready to be walked: each edition as indices by kind of event and by state.

Made once per rulebook by `compile`; nothing here depends on a child.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from caseward.rules.calendars.days import Calendar
from caseward.rules.engine.reference.conditions import Counts
from caseward.rules.engine.reference.scene import Need, Test
from caseward.rules.engine.tasks import Role
from caseward.rules.facts.kinds import Sets, Vocabulary
from caseward.rules.procedures.model import Edition, Interval, Limit, Part, Procedure, Step

# A trigger's make-up: the number of a leaf, or ("all" | "any", parts).
Formula = int | tuple[str, tuple["Formula", ...]]
Count = tuple[int, str]


@dataclass(slots=True, eq=False)
class Leaf:
    """One fact that a rule waits for: an event, a state, the passing of a limit or an interval."""

    rule: "Rule"
    number: int
    sort: str
    kind: str = ""
    outcomes: frozenset[str] = frozenset()
    where: Test | None = None
    only_while: Test | None = None
    unless: Test | None = None
    values: tuple[str, ...] = ()
    ends: bool = False
    span: Count | None = None
    anchor: str = ""
    asks_daily: bool = False


@dataclass(slots=True, eq=False)
class Rule:
    """What follows when its trigger fires: a step opens, an episode opens or closes, a hold turns.

    `formula` is None where any one leaf is enough.
    """

    purpose: str
    leaves: list[Leaf] = field(default_factory=list)
    formula: Formula | None = None
    step: "LawStep | None" = None
    procedure: "LawProcedure | None" = None
    edition_number: int = 0
    enters_at: str | None = None


@dataclass(slots=True, eq=False)
class LawMet:
    """One event that meets a step or a part of it, with what must be true of it (B3)."""

    kind: str
    outcomes: frozenset[str]
    where: Test | None


@dataclass(slots=True, eq=False)
class LawPart:
    """One part of an `all_of`."""

    part: Part
    met: tuple[LawMet, ...]
    paper: str
    look_back: Count | None


@dataclass(slots=True, eq=False)
class LawLimit:
    """One limit, its count and unit known; `lacks` names the setting that is not set."""

    label: str
    limit: Limit
    anchor: str
    count: int | None
    unit: str
    deemed: Count | None
    when: Test | None
    lacks: str
    noun: str
    from_count: int | None


@dataclass(slots=True, eq=False)
class LawRow:
    """One row of the table of a recurring duty."""

    label: str
    row: Interval
    when: Test | None
    span: Count | None
    lacks: str

    @property
    def is_dated(self) -> bool:
        """Whether the row gives a date: a count, or a date that what opened it names."""
        return self.span is not None or self.row.by_field is not None


@dataclass(slots=True, eq=False)
class LawTable:
    """A recurring duty's rows: those that may hold for its first, second and later occurrences.

    A steady table's answer changes with shared states, events of its `kinds` and time alone.
    """

    by_ordinal: tuple[tuple[LawRow, ...], ...]
    is_steady: bool
    kinds: tuple[str, ...]


@dataclass(slots=True, eq=False)
class LawStep:
    """A step of one edition. `root` is its first id: an edition may have renamed it (M28)."""

    step: Step
    edition: Edition
    root: str
    number: int
    only_if: Test | None
    while_: Test | None
    asks_daily: bool
    binds_if: Test | None
    met: tuple[LawMet, ...]
    met_kinds: frozenset[str]
    trigger_kinds: frozenset[str]
    parts: tuple[LawPart, ...]
    limits: tuple[LawLimit, ...]
    rows: tuple[LawRow, ...]
    owner: tuple[tuple[Test | None, tuple[str, ...]], ...]
    back_to: str | Count | None
    each_name: str
    each_roles: tuple[str, ...]
    each_span: Count | None
    before_nouns: frozenset[str]
    before_meetings: frozenset[str]
    ask_again: frozenset[str]
    slot_names: tuple[str, ...]
    needs: frozenset[Need]
    turns: tuple[Test, ...]
    has_each: bool
    # What is asked of the step for every occurrence stands here too, one look-up away.
    id: str
    is_window: bool
    outlives: bool
    role: Role
    sole_owner: tuple[str, ...] | None
    is_watched: bool
    table: LawTable
    has_conditional_limits: bool
    again_after: frozenset[str | None]
    unders: frozenset[str]
    merges_while: Test | None
    meeting_keys: Mapping[str, str]


@dataclass(slots=True, eq=False)
class Noun:
    """A meeting by its noun, and the steps that ask for one: the first, a further one (M21)."""

    name: str
    arranged: str
    rearranged: str
    cancelled: str
    adjourned: str
    held: str
    planned_field: str
    steps: list[LawStep] = field(default_factory=list)
    slot_names: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class Reactions:
    """What an event of one kind may do in an episode under one edition.

    `arranges` says that it plans, moves or calls off one of the `meetings` it tells of; `is_idle`
    that it does nothing but meet steps, those of the `roots`, so nothing where none of them is open.
    """

    leaves: list[Leaf] = field(default_factory=list)
    recurring: list[tuple[LawStep, LawMet]] = field(default_factory=list)
    meets: list[tuple[LawStep, LawMet]] = field(default_factory=list)
    parts: list[tuple[LawStep, LawPart, LawMet]] = field(default_factory=list)
    meetings: list[tuple[Noun, str]] = field(default_factory=list)
    arranges: bool = False
    is_idle: bool = False
    roots: frozenset[str] = frozenset()
    gates: list[LawStep] = field(default_factory=list)
    is_blocked_by_hold: bool = False


@dataclass(slots=True, eq=False)
class View:
    """An edition as an episode sees it that was opened under it or an earlier one (M28)."""

    edition: Edition
    steps: dict[str, LawStep]
    by_root: dict[str, LawStep]
    by_kind: dict[str, Reactions]
    by_state: dict[str, list[Leaf]]
    opened: list[Leaf]
    spans: dict[str, list[Leaf]]
    passed: dict[str, list[Leaf]]
    nouns: dict[str, Noun]
    local_states: frozenset[str]
    withdraws: frozenset[str]


@dataclass(slots=True, eq=False)
class LawProcedure:
    """A procedure that the authority uses, and when: from a day on, up to the day it is given up.

    `watchers` names, for all its editions, the steps whose conditions hang on a kind or state.
    """

    procedure: Procedure
    number: int
    used: tuple[tuple[date, date], ...]
    steps: tuple[tuple[LawStep, ...], ...]
    views: dict[tuple[int, int], View]
    keyed_kinds: frozenset[str]
    id: str
    key_name: str | None
    watchers: Mapping[Need, tuple[str, ...]]

    def is_used_on(self, day: date) -> bool:
        """Say whether a trigger of the day may open an episode (M8)."""
        return any(since <= day < until for since, until in self.used)


@dataclass(slots=True, eq=False)
class Law:
    """Everything that a walk needs beside the child's record.

    `listeners` are the procedures in whose episodes a kind or state may set anything going.
    """

    vocabulary: Vocabulary
    calendar: Calendar
    counts: Counts
    sets: Mapping[str, tuple[Sets, ...]]
    procedures: tuple[LawProcedure, ...]
    openers: Mapping[str, list[Leaf]]
    state_openers: Mapping[str, list[Leaf]]
    span_openers: Mapping[str, list[Leaf]]
    turns: tuple[tuple[date, LawProcedure], ...]
    needs: frozenset[Need]
    listeners: Mapping[Need, frozenset[LawProcedure]]
    merging: frozenset[str]
    has_local_limits: bool
    ahead: timedelta
    ahead_of_birth: timedelta
