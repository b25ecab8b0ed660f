"""The calendar under a date numbers the days that were counted and says why others were not."""

from datetime import date

from caseward.interfaces.govuk import month_grid

WEEKENDS_AND_CHRISTMAS = {
    date(2025, 12, 6): "Saturday",
    date(2025, 12, 7): "Sunday",
    date(2025, 12, 13): "Saturday",
    date(2025, 12, 14): "Sunday",
    date(2025, 12, 20): "Saturday",
    date(2025, 12, 21): "Sunday",
    date(2025, 12, 25): "Christmas Day",
    date(2025, 12, 26): "Boxing Day",
    date(2025, 12, 27): "Saturday",
    date(2025, 12, 28): "Sunday",
}


def cells(months: tuple[month_grid.Month, ...]) -> dict[date, month_grid.Cell]:
    """Return every day of the months by its date."""
    return {
        cell.day: cell
        for month in months
        for week in month.weeks
        for cell in week
        if cell is not None
    }


def test_working_days_are_numbered_up_to_the_due_day() -> None:
    """Fifteen working days after Thu 4 Dec 2025 are Mon 29 Dec 2025: the golden chain of W."""
    months = month_grid.months(
        anchor_on=date(2025, 12, 4), due_on=date(2025, 12, 29), skipped=WEEKENDS_AND_CHRISTMAS
    )
    found = cells(months)
    assert [month.title for month in months] == ["December 2025"]
    assert found[date(2025, 12, 4)].role == "trigger"
    assert found[date(2025, 12, 5)].number == 1
    assert found[date(2025, 12, 24)].number == 14
    assert found[date(2025, 12, 25)].words == "not counted: Christmas Day"
    assert found[date(2025, 12, 25)].role == "holiday"
    assert found[date(2025, 12, 27)].role == "skipped"
    assert (found[date(2025, 12, 29)].role, found[date(2025, 12, 29)].number) == ("due", 15)


def test_counting_back_numbers_away_from_the_meeting() -> None:
    """Five working days before Thu 8 Jan 2026 are Wed 31 Dec 2025, over New Year."""
    skipped = {
        date(2026, 1, 1): "New Year's Day",
        date(2026, 1, 3): "Saturday",
        date(2026, 1, 4): "Sunday",
    }
    months = month_grid.months(
        anchor_on=date(2026, 1, 8), due_on=date(2025, 12, 31), skipped=skipped
    )
    found = cells(months)
    assert [month.title for month in months] == ["December 2025", "January 2026"]
    assert found[date(2026, 1, 7)].number == 1
    assert found[date(2025, 12, 31)].number == 5


def test_days_of_other_months_are_left_blank() -> None:
    """A week that two months share shows each day once."""
    months = month_grid.months(anchor_on=date(2025, 11, 27), due_on=date(2025, 12, 2), skipped={})
    assert [sum(c is not None for c in month.weeks[0]) for month in months] == [2, 7]


def test_a_span_too_long_to_look_at_gives_no_calendar() -> None:
    """Six months are told by the sentence; a wall of calendars tells nothing."""
    assert month_grid.months(anchor_on=date(2025, 1, 1), due_on=date(2025, 7, 1), skipped={}) == ()
