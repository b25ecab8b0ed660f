"""What an evaluation answers: tasks with their dates and receipts, and status asked of them.

All of a task's dates follow from the facts, so a stored task stays right overnight (M20); what
depends on the day asked is `status_on`, in the engine's `status` module.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from caseward.rules.procedures.model import Force


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
    them. `anchor_on`/`anchor_entries` say what it is counted from; `limit` is the index of the
    limit within the step (or interval row index, prefixed "every:"). `is_provisional` past the
    calendar's horizon; `is_deemed` where the anchor is the authority's deemed rule.
    """

    limit: str
    force: Force
    first_on: date | None
    due_on: date | None
    due_at: datetime | None = None
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
    being met (`ending` is the Status it then has), `ended_by` the entry that did it. `met_on` may
    lie ahead (silence, M19). `binds_from` spans: see `unbound`: days (since, until, reason) on
    which it has no limit (binds_if, M17). `owner` are the roles on the day evaluated.
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
    planned_on: date | None = None
    first_planned_on: date | None = None
    delays: tuple[Delay, ...] = ()
    held: tuple[HeldSpan, ...] = ()
    unbound: tuple[tuple[date, date | None, str], ...] = ()
    is_projected: bool = False
    is_provisional: bool = False
    is_listed: bool = True
    cannot_tell: tuple[str, ...] = ()
    receipt: Receipt


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Everything an evaluation says of one child, in a fixed order (episode, step, key)."""

    child: str
    episodes: tuple[Episode, ...]
    tasks: tuple[Task, ...]


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
