"""A task as a line of a list, and one worker's lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from caseward.work.readings.shapes.askers import Banner
from caseward.work.readings.shapes.drafts import DraftLine

FlagCode = Literal[
    "late", "due_today", "behind_usual", "delayed", "held", "projected", "provisional",
    "unallocated", "without_cover", "cannot_tell", "no_limit", "stale", "unverified",
    "was_met_late", "assumed", "together",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One thing worth knowing about a task; `words` are complete and need no colour."""

    code: FlagCode
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLink:
    """A kind of entry that may be recorded, and why it is offered ("expected next: …")."""

    kind: str
    title: str
    hint: str = ""
    why: str = ""
    task_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """A task as a line of a list.

    `due_words` is never empty: "Due Tue 6 January 2026", "Due today", "4 days late: was due …",
    or "No date: waits for …". `record_kinds` are the kinds of entry that would meet it (the links
    "Record it"), the obvious act first. `why_words` says what it is counted from, when its meeting
    is, and what it is still wanted for after it. `task_id` opens *How this date was worked out*.
    `what` is `duty` with `about`, whom or what it is about; lines of one duty that differ in that
    alone may stand under it together. `standing_in_for` names those for whom the one who looks would
    do it as their stand-in (B6). A line that is not listed is measured only: due before the
    child's first day in Caseward (M8).
    """

    task_id: str
    key: str
    child_id: str
    child_name: str
    what: str
    duty: str
    about: str
    procedure: str
    procedure_title: str
    episode: str
    step: str
    part: str
    fulfils: tuple[str, ...]
    status: str
    status_words: str
    responsible: tuple[str, ...]
    holders: tuple[str, ...]
    opened_on: date
    due_on: date | None
    due_at: datetime | None
    first_due_on: date | None
    expected_on: date | None
    planned_on: date | None
    met_on: date | None
    ended_on: date | None
    due_words: str
    why_words: str
    days_late: int
    slippage_words: str
    flags: tuple[Flag, ...]
    record_kinds: tuple[KindLink, ...] = ()
    parts: tuple["TaskLine", ...] = ()
    is_listed: bool = True
    covered_by: str = ""
    standing_in_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Lines under one heading; `n_all` counts those not shown too."""

    code: str
    heading: str
    lines: tuple[TaskLine, ...]
    n_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MyTasks:
    """One worker's tasks: late, due today, this week, later, behind the usual time, without a date.

    Groups come in that order (`waiting` for something first, `no_limit` for those that never have
    a date), then `unallocated` and `without_cover` for those who allocate; safety duties stand
    first in theirs. `counts` holds every group's whole count by code. `empty_words` is what to say
    when nothing is listed. `drafts` are what they began to record and have not saved.
    """

    banner: Banner
    groups: tuple[Group, ...]
    counts: Mapping[str, int]
    roles: tuple[tuple[str, str], ...]
    chosen_role: str
    n_children: int
    empty_words: str
    drafts: tuple[DraftLine, ...] = ()
