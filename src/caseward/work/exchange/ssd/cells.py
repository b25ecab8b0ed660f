"""What a cell says: a day and time, yes or no, a number, or nothing."""

import re
from datetime import date, time
from functools import lru_cache

NOTHING_SAID = frozenset(
    {"", "NULL", "(NULL)", "NONE", "NAN", "NAT", "PLACEHOLDER_DATA", "SSD_PH", "SSD_PLACEHOLDER"}
)
"""Words that extracts write where they have nothing to say."""
NO_WORKER = frozenset({"-1", "0"})
"""Ids that extracts write where no worker or team is meant."""

_YES = frozenset({"Y", "YES", "TRUE", "T", "1"})
_NO = frozenset({"N", "NO", "FALSE", "F", "0"})
_MONTHS = {
    word: number
    for number, word in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1
    )
}
_CLOCK = r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s*([AaPp][Mm])?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})" + _CLOCK + r"\Z", re.ASCII)
_BRITISH = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})" + _CLOCK + r"\Z", re.ASCII)
_PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})\Z", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3})[a-z]*[- ](\d{4})" + _CLOCK + r"\Z", re.ASCII)
_NAMED_FIRST = re.compile(r"([A-Za-z]{3})[a-z]*\s+(\d{1,2})\s+(\d{4})" + _CLOCK + r"\Z", re.ASCII)


class NotADay(ValueError):
    """The cell is no day of the calendar; the sentence says how to write one."""


def text(cell: str) -> str:
    """Return what a cell says, "" where it says nothing."""
    said = cell.strip()
    return "" if said.upper() in NOTHING_SAID else said


@lru_cache(maxsize=50_000)
def moment(said: str) -> tuple[date, time | None]:
    """Return the day of a cell that says something, and the time unless it is midnight or not given.

    Errors: NotADay. A day and month are never taken the American way round.
    """
    try:
        year, month, day, clock = _parts(said)
        return date(year, month, day), _time(clock)
    except ValueError:
        raise NotADay(
            f"“{said[:40]}” is not a day of the calendar. Write it as 2026-03-31 or 31/03/2026."
        ) from None


def yes_or_no(said: str) -> str | None:
    """Return "yes" or "no", "" for nothing said, None for words that are neither."""
    word = said.upper()
    if not word or word in {"U", "UNKNOWN", "NA", "N/A", "NOT KNOWN", "NOT RECORDED", "X"}:
        return ""
    if word in _YES:
        return "yes"
    return "no" if word in _NO else None


def folded(words: str) -> str:
    """Return words as they are compared: small letters and digits, single spaces, no brackets."""
    plain = re.sub(r"\([^)]*\)", " ", words.casefold()).replace("&", " and ")
    plain = re.sub(r"['’`]", "", plain)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def _parts(said: str) -> tuple[int, int, int, tuple[str | None, ...]]:
    if (found := _ISO.match(said)) is not None:
        year, month, day, *clock = found.groups()
        return int(year), int(month), int(day), tuple(clock)
    if (found := _BRITISH.match(said)) is not None:
        day, month, year, *clock = found.groups()
        return int(year), int(month), int(day), tuple(clock)
    if (found := _PLAIN.match(said)) is not None:
        year, month, day = found.groups()
        return int(year), int(month), int(day), ()
    if (found := _NAMED.match(said)) is not None:
        day, name, year, *clock = found.groups()
        return int(year), _month(name), int(day), tuple(clock)
    if (found := _NAMED_FIRST.match(said)) is not None:
        name, day, year, *clock = found.groups()
        return int(year), _month(name), int(day), tuple(clock)
    raise ValueError(said)


def _month(name: str) -> int:
    return _MONTHS.get(name.casefold(), 0)


def _time(clock: tuple[str | None, ...]) -> time | None:
    if not clock or clock[0] is None:
        return None
    hour, minute, second = int(clock[0]), int(clock[1] or 0), int(clock[2] or 0)
    if clock[3] is not None:
        hour = hour % 12 + (12 if clock[3].casefold() == "pm" else 0)
    said = time(hour, minute, second)
    return None if said == time(0) else said.replace(second=0)
