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
