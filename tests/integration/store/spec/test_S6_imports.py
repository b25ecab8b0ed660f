"""S6: an import is checked first and then goes in whole, in one transaction, in little memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from caseward.record.ledger import models, operations, queries, verification, writing
from caseward.record.ledger.acts import NewEntry, StreamRef, child_stream
from caseward.work import entries
from caseward.work.tasks import queries as tasks
from tests.builders.stores import Store, a_store
from tests.integration.store.writing import a_child, a_fact, an_act

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)


def batches(store: Store, count: int) -> list[tuple[StreamRef, list[NewEntry]]]:
    """Return so many children's facts, as an import brings them."""
    made = []
    for number in range(count):
        child = a_child()
        registered = {"name": f"Child {number}"}
        made.append(
            (
                child,
                [
                    a_fact(child, "child.registered", on=store.today, fields=registered),
                    a_fact(child, "child.born", on="2012-05-01"),
                    a_fact(child, "looked_after.began", on="2025-01-06"),
                ],
            )
        )
    return made


def test_S6a_an_import_that_is_interrupted_leaves_nothing() -> None:
    """Stopped after half of its children were settled, it has written no entry and no row."""
    store = a_store("2025-12-05")
    before = queries.head()

    def stop(_done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        entries.take_in_many(store.act(), batches(store, 3), progress=stop)
    assert queries.head() == before
    assert models.Stream.objects.filter(kind="child").count() == 0
    assert verification.verify().faults == ()


def test_S6b_an_import_settles_every_child_as_one_by_one_would() -> None:
    """What follows from an import is what would have followed from each fact by itself."""
    store = a_store("2025-12-05")
    brought = batches(store, 3)
    taken = entries.take_in_many(store.act(), brought)
    assert (taken.n_children, taken.n_entries) == (3, 9)
    for child, _ in brought:
        assert entries.verify_child(child.id, on=store.today) == ()


def test_S6c_a_bulk_append_holds_one_chunk_of_entries_in_memory() -> None:
    """Entries are asked for as they are written: never more than a chunk ahead of the table."""
    child = a_child()
    ahead: list[int] = []

    def coming() -> Iterator[NewEntry]:
        for number in range(2 * writing.CHUNK + 10):
            if number % 500 == 0:
                ahead.append(number - models.Entry.objects.count())
            yield a_fact(child)

    with transaction.atomic():
        span = operations.append_many(an_act(), [child], coming(), input_digest="d")
    assert span.count == 2 * writing.CHUNK + 10
    assert max(ahead) <= 1_000
    assert verification.verify().faults == ()


def test_S6d_what_is_staged_gives_the_rows_that_taking_in_gives(tmp_path: Path) -> None:
    """Evaluated beside the store and copied in, every child's rows follow from its facts."""
    store = a_store("2025-12-05")
    brought = batches(store, 3)
    act = store.act()
    taken = entries.bring_in(act, entries.stage_many(act, brought, folder=tmp_path))
    assert (taken.n_children, taken.n_entries) == (3, 9)
    for child, _ in brought:
        assert tasks.of_child(child.id)
        assert entries.verify_child(child.id, on=store.today) == ()
    assert verification.verify().faults == ()


def test_S6e_a_child_that_moved_on_since_it_was_staged_is_evaluated_again(tmp_path: Path) -> None:
    """Heads are compared before the copy: what was recorded meanwhile has its consequences too."""
    store = a_store("2025-12-05").with_child("Child One", started_on="2025-01-06")
    child = child_stream(store.child)
    act = store.act()
    coming = [(child, [a_fact(child, "looked_after.began", on="2025-01-06")])]
    staged = entries.stage_many(act, coming, folder=tmp_path)
    store.record("looked_after_review.held", "2025-02-03")
    entries.bring_in(act, staged)
    assert entries.verify_child(store.child, on=store.today) == ()
    assert verification.verify().faults == ()
