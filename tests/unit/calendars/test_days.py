"""The shipped calendar against an independent list, and closure days."""

from dataclasses import replace
from datetime import date, timedelta

import holidays
import pytest

from caseward.rules.calendars import counting
from tests.builders import calendars

ENGLAND = calendars.england_and_wales()


@pytest.mark.parametrize("year", range(2000, 2041))
def test_bank_holidays_agree_with_a_second_opinion(year: int) -> None:
    """Every weekday of every year listed is a holiday here exactly when the other list says so."""
    second = holidays.country_holidays("GB", subdiv="ENG", years=year)
    day, differ = date(year, 1, 1), []
    while day.year == year:
        if day.weekday() < 5 and ENGLAND.is_working_day(day) == (day in second):
            differ.append(day)
        day += timedelta(days=1)
    assert differ == []


def test_published_years_end_at_the_horizon() -> None:
    """The calendar runs from 2000, is published to the end of 2028, and expects to 2040."""
    assert (ENGLAND.first_day, ENGLAND.horizon) == (date(2000, 1, 1), date(2028, 12, 31))
    assert max(ENGLAND.holidays) == date(2028, 12, 26)
    assert min(ENGLAND.holidays.keys() - {day for day in ENGLAND.holidays if day.year < 2012}) == (
        date(2012, 1, 2)
    )
    assert max(ENGLAND.expected) == date(2040, 12, 26)
    assert len([day for day in ENGLAND.holidays if day.year >= 2012]) == 140


def test_a_day_off_says_why() -> None:
    """Weekends, bank holidays and one-off days are named; a working day has no reason."""
    assert ENGLAND.why_not(date(2026, 12, 28)) == "Boxing Day (substitute day)"
    assert ENGLAND.why_not(date(2022, 9, 19)) == (
        "Bank Holiday for the State Funeral of Queen Elizabeth II"
    )
    assert ENGLAND.why_not(date(2026, 1, 3)) == "Saturday"
    assert ENGLAND.why_not(date(2026, 1, 5)) is None


def test_closure_days_do_not_count_and_make_another_version() -> None:
    """A closure day of the authority is skipped, named, and changes the calendar's version."""
    closed = calendars.with_closures("2025-12-29", "2025-12-30", "2025-12-31")
    counted = counting.count_forward(closed, date(2025, 12, 19), 10, "working_days")
    assert counted.day == date(2026, 1, 12)
    assert closed.why_not(date(2025, 12, 29)) == "Offices closed"
    assert closed.version != ENGLAND.version
    assert closed == calendars.with_closures("2025-12-31", "2025-12-30", "2025-12-29")
    assert closed != calendars.with_closures("2025-12-29")


def test_closure_days_add_up() -> None:
    """Closing further days keeps the days already closed; closing none changes nothing."""
    closed = calendars.with_closures("2025-12-29").with_closures({date(2025, 12, 30): "Snow"})
    assert not closed.is_working_day(date(2025, 12, 29))
    assert closed.why_not(date(2025, 12, 30)) == "Snow"
    assert closed.with_closures({}) is closed


def test_a_calendar_is_its_version_whatever_it_is_called() -> None:
    """Two calendars of one version are equal under any title, and of two versions never."""
    assert replace(ENGLAND, title="Another name") == ENGLAND
    assert replace(ENGLAND, version="another") != ENGLAND


def test_a_closed_town_hall_closes_no_court() -> None:
    """The courts' calendar leaves the closure days out, and is the same where there are none."""
    closed = calendars.with_closures("2025-12-29")
    assert ENGLAND.of_the_courts is ENGLAND
    assert closed.of_the_courts.is_working_day(date(2025, 12, 29))
    assert closed.of_the_courts.version not in (closed.version, ENGLAND.version)
