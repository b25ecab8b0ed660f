"""Tasks that are kept apart by an answer say which it is, so that no two lines read the same."""

import pytest

from caseward.work.readings import child_page
from tests.builders.stores import Store, a_store

pytestmark = pytest.mark.django_db(databases="__all__")
OVERSIGHT = "law/national/independent_oversight.yaml"


def titles(store: Store) -> list[str]:
    """Return what the lines of closing a gap say."""
    page = child_page.page(store.asker("iro"), store.child, as_of=store.today)
    return sorted(
        line.what for group in page.tasks for line in group.lines if line.step == "gap_closed"
    )


def test_each_gap_is_named_on_its_line() -> None:
    """Two gaps that the IRO weighed give two lines, each with its matter in words (X5, X6)."""
    store = a_store("2026-03-02", law=(OVERSIGHT,)).with_child(started_on="2025-01-06")
    store.record("looked_after.began", "2025-01-06")
    for matter in ("therapeutic_help", "birth_family"):
        store.record(
            "oversight_gap.weighed",
            by="iro",
            matter=matter,
            outcome="not_challenged",
            reasons="So.",
        )
    assert len(titles(store)) == len(set(titles(store))) == 2
    assert all(": " in title for title in titles(store))
