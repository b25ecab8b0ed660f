"""A date whose rule was not read in its source says so, wherever the date stands."""

from datetime import date

import pytest

from caseward.rules.engine import checked, explain, reference
from caseward.rules.engine.tasks import Task
from caseward.rules.facts import record as records
from caseward.rules.facts.entries import Entry, Record
from tests.law import shelf

MARK = "This rule has not been checked against its source."


def a_record(*facts: tuple[str, str, dict[str, str]]) -> Record:
    """Return a child's record of these facts."""
    return records.as_known(
        [
            Entry(entry_id=f"e{n}", child="c", kind=kind, occurred_on=date.fromisoformat(on),
                  position=n, fields=fields)
            for n, (on, kind, fields) in enumerate(facts, start=1)
        ],
        child="c",
    )  # fmt: skip


CARE = a_record(
    ("2015-03-03", "child.born", {}),
    ("2023-01-16", "looked_after.began", {}),
    ("2023-01-16", "placement.began", {"type": "U4", "length": "to_18"}),
    ("2025-01-10", "fewer_visits.agreed", {"child_agrees": "yes"}),
    ("2025-01-31", "visit.made", {"seen": "yes"}),
)


def the_task(record: Record, step: str, day: str) -> Task:
    """Return the one open task of a step."""
    answer = reference.evaluate(record, shelf.rulebook(), as_of=date.fromisoformat(day))
    (task,) = [one for one in answer.tasks if one.step == step and one.met_on is None]
    return task


@pytest.mark.parametrize(
    ("step", "is_unchecked"),
    [
        # Twenty working days of the first review were read; the health assessment's were not.
        ("review", False),
        ("health_first", True),
        # The step was read, the row that decides (six months in a settled placement) was not.
        ("visit_ongoing", True),
        # The authority's own number where its procedure is silent: an assumption, told as one.
        ("W3.supervision", False),
        # A number that stands in for one of the law is not the law's.
        ("placement_plan", True),
    ],
)
def test_a_date_is_marked_by_the_row_that_decides(step: str, is_unchecked: bool) -> None:
    """Not the step's source decides, but that of the limit which gives the date."""
    task = the_task(CARE, step, "2025-02-03")
    assert checked.is_unchecked(task, shelf.rulebook()) is is_unchecked


def test_a_task_without_a_date_has_nothing_to_mark() -> None:
    """Where no date stands, none is marked."""
    told = a_record(
        ("2023-01-16", "looked_after.began", {}),
        ("2025-01-10", "care_plan_change.proposed", {"change": "Another placement"}),
    )
    task = the_task(told, "plan_change", "2025-02-03")
    assert not checked.is_unchecked(task, shelf.rulebook())


def test_how_a_date_was_worked_out_tells_it_in_a_sentence() -> None:
    """Also where the step was read and only the deciding row was not; else nothing is said."""
    rulebook, day = shelf.rulebook(), date(2025, 2, 3)
    settled = explain.explain(
        the_task(CARE, "visit_ongoing", "2025-02-03"), CARE, rulebook, as_of=day
    )
    review = explain.explain(the_task(CARE, "review", "2025-02-03"), CARE, rulebook, as_of=day)
    assert MARK in settled.sentences
    assert MARK not in review.sentences
