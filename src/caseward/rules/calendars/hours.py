"""Hours and times of day, in London: police protection, court directions (M32)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def hours_after(day: date, started: time | None, count: int) -> tuple[datetime, bool]:
    """Return the moment `count` hours after the start, and whether the start had to be assumed.

    Hours are hours that passed, so across a change of the clocks the time of day moves by one.
    Without a known time the count starts at 00:00 of the day and is marked, which gives the
    earliest moment at which the hours can have run out.
    """
    start = at_time(day, time(0) if started is None else started)
    return (start.astimezone(UTC) + timedelta(hours=count)).astimezone(LONDON), started is None


def at_time(day: date, clock_time: time) -> datetime:
    """Return the London moment of a time of day.

    A time that occurs twice, when the clocks go back, is the earlier one; one that never occurs,
    when they go forward, is the same moment by the new time.
    """
    return datetime.combine(day, clock_time, LONDON).astimezone(UTC).astimezone(LONDON)
