"""The map of a procedure is made from the law file: stages, steps, branches, clocks (W26)."""

import itertools
from datetime import date

import pytest

from caseward.rules.engine import process_map
from caseward.rules.engine.process_map import MapStep, ProcessMap
from caseward.rules.procedures.model import Procedure
from tests.law import shelf

DAY = date(2025, 12, 4)


def procedure(procedure_id: str) -> Procedure:
    return next(one for one in shelf.rulebook().procedures if one.id == procedure_id)


def drawn(procedure_id: str) -> ProcessMap:
    """Return the map as it stands on a day of the current editions."""
    found = process_map.drawn(procedure(procedure_id), shelf.rulebook(), on=DAY)
    assert found is not None
    return found


def step(of: ProcessMap, step_id: str) -> MapStep:
    """Return one step of a map."""
    return next(one for stage in of.stages for one in stage.steps if one.id == step_id)


def leads(of: ProcessMap, step_id: str) -> dict[str, tuple[str, ...]]:
    """Return where each outcome of a step leads."""
    return {branch.outcome: branch.steps for branch in step(of, step_id).branches}


@pytest.mark.parametrize("procedure_id", sorted(p.id for p in shelf.rulebook().procedures))
def test_every_step_stands_on_the_map_once_in_the_order_of_the_file(procedure_id: str) -> None:
    """No step is lost or drawn twice, and within a stage they stand as the law file has them."""
    edition = procedure(procedure_id).edition_on(DAY)
    assert edition is not None
    in_file = [one.id for one in edition.steps]
    found = drawn(procedure_id)
    on_map = [one.id for stage in found.stages for one in stage.steps]
    assert sorted(on_map) == sorted(in_file)
    for stage in found.stages:
        ids = [one.id for one in stage.steps]
        assert ids == [one for one in in_file if one in ids]
    assert all(b.steps or b.closes or b.outcome for s in found.stages for one in s.steps
               for b in one.branches)  # fmt: skip


def test_the_stages_of_discharge_follow_the_procedure() -> None:
    """The stages lead from the review to the court, as the law file's list has them."""
    assert [stage.title for stage in drawn("discharge_of_care_order").stages] == [
        "Review", "Discharge Meeting", "Discharge not agreed", "Minutes", "Decision maker",
        "Not endorsed", "Application", "Court", "Withdrawn", "On hold",
    ]  # fmt: skip


def test_the_way_from_review_to_court_is_on_the_map() -> None:
    """Each step of the usual way leads to the next, a receipt in between counted as the act."""
    found = drawn("discharge_of_care_order")
    way = ["W4.ratify", "W5.meeting", "W22.pack", "W22.decide", "W23.apply", "W24.issue",
           "W25.outcome", "W25.after"]  # fmt: skip
    for one, after in itertools.pairwise(way):
        assert any(after in branch.steps for branch in step(found, one).branches), (one, after)
        assert one in step(found, after).comes_from


def test_each_outcome_of_a_decision_is_a_branch_of_its_own() -> None:
    """What follows one outcome alone stands on its branch, what follows any on the open one."""
    found = drawn("discharge_of_care_order")
    assert leads(found, "W22.decide") == {
        "endorsed": ("W23.papers", "W23.apply"),
        "not_endorsed": ("W23.reasons", "W23.tell", "W23.review"),
        "returned": ("W22.more",),
        "": ("W7.fostering", "W22.tell"),
    }
    closing = {branch.words for branch in step(found, "W22.decide").branches if branch.closes}
    assert closing == {"Discharge not endorsed"}
    by_iro = step(found, "W4.ratify").branches
    assert [(branch.words, branch.closes) for branch in by_iro] == [
        ("IRO ratified the review's decision", False),
        ("IRO did not ratify the review's decision", True),
    ]


def test_a_clock_is_told_in_words() -> None:
    """Count, unit, anchor, strength and what lifts it, as a person says them."""
    found = drawn("discharge_of_care_order")
    lifted = "no timescale while “Another order planned in place of the care order” holds"
    assert step(found, "W5.meeting").clock == (
        "within 15 working days of “Looked-after review held”", lifted,
    )  # fmt: skip
    assert step(found, "W14.papers").clock[0] == "5 working days before the Discharge Meeting"
    assert step(found, "W17.draft").clock == ("within 3 working days (the usual time)",)
    assert step(found, "W9.invitees").clock == ("at once, the same working day, or the next",)
    assert step(found, "W1.basis").clock == ("no time is given",)
    assert step(found, "W25.outcome").clock == (
        "within 26 weeks beginning with that day (the usual time)",
    )
    reviews = step(drawn("looked_after_reviews"), "review").clock
    assert "the first time: 20 working days (the law)" in reviews
    assert reviews[-1] == "otherwise every 6 months (the law)"


def test_what_opens_and_closes_is_told_in_words() -> None:
    """Facts by their titles, outcomes by theirs, and a birthday as a birthday."""
    found = drawn("discharge_of_care_order")
    assert found.opens[0] == (
        "Looked-after review held (The plan to discharge the care order is supported), while "
        "“Legal status” is Full care order"
    )
    assert found.closes[-1] == "The child's 18th birthday"
    assert step(found, "W12.addendum").starts == (
        "Discharge Meeting held (Was the whole meeting held? Yes)",
    )


def test_no_map_says_an_id_where_a_title_belongs() -> None:
    """Nothing with an underscore or a setting's name reaches a reader."""
    said = [
        text
        for one in shelf.rulebook().procedures
        for found in [drawn(one.id)]
        for text in (
            *found.opens, *found.closes,
            *(t for stage in found.stages for s in stage.steps
              for t in (s.title, *s.starts, *s.only, *s.clock, *s.parts,
                        *(b.words for b in s.branches))),
        )
    ]  # fmt: skip
    assert len(said) > 300
    assert [text for text in said if "_" in text or "setting." in text] == []


def test_before_its_first_edition_a_procedure_has_no_map() -> None:
    """What was not in force is not drawn."""
    day = date(1980, 1, 1)
    one = procedure("discharge_of_care_order")
    assert process_map.drawn(one, shelf.rulebook(), on=day) is None
