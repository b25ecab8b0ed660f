"""Who looks, and whom a demonstration may be looked at as."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """Who is looking, in which roles, at which day; shown on every page.

    `sentences` hold what must always be said: that this is a demonstration, that the record is
    shown as it stood on an earlier day (`is_past`; nothing is recorded from such a page).
    `refreshed_words` say when another system's facts last came in, "" where they never did.
    """

    worker_id: str
    worker_name: str
    roles: tuple[str, ...]
    role_titles: tuple[str, ...]
    authority: str
    as_of: date
    known_at: datetime | None
    is_demonstration: bool
    is_past: bool = False
    sentences: tuple[str, ...] = ()
    refreshed_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody a demonstration may be looked at as."""

    worker_id: str
    name: str
    role_titles: tuple[str, ...]
    team: str
    n_children: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChoices:
    """Whom one may be in a demonstration store; empty in any other."""

    is_demonstration: bool
    people: tuple[Person, ...]
