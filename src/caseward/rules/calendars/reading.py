"""Calendar files: strict YAML in, a calendar out; what is wrong is said in the reader's words."""

import hashlib
from collections.abc import Mapping
from datetime import date

from caseward.rules.calendars.days import Calendar
from caseward.rules.texts.problems import LawFileError, Problems
from caseward.rules.texts.rows import Row
from caseward.rules.texts.strict_yaml import parse

KEYS = ("calendar", "title", "first_day", "horizon", "source", "holidays", "expected")


class CalendarError(LawFileError):
    """A calendar file cannot be used; its sentences say where, why and what to do."""


def read_calendar(text: str, *, path: str = "") -> Calendar:
    """Return the calendar that the file states; its version is the fingerprint of the text.

    Keys: `calendar` (id), `title`, `first_day`, `horizon` (the last day of the years published),
          `source`, `holidays` and, if wanted, `expected` (later holidays not yet published); both
          are a quoted date with the name of the holiday.
    Errors: CalendarError, with every problem of the file and its line.
    """
    problems = Problems()
    try:
        calendar = _calendar(text, path, problems)
        problems.raise_if_any()
    except LawFileError as error:
        raise CalendarError(error.problems) from error
    return calendar


def _calendar(text: str, path: str, problems: Problems) -> Calendar:
    root = parse(text, path=path, problems=problems)
    row = Row(root, noun="a calendar", within="", path=path, problems=problems, allowed=KEYS)
    first_day = _day(row, "first_day", "Write the first day that it knows.")
    horizon = _day(row, "horizon", "Write the last day of the years that are published.")
    if horizon < first_day:
        row.add(f"The horizon {horizon} lies before the first day {first_day}.", key="horizon")
    source = row.inner("source", noun="the source")
    if source is None or "document" not in source:
        row.add("A calendar has no “source”. Name the document that publishes its holidays.")
    return Calendar(
        id=row.required("calendar", "Write its id, for example england_and_wales."),
        title=row.required("title", "Say what a person calls it."),
        version=hashlib.sha256(text.encode()).hexdigest(),
        first_day=first_day,
        horizon=horizon,
        holidays=_holidays(row, "holidays", first_day, horizon),
        expected=_holidays(row, "expected", horizon, date.max),
    )


def _day(row: Row, key: str, why: str) -> date:
    row.required(key, why)
    return row.date(key) or date.min


def _holidays(row: Row, key: str, first_day: date, last_day: date) -> Mapping[date, str]:
    held = row.inner(key, noun=f"“{key}”")
    if held is None:
        if key == "holidays":
            row.add("A calendar has no “holidays”. Write one a line: a quoted date and its name.")
        return {}
    found: dict[date, str] = {}
    for written in held.table.rows:
        day = _day_written(held, written)
        if day is not None and not first_day <= day <= last_day:
            held.add(
                f"The holiday {day} lies outside the years stated for “{key}”. Move it, or "
                "correct first_day and horizon.",
                key=written,
            )
        if day is not None:
            found[day] = held.required(written, "Name the holiday.")
    return found


def _day_written(held: Row, written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        held.add(f'“{written}” is not a day. Write it as "2026-12-25".', key=written)
        return None
