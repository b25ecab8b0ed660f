"""The demonstration stands on every stage and went along every branch of every shipped procedure."""

from datetime import date

import pytest

from caseward.rules.engine import status
from caseward.rules.engine.tasks import Status
from tests.unit.cli import stories_evaluated

DAYS = (date(2026, 3, 9), date(2026, 11, 24))
NO_DAY = "The duty waits for a day that no regulations have set; its setting says: not yet."
LONG = "The first record under the law is due decades after 1991, and no record is older than that."
NOT_SHOWN: dict[str, str] = {
    "before_care_proceedings family_group_ruling owed": NO_DAY,
    "before_care_proceedings family_group_ruling not_owed": NO_DAY,
    "before_care_proceedings [Offer]": NO_DAY,
    "before_care_proceedings [Discharge]": NO_DAY,
    **{
        f"retention {step} {outcome}": LONG
        for step in ("kept_for_care", "kept_for_adoption", "kept_for_plan")
        for outcome in ("keep", "dispose")
    },
}
"""What no child of a demonstration can show, with the reason."""


def _branches(today: date) -> set[str]:
    """Return each outcome with which a step of a procedure was met on some child's record."""
    found = set()
    for read in stories_evaluated.read_on(today):
        outcomes = {event.entry_id: event.outcome for event in read.record.events}
        for task in read.evaluation.tasks:
            found |= {
                f"{task.procedure} {task.step} {outcomes.get(entry) or ''}" for entry in task.met_by
            }
            if task.is_met_by_silence:
                found.add(f"{task.procedure} {task.step} agreed")
    return found


def _stages(today: date) -> set[str]:
    """Return each stage at which some child has an open task; a step without one is its procedure's."""
    named = {
        (procedure.id, step.id): step.stage
        for procedure, edition in stories_evaluated.editions()
        for step in edition.steps
    }
    calendar = stories_evaluated.law().calendar
    found = set()
    for read in stories_evaluated.read_on(today):
        for task in read.evaluation.tasks:
            standing = status.standing_on(task, today, calendar)
            if standing.status in (Status.OPEN, Status.WAITING) and task.opened_on <= today:
                found.add(f"{task.procedure} [{named.get((task.procedure, task.step), '')}]")
    return found


@pytest.mark.parametrize("today", DAYS)
def test_every_outcome_is_on_some_childs_record(today: date) -> None:
    """Each outcome of each step of each procedure, refusals too, has met that step of a child."""
    wanted = {
        f"{procedure.id} {step.id} {outcome}"
        for procedure, edition in stories_evaluated.editions()
        for step in edition.steps
        for outcome in step.outcomes
    }
    missing = wanted - _branches(today) - set(NOT_SHOWN)
    assert sorted(missing) == []


@pytest.mark.parametrize("today", DAYS)
def test_some_child_stands_at_every_stage(today: date) -> None:
    """Each stage of each procedure holds a task that is open today."""
    wanted = {
        f"{procedure.id} [{step.stage}]"
        for procedure, edition in stories_evaluated.editions()
        for step in edition.steps
    }
    missing = wanted - _stages(today) - set(NOT_SHOWN)
    assert sorted(missing) == []


@pytest.mark.parametrize("today", DAYS)
def test_what_is_said_to_be_unshowable_is_not_shown(today: date) -> None:
    """The list of what cannot be shown holds nothing that is shown after all."""
    assert set(NOT_SHOWN) & (_branches(today) | _stages(today)) == set()
