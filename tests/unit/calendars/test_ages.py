"""On which day an age is reached, and how old somebody is: engine and pages ask here."""

from datetime import date, timedelta

import pytest

from caseward.rules.calendars import ages

day = date.fromisoformat


@pytest.mark.parametrize(
    ("born", "count", "unit", "reached"),
    [
        ("2024-03-31", 6, "months", "2024-09-30"),
        ("2023-08-31", 6, "months", "2024-02-29"),
        ("2024-03-01", 10, "weeks", "2024-05-10"),
        ("2024-03-01", 10, "days", "2024-03-11"),
        ("2008-03-05", 18, "years", "2026-03-05"),
        ("2008-02-29", 18, "years", "2026-03-01"),
        ("2008-02-29", 16, "years", "2024-02-29"),
        ("2024-02-29", 24, "months", "2026-03-01"),
        ("2024-02-29", 18, "months", "2025-08-29"),
        ("1896-02-29", 4, "years", "1900-03-01"),
    ],
)
def test_an_age_is_reached_on_its_day(born: str, count: int, unit: str, reached: str) -> None:
    """Month-ends clip, but a year's anniversary is not brought forward from 29 February."""
    assert ages.reached_on(day(born), count, unit) == day(reached)


@pytest.mark.parametrize(
    ("born", "on", "which"),
    [
        ("2008-02-29", "2026-02-28", None),
        ("2008-02-29", "2026-03-01", 18),
        ("2008-02-29", "2024-02-29", 16),
        ("2008-02-29", "2024-03-01", None),
        ("2008-02-28", "2026-02-28", 18),
        ("2008-03-01", "2026-03-01", 18),
        ("2008-03-05", "2008-03-05", None),
        ("2008-03-05", "2009-03-05", 1),
        ("2008-03-05", "2007-03-05", None),
    ],
)
def test_a_birthday_is_the_day_on_which_a_year_is_reached(
    born: str, on: str, which: int | None
) -> None:
    """Once a year, and never the day of the birth itself."""
    assert ages.birthday(day(born), day(on)) == which


@pytest.mark.parametrize("born", ["2008-02-29", "2023-08-31", "2024-01-01", "2024-03-30"])
def test_months_and_days_of_age_agree(born: str) -> None:
    """On each day of six years: so many months are reached by then, and one more is not."""
    since = day(born)
    for days in range(6 * 366):
        on = since + timedelta(days=days)
        months = ages.whole_months(since, on)
        assert ages.reached_on(since, months, "months") <= on
        assert ages.reached_on(since, months + 1, "months") > on
