"""The IRO's acts are the IRO's alone (X9), and challenges climb by themselves but for Cafcass (X3)."""

from datetime import date, timedelta

import pytest

from caseward.rules.engine import reference
from caseward.rules.engine.tasks import Task
from caseward.rules.facts import record
from caseward.rules.facts.entries import Entry
from caseward.rules.procedures.model import EventTrigger, Procedure
from tests.law import shelf
from tests.law.test_editions import fact, working_days_after

IRO_ROLES = {"iro", "iro_service_manager"}
# What only an officer of the independent service records, and so corrects or withdraws.
THE_IROS_OWN = {
    "concern.raised", "dispute.started", "dispute.moved", "dispute.resolved",
    "challenge.kept_at_stage", "challenge.released", "cafcass.referred",
    "cafcass_referral.decided_against", "cafcass.answered", "child_rights.explained",
    "iro_legal_advice.requested", "iro_legal_advice.given", "iro_view.recorded",
    "standing_check.recorded", "oversight_check.recorded", "oversight_gap.weighed",
    "oversight_gap.closed", "remedial_timescale.set", "remedial_timescale.extended",
    "remedial_timescale.looked_at", "review_decision.ratified", "review_decision.refused",
    "iro_views.recorded",
}  # fmt: skip
STAGES = {"1": "team_manager", "2": "service_manager", "3": "head_of_service", "4": "director"}


def procedure(procedure_id: str) -> Procedure:
    return next(one for one in shelf.rulebook().procedures if one.id == procedure_id)


def started(on: date, stage: str = "1") -> Entry:
    """Return the start of a formal dispute at a stage."""
    about = {"stage": stage, "matter": "care_plan"}
    return fact("dispute.started", on, 1, keys={"challenge": "c1"}, fields=about)


def tasks(*entries: Entry, as_of: date) -> dict[str, Task]:
    """Return the tasks of a challenge that have opened by the day, by step."""
    answer = reference.evaluate(
        record.as_known(entries, child="c"), shelf.alone(procedure("challenges")), as_of=as_of
    )
    return {task.step: task for task in answer.tasks if task.opened_on <= as_of}


@pytest.mark.parametrize("kind_id", sorted(THE_IROS_OWN))
def test_nobody_in_the_line_records_what_is_the_iros(kind_id: str) -> None:
    """Whoever may record a kind may correct it: these belong to the independent service."""
    kind = shelf.rulebook().vocabulary.kinds[kind_id]
    assert kind.recorded_by
    assert set(kind.recorded_by) <= IRO_ROLES


def test_only_the_iro_a_death_or_a_birthday_closes_a_challenge() -> None:
    """No fact that the line records ends a challenge, leaving care included."""
    kinds = shelf.rulebook().vocabulary.kinds
    closing = {
        trigger.event
        for trigger in procedure("challenges").editions[-1].closes
        if isinstance(trigger, EventTrigger)
    }
    assert {one for one in closing if not set(kinds[one].recorded_by) <= IRO_ROLES} == {
        "child.died"
    }


def test_an_iros_own_words_are_kept_from_the_line() -> None:
    """The view at a review and what the child said are the IRO's own notes."""
    kinds = shelf.rulebook().vocabulary.kinds
    own = {
        (kind.id, field.name)
        for kind in kinds.values()
        for field in kind.fields
        if field.sensitivity == "iro_only"
    }
    assert ("iro_view.recorded", "view") in own
    assert ("child_rights.explained", "how") in own
    # Legal advice on a discharge is privileged, and the decision beside it is not (L8).
    advice = kinds["legal_advice.recorded"]
    assert {field.sensitivity for field in advice.fields} == {"privileged"}
    shared = kinds["legal_planning_record.completed"]
    assert {field.sensitivity for field in shared.fields} == {"ordinary"}


@pytest.mark.parametrize("month", range(1, 13))
def test_an_unanswered_challenge_climbs_one_stage_at_a_time(month: int) -> None:
    """The day after each last day the next manager owes the answer, by an independent count."""
    opens = date(2026, month, 11)
    opening = started(opens)
    for stage, owner in STAGES.items():
        step = f"X3.stage{stage}"
        found = tasks(opening, as_of=opens)[step]
        assert (found.opened_on, found.owner) == (opens, (owner,))
        cap = working_days_after(date(2026, month, 11), 20)
        assert found.due_on == min(working_days_after(opens, 5), cap), step
        assert found.due_on is not None
        opens = found.due_on + timedelta(days=1)
    end = tasks(opening, as_of=opens)
    assert end["X3.cafcass_choice"].owner == ("iro",)
    assert "X3.cafcass" not in end


def test_it_never_goes_to_cafcass_by_itself() -> None:
    """Years of silence ask the IRO for a decision, and nothing is referred without that act."""
    found = tasks(started(date(2023, 1, 9)), as_of=date(2026, 1, 9))
    assert found["X3.cafcass_choice"].met_on is None
    assert "X3.cafcass" not in found
    kind = shelf.rulebook().vocabulary.kinds["cafcass.referred"]
    assert kind.follows is None
    assert kind.sends


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_it_may_start_at_any_stage(stage: str) -> None:
    """The stages below are left out, and none of them is owed."""
    found = tasks(started(date(2026, 2, 2), stage), as_of=date(2026, 2, 2))
    assert [name for name in found if name.startswith("X3.stage")] == [f"X3.stage{stage}"]
