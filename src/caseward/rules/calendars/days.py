"""A calendar: which days are working days, as known, and why another is not."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from caseward.rules.calendars.table import Table

DAYS_OF_THE_WEEK = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Working days of one place: every day but weekends, bank holidays and closure days.

    `holidays` are known up to `horizon`; `expected` are the standing holidays of later years,
    which nobody has published yet: they are counted with, and what comes of it is provisional
    (M31). `closures` are the authority's own closed days, with their reasons. Two calendars are
    equal when their `version` is.
    """

    id: str
    title: str = field(compare=False)
    version: str
    first_day: date = field(compare=False)
    horizon: date = field(compare=False)
    holidays: Mapping[date, str] = field(compare=False)
    expected: Mapping[date, str] = field(default_factory=dict, compare=False)
    closures: Mapping[date, str] = field(default_factory=dict, compare=False)

    def is_working_day(self, day: date) -> bool:
        """Return whether the day counts. Years without a list know weekends only."""
        return day.weekday() < SATURDAY and day not in self._days_off

    def why_not(self, day: date) -> str | None:
        """Return why the day is no working day, or None when it is one."""
        if day.weekday() >= SATURDAY:
            return DAYS_OF_THE_WEEK[day.weekday()]
        return self._days_off.get(day)

    def is_provisional(self, day: date) -> bool:
        """Return whether the day lies past the last day whose holidays are published."""
        return day > self.horizon

    def with_closures(self, closures: Mapping[date, str]) -> "Calendar":
        """Return this calendar with the authority's closed days added, under its own version."""
        if not closures:
            return self
        text = "".join(f"{day.isoformat()}\t{why}\n" for day, why in sorted(closures.items()))
        return replace(
            self,
            closures={**self.closures, **closures},
            version=hashlib.sha256(f"{self.version}\n{text}".encode()).hexdigest(),
        )

    @cached_property
    def of_the_courts(self) -> "Calendar":
        """This calendar without the authority's closed days, which close no court."""
        if not self.closures:
            return self
        version = hashlib.sha256(f"{self.version}\ncourts".encode()).hexdigest()
        return replace(self, closures={}, version=version)

    @cached_property
    def table(self) -> Table:
        """The working days as a table, made on first use; counting looks dates up in it."""
        return Table(self.first_day, self.horizon, self.is_working_day)

    @cached_property
    def _days_off(self) -> Mapping[date, str]:
        expected = {day: f"{title} (expected)" for day, title in self.expected.items()}
        return {**self.closures, **expected, **self.holidays}
