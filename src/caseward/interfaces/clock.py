"""The only place that reads the clock; everything below is told the moment and the day."""

from datetime import UTC, date, datetime
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
