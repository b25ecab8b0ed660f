"""What an event says of itself, as conditions read it: texts, numbers, lists and what is missing."""

from datetime import date

import pytest

from caseward.rules.engine.reference import conditions
from caseward.rules.engine.reference.conditions import Counts
from caseward.rules.engine.reference.known import Known
from caseward.rules.engine.reference.scene import Scene
from caseward.rules.facts.entries import Event
from caseward.rules.facts.kinds import Vocabulary
from caseward.rules.procedures.conditions import AllOf, FieldIs
from tests.builders import calendars

DAY = date(2026, 3, 2)
IS_ONE = FieldIs(name="stage", values=("1", "yes"))


def said(condition: FieldIs | AllOf, **fields: object) -> tuple[bool | None, bool | None]:
    """Return what the condition answers in a scene, and by the event's own fields alone."""
    test = conditions.test_of(condition, Counts(calendars.england_and_wales(), {}))
    assert test is not None
    event = Event(
        entry_id="e", child="c", kind="k", occurred_on=DAY, position=1, fields=fields, keys={}
    )
    known = Known(Vocabulary(kinds={}, states={}), {})
    return test.ask(Scene(known, DAY, event=event)), test.by_fields(event)


@pytest.mark.parametrize(
    ("value", "answer", "by_fields"),
    [
        ("1", True, True),
        ("2", False, False),
        (1, True, None),
        (2, False, None),
        (True, True, None),
        (["2", 1], True, None),
        (["2"], False, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_a_field_is_compared_as_text(
    value: object, answer: bool | None, by_fields: bool | None
) -> None:
    """Numbers and flags are compared as texts, of a list any; the quick answer never differs."""
    assert said(IS_ONE, stage=value) == (answer, by_fields)


def test_several_fields_must_all_agree() -> None:
    """All of several fields: one that differs is enough for no, one that is missing leaves it open."""
    both = AllOf((IS_ONE, FieldIs(name="seen", values=("yes",))))
    assert said(both, stage="1", seen="yes") == (True, True)
    assert said(both, stage="1", seen="no") == (False, False)
    assert said(both, seen="no") == (False, None)
    assert said(both, stage="1") == (None, None)
