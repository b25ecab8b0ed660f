"""The calendar under *How this date was worked out*: which days were counted, which were not."""

import calendar as months_of_the_year
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

# Beyond this a calendar says less than the sentence does.
LONGEST_DAYS = 130

DayRole = Literal["outside", "trigger", "counted", "skipped", "holiday", "due", "plain"]
_WEEKEND = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One day of a month: its number in the count where it was counted, or why it was not."""

    day: date
    role: DayRole
    number: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month as rows of seven, Monday first; None stands for a day of another month."""

    title: str
    weeks: tuple[tuple[Cell | None, ...], ...]


def months(
    *, anchor_on: date, due_on: date, skipped: Mapping[date, str], is_numbered: bool = True
) -> tuple[Month, ...]:
    """Return the months from the anchor to the due day, either way round.

    Shapes: anchor_on is day 0 and never counted; skipped maps a day to why it was not counted.
    Units:  the count runs away from the anchor, so "5 working days before" numbers backwards.
    Errors: none; a span longer than LONGEST_DAYS gives no months at all.
    """
    if abs((due_on - anchor_on).days) > LONGEST_DAYS:
        return ()
    numbers = _numbers(anchor_on, due_on, skipped) if is_numbered else {}
    first, last = sorted((anchor_on, due_on))
    cells = {
        day: _cell(day, anchor_on=anchor_on, due_on=due_on, skipped=skipped, numbers=numbers)
        for day in _days(first.replace(day=1), _month_end(last))
    }
    return tuple(_month(year, month, cells) for year, month in _months_between(first, last))


def _numbers(anchor_on: date, due_on: date, skipped: Mapping[date, str]) -> dict[date, int]:
    forwards = due_on >= anchor_on
    first, last = sorted((anchor_on, due_on))
    counted = [day for day in _days(first, last) if day != anchor_on and day not in skipped]
    ordered = counted if forwards else counted[::-1]
    return {day: number for number, day in enumerate(ordered, start=1)}


def _cell(
    day: date,
    *,
    anchor_on: date,
    due_on: date,
    skipped: Mapping[date, str],
    numbers: Mapping[date, int],
) -> Cell:
    number = numbers.get(day)
    if day == due_on:
        return Cell(day=day, role="due", number=number, words="the due day")
    if day == anchor_on:
        return Cell(day=day, role="trigger", words="counted from this day")
    if day in skipped:
        role: DayRole = "skipped" if day.weekday() >= _WEEKEND else "holiday"
        return Cell(day=day, role=role, words=f"not counted: {skipped[day]}")
    if number is not None:
        return Cell(day=day, role="counted", number=number, words=f"day {number}")
    return Cell(day=day, role="plain")


def _month(year: int, month: int, cells: Mapping[date, Cell]) -> Month:
    weeks = months_of_the_year.Calendar().monthdatescalendar(year, month)
    return Month(
        title=f"{date(year, month, 1):%B} {year}",
        weeks=tuple(
            tuple(cells.get(day) if day.month == month else None for day in week) for week in weeks
        ),
    )


def _days(first: date, last: date) -> tuple[date, ...]:
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def _month_end(day: date) -> date:
    return day.replace(day=months_of_the_year.monthrange(day.year, day.month)[1])


def _months_between(first: date, last: date) -> tuple[tuple[int, int], ...]:
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return tuple((n // 12, n % 12 + 1) for n in range(start, end + 1))
