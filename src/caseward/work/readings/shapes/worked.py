"""How a date was worked out."""

from dataclasses import dataclass
from datetime import date

from caseward.work.readings.shapes.askers import Banner
from caseward.work.readings.shapes.child import TimelineEntry
from caseward.work.readings.shapes.tasks import TaskLine


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWords:
    """Where a rule comes from; `is_verified` false is said in words by `mark`."""

    words: str
    is_verified: bool
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedDay:
    """A day that was not counted, and why."""

    day: date
    words: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitWords:
    """One limit of the task: its rule, its date, and whether it is the one that binds.

    `anchor_on` is the day counted from and `unit` what was counted, for a calendar to be drawn.
    """

    words: str
    force_words: str
    anchor_on: date | None
    unit: str
    due_on: date | None
    first_on: date | None
    is_binding: bool
    marks: tuple[str, ...]
    source: SourceWords | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HowWorkedOut:
    """*How this date was worked out*: every sentence a person needs to check it by hand."""

    banner: Banner
    task: TaskLine
    duty: str
    sentences: tuple[str, ...]
    limits: tuple[LimitWords, ...]
    skipped: tuple[SkippedDay, ...]
    sources: tuple[SourceWords, ...]
    facts: tuple[TimelineEntry, ...]
    edition_words: str
    calendar_words: str
