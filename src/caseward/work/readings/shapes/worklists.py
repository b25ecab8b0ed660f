"""A worklist, the weeks ahead, and what a search finds."""

from dataclasses import dataclass
from datetime import date

from caseward.work.readings.shapes.askers import Banner
from caseward.work.readings.shapes.tasks import TaskLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something that may be chosen, with its words and whether it is."""

    code: str
    title: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionGroup:
    """Options under a title of their own: procedures by whose they are."""

    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a list may be narrowed to, and what it is; `steps` are of the procedure chosen.

    `child_name` is the one child whose tasks are listed, "" for any. `narrowed_words` say what was
    chosen beside whose tasks they are, "" where nothing was; `kept_role` is whose list it is even
    then. `is_open` says that something must be chosen before there is a list.
    """

    whose: tuple[Option, ...]
    teams: tuple[Option, ...]
    roles: tuple[Option, ...]
    when: tuple[Option, ...]
    procedures: tuple[OptionGroup, ...]
    steps: tuple[Option, ...]
    words: str = ""
    child_id: str = ""
    child_name: str = ""
    on: date | None = None
    narrowed_words: str = ""
    kept_role: str = ""
    open_words: str = "Narrow this list"
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine:
    """How many tasks stand under a heading: a number, or "more than 1,000"."""

    code: str
    heading: str
    n_words: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesUnder:
    """The lines of one page that stand under one heading."""

    code: str
    heading: str
    lines: tuple[TaskLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklist:
    """One page of a worklist.

    `after` is what the address of the next page carries, "" where this is the last; `notes` are
    sentences about what the list leaves out. `counts` are of the whole list, not of the page.
    """

    banner: Banner
    title: str
    choices: Choices
    groups: tuple[LinesUnder, ...]
    counts: tuple[CountLine, ...]
    after: str = ""
    is_first: bool = True
    empty_words: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCell:
    """A day of the weeks ahead: its meetings, the first of its tasks, and how many there are."""

    day: date
    is_today: bool
    is_past: bool
    closed_words: str
    meetings: tuple[TaskLine, ...]
    lines: tuple[TaskLine, ...]
    n_more_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week, Monday first."""

    title: str
    days: tuple[DayCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeksAhead:
    """The coming weeks of a worklist as a calendar, which is a list of days too."""

    banner: Banner
    title: str
    choices: Choices
    weeks: tuple[Week, ...]
    first: date
    before: date | None
    next: date
    late_words: str = ""
    empty_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildFound:
    """A child that a search found, and what of them it was found by."""

    child_id: str
    name: str
    known_as: str
    age_words: str
    born_on: date | None
    by_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFound:
    """An adult that a search found, with the children of theirs whom the asker may see."""

    name: str
    by_words: str
    children: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found among the children and people whom the asker may see."""

    banner: Banner
    words: str
    children: tuple[ChildFound, ...]
    people: tuple[PersonFound, ...]
    children_words: str
    people_words: str
    empty_words: str = ""
