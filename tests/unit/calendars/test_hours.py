"""Hours and times of day in London."""

from datetime import date, datetime, time, timedelta

import pytest

from caseward.rules.calendars import hours


def moment(text: str) -> datetime:
    """Return an ISO moment with its offset, which the test states for itself."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("taken_on", "taken_at", "expires"),
    [
        (date(2026, 1, 9), time(22, 40), "2026-01-12T22:40:00+00:00"),
        (date(2026, 3, 28), time(12, 0), "2026-03-31T13:00:00+01:00"),
        (date(2026, 10, 24), time(12, 0), "2026-10-27T11:00:00+00:00"),
        (date(2026, 7, 1), time(9, 15), "2026-07-04T09:15:00+01:00"),
    ],
)
def test_police_protection_ends_72_hours_after_it_was_taken(
    taken_on: date, taken_at: time, expires: str
) -> None:
    """Hours are hours that passed: over a change of the clocks the time of day moves by one."""
    ends, is_marked = hours.hours_after(taken_on, taken_at, 72)
    assert (ends.isoformat(), is_marked) == (expires, False)


def test_without_a_known_time_the_earliest_possible_end_is_given_and_marked() -> None:
    """Where only the date is known, hours count from 00:00 of the day, marked."""
    ends, is_marked = hours.hours_after(date(2026, 1, 9), None, 72)
    assert (ends, is_marked) == (moment("2026-01-12T00:00:00+00:00"), True)
    at_midnight = hours.hours_after(date(2026, 1, 9), time(0), 72)
    assert at_midnight == (ends, False)


@pytest.mark.parametrize(
    ("day", "clock_time", "is_at"),
    [
        (date(2026, 6, 5), time(16), "2026-06-05T16:00:00+01:00"),
        (date(2026, 12, 4), time(12), "2026-12-04T12:00:00+00:00"),
        (date(2026, 3, 29), time(1, 30), "2026-03-29T02:30:00+01:00"),
        (date(2026, 10, 25), time(1, 30), "2026-10-25T01:30:00+01:00"),
    ],
)
def test_a_time_of_day_is_londons(day: date, clock_time: time, is_at: str) -> None:
    """A time that occurs twice is the earlier; one that never occurs is told by the new time."""
    told = hours.at_time(day, clock_time)
    assert told.isoformat() == is_at
    assert told.utcoffset() in (timedelta(0), timedelta(hours=1))
