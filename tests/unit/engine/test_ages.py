"""Ages reached, and the next day on which one is."""

from datetime import date

from caseward.rules.engine.reference import ages
from caseward.rules.engine.reference.known import Known
from caseward.rules.facts.entries import Event
from caseward.rules.facts.kinds import Vocabulary

TWO = (24, "months")


def known(*, born_on: str, siblings: tuple[dict[str, str], ...] = ()) -> Known:
    """Return what is known of a child with siblings, on its first day."""
    events = [_event("child.born", date.fromisoformat(born_on), {})]
    events += [
        _event("sibling.recorded", events[0].occurred_on, fields, number)
        for number, fields in enumerate(siblings)
    ]
    so_far = Known(Vocabulary(kinds={}, states={}), {})
    so_far.learn(events[0].occurred_on, events, [])
    return so_far


def _event(kind: str, day: date, fields: dict[str, str], number: int = 0) -> Event:
    entry_id = f"{kind}{number}"
    return Event(
        entry_id=entry_id, child="c", kind=kind, occurred_on=day, position=number, fields=fields
    )


def test_under_two_ends_on_the_birthday() -> None:
    """Under 24 months means before the day on which they are reached (M16)."""
    child = known(born_on="2024-03-04")
    eve, day = date(2026, 3, 3), date(2026, 3, 4)
    assert ages.is_age(child, eve, TWO, None, None, [])
    assert ages.is_age(child, day, TWO, None, None, []) is False
    assert ages.next_change(child, eve, TWO, None, None) == day


def test_a_sibling_born_later_counts_as_under_two() -> None:
    """P8: a sibling on a plan who was not born on that day is under every age."""
    child = known(
        born_on="2015-01-01",
        siblings=({"sibling": "s", "born_on": "2026-01-05", "on_plan": "yes"},),
    )
    assert ages.is_age(child, date(2025, 6, 1), TWO, None, ages.ON_PLAN, [])


def test_a_sibling_of_whom_little_is_recorded_cannot_be_told() -> None:
    """Unknown is not no (M1): it is said that something about a sibling is missing."""
    child = known(born_on="2015-01-01", siblings=({"sibling": "s"},))
    missing = ["kept"]
    assert ages.is_age(child, date(2025, 6, 1), TWO, None, ages.ON_PLAN, missing) is None
    assert missing == ["kept", "sibling"]
