"""What to ask of a day that something is planned for, when it is typed: a slip is put right then."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from caseward.rules.facts import values
from caseward.rules.facts.entries import Entry
from caseward.rules.facts.kinds import EventKind, Field

EXPECTED = "birth.expected"
# A birth is rarely later than this after the day on which it was expected.
LATEST_BIRTH = timedelta(weeks=6)
WEEKEND = ("Saturday", "Sunday")
WhyNot = Callable[[date], str | None]


def questions(
    draft: Entry, kind: EventKind, *, today: date, why_not: WhyNot | None = None
) -> Iterator[tuple[str, str]]:
    """Yield field and question for each planned day that looks like a slip; nothing is refused.

    `why_not` says why a day is no working day, or None where it is one.
    """
    if not kind.plans:
        return
    for field in kind.fields:
        day = _day_of(draft, field)
        if day is None:
            continue
        question = (
            _of_birth(day, today)
            if kind.id == EXPECTED
            else _of_meeting(field, day, draft.occurred_on, why_not)
        )
        if question:
            yield field.name, question


def _of_birth(day: date, today: date) -> str:
    if today - day <= LATEST_BIRTH:
        return ""
    return (
        f"The birth was expected on {values.in_words(day)}, more than six weeks ago. Is the day "
        "right? If the child was born, record the birth instead."
    )


def _of_meeting(field: Field, day: date, arranged_on: date, why_not: WhyNot | None) -> str:
    if day < arranged_on:
        return (
            f"“{field.title}” is {values.in_words(day)}, before the day on which it was arranged "
            f"({values.in_words(arranged_on)}). Are both days right?"
        )
    why = why_not(day) if why_not is not None else None
    if not why:
        return ""
    named = f"a {why}" if why in WEEKEND else f"no working day: {why}"
    return f"“{field.title}” is {values.in_words(day)}, which is {named}. Is the day right?"


def _day_of(draft: Entry, field: Field) -> date | None:
    value = draft.fields.get(field.name)
    if field.type != "date" or not isinstance(value, str) or values.wrong_value(field, value):
        return None
    return values.read_day(value)
