"""The only place that reads the clock; everything below is told the moment and the day."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """Return the moment, aware and in UTC."""
    return datetime.now(tz=UTC)


def day_of(moment: datetime) -> date:
    """Return the London day that an aware moment falls on."""
    return moment.astimezone(LONDON).date()


def today() -> date:
    """Return the London day it is now."""
    return day_of(now())


def end_of_day(day: date) -> datetime:
    """Return the last moment of a London day, as a date given for `known_at` means (M4)."""
    return datetime.combine(day, time.max, tzinfo=LONDON).astimezone(UTC)


def in_london(moment: datetime) -> datetime:
    """Return the moment in UTC; one written without a zone is London time."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=LONDON)).astimezone(UTC)
