"""Counting days: forwards and backwards, in working days, days, weeks, months and years (M31).

The day counted from is day 0 and is never moved; the day counted to is in time to its end. A
statutory limit in weeks or months does not move when it ends on a day off. `how` names the three
ways in which the law counts, and is never guessed:

- "after" (also called "of"): the day counted from is day 0.
- "beginning_with": the day counted from is day 1; counted back, the last of the days.
- "clear": whole days between, as courts count (FPR 2.9). Forwards, seven days or fewer are
  working days, and a longer period that ends on a day off ends on the next working day. Back
  from an event, neither that day nor the day counted to is among them.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from caseward.rules.calendars.days import Calendar
from caseward.rules.calendars.table import Counted

How = Literal["after", "beginning_with", "clear"]
ONE_DAY = timedelta(days=1)
# FPR 2.9(4): in a period of seven days or fewer, days that are not business days do not count.
SHORT_COURT_PERIOD_DAYS = 7
IN_EVERY_MONTH = 28


class CalendarTooShort(Exception):
    """The day lies before the first day of the calendar, so working days cannot be counted."""

    def __init__(self, calendar: Calendar, day: date) -> None:
        self.calendar_id = calendar.id
        self.day = day
        super().__init__(
            f"Working days cannot be counted from {_in_words(day)}: the calendar "
            f"{calendar.title!r} begins on {_in_words(calendar.first_day)}. Correct the date if it "
            "is mistyped; otherwise add the bank holidays of the earlier years to the calendar."
        )


def count_forward(
    calendar: Calendar, start: date, count: int, unit: str, *, how: How = "after"
) -> Counted:
    """Return the last day that is in time, `count` units on from `start`.

    Units: "working_days", "court_days" (the same without the authority's closed days), "days", "weeks", "months", "years" (a month-end clips: 31 August and
           six months is the last of February), "weeks_of_proceedings" (the last day of that week,
           `start` being the day of issue).
    Errors: CalendarTooShort for working days from before the calendar's first day; ValueError for
            a negative count or a unit that is not of days.
    Source: requirements "Counting"; M31.
    """
    if unit == "working_days":
        return _working_days_forward(calendar, start, _checked(count, how), how)
    if unit == "court_days":
        return _working_days_forward(calendar.of_the_courts, start, _checked(count, how), how)
    if unit == "weeks_of_proceedings":
        return Counted(week_of_proceedings(start, count)[1])
    end = _moved(start, _checked(count, how), unit)
    if how == "after":
        return Counted(end)
    if how == "beginning_with":
        return Counted(end if _is_clipped(start, end, unit) else end - ONE_DAY)
    if unit == "days":
        return _court_days_forward(calendar, start, count)
    return Counted(end)


def count_back(
    calendar: Calendar, start: date, count: int, unit: str, *, how: How = "after"
) -> Counted:
    """Return the last day that is in time, `count` units back from `start`.

    Five working days before a meeting is the fifth working day before its day. Units and errors
    are those of `count_forward`; weeks of proceedings are not counted back.
    """
    back = _checked(count, how)
    if how == "clear" and unit == "days" and count <= SHORT_COURT_PERIOD_DAYS:
        unit = "court_days"
    if unit == "working_days":
        return _working_days_back(calendar, start, back, how)
    if unit == "court_days":
        return _working_days_back(calendar.of_the_courts, start, back, how)
    end = _moved(start, -back, unit)
    if how == "beginning_with":
        return Counted(end + ONE_DAY)
    return Counted(end - ONE_DAY if how == "clear" else end)


def week_of_proceedings(issued_on: date, number: int) -> tuple[date, date]:
    """Return the first and last day of week `number`, the day of issue being day 1 (M31)."""
    if number < 1:
        raise ValueError(f"proceedings have no week {number}; the first week is week 1")
    first = issued_on + timedelta(days=7 * (number - 1))
    return first, first + timedelta(days=6)


def at_once(calendar: Calendar, day: date, meaning: str) -> Counted:
    """Return the day by which something must be done "immediately" on `day` (M32).

    "paperwork": the same day if it is a working day, else the next one. "safety": the same day,
    whatever day it is.
    """
    if meaning == "safety":
        return Counted(day)
    if meaning != "paperwork":
        raise ValueError(f"immediately means 'paperwork' or 'safety', not {meaning!r}")
    return _working_days_forward(calendar, day, 1, "beginning_with")


def last_working_day_by(calendar: Calendar, day: date) -> date:
    """Return the day itself if it is a working day, else the last working day before it."""
    return _working_days_back(calendar, day, 1, "beginning_with").day


def working_days_between(calendar: Calendar, start: date, end: date) -> int:
    """Return how many working days lie after `start`, up to and with `end`; none if it is earlier."""
    if end <= start:
        return 0
    return _number_upto(calendar, end) - _number_upto(calendar, start)


def skipped(calendar: Calendar, start: date, end: date) -> tuple[tuple[date, str], ...]:
    """Return the days that did not count on the way from `start` to `end`, earliest first, and why.

    `start` is day 0 and not among them, `end` is; counting back, `end` lies before `start`.
    """
    first, last = (start + ONE_DAY, end) if end >= start else (end, start - ONE_DAY)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple((day, why) for day in days if (why := calendar.why_not(day)) is not None)


def _working_days_forward(calendar: Calendar, start: date, count: int, how: str) -> Counted:
    number = _number_upto(calendar, start) + count
    if how == "beginning_with":
        number -= calendar.is_working_day(start)
    elif count == 0:
        return Counted(start)
    return calendar.table.numbered(number - 1)


def _working_days_back(calendar: Calendar, start: date, count: int, how: str) -> Counted:
    if count == 0 and how == "after":
        return Counted(start)
    number = _number_upto(calendar, start) - count - (how == "clear")
    if how != "beginning_with":
        number -= calendar.is_working_day(start)
    if number < 0:
        raise CalendarTooShort(calendar, start)
    # Days off past the horizon lie between, even when the day counted to does not.
    return Counted(calendar.table.days[number].day, calendar.is_provisional(start))


def _court_days_forward(calendar: Calendar, start: date, count: int) -> Counted:
    courts = calendar.of_the_courts
    if count <= SHORT_COURT_PERIOD_DAYS:
        return _working_days_forward(courts, start, count, "after")
    return at_once(courts, start + timedelta(days=count), "paperwork")


def _number_upto(calendar: Calendar, day: date) -> int:
    if day < calendar.first_day:
        raise CalendarTooShort(calendar, day)
    return calendar.table.number_upto(day)


def _moved(start: date, count: int, unit: str) -> date:
    if unit == "days":
        return start + timedelta(days=count)
    if unit == "weeks":
        return start + timedelta(days=7 * count)
    if unit == "months":
        return _months_on(start, count)
    if unit == "years":
        return _months_on(start, 12 * count)
    raise ValueError(f"{unit!r} is not a unit of days")


def _months_on(start: date, count: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    if start.day <= IN_EVERY_MONTH:
        return date(year, month + 1, start.day)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _is_clipped(start: date, end: date, unit: str) -> bool:
    # Six months beginning with 31 August end on the last of February, not a day earlier.
    return unit in ("months", "years") and end.day != start.day


def _checked(count: int, how: str) -> int:
    least = 1 if how == "beginning_with" else 0
    if count < least:
        raise ValueError(f"{count} is too few to count {how.replace('_', ' ')}; least is {least}")
    return count


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
