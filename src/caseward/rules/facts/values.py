"""The values that a field may hold: dates, times, choices, in the reader's words."""

from datetime import date, time
from typing import Any

from caseward.rules.facts.kinds import Field
from caseward.rules.texts.problems import listed

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def read_day(text: str) -> date:
    """Return the day that a text states as year-month-day.

    Errors: ValueError with a sentence for the reader, for 31 February as for words.
    """
    parts = text.strip().split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts) or len(parts[0]) != 4:  # noqa: PLR2004
        raise ValueError(f"“{text}” is not a date. Write it as year-month-day, like 2025-12-04.")
    year, month, day = (int(part) for part in parts)
    try:
        return date(year, month, day)
    except ValueError:
        if 1 <= month <= len(_MONTHS) and day >= 1:
            raise ValueError(
                f"There is no day {day} in {_MONTHS[month - 1]} {year}. Look at the date again."
            ) from None
        raise ValueError(f"“{text}” is not a date: the months run from 1 to 12.") from None


def in_words(day: date) -> str:
    """Return the day as people write it: 4 December 2025."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def wrong_value(field: Field, value: Any) -> str:
    """Return the sentence for a value that the field cannot hold, or an empty text."""
    text = str(value)
    match field.type:
        case "date":
            return _sentence_of_day(text)
        case "time":
            return "" if _is_time(text) else f"“{text}” is not a time of day, like 16:00."
        case "yes_no":
            is_answer = text in ("yes", "no") or isinstance(value, bool)
            return "" if is_answer else f"“{field.title}” is answered by yes or no."
        case "choice":
            if text in field.choices:
                return ""
            return (
                f"“{text}” is not a choice of “{field.title}”. It may be {listed(field.choices)}."
            )
        case "number":
            is_number = text.removeprefix("-").isdigit()
            return "" if is_number else f"“{field.title}” is a whole number."
        case "names":
            is_list = isinstance(value, list | tuple) and all(isinstance(n, str) for n in value)
            return "" if is_list else f"“{field.title}” is a list of names."
        case _:
            is_text = isinstance(value, str | int)
            return "" if is_text else f"“{field.title}” is a text."


def _sentence_of_day(text: str) -> str:
    try:
        read_day(text)
    except ValueError as wrong:
        return str(wrong)
    return ""


def _is_time(text: str) -> bool:
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return ":" in text
