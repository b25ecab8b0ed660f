"""A procedure as values: what a law file says, and nothing of how it is worked out.

The words are those of the law file; `docs/reference` describes each key.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Any, Literal

from caseward.rules.procedures.conditions import Condition, SettingRef, Span, Unit


class Force(StrEnum):
    """How strongly a limit binds; only the first two make a task late (M22)."""

    LAW = "law"
    MUST = "must"
    WHERE_POSSIBLE = "where_possible"
    USUAL = "usual"
    BEST_PRACTICE = "best_practice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a rule comes from. `verified` is true only where the reference read it at first hand."""

    document: str
    section: str = ""
    paragraph: str = ""
    verified: bool = False
    note: str = ""


# --- what starts or closes something ----------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTrigger:
    """An event of a kind, with one of the outcomes (none: any) and a condition on it.

    `where` holds plain conditions on fields and keys of the event itself; `only_while` what must
    hold on that day.
    """

    event: str
    outcomes: tuple[str, ...] = ()
    where: Condition | None = None
    only_while: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateTrigger:
    """A state begins (or ends) to hold, alone or while another condition holds (M5)."""

    state: str
    values: tuple[str, ...] = ()
    ends: bool = False
    only_while: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedTrigger:
    """The day after the last day of a step's limit or of an interval (M20).

    Either `step` (an unmet occurrence's due day has passed) or `span` with `anchor` (an event
    kind, "episode_opened", "birth"). Fires at the start of the day after; a birthday (`anchor`
    "birth") fires on the birthday itself. While `unless` is true that day, it is put off to the
    day on which `unless` ends.
    """

    step: str | None = None
    span: Span | None = None
    anchor: str | None = None
    unless: Condition | None = None


@dataclass(frozen=True, slots=True)
class EpisodeOpened:
    """The opening of the episode (by whichever opener, unless the opener enters elsewhere)."""


@dataclass(frozen=True, slots=True)
class AllTrigger:
    """Every part has happened in the episode; the day is the last one's (M9)."""

    parts: tuple["Trigger", ...]


@dataclass(frozen=True, slots=True)
class AnyTrigger:
    """Any part."""

    parts: tuple["Trigger", ...]


Trigger = EventTrigger | StateTrigger | PassedTrigger | EpisodeOpened | AllTrigger | AnyTrigger


