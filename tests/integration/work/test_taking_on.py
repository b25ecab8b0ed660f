"""What was overdue on the first day is listed once, decided about in bulk, and lights no alarms."""

from pathlib import Path

import pytest
from django.conf import settings

from caseward.record.access.askers import Asker
from caseward.work.casework import adopt, decide_overdue
from caseward.work.casework.decide_overdue import Overdue, What
from caseward.work.entries import errors
from caseward.work.readings import child_page, taking_on
from caseward.work.readings.errors import NotAllowed, NotFound
from caseward.work.readings.shapes.taking_on import OverdueLine
from tests.builders.stores import REVIEWS, Store, a_store, on
from tests.integration.work.test_routes_hide import looking_as

pytestmark = pytest.mark.django_db(databases="__all__")

PROCEDURE = "looked_after_reviews"


def came_in_late() -> Store:
    """Return a store into which a child came whose reviews nobody had written down since 2024."""
    store = a_store("2026-03-02", law=(REVIEWS,)).with_child(started_on="2026-03-02")
    store.record("looked_after.began", "2024-01-08", reason="S")
    return store


def asker(store: Store, role: str = "team_manager") -> Asker:
    """Return somebody of the store."""
    return store.asker(role)


def line(store: Store) -> OverdueLine:
    """Return the one line of what was overdue."""
    page = taking_on.page(asker(store), as_of=store.today)
    (group,) = (*page.on_lists, *page.measured)
    return taking_on.of_step(asker(store), group.procedure, group.step, as_of=store.today).lines[0]


def awaiting(store: Store) -> int:
    """Return how much awaits a decision, on lists or not."""
    page = taking_on.page(asker(store), as_of=store.today)
    return page.n_on_lists + page.n_measured


def decide(store: Store, what: What, *, done_on: str = "", reason: str = "") -> None:
    """Decide about the one line as the team's manager."""
    one = line(store)
    overdue = Overdue(
        child=one.child_id, task_id=one.task_id, done_on=on(done_on) if done_on else None
    )
    decide_overdue.decide(store.act(by="team_manager"), [overdue], what, reason=reason)


def statuses(store: Store) -> list[tuple[str, str]]:
    """Return due day and status of each task of the child, as its page says them."""
    page = child_page.page(asker(store), store.child, as_of=store.today)
    lines = [each for group in page.tasks for each in group.lines]
    return sorted((str(each.due_on), each.status) for each in lines)


def test_what_was_due_before_the_first_day_is_listed_by_step() -> None:
    """One group, with how many, since when, and whose; what stands on no list is told apart."""
    store = came_in_late()
    page = taking_on.page(asker(store), as_of=store.today)
    assert (page.n_on_lists, page.n_measured, page.on_lists) == (0, 1, ())
    assert page.measured[0].procedure == PROCEDURE
    # Beside a team stands what needs a decision, not what is only counted.
    assert [number for _, _, number in page.teams] == [0]
    assert line(store).child_name == "Child One"


def test_the_pages_say_once_that_nobody_is_allocated() -> None:
    """Of each child without a social worker, in the row of the step and in a worklist's."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    store = a_store("2026-03-02", law=(REVIEWS,))
    store = store.with_worker("district_manager", everywhere=True)
    adopt.declare_demonstration(store.act())
    store = store.with_child(started_on="2026-03-02", roles=())
    store.record("looked_after.began", "2024-01-08", reason="S")
    store = store.with_child("Child Two", roles=())
    store.record("looked_after.began", reason="S", children=(store.children["Child Two"],))
    visitor = looking_as(store.workers["district_manager"])
    step = visitor.get(f"/first-day/{PROCEDURE}/review/").content.decode()
    overview = visitor.get("/first-day/").content.decode()
    assert "Nobody allocated" in step
    assert "Nobody allocated · Nobody allocated" not in step
    assert "Overdue on the first day" in overview
    listed = visitor.get("/worklists/?whose=all").content.decode()
    assert "Nobody allocated" in listed
    assert "Nobody is allocated to do it" not in listed


def test_done_before_leaves_the_page_and_the_next_counts_from_the_day() -> None:
    """The task is before Caseward; the next review is due from the day of the last one."""
    store = came_in_late()
    before = statuses(store)
    decide(store, "done_before", done_on="2026-02-02")
    assert awaiting(store) == 0
    after = statuses(store)
    assert [status for _, status in before].count("open") >= 1
    assert "before_caseward" in {status for _, status in after}
    assert all(due > "2026-03-02" for due, status in after if status == "open")


def test_kept_as_due_leaves_the_page_and_stays_late() -> None:
    """It comes onto the lists like any other late duty, and is not asked about again."""
    store = came_in_late()
    before = statuses(store)
    assert [task.is_listed for task in store.tasks() if task.due_on] == [False]
    decide(store, "kept")
    assert awaiting(store) == 0
    assert statuses(store) == before
    assert [task.is_listed for task in store.tasks() if task.due_on] == [True]


def test_given_up_needs_a_reason_and_is_missed() -> None:
    """Without a reason nothing is saved; with one it is missed for ever."""
    store = came_in_late()
    with pytest.raises(errors.Refused, match="Say why these will not be done"):
        decide(store, "given_up")
    decide(store, "given_up", reason="The child has come of age since.")
    assert "missed" in {status for _, status in statuses(store)}


def test_only_managers_decide() -> None:
    """A social worker neither sees the page nor may record the decision."""
    store = came_in_late()
    with pytest.raises(NotAllowed):
        taking_on.page(asker(store, "social_worker"), as_of=store.today)
    one = line(store)
    with pytest.raises(errors.NotPermitted):
        decide_overdue.decide(
            store.act(by="social_worker"),
            [Overdue(child=one.child_id, task_id=one.task_id)],
            "done_before",
        )


def test_what_fell_due_here_is_not_on_the_page() -> None:
    """A duty due on the first day or later is an ordinary late task."""
    store = a_store("2026-03-02", law=(REVIEWS,)).with_child(started_on="2026-03-02")
    store.record("looked_after.began", "2026-02-02", reason="S")
    later = store.on("2026-06-01")
    assert awaiting(later) == 0


def test_a_step_that_awaits_nothing_is_no_page() -> None:
    """Once all is decided the step's page says so."""
    store = came_in_late()
    decide(store, "kept")
    with pytest.raises(NotFound, match="Nothing of this step awaits a decision"):
        taking_on.of_step(asker(store), PROCEDURE, "review", as_of=store.today)
