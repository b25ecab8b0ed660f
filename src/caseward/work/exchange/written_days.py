"""Days as files write them. A day that is not in the calendar, or only partly known, is no day."""

import re
from datetime import date
from functools import lru_cache

BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: 00:00(?::00)?)?", re.ASCII)
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?Z?", re.ASCII)
PARTLY = re.compile(r"(?:zz|\d{1,2})/(?:zz|\d{1,2})/\d{4}", re.IGNORECASE | re.ASCII)


@lru_cache(maxsize=65_536)
def day(text: str) -> date | None:
    """Return the day that `31/01/2025` or `2025-01-31` names, or None where it names none.

    A midnight behind it, as databases write it, is let pass; a real time of day is not.
    """
    british = BRITISH.fullmatch(text)
    iso = None if british else ISO.fullmatch(text)
    if british:
        day_of_month, month, year = british.groups()
    elif iso:
        year, month, day_of_month = iso.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day_of_month))
    except ValueError:
        return None


def is_partly_known(text: str) -> bool:
    """Tell whether the text gives a month or year alone, as `zz/03/2015` does."""
    return "z" in text.casefold() and PARTLY.fullmatch(text) is not None


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet's formula stands here instead of its result."""
    return text.startswith("=")


def without_quoting(text: str) -> str:
    """Return a text that was kept from being taken for a number as `="00123"`, without that."""
    if text.startswith('="') and text.endswith('"'):
        return text[2:-1]
    return text