# --- what meets a step --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MetBy:
    """The event that meets a step, with its conditions: seen, quorate, whole, delivered (B3)."""

    event: str
    outcomes: tuple[str, ...] = ()
    where: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of an `all_of`; `each` opens one for each event of a kind within a look-back."""

    part: str
    title: str = ""
    met_by: tuple[MetBy, ...] = ()
    each: "Each | None" = None
    may_not_apply: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Each:
    """One occurrence for each name in the trigger (`field`), of a fixed list of `roles`, or for
    each recorded event of a kind within a look-back (M9).
    """

    field: str | None = None
    roles: tuple[str, ...] = ()
    event: str | None = None
    within: Span | None = None
    before: str | None = None


# --- limits -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedBy:
    """An event after the trigger that sets another last day: a court varies its direction (M23).

    `to` names its date field; where that is empty, `count` its field with another count of the
    limit's own unit, counted from the limit's own anchor.
    """

    event: str
    to: str = ""
    count: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One limit of a step (M22, M31, M32).

    Forward: `count` `unit` from `anchor` ("trigger", "episode_opened", "birth", "issue" or an
    event kind), counted `how`. Backward: `before` an event kind `meeting.planned`, `birth` or an
    anchor; no count means on or before that day. `by_field` is a date field of the trigger.
    `at_once` is one of the two meanings of immediately. `due_by` a time of day on the due day.
    `deemed` is the setting that stands in for an unknown anchor (M18). `when` restricts the limit.
    `from_count` gives the first day on which it may be done, `moved_by` what may move the last one.
    """

    id: str = ""
    count: int | SettingRef | None = None
    from_count: int | SettingRef | None = None
    unit: Unit | SettingRef | None = None
    anchor: str = "trigger"
    before: str | None = None
    by_field: str | None = None
    at_once: Literal["paperwork", "safety"] | None = None
    due_by: time | None = None
    how: Literal["after", "beginning_with", "clear"] = "after"
    force: Force = Force.MUST
    under: str | None = None
    deemed: SettingRef | None = None
    moved_by: tuple[MovedBy, ...] = ()
    when: Condition | None = None
    is_setting: bool = False
    assumption: str = ""
    source: Source | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """One row of the table of a recurring duty, read top to bottom (M16).

    `span` None says that the next one has no date, unless `by_field` names a date field of what
    opened it: the row counts where that is given. `read_at` is a kind of event: the row is read
    on the day of the latest of that kind, or of the first with `read_at_first` (P8).
    """

    when: Condition
    span: Span | None = None
    by_field: str | None = None
    read_at: str | None = None
    read_at_first: bool = False
    force: Force = Force.MUST
    under: str | None = None
    fulfils: tuple[str, ...] = ()
    source: Source | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What follows an outcome: a step, a closing, or another procedure (M26).

    `goes_on` says that nothing of its own follows: what is open goes on, until a fact ends it.
    """

    outcome: str
    title: str = ""
    next: tuple[str, ...] = ()
    closes: bool = False
    usual: bool = False
    procedure: str | None = None
    goes_on: bool = False
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayRule:
    """Which reasons may move this step's date, who agrees, and which limits may move (M23)."""

    reasons: tuple[str, ...] = ()
    agreed_by: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerRow:
    """A row of a conditional owner: the role(s) when the condition holds (M27)."""

    when: Condition | None
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Begins:
    """The trigger of the step begins a state, local to the episode (M1, X3)."""

    state: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """What arranging, moving, cancelling and holding a meeting step is called (M21).

    `name` is the noun: `<name>.arranged`, `.rearranged`, `.cancelled`, `.adjourned`, `.held`.
    `arranged` etc. may be named otherwise in the law file. `where` gives the fields of those facts
    that tell this meeting from others of the same noun.
    """

    name: str
    arranged: str
    rearranged: str
    cancelled: str
    held: str
    planned_field: str = "planned_on"
    where: Mapping[str, str] = field(default_factory=dict)
    chair: str = ""
    minute_taker: str = ""
    attend: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a procedure. See `docs/reference/law-files.md` for every key."""

    id: str
    duty: str
    title: str = ""
    owner: tuple[OwnerRow, ...] = ()
    owners: Literal["either", "each"] = "either"
    starts_when: Trigger | None = None
    only_if: Condition | None = None
    while_: Condition | None = None
    binds_if: Condition | None = None
    begins: Begins | None = None
    met_by: tuple[MetBy, ...] = ()
    all_of: tuple[Part, ...] = ()
    any_of: tuple[MetBy, ...] = ()
    each: Each | None = None
    same: tuple[str, ...] = ()
    may_precede: str | Span | None = None
    merges: tuple[str, ...] = ()
    merges_while: Condition | None = None
    window: bool = False
    outlives: bool = False
    wanted_for: str = ""
    limits: tuple[Limit, ...] = ()
    every: tuple[Interval, ...] = ()
    ask_again: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    delay: DelayRule | None = None
    silence: str | None = None
    even_if_missed: bool = False
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    meeting: Meeting | None = None
    gates: tuple[str, ...] = ()
    transition: Literal["occurrence", "episode", "recount"] = "occurrence"
    replaced_by: str | None = None
    ends: bool = False
    stage: str = ""
    fulfils: tuple[str, ...] = ()
    source: Source | None = None
    line: int = 0

    @property
    def is_recurring(self) -> bool:
        return bool(self.every)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One of the facts that open an episode, and the step at which it enters (M5)."""

    trigger: Trigger
    enters_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Safety events put an episode on hold until the decision (B1, M40)."""

    begins: tuple[Trigger, ...]
    ends: tuple[Trigger, ...]
    withdraws: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A procedure's text in force from a day. `fingerprint` is the SHA-256 of its canonical text."""

    in_force_from: date
    fingerprint: str
    opens: tuple[Opening, ...]
    closes: tuple[Trigger, ...]
    steps: tuple[Step, ...]
    hold: Hold | None = None
    transition: Literal["occurrence", "episode", "recount"] = "occurrence"
    ended: Mapping[str, str | None] = field(default_factory=dict)
    line: int = field(default=0, compare=False)

    def step(self, step_id: str) -> Step | None:
        return next((step for step in self.steps if step.id == step_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """All the editions of one procedure, oldest first; never empty."""

    id: str
    title: str
    authority: str
    is_national: bool
    editions: tuple[Edition, ...]
    key: str | None = None
    source: Source | None = None
    papers: Mapping[str, Any] = field(default_factory=dict)
    letters: Mapping[str, Any] = field(default_factory=dict)
    path: str = ""

    def edition_on(self, day: date) -> Edition | None:
        """Return the edition in force on the day, or None before the first."""
        standing = [e for e in self.editions if e.in_force_from <= day]
        return standing[-1] if standing else None
