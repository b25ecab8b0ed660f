"""Counts that can be put in order without counting are put in the order that counting gives."""

from datetime import date, timedelta
from itertools import product

import pytest

from caseward.rules.checking.clocks import Clock, Comparison, always_no_later
from tests.unit.checking import checkers, laws

UNITS = {
    "working_days": (0, 1, 5, 20),
    "days": (7, 8, 28, 30),
    "weeks": (1, 4),
    "months": (1, 3),
    "years": (1,),
}
CLOCKS = [
    Clock("on", count, unit, how)
    for unit, counts in UNITS.items()
    for count in counts
    for how in ("after", "beginning_with", "clear")
    if how == "after" or count
]
BACK = [
    Clock("back", count, unit) for unit in ("working_days", "days", "weeks") for count in (1, 5)
]
ONCE = [Clock("at_once", at_once=meaning) for meaning in ("paperwork", "safety")]
FIRST, LAST = date(2023, 1, 1), date(2025, 12, 31)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """A comparison over the shipped calendar."""
    return Comparison(laws.the_calendar(checkers.right().calendars))


def counted(comparison: Comparison, one: Clock, other: Clock) -> list[date]:
    """Return the days on which the one ends later, each counted by itself."""
    days = (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))
    return [day for day in days if comparison.due(one, day) > comparison.due(other, day)]


@pytest.mark.parametrize("clocks", [CLOCKS, BACK, ONCE], ids=["on", "back", "at once"])
def test_a_comparison_is_what_counting_every_day_gives(
    comparison: Comparison, clocks: list[Clock]
) -> None:
    """On how many days one ends later than the other is the same as counted day by day."""
    due = {
        one: [
            comparison.due(one, FIRST + timedelta(days=n)) for n in range((LAST - FIRST).days + 1)
        ]
        for one in clocks
    }
    for one, other in product(clocks, repeat=2):
        later = sum(a > b for a, b in zip(due[one], due[other], strict=True))
        answer = comparison.later(one, (other,), FIRST, LAST)
        assert (answer.n_later if answer else 0) == later, (one, other)
        if answer is not None:
            assert comparison.due(one, answer.shown_on) > comparison.due(other, answer.shown_on)


def test_of_several_national_limits_the_earliest_counts(comparison: Comparison) -> None:
    """A local limit is looser when it is later than the earliest of the national ones."""
    one = Clock("on", 20, "working_days")
    four, eight = Clock("on", 4, "weeks"), Clock("on", 8, "weeks")
    both = comparison.later(one, (eight, four), FIRST, LAST)
    alone = comparison.later(one, (four,), FIRST, LAST)
    assert both == alone
    assert comparison.later(one, (eight,), FIRST, LAST) is None


def test_hours_end_at_their_minute(comparison: Comparison) -> None:
    """Seventy-two hours end before the end of the third day after."""
    hours, days = Clock("on", 72, "hours"), Clock("on", 3, "days")
    assert comparison.later(hours, (days,), FIRST, LAST) is None
    assert comparison.later(days, (hours,), FIRST, LAST) is not None


def test_counts_of_one_unit_are_in_order() -> None:
    """Fewer of one unit are never later, clear days excepted: seven of them are working days."""
    assert always_no_later(Clock("on", 4, "weeks"), Clock("on", 28, "days"))
    assert always_no_later(Clock("on", 12, "months"), Clock("on", 1, "years"))
    assert not always_no_later(Clock("on", 1, "months"), Clock("on", 31, "days"))
    assert not always_no_later(Clock("on", 7, "days", "clear"), Clock("on", 8, "days", "clear"))
