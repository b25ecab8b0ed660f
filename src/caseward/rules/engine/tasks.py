"""What an evaluation answers: tasks with their dates and receipts, and status asked of them.

All of a task's dates follow from the facts, so a stored task stays right overnight (M20); what
depends on the day asked is `status_on`, in the engine's `status` module.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from caseward.rules.procedures.model import Force

# Before the limit of a national step that a task of the authority shows as well (M22).
UNDER = "under:"


class Status(StrEnum):
    """What a task is on the day asked (M33)."""

    OPEN = "open"
    WAITING = "waiting"
    MET = "met"
    MISSED = "missed"
    NOT_NEEDED = "not_needed"
    DOES_NOT_APPLY = "does_not_apply"
    LAPSED = "lapsed"
    BEFORE_CASEWARD = "before_caseward"


class Role(StrEnum):
    """What sort of row a task is."""

    STEP = "step"
    PART = "part"
    WINDOW = "window"
    SAY_WHAT_HAPPENED = "say_what_happened"


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitDate:
    """One limit of a task, worked out.

    `first_on` is what law and calendar give before any delay or re-arrangement; `due_on` after
    them. `anchor_on`/`anchor_entries` say what it is counted from; `limit` is the index or index of the
    limit within the step (or interval row index, prefixed "every:"). `from_on` is the first day on
    which it may be done where the limit names a week ("at week 19"). `is_provisional` past the
    calendar's horizon; `is_deemed` where the anchor is the authority's deemed rule.
    """

    limit: str
    force: Force
    first_on: date | None
    due_on: date | None
    due_at: datetime | None = None
    from_on: date | None = None
    anchor_on: date | None = None
    anchor_entries: tuple[str, ...] = ()
    is_provisional: bool = False
    is_projected: bool = False
    is_deemed: bool = False
    has_no_time: bool = False
    is_delayed: bool = False
    waits_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """An agreed delay of this task (M23)."""

    entry_id: str
    agreed_on: date
    new_date: date
    reason: str
    agreed_by: str = ""
    stands: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something a task waits for (M25): a step or an event, the day it was there, whose it is."""

    name: str
    there_on: date | None
    owner: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """An act recorded though its gate was not met: a step, or "hold" (M30, M40)."""

    entry_id: str
    gate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSpan:
    """Days on which the episode was on hold; `until` None while it still is (M40)."""

    since: date
    until: date | None
    entry_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """How a date came about, in ids; words are made from it when asked (M34)."""

    trigger_entries: tuple[str, ...]
    step: str
    edition_from: date
    edition_fingerprint: str
    calendar_version: str
    episode_entry: str
    computed_from: str = ""
    conditions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    note_entries: tuple[str, ...] = ()
    matched_by_date: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A step as it falls on a child: one row, right until a fact changes it.

    `key` as M38. `opened_on` is the day it becomes a task (may lie ahead for a computed trigger);
    `trigger_on` the trigger's day. `due_on` is the earliest of law and must, `expected_on` is
    due_on or else the earliest usual date (M22). `ended_on`/`ending` say that it ended without
    being met (`ending` is the Status it then has), `ended_by` the entry that did it. `met_on` and
    `ended_on` may lie ahead (silence, a birthday, M20). `unbound` are the days (since, until,
    why) on which it has no limit (M17). `already_late` are late days before a delay was agreed
    (first, last; M23); `impossible_since` the day on which a typed date left it no time (M21).
    `owner` are the roles as of the last fact, `owners_from` each change of them. `merged_with`
    are the tasks held as one occasion, `suits_both_on` the last day in time for all (M29).
    `covered_by` is the authority's task that stands for this national one while both are open (M22).
    """

    key: str
    child: str
    procedure: str
    episode: str
    episode_number: int
    step: str
    role: Role = Role.STEP
    part: str = ""
    parent: str = ""
    each: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    ordinal: int = 0
    fulfils: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    owners_from: tuple[tuple[date, tuple[str, ...]], ...] = ()
    taken_by: str = ""
    trigger_on: date
    opened_on: date
    first_due_on: date | None = None
    due_on: date | None = None
    due_at: datetime | None = None
    expected_on: date | None = None
    limits: tuple[LimitDate, ...] = ()
    met_on: date | None = None
    met_by: tuple[str, ...] = ()
    is_met_by_silence: bool = False
    is_stale: bool = False
    attempts: tuple[str, ...] = ()
    ended_on: date | None = None
    ending: Status | None = None
    ended_by: str = ""
    ended_because: str = ""
    waits_for: str = ""
    needs: tuple[Need, ...] = ()
    planned_on: date | None = None
    first_planned_on: date | None = None
    delays: tuple[Delay, ...] = ()
    already_late: tuple[tuple[date, date], ...] = ()
    impossible_since: date | None = None
    held: tuple[HeldSpan, ...] = ()
    unbound: tuple[tuple[date, date | None, str], ...] = ()
    merged_with: tuple[str, ...] = ()
    suits_both_on: date | None = None
    covered_by: str = ""
    is_projected: bool = False
    is_provisional: bool = False
    is_listed: bool = True
    cannot_tell: tuple[str, ...] = ()
    receipt: Receipt

    def is_over_on(self, day: date | None) -> bool:
        """Say whether it was met or had ended by the day; with no day, whether it ever does.

        A duty that stands today may have its end ahead: the eighteenth birthday is known at once.
        """
        days = [one for one in (self.met_on, self.ended_on) if one is not None]
        return any(day is None or one <= day for one in days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """A child's way through a procedure (M5, M6)."""

    key: str
    child: str
    procedure: str
    number: int
    episode_key: str = ""
    opened_on: date
    opened_by: str
    enters_at: str = ""
    again: tuple[str, ...] = ()
    closed_on: date | None = None
    closed_by: str = ""
    edition_from: date
    held: tuple[HeldSpan, ...] = ()
    breaches: tuple[Breach, ...] = ()

    def is_open_on(self, day: date) -> bool:
        """Say whether it is open on the day: a birthday ahead may be known to close it."""
        return self.opened_on <= day and (self.closed_on is None or self.closed_on > day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Everything an evaluation says of one child, in a fixed order (episode, step, key).

    `no_longer_arise` names entries that speak of a task which does not arise: their trigger was
    withdrawn, or never came (M38).
    """

    child: str
    episodes: tuple[Episode, ...]
    tasks: tuple[Task, ...]
    no_longer_arise: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A task's status on a day, with its flags (M33)."""

    status: Status
    is_late: bool = False
    was_met_late: bool = False
    is_delayed: bool = False
    is_projected: bool = False
    is_provisional: bool = False
    is_held: bool = False
    is_listed: bool = True
    binds: bool = True
    cannot_tell: bool = False
    is_behind_usual: bool = False
    days_late: int = 0
    slippage_days: int = 0
    slippage_working_days: int = 0
    late_against: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
