"""Under which heading a task stands on a day: one range of days for each sort of date.

Nothing is counted overnight: a heading is a range worked out for the day asked about, and each is
one range, or a few, of one index.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.db.models import Case, Expression, IntegerField, Q, Value, When

from caseward.work.worklists.models import NEVER

Place = Literal[
    "late", "due_today", "this_week", "later", "behind_usual", "waiting", "no_limit", "unallocated",
    "without_cover",
]  # fmt: skip
IN_ORDER: tuple[Place, ...] = (
    "late", "due_today", "this_week", "later", "behind_usual", "waiting", "no_limit",
)  # fmt: skip
RANK: Mapping[Place, int] = {
    **{place: rank for rank, place in enumerate(IN_ORDER)},
    "unallocated": -1001,
    "without_cover": -1002,
}
WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The days, first and last among them, on which tasks of one sort of date have one heading."""

    place: Place
    dated: str
    first: date
    last: date

    @property
    def rank(self) -> int:
        """Return which heading in order this is one of."""
        return RANK[self.place]

    def condition(self) -> Q:
        """Return the condition that a row lies in it."""
        return Q(dated=self.dated, list_on__gte=self.first, list_on__lte=self.last)


def standing_on(as_of: date) -> Q:
    """Return the condition that a row may stand on a list on the day."""
    return Q(opens_on__lte=as_of, leaves_on__gt=as_of)


def stretches(as_of: date) -> tuple[Stretch, ...]:
    """Return every stretch of the lists of a day, in the order of their headings.

    Due today is not late; a usual time passed is behind the usual time and never late, and one of
    today stands with the week's; a projected date passed waits for its meeting to be arranged.
    """
    before, after, week = as_of - _DAY, as_of + _DAY, as_of + WEEK
    ahead, undated = week + _DAY, NEVER
    said: tuple[tuple[Place, str, date, date], ...] = (
        ("late", "due", _EARLIEST, before),
        ("due_today", "due", as_of, as_of),
        ("due_today", "projected", as_of, as_of),
        ("this_week", "due", after, week),
        ("this_week", "projected", after, week),
        ("this_week", "usual", as_of, week),
        ("later", "due", ahead, undated),
        ("later", "projected", ahead, undated),
        ("later", "usual", ahead, undated),
        ("behind_usual", "usual", _EARLIEST, before),
        ("waiting", "projected", _EARLIEST, before),
        ("waiting", "waiting", undated, undated),
        ("no_limit", "no_limit", undated, undated),
    )
    return tuple(
        Stretch(place=place, dated=dated, first=first, last=last)
        for place, dated, first, last in said
    )


def rank_on(as_of: date) -> Expression:
    """Return the heading of a row on a day, as its number in order."""
    whens = [When(part.condition(), then=Value(part.rank)) for part in stretches(as_of)]
    return Case(*whens, output_field=IntegerField())


def place_of(dated: str, list_on: date, *, as_of: date) -> Place:
    """Return the heading of one row on a day."""
    return next(
        part.place
        for part in stretches(as_of)
        if part.dated == dated and part.first <= list_on <= part.last
    )
