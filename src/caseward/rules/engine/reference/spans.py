"""Spans counted forwards and back where a calendar may be too short to answer (M31)."""

from datetime import date

from caseward.rules.calendars import counting
from caseward.rules.calendars.counting import CalendarTooShort
from caseward.rules.calendars.days import Calendar

Count = tuple[int, str]


def back(calendar: Calendar, day: date, span: Count) -> date:
    """Return the day so long before; before the calendar's first year, the first day there is."""
    try:
        return counting.count_back(calendar, day, *span).day
    except CalendarTooShort:
        return date.min


def forward(calendar: Calendar, day: date, span: Count) -> date | None:
    """Return the last day of the span; None before the calendar's first year."""
    try:
        return counting.count_forward(calendar, day, *span).day
    except CalendarTooShort:
        return None
