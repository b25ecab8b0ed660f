"""Calendars for tests: the shipped one, and it with closure days."""

from datetime import date
from functools import cache
from pathlib import Path

import caseward
from caseward.rules.calendars import reading
from caseward.rules.calendars.days import Calendar

PATH = Path(caseward.__file__).parent / "law" / "calendars" / "england_and_wales.yaml"


@cache
def england_and_wales() -> Calendar:
    """Return the shipped calendar."""
    return reading.read_calendar(PATH.read_text("utf-8"), path=PATH.name)


def with_closures(*days: str) -> Calendar:
    """Return the shipped calendar with the authority closed on the days."""
    closures = {date.fromisoformat(day): "Offices closed" for day in days}
    return england_and_wales().with_closures(closures)
