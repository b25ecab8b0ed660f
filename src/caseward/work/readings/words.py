"""Days, ages and lists in words, the same on every page."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from caseward.record.ledger.acts import LONDON
from caseward.rules.calendars import ages
from caseward.rules.engine import wording

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
TWO_YEARS_IN_MONTHS = 24


def day(on: date) -> str:
    """Return a day as people write it, as the engine does: Tue 6 January 2026."""
    return wording.day(on)


def short_day(on: date) -> str:
    """Return a day without its weekday: 6 January 2026."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def moment(at: datetime) -> str:
    """Return a moment in London's time: 6 January 2026 at 14:30."""
    local = at.astimezone(LONDON)
    return f"{short_day(local.date())} at {clock_time(at)}"


def clock_time(at: datetime) -> str:
    """Return the time of day in London: 14:30."""
    return at.astimezone(LONDON).strftime("%H:%M")


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: 1 day, 4 days."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(parts: Iterable[str], last: str = "and") -> str:
    """Return the parts as a list in a sentence: a, b and c."""
    found = [part for part in parts if part]
    if len(found) < 2:  # noqa: PLR2004 -- one thing is no list
        return "".join(found)
    return f"{', '.join(found[:-1])} {last} {found[-1]}"


def age(born_on: date | None, expected_on: date | None, *, as_of: date) -> str:
    """Return the child's age in words: weeks, months or years; of an unborn child, when expected."""
    if born_on is None or born_on > as_of:
        if expected_on is None:
            return "Date of birth not recorded"
        return f"Unborn, expected {short_day(expected_on)}"
    months = ages.whole_months(born_on, as_of)
    if months < 1:
        days = (as_of - born_on).days
        return f"{count(days // 7, 'week')} old" if days >= 7 else f"{count(days, 'day')} old"  # noqa: PLR2004
    if months < TWO_YEARS_IN_MONTHS:
        return f"{count(months, 'month')} old"
    return f"{count(months // 12, 'year')} old"


def sentence(text: str) -> str:
    """Return a text with a capital letter and a full stop."""
    text = text.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".?!" else f"{text}."


def lower_first(text: str) -> str:
    """Return a title as it reads within a sentence; abbreviations keep their capitals."""
    is_word = len(text) > 1 and text[1].islower()
    is_name = any(word[0].isupper() for word in text.split()[1:])
    return text[0].lower() + text[1:] if is_word and not is_name else text


def first_of(texts: Sequence[str], otherwise: str) -> str:
    """Return the first text that says something."""
    return next((text for text in texts if text), otherwise)
