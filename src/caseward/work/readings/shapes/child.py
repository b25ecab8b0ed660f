"""A child's page."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from caseward.work.readings.shapes.askers import Banner
from caseward.work.readings.shapes.tasks import Group, TaskLine


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLine:
    """One state as it holds: "Looked after", "yes, since 4 March 2024"; unknown says so."""

    state: str
    title: str
    words: str
    value: str
    since: date | None
    is_unknown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Involved:
    """A person involved with the child: relation, parental responsibility, how to reach them."""

    person_id: str
    name: str
    relation: str
    parental_responsibility: str
    language: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a role for the child on the day; `name` is "nobody" words where none does."""

    role: str
    role_title: str
    name: str
    since: date | None
    is_unallocated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeLine:
    """A child's way through a procedure and where it stands.

    `position` is one sentence ("The discharge meeting is to be held."); `again` the dates on
    which it was decided again; `held_words` says that it is on hold, by whom and since when.
    """

    key: str
    procedure: str
    title: str
    number: int
    opened_on: date
    opened_words: str
    again: tuple[str, ...]
    closed_on: date | None
    closed_words: str
    position: str
    held_words: str
    n_late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldWords:
    """A field of an entry in words; hidden ones say that they are hidden, and why."""

    title: str
    words: str
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """An entry as it stands, with what was corrected or withdrawn still shown.

    `state` is "stands", "corrected" (its values are the latest, `changes` say what was) or
    "withdrawn" (with the reason). `seq` is what a correction must name so that two people on one
    entry do not overwrite each other. `late_words` say that it was recorded long after its day, or
    was not yet on the record on the day looked at.
    """

    entry_id: str
    seq: int
    kind: str
    title: str
    occurred_on: date
    time_words: str
    outcome_words: str
    fields: tuple[FieldWords, ...]
    recorded_at: datetime
    recorded_by: str
    recorded_words: str
    late_words: str
    state: Literal["stands", "corrected", "withdrawn"]
    changes: tuple[str, ...]
    is_plan: bool
    is_safety: bool
    may_correct: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """A brother or sister with their own record; `child_id` is None where there is none."""

    child_id: str | None
    name: str
    born_words: str
    n_late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildPage:
    """Who the child is, what is due, and what is on the record."""

    banner: Banner
    child_id: str
    name: str
    working_name: str
    born_on: date | None
    expected_on: date | None
    is_unborn: bool
    has_died: bool
    age_words: str
    outside_ids: tuple[tuple[str, str], ...]
    status: tuple[StatusLine, ...]
    holders: tuple[Holder, ...]
    involved: tuple[Involved, ...]
    siblings: tuple[Sibling, ...]
    next_up: tuple[TaskLine, ...]
    tasks: tuple[Group, ...]
    episodes: tuple[EpisodeLine, ...]
    timeline: tuple[TimelineEntry, ...]
    n_timeline: int
    last_recorded_words: str
    stream_seq: int
    hidden_words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AsItStood:
    """Whose record is asked about as it stood, and from which day on there is anything to show."""

    banner: Banner
    child_id: str
    name: str
    began_on: date | None
    began_words: str
