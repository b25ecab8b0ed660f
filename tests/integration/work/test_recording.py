"""A fact comes in by the one door with all its consequences."""

import pytest

from caseward.work.readings import child_page, my_tasks
from tests.builders.stores import a_store

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_review_opens_the_discharge_and_the_pages_say_so() -> None:
    """A looked-after review that supports discharge gives the IRO its ratification to do."""
    store = a_store("2025-12-05").with_child(started_on="2025-01-06")
    store.record("looked_after_review.held", "2025-12-04", outcome="discharge_supported")
    iro = my_tasks.page(store.asker("iro"), as_of=store.today)
    assert any(line.step == "W4.ratify" for group in iro.groups for line in group.lines)
    page = child_page.page(store.asker("social_worker"), store.child, as_of=store.today)
    assert any(line.step == "W4.ratify" for line in page.tasks[0].lines)
    assert next(entry.kind for entry in page.timeline) == "looked_after_review.held"
