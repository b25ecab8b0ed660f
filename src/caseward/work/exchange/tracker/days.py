"""The day that a cell of a tracker names, in the many ways in which people write days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_SHORTEST_MONTH = 3
_NAME = "|".join(name[:_SHORTEST_MONTH] + "[a-z]*" for name in _MONTHS)
_DAYS = re.compile(
    rf"""(?<![\d/.])(?:
        (?P<iso_year>\d{{4}})-(?P<iso_month>\d{{1,2}})-(?P<iso_day>\d{{1,2}})(?:[t\ ]\d{{2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?)?
      | (?P<day>\d{{1,2}})\s*[/.\-]\s*(?P<month>\d{{1,2}})\s*[/.\-]\s*(?P<year>\d{{4}}|\d{{2}})
      | (?P<named_day>\d{{1,2}})(?:st|nd|rd|th)?[\s\-/]*(?:of\s+)?(?P<name>{_NAME})\b\.?,?[\s\-/]*'?(?P<named_year>\d{{4}}|\d{{2}})
      | (?P<name_first>{_NAME})\b\.?\s*(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year_after>\d{{4}})
    )(?![\d/])""",
    re.VERBOSE,
)  # fmt: skip
_WEEKDAY = re.compile(
    r"\b(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:day|nesday|sday|rsday|urday)?\b"
)
_EMPTY = frozenset(
    """- – — . .. ... ? ?? x n/a n.a. na n\\a none nil no tbc tba tbd "not applicable" pending
    unknown n/k nk blank""".replace('"not applicable"', "").split()
) | {"not applicable", "not known", "to be confirmed", "to be arranged", "not yet"}
# Of these, what says that there will be a day: whoever reads the report may ask for it.
_NOT_YET = frozenset({
    "tbc", "tba", "tbd", "pending", "unknown", "not known", "n/k", "nk", "to be confirmed",
    "to be arranged", "not yet",
})  # fmt: skip
# Beside a date these say that it is not the day on which the thing happened; these do before it.
_NOT_HAPPENED = re.compile(
    r"\b(?:tb[ac]|provisional(?:ly)?|planned|booked|expected|target|deadline|approx(?:imately)?|circa|"
    r"awaiting|moved|rearranged|re-arranged|rescheduled|adjourned|due|week\s+commencing)\b|\bw/c|\?"
)
_NOT_ON = re.compile(r"\b(?:by|before|after|until|from)\s*$")
_CALLED_OFF = re.compile(r"\b(?:cancel\w*|postponed|not|did\s*n.t|stood\s+down|vacated)\b")
_CENTURY = 100
_AHEAD = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """The day that a cell names, and the words beside it."""

    day: date
    words: str = ""


class NotADay(Exception):
    """The cell names no one day; the sentence says why and what to write."""


def is_empty(cell: object) -> bool:
    """Return whether a cell says nothing: blank, or one of the ways of writing "nothing yet"."""
    if cell is None:
        return True
    return isinstance(cell, str) and (not cell.strip() or _folded(cell) in _EMPTY)


def is_not_yet(cell: object) -> bool:
    """Return whether a cell says in words that its day is not known yet."""
    return isinstance(cell, str) and _folded(cell) in _NOT_YET


def read(cell: object, *, today: date, is_plan: bool = False) -> Dated | None:
    """Return the day that a cell names with the words beside it, None where it names none.

    A year of two digits lies in the hundred years that end ten years from `today`. Words without any
    figure are words, and no day. With `is_plan` the day may be a provisional one.
    Errors: NotADay for several days, a day that does not exist, one without a year, and words that
    say that the day is not the one on which it happened.
    """
    if isinstance(cell, datetime):
        return Dated(day=cell.date())
    if isinstance(cell, date):
        return Dated(day=cell)
    if is_empty(cell):
        return None
    text = " ".join(str(cell).split())
    if not isinstance(cell, str):
        raise NotADay(f"{text} is a number, not a date. Format the cell as a date.")
    return _in_words(text, today=today, is_plan=is_plan)


def _in_words(text: str, *, today: date, is_plan: bool) -> Dated | None:
    found = list(_DAYS.finditer(text.lower()))
    if not found:
        if any(letter.isdigit() for letter in text):
            raise NotADay(
                f"“{_short(text)}” holds no whole date. Write day, month and year, such as 6/1/2026."
            )
        return None
    days = {_day_of(match, text, today=today) for match in found}
    if len(days) > 1:
        listed = " and ".join(f"{day:%d/%m/%Y}" for day in sorted(days))
        raise NotADay(
            f"“{_short(text)}” holds several dates ({listed}). Give each a row or a column of its own."
        )
    words = _beside(text, found)
    _refuse_unsure(text, text[: found[0].start()], words, is_plan=is_plan)
    return Dated(day=days.pop(), words=words)


def _day_of(match: re.Match[str], text: str, *, today: date) -> date:
    year, month, day = _parts(match)
    try:
        return date(_whole_year(year, today=today), month, day)
    except ValueError:
        raise NotADay(
            f"“{_short(text)}” names no day of the calendar. Write it as day/month/year."
        ) from None


def _parts(match: re.Match[str]) -> tuple[str, int, int]:
    if match["iso_year"]:
        return match["iso_year"], int(match["iso_month"]), int(match["iso_day"])
    if match["year"]:
        return match["year"], int(match["month"]), int(match["day"])
    if match["named_year"]:
        return match["named_year"], _month(match["name"]), int(match["named_day"])
    return match["year_after"], _month(match["name_first"]), int(match["day_after"])


def _month(name: str) -> int:
    """Return the number of a month, 0 for a word that only begins like one (marching, decided)."""
    if name == "sept":
        return 9
    return next((n for n, full in enumerate(_MONTHS, start=1) if full.startswith(name)), 0)


def _whole_year(text: str, *, today: date) -> int:
    year = int(text)
    if len(text) > len("26"):
        return year
    century = today.year - today.year % _CENTURY
    return century + year if century + year <= today.year + _AHEAD else century + year - _CENTURY


def _beside(text: str, found: list[re.Match[str]]) -> str:
    """Return what a cell says besides its date, without the name of the weekday."""
    words = " ".join("".join(_between(text, found)).split()).strip(" -–—:;,./")
    if words in ("()", "[]") or _WEEKDAY.fullmatch(words.lower()):
        return ""
    return words


def _between(text: str, found: list[re.Match[str]]) -> Iterator[str]:
    end = 0
    for match in found:
        yield text[end : match.start()] + " "
        end = match.end()
    yield text[end:]


def _refuse_unsure(text: str, before: str, words: str, *, is_plan: bool) -> None:
    said = words.lower() + ("?" if "?" in text else "")
    is_unsure = _NOT_HAPPENED.search(said) or _NOT_ON.search(before.lower())
    if _CALLED_OFF.search(said) or (not is_plan and is_unsure):
        raise NotADay(
            f"“{_short(text)}”: the words say that this may not be the day on which it happened. "
            "Leave the date alone in the cell, or map the column as a note."
        )


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004
