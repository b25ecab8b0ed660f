"""S4: no fact without its consequences, in one transaction, over one child or several."""

import pytest

from caseward.record.ledger import models, queries
from caseward.record.ledger.acts import child_stream
from caseward.work import entries
from caseward.work.casework import record_event
from caseward.work.casework.happenings import WhatHappened
from caseward.work.entries.errors import Refused
from caseward.work.worklists import settle as worklists
from tests.builders.stores import Store, a_store

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)

REVIEW = "looked_after_review.held"


def a_looked_after_child() -> Store:
    """Return a store with one child, who has been looked after since January 2025."""
    store = a_store("2025-12-05").with_child("Child One", started_on="2025-01-06")
    store.record("looked_after.began", "2025-01-06")
    return store


def test_S4a_what_follows_is_settled_with_the_fact() -> None:
    """As soon as the act is done every room's rows are those that the whole record gives."""
    store = a_looked_after_child()
    store.record(REVIEW, "2025-12-04", outcome="discharge_supported")
    assert store.tasks("W4.ratify") != ()
    assert entries.verify_child(store.child, on=store.today) == ()


def test_S4b_where_a_room_cannot_settle_nothing_is_saved() -> None:
    """The fact goes with its consequences or not at all; the key is free to be sent again."""
    store = a_looked_after_child()
    before = queries.head()

    def fails(*_arguments: object) -> None:
        raise RuntimeError("The list cannot be written.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worklists, "settle", fails)
        with pytest.raises(RuntimeError, match="cannot be written"):
            store.record(REVIEW, "2025-12-04", outcome="discharge_supported", key="once")
    assert queries.head() == before
    assert store.tasks("W4.ratify") == ()
    assert store.record(REVIEW, "2025-12-04", key="once").was_recorded_before is False


def test_S4c_an_occasion_over_several_children_is_one_act() -> None:
    """One act, one occasion; an entry on each child's stream with that child's own fields."""
    store = a_looked_after_child().with_child("Child Two", started_on="2025-01-06")
    one, two = store.children.values()
    record_event.record(store.act(), a_visit(store, unseen=two), confirmed=True)
    (first,), (second,) = (
        [shown for shown in queries.recorded(child_stream(child)) if _is_visit(shown)]
        for child in (one, two)
    )
    assert first.act == second.act
    assert first.occasion == second.occasion != ""
    assert (first.entry.fields["seen"], second.entry.fields["seen"]) == ("yes", "no")


def test_S4d_an_occasion_is_recorded_for_all_or_for_none_with_the_reasons_named() -> None:
    """One child of three cannot have it: nothing is saved, and the child is named."""
    store = (
        a_looked_after_child()
        .with_child("Child Two", started_on="2025-01-06")
        .with_child("Baby Three", expected_on="2026-04-01", started_on="2025-11-01")
    )
    n_before = models.Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        record_event.record(store.act(), a_visit(store), confirmed=True)
    assert {problem.child_name for problem in refusal.value.problems} == {"Baby Three"}
    assert models.Entry.objects.count() == n_before


def a_visit(store: Store, *, unseen: str = "") -> WhatHappened:
    """Return a visit to every child of the store, at which all but one were seen."""
    return WhatHappened(
        kind="visit.made",
        occurred_on=store.today,
        children=tuple(store.children.values()),
        fields={"seen": "yes"},
        each={unseen: {"fields.seen": "no"}} if unseen else {},
    )


def _is_visit(shown: queries.Recorded) -> bool:
    return shown.entry.kind == "visit.made"
