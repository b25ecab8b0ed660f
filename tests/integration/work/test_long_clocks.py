"""Clocks of decades: they are worked out, and stand on nobody's list before their day."""

from datetime import date

import pytest

from caseward.work.readings import child_page, my_tasks
from caseward.work.readings.shapes import TaskLine
from tests.builders.stores import REVIEWS, Store, a_store

pytestmark = pytest.mark.django_db(databases="__all__")

BORN = "2012-03-05"


def kept(day: str) -> Store:
    """Return a store with the record of a child who was looked after, on a day."""
    store = a_store(law=(REVIEWS, "law/national/retention.yaml"))
    store = store.with_worker("records_manager").with_child(born_on=BORN, started_on="2025-03-03")
    store.record("looked_after.began", "2025-03-03")
    store.record("looked_after.ended", "2026-01-05")
    return store.on(day)


def lines(store: Store) -> list[TaskLine]:
    """Return every line of the child's page."""
    page = child_page.page(store.asker("records_manager"), store.child, as_of=store.today)
    return [line for group in page.tasks for line in group.lines]


def test_seventy_five_years_are_worked_out_and_listed_on_the_day_alone() -> None:
    """The task is there with its day, and the page and the lists do not show it before."""
    store = kept("2026-03-02")
    (task,) = [task for task in store.tasks("kept_for_care") if task.ending is None]
    assert task.opened_on == date(2087, 3, 5)
    assert [line.step for line in lines(store) if line.step.startswith("kept_")] == []
    own = my_tasks.page(store.asker("records_manager"), as_of=store.today)
    assert [line for group in own.groups for line in group.lines] == []


def test_on_the_day_the_records_manager_has_it_to_appraise() -> None:
    """Control: on the seventy-fifth birthday it stands on the page, without a limit, never late."""
    (line,) = [one for one in lines(kept("2087-03-05")) if one.step == "kept_for_care"]
    assert (line.due_on, line.days_late, line.status) == (None, 0, "open")
