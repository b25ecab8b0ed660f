"""Working days by number, so that counting is a look-up and not a walk over days."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

GROWTH_DAYS = 3 * 366


class Counted(NamedTuple):
    """A day counted to, and whether the days counted over are not all published yet (M31).

    A named tuple, because hundreds of thousands are handed out and every working day's is made
    once and shared.
    """

    day: date
    is_provisional: bool = False


class Table:
    """The working days of a calendar from its first day on, growing as later ones are asked for.

    `days` are the working days in order; `upto[i]` is the number of them on or before the day
    `first_day + i`. Growing makes longer lists and puts them in place of the old, so that threads
    reading at that moment see one or the other and never half of one.
    """

    def __init__(
        self, first_day: date, horizon: date, is_working_day: Callable[[date], bool]
    ) -> None:
        self.first = first_day.toordinal()
        self.days: list[Counted] = []
        self.upto: list[int] = []
        self._horizon = horizon
        self._is_working_day = is_working_day
        self._grow_to(horizon.toordinal() - self.first + GROWTH_DAYS)

    def number_upto(self, day: date) -> int:
        """Return how many working days lie on or before the day, which is not before the first."""
        index = day.toordinal() - self.first
        while index >= len(upto := self.upto):
            self._grow_to(index + GROWTH_DAYS)
        return upto[index]

    def numbered(self, number: int) -> Counted:
        """Return the working day of that number, counted from 0."""
        while number >= len(days := self.days):
            self._grow_to(len(self.upto) + number - len(days) + GROWTH_DAYS)
        return days[number]

    def _grow_to(self, size: int) -> None:
        days, upto = list(self.days), list(self.upto)
        for ordinal in range(self.first + len(upto), self.first + size):
            day = date.fromordinal(ordinal)
            if self._is_working_day(day):
                days.append(Counted(day, day > self._horizon))
            upto.append(len(days))
        self.days, self.upto = days, upto
