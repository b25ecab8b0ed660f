"""S8: every projection made again from the ledger equals what stands, with no column left out."""

import pytest

from caseward.record.ledger import queries
from caseward.record.ledger.acts import AUTHORITY, child_stream, new_id, person_stream
from caseward.record.people import models
from caseward.work import entries
from tests.builders.stores import Store, a_store
from tests.integration.store.people import told
from tests.integration.store.writing import a_fact

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)


def a_lived_in_store() -> Store:
    """Return a store in which things were recorded, corrected, withdrawn and ended."""
    store = a_store("2025-12-05").with_child("Child One", started_on="2025-01-06")
    store = store.with_child("Baby Two", expected_on="2026-02-01", started_on="2025-11-03")
    store = store.with_child("Child Three", started_on="2025-01-06")
    store.record("looked_after.began", "2025-01-06")
    review = store.record("looked_after_review.held", "2025-12-04", outcome="discharge_supported")
    found = queries.find(review.entry_ids[0])
    assert found is not None
    store.correct(
        review.entry_ids[0],
        "looked_after_review.held",
        "2025-12-03",
        seq=found.seq,
        outcome="discharge_supported",
    )
    stream, person = child_stream(store.child), new_id()
    told(a_fact(person_stream(person), "person.registered", fields={"name": "Test Parent"}))
    (held,) = told(a_fact(stream, "role.held", fields={"role": "legal", "worker": new_id()}))
    told(a_fact(stream, "role.held", withdraws=held))
    told(
        a_fact(stream, "person.involved", fields={"person": person, "relationship": "mother"}),
        a_fact(stream, "named_access.begun", fields={"workers": [new_id(), new_id()]}),
        a_fact(stream, "sibling.recorded", keys={"sibling": new_id()}),
        a_fact(AUTHORITY, "team.closed", keys={"team": store.team}),
    )
    entries.settle_on_reading(store.children.values(), on=store.today)
    return store


def test_S8a_made_again_from_nothing_every_row_is_the_same() -> None:
    """All tables that follow from facts, emptied and filled from the ledger: no row differs."""
    store = a_lived_in_store()
    rebuilt = entries.rebuild(on=store.today, swap=True)
    assert {name: n for name, n in rebuilt.n_differences.items() if n} == {}
    assert rebuilt.is_equal
    for table in ("people_child", "people_roleheld", "people_personinvolved", "tasks_task"):
        assert rebuilt.n_rows[table] > 0, table


def test_S8b_a_row_that_was_changed_by_hand_is_found_and_put_right() -> None:
    """A name written into the table itself differs from the record, and goes with the rebuild."""
    store = a_lived_in_store()
    models.Child.objects.filter(id=store.child).update(name="Somebody Else")
    looked = entries.rebuild(on=store.today, swap=False)
    assert {name: n for name, n in looked.n_differences.items() if n} == {"people_child": 2}
    assert models.Child.objects.get(id=store.child).name == "Somebody Else"
    entries.rebuild(on=store.today, swap=True)
    assert models.Child.objects.get(id=store.child).name == "Child Three"


def test_S8c_each_child_is_verified_by_itself() -> None:
    """What differs is named by table and row, for that child and no other."""
    store = a_lived_in_store()
    models.Child.objects.filter(id=store.child).update(sex="X")
    one, *_ = store.children.values()
    assert entries.verify_child(one, on=store.today) == ()
    assert entries.verify_child(store.child, on=store.today) == (f"people_child {store.child}",)
