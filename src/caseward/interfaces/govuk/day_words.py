"""Days as people say and type them: words for pages, and texts such as 6/1/2026 read back."""

import re
from datetime import date, time, timedelta

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_NUMBERS = re.compile(r"^(\d{1,2})[\s/.\-](\d{1,2})[\s/.\-](\d{4}|\d{2})$")
_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_NAMED = re.compile(
    r"^(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4}|\d{2})$"
)
_CLOCK = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$")


class NotADay(ValueError):
    """The text names no day; the message says what to type instead."""


class NotATime(ValueError):
    """The text names no time of day; the message says what to type instead."""


def long_day(day: date) -> str:
    """Return the day in full: Tuesday 6 January 2026."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def short_day(day: date) -> str:
    """Return the day in a line of a list: Tue 6 Jan 2026."""
    return f"{day:%a} {day.day} {day:%b} {day.year}"


def typed_day(day: date) -> str:
    """Return the day as a person types it into a form: 6/1/2026."""
    return f"{day.day}/{day.month}/{day.year}"


def read_day(text: str, *, today: date) -> date:
    """Return the day that a person typed.

    Takes 6/1/2026, 6.1.26, 2026-01-06, 6 January 2026, Tue 6 Jan 2026, today and yesterday.
    Errors: NotADay, its message a sentence for the person who typed it.
    """
    words = " ".join(text.lower().split())
    if words in ("today", "yesterday"):
        return today - timedelta(days=words == "yesterday")
    year, month, day_of_month = _parts(words)
    try:
        return date(_whole_year(year), month, day_of_month)
    except ValueError as error:
        raise NotADay(f"There is no day {text.strip()}. Check the day and the month.") from error


def read_time(text: str) -> time:
    """Return the time of day that a person typed: 14:30, 2.30pm, 9am.

    Errors: NotATime, its message a sentence for the person who typed it.
    """
    found = _CLOCK.match(text.strip().lower())
    if found is None:
        raise NotATime("Enter a time such as 14:30 or 2:30pm.")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12:  # noqa: PLR2004
        raise NotATime(f"There is no time {text.strip()}. Enter a time such as 14:30.")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError as error:
        raise NotATime(f"There is no time {text.strip()}. Enter a time such as 14:30.") from error


def _parts(words: str) -> tuple[int, int, int]:
    if found := _ISO.match(words):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _NUMBERS.match(words):
        return int(found[3]), int(found[2]), int(found[1])
    if found := _NAMED.match(words):
        return int(found[3]), _month(found[2]), int(found[1])
    raise NotADay("Enter a date such as 6/1/2026, or the word today.")


def _month(name: str) -> int:
    for number, month in enumerate(_MONTHS, start=1):
        if month.startswith(name) or (name == "sept" and number == 9):  # noqa: PLR2004
            return number
    raise NotADay(f"There is no month called {name}. Enter a date such as 6/1/2026.")


def _whole_year(year: int) -> int:
    """A year of two digits is this century's: nobody types 26 for 1926 into a child's record."""
    return year + 2000 if year < 100 else year  # noqa: PLR2004
