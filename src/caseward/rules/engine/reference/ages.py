"""Ages: of the child, and of siblings on a plan in the same household (M16, P8; M20 birthdays).

Under 24 months means before the day on which 24 months are reached. A child not yet born is under
every age. What nobody recorded about a sibling cannot be told, and is not no.
"""

from collections.abc import Iterator
from datetime import date

from caseward.rules.calendars.ages import reached_on
from caseward.rules.engine.reference.known import (
    BIRTH_EXPECTED,
    CHILD_BORN,
    SIBLING_RECORDED,
    Known,
    date_of,
    value_of,
)
from caseward.rules.facts.entries import Event

KINDS = (CHILD_BORN, BIRTH_EXPECTED, SIBLING_RECORDED)
ANY, IN_HOUSEHOLD, ON_PLAN = "any", "in the household", "on a plan"
SIBLINGS_OF = {
    "child_or_sibling": ANY,
    "child_or_sibling_in_household": IN_HOUSEHOLD,
    "child_or_sibling_on_plan": ON_PLAN,
}
"""Which siblings count, by the word of the condition."""

Age = tuple[int, str]


def is_age(
    known: Known,
    day: date,
    under: Age | None,
    over: Age | None,
    siblings: str | None,
    missing: list[str],
) -> bool | None:
    """Say whether the child (or, where asked, a sibling who counts) is of the age on the day."""
    n_missing = len(missing)
    answer = _child(known, day, under, over, missing)
    if answer is True or siblings is None:
        return answer
    for born_on, is_certain in _siblings(known, siblings):
        if not _is(born_on, day, under, over):
            continue
        if is_certain:
            del missing[n_missing:]
            return True
        missing.append("sibling")
        answer = None
    return answer


def next_change(
    known: Known, day: date, under: Age | None, over: Age | None, siblings: str | None
) -> date | None:
    """Return the next day on which somebody reaches one of the ages."""
    births = [known.born_on] if known.born_on is not None else []
    if siblings is not None:
        births.extend(born_on for born_on, _ in _siblings(known, siblings) if born_on is not None)
    turns = [
        turn
        for born_on in births
        for age in (under, over)
        if age is not None and (turn := reached_on(born_on, *age)) > day
    ]
    return min(turns, default=None)


def _child(
    known: Known, day: date, under: Age | None, over: Age | None, missing: list[str]
) -> bool | None:
    if known.born_on is None and not known.expected_births:
        missing.append("date of birth")
        return None
    return _is(known.born_on, day, under, over)


def _is(born_on: date | None, day: date, under: Age | None, over: Age | None) -> bool:
    if born_on is None or born_on > day:
        return over is None
    if under is not None and day >= reached_on(born_on, *under):
        return False
    return over is None or day >= reached_on(born_on, *over)


def _siblings(known: Known, which: str) -> Iterator[tuple[date | None, bool]]:
    """Yield the birth of each sibling who counts, or may count, and whether that is certain.

    A sibling whose birth nobody recorded may be of any age; one recorded as unborn has none yet.
    """
    for event in known.siblings.values():
        counts = _counts(event, which)
        if counts is False:
            continue
        born_on = date_of(event, "born_on")
        is_unborn = born_on is None and value_of(event, "expected_on") is not None
        yield born_on, counts is True and (born_on is not None or is_unborn)


def _counts(event: Event, which: str) -> bool | None:
    """Say whether the sibling counts: any, one in the same household, or one on a plan there."""
    if which == ANY:
        return True
    on_plan, household = value_of(event, "on_plan"), value_of(event, "same_household")
    if household == "no" or (which == ON_PLAN and on_plan == "no"):
        return False
    return True if (on_plan if which == ON_PLAN else household) == "yes" else None
