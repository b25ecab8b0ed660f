"""Two limits held against each other on every day of the calendar (M22).

Weeks, months and working days cross: a month is longer than four weeks on most days and never
shorter, ten working days are two weeks or, over Christmas, nearly three. Counts of one unit need no
days to be compared; the others are counted on from every day once and kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Literal

from caseward.rules.calendars import counting, hours
from caseward.rules.calendars.counting import CalendarTooShort, How
from caseward.rules.calendars.days import Calendar

Form = Literal["on", "back", "at_once"]
ONE_DAY = timedelta(days=1)
A_DAY_IN_MINUTES = 24 * 60
LAST_YEARS = 3
# Counts of these hold in the same order whatever day they are counted from.
DAYS_IN = {"days": 1, "weeks": 7}
MONTHS_IN = {"months": 1, "years": 12}


@dataclass(frozen=True, slots=True)
class Clock:
    """One limit or interval with its settings filled in: so many units on, or back, or at once."""

    form: Form
    count: int = 0
    unit: str = "days"
    how: How = "after"
    at_once: str = ""
    due_by: time | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """On how many of the days the one is later, and the day that shows it."""

    n_later: int
    of_days: int
    shown_on: date


@dataclass(slots=True)
class Comparison:
    """Clocks compared on the days of one calendar; what was counted once is kept."""

    calendar: Calendar
    counted: dict[Clock, Sequence[int]] = field(default_factory=dict)
    answers: dict[tuple[Clock, tuple[Clock, ...], date, date], Difference | None] = field(
        default_factory=dict
    )
    n_days: int = 0

    def later(
        self, local: Clock, national: tuple[Clock, ...], first: date, last: date
    ) -> Difference | None:
        """Return when `local` ends later than the earliest of `national`, None where it never does.

        Shapes: both counted from the same day, each day from `first` to `last`.
        """
        key = (local, national, first, last)
        if key not in self.answers:
            self.answers[key] = self._later(local, national, first, last)
        return self.answers[key]

    def due(self, clock: Clock, day: date) -> date:
        """Return the last day of the clock, counted from the day."""
        return date.fromordinal(_moment(self.calendar, clock, day) // A_DAY_IN_MINUTES)

    def _later(
        self, local: Clock, national: tuple[Clock, ...], first: date, last: date
    ) -> Difference | None:
        of_days = (last - first).days + 1
        if of_days < 1:
            return None
        ordered = [always_no_later(local, one) for one in national]
        if any(ordered):
            return None if len(national) == 1 else self._scanned(local, national, first, last)
        if len(national) == 1 and always_no_later(national[0], local):
            self.n_days += of_days
            return Difference(of_days, of_days, _shown(first, last, lambda _: True))
        return self._scanned(local, national, first, last)

    def _scanned(
        self, local: Clock, national: tuple[Clock, ...], first: date, last: date
    ) -> Difference | None:
        mine = self._dates(local)
        theirs = [self._dates(one) for one in national]
        start = (first - self.calendar.first_day).days
        end = (last - self.calendar.first_day).days + 1
        looser = [
            index
            for index in range(start, end)
            if mine[index] > min(dates[index] for dates in theirs)
        ]
        self.n_days += end - start
        if not looser:
            return None
        where = frozenset(looser)
        begin = self.calendar.first_day
        shown = _shown(first, last, lambda day: (day - begin).days in where)
        return Difference(len(looser), end - start, shown)

    def _dates(self, clock: Clock) -> Sequence[int]:
        """The last moment of the clock counted from each day of the calendar."""
        if clock not in self.counted:
            n_days = (self.calendar.horizon - self.calendar.first_day).days + 1
            self.counted[clock] = [
                _moment(self.calendar, clock, self.calendar.first_day + timedelta(days=n))
                for n in range(n_days)
            ]
        return self.counted[clock]


def always_no_later(one: Clock, other: Clock) -> bool:
    """Say whether `one` can be seen never to end later than `other` without counting a day."""
    if (one.form, one.how, one.due_by) != (other.form, other.how, other.due_by):
        return False
    if one.form == "at_once" or one.how == "clear":
        # Seven clear days are working days and eight are not: such counts cross.
        return one == other
    if one.form == "back":
        one, other = other, one
    for table in (DAYS_IN, MONTHS_IN):
        if one.how == "after" and one.unit in table and other.unit in table:
            return one.count * table[one.unit] <= other.count * table[other.unit]
    return one.unit == other.unit and one.count <= other.count


def _moment(calendar: Calendar, clock: Clock, day: date) -> int:
    """The last minute of the clock, as one number; a day without an hour lasts to its end."""
    if clock.unit == "hours" and clock.form == "on":
        moment, _ = hours.hours_after(day, None, clock.count)
        return moment.toordinal() * A_DAY_IN_MINUTES + moment.hour * 60 + moment.minute
    minute = A_DAY_IN_MINUTES - 1
    if clock.due_by is not None:
        minute = clock.due_by.hour * 60 + clock.due_by.minute
    return _day(calendar, clock, day).toordinal() * A_DAY_IN_MINUTES + minute


def _day(calendar: Calendar, clock: Clock, day: date) -> date:
    if clock.form == "at_once":
        return counting.at_once(calendar, day, clock.at_once).day
    if clock.form == "on":
        return counting.count_forward(calendar, day, clock.count, clock.unit, how=clock.how).day
    try:
        return counting.count_back(calendar, day, clock.count, clock.unit, how=clock.how).day
    except CalendarTooShort:
        # Back over the calendar's first day: left out of the comparison by being equal.
        return calendar.first_day


def _shown(first: date, last: date, is_so: Callable[[date], bool]) -> date:
    """A day to show: the first of the last few years, which people have in mind, or of them all."""
    start = max(first, date(last.year - LAST_YEARS, 1, 1))
    for begin in (start, first):
        day = begin
        while day <= last:
            if is_so(day):
                return day
            day += ONE_DAY
    return first
