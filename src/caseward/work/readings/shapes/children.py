"""Children as a list."""

from dataclasses import dataclass
from datetime import date

from caseward.work.readings.shapes.askers import Banner


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildLine:
    """A child as a line of a list."""

    child_id: str
    name: str
    age_words: str
    status_words: str
    allocated: str
    outside_id: str
    n_late: int
    next_words: str
    next_due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildrenList:
    """The children the asker may see, found by words, a page at a time."""

    banner: Banner
    words: str
    lines: tuple[ChildLine, ...]
    n_all: int
    page: int
    n_pages: int
    empty_words: str = ""
    notes: tuple[str, ...] = ()
