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
