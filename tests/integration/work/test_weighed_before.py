"""What one act led to is what the next begins with: weighed once, and only where it is so."""

from collections.abc import Iterator

import pytest

from caseward.work.casework import adopt
from caseward.work.entries import settling
from tests.builders.stores import Store, a_store, on

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def weighed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Note each child that is weighed."""
    found: list[str] = []
    weigh = settling.weigh

    def noting(child: str, *given: object, **named: object) -> settling.Weighed:
        found.append(child)
        return weigh(child, *given, **named)  # type: ignore[arg-type]

    settling._LATELY.clear()
    monkeypatch.setattr(settling, "weigh", noting)
    yield found
    settling._LATELY.clear()


def in_care() -> Store:
    """Return a store with one looked-after child."""
    store = a_store("2026-03-02").with_child(started_on="2025-01-06")
    store.record("looked_after.began", "2025-01-06", reason="S")
    return store


def test_the_second_act_on_a_record_weighs_it_once(weighed: list[str]) -> None:
    """The record before it is what the first act led to."""
    store = in_care()
    store.record("visit.made", "2026-02-02", seen="yes")
    weighed.clear()
    store.record("visit.made", "2026-02-27", seen="yes")
    assert weighed == [store.child]


def test_after_a_change_of_the_authority_s_facts_it_is_weighed_anew(weighed: list[str]) -> None:
    """Control: another calendar gives another answer, so that the old one is not taken."""
    store = in_care()
    store.record("visit.made", "2026-02-02", seen="yes")
    adopt.declare_closure(store.act(), {on("2026-03-20"): "Closed"})
    weighed.clear()
    store.record("visit.made", "2026-02-27", seen="yes")
    assert weighed.count(store.child) >= 2


def test_a_record_that_is_not_what_the_act_led_to_is_weighed_anew(weighed: list[str]) -> None:
    """Control: what was weighed of an act that was not saved is not taken for what stands."""
    store = in_care()
    store.record("visit.made", "2026-02-02", seen="yes")
    settling._LATELY[store.child] = ("another record", settling._LATELY[store.child][1])
    weighed.clear()
    store.record("visit.made", "2026-02-27", seen="yes")
    assert weighed == [store.child, store.child]


def test_what_is_kept_equals_what_weighing_anew_gives() -> None:
    """The evaluation that the next act begins with is the stored record's, row for row."""
    store = in_care()
    for day in ("2026-02-02", "2026-02-27"):
        store.record("visit.made", day, seen="yes")
    kept = settling._LATELY[store.child][1]
    assert kept.evaluation.tasks == store.tasks()
