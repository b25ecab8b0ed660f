"""Every worked example beside the law, run through the engine."""

from dataclasses import replace
from datetime import date

import pytest

from caseward.rules.engine import worked
from caseward.rules.procedures.examples import Example
from tests.law import shelf


@pytest.mark.parametrize(
    "example", shelf.all_examples(), ids=lambda e: f"{e.procedure}: {e.name}"
)  # fmt: skip
def test_the_example_comes_out_as_worked_by_hand(example: Example) -> None:
    """The tasks of the example are the ones, on the days, that were worked by hand."""
    assert [str(mismatch) for mismatch in worked.check_example(example, shelf.rulebook())] == []


def test_an_example_with_a_wrong_date_is_caught() -> None:
    """The harness is awake: the first chain with one date changed is a mismatch that says so."""
    chain = shelf.all_examples_of("discharge_of_care_order")[0]
    first = chain.expectations[0]
    wrong = replace(first, said={**first.said, "due": date(2025, 12, 30)})
    mismatches = worked.check_example(replace(chain, expectations=(wrong,)), shelf.rulebook())
    assert len(mismatches) == 1


def test_every_step_in_force_is_spoken_of_and_met_in_an_example() -> None:
    """No step goes out whose opening and fulfilment were not worked by hand (windows lapse)."""
    said = [
        (row.procedure or example.procedure, row.step, row.said)
        for example in shelf.all_examples()
        for row in example.expectations
        if not row.is_absent
    ]
    spoken = {(procedure, step) for procedure, step, _ in said}
    met = {(procedure, step) for procedure, step, words in said if words.get("status") == "met"}
    lapsed = {(p, step) for p, step, words in said if words.get("status") == "lapsed"}
    wanted = {
        (procedure.id, step.id): step.window
        for procedure, edition, step in shelf.steps()
        if edition is procedure.editions[-1]
    }
    assert set(wanted) - spoken == set()
    assert {step for step, is_window in wanted.items() if not is_window} - met == set()
    assert {step for step, is_window in wanted.items() if is_window} - lapsed == set()


def test_each_outcome_of_a_shipped_step_is_gone_through_in_an_example() -> None:
    """Every outcome that a step lists happens in some example, the refusals too (B8)."""
    happened = {
        (entry.kind, entry.outcome) for example in shelf.all_examples() for entry in example.entries
    }
    untried = [
        (step.id, outcome)
        for _, _, step in shelf.steps()
        for outcome in step.outcomes
        if not any((met.event, outcome) in happened for met in step.met_by)
    ]
    assert untried == []
