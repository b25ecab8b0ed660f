"""Nobody who holds the case ends or re-dates what the IRO asks for in a challenge (X9)."""

import pytest

from caseward.work.casework import agree_delay, give_up_task
from caseward.work.casework.agree_delay import NewDelay
from caseward.work.entries import errors
from caseward.work.tasks import canonical
from tests.builders.stores import Store, a_store, on

pytestmark = pytest.mark.django_db(databases="__all__")
CHALLENGES = "law/national/challenges.yaml"


def challenged() -> Store:
    """Return a store in which the IRO has challenged the team manager."""
    store = a_store("2026-03-02", law=(CHALLENGES,)).with_worker("iro_service_manager")
    store = store.with_child(started_on="2025-01-06")
    store.record(
        "dispute.started",
        by="iro",
        keys={"challenge": "c"},
        stage="1",
        matter="care_plan",
        reasons="The plan is not carried out.",
    )
    return store


def row_of(store: Store) -> str:
    """Return the id of the task to answer the challenge."""
    (task,) = store.tasks("X3.stage1")
    return canonical.id_of(task.key)


def give_up(store: Store, role: str) -> None:
    """Give the answer up as the worker of this role."""
    give_up_task.give_up(
        store.act(by=role),
        store.child,
        row_of(store),
        reason="It has been dealt with.",
        decided_by=store.workers[role],
    )


def test_the_line_cannot_end_the_answer_to_a_challenge() -> None:
    """The team manager who has to answer may not give the answer up, and the task stays open."""
    store = challenged()
    with pytest.raises(errors.Refused, match="Only the IRO decides about"):
        give_up(store, "team_manager")
    (task,) = store.tasks("X3.stage1")
    assert task.ended_on is None or task.ended_on > store.today


def test_the_line_cannot_agree_itself_more_time() -> None:
    """A delay agreed by those who have to answer is refused."""
    store = challenged()
    delay = NewDelay(
        new_date=on("2026-04-30"),
        reason="other_unavoidable",
        agreed_by=store.workers["team_manager"],
    )
    with pytest.raises(errors.Refused, match="ask the IRO for more time"):
        agree_delay.agree(store.act(by="team_manager"), store.child, row_of(store), delay)


def test_the_iros_own_manager_may() -> None:
    """Control: the same act by the IRO service manager is saved."""
    store = challenged()
    give_up(store, "iro_service_manager")
    (task,) = store.tasks("X3.stage1")
    assert task.ended_on == store.today
