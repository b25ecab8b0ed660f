"""Days of the stories, counted from the day on which the demonstration is loaded."""

import re
from datetime import date

from caseward.rules.calendars import counting
from caseward.rules.calendars.days import Calendar
from caseward.rules.procedures.conditions import Unit

UNITS: dict[str, Unit] = {
    "wd": "working_days",
    "d": "days",
    "w": "weeks",
    "m": "months",
    "y": "years",
}
_OFFSET = re.compile(r"([+-]?)(\d+)(wd|d|w|m|y)")


def is_offset(text: object) -> bool:
    """Tell whether a value of a story is a day counted from the loading."""
    return isinstance(text, str) and _OFFSET.fullmatch(text) is not None


def day(text: str, today: date, calendar: Calendar) -> date:
    """Return the day that an offset names.

    Units: wd working days, d days, w weeks, m months, y years; no sign counts forward.
    Errors: ValueError for anything that is not an offset.
    """
    found = _OFFSET.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not an offset such as -12wd or +9w")
    sign, count, unit = found.groups()
    count_over = counting.count_back if sign == "-" else counting.count_forward
    return count_over(calendar, today, int(count), UNITS[unit]).day


def days_of(
    *, first: str, last: str, every: str, today: date, calendar: Calendar
) -> tuple[date, ...]:
    """Return the days from the first to the last at the interval, none after the last."""
    on, end = day(first, today, calendar), day(last, today, calendar)
    answer = []
    while on <= end:
        answer.append(on)
        on = day(every, on, calendar)
    return tuple(answer)
