"""Many children's facts come in at once, whole or not at all (S6)."""

from datetime import date, timedelta

import pytest

from caseward.record.ledger import queries
from caseward.record.ledger.acts import NewEntry, StreamRef, child_stream, new_id
from caseward.work import entries
from caseward.work.casework import import_facts
from caseward.work.entries import errors
from caseward.work.readings import tasks_of
from caseward.work.tasks import queries as tasks
from tests.builders.stores import REVIEWS, Store, a_store, on

pytestmark = pytest.mark.django_db(databases="__all__")

Batches = list[tuple[StreamRef, list[NewEntry]]]


def batches(n_children: int = 3) -> Batches:
    """Return the facts of some children who came into care and were reviewed twice."""
    found: Batches = []
    for number in range(n_children):
        stream = child_stream(new_id())
        came_on = date(2025, 1, 6) + timedelta(days=number)
        days = [("looked_after.began", 0), ("looked_after_review.held", 20)]
        days.append(("looked_after_review.held", 100))
        facts = [
            NewEntry(stream=stream, kind=kind, occurred_on=came_on + timedelta(days=after))
            for kind, after in days
        ]
        found.append((stream, facts))
    return found


def reviewing() -> Store:
    """Return a store whose authority uses the national review duties."""
    return a_store("2026-03-02", law=(REVIEWS,))


def test_an_import_gives_the_rows_that_recording_gives() -> None:
    """Brought in at once or one by one, the same facts have the same consequences."""
    store = reviewing()
    coming = batches()
    told: list[int] = []
    taken = import_facts.bring_in(store.act(), coming, progress=told.append)
    assert (taken.n_entries, taken.n_children, sum(told)) == (9, 3, 3)
    for stream, _ in coming:
        assert tasks.of_child(stream.id)
        assert entries.verify_child(stream.id, on=store.today) == ()
    assert entries.rebuild(on=store.today, swap=False).is_equal


def test_the_same_import_twice_changes_nothing() -> None:
    """The same act with the same facts is answered as it was, and writes nothing."""
    store = reviewing()
    coming = batches()
    act = store.act(key="file-1")
    first = import_facts.bring_in(act, coming)
    position = queries.head().position
    again = import_facts.bring_in(act, coming)
    assert again.was_recorded_before
    assert (again.act_id, again.n_entries, again.n_children) == (first.act_id, 9, 3)
    assert queries.head().position == position


def test_the_same_key_with_other_facts_is_refused() -> None:
    """A key names one file: other facts under it are not taken for the same."""
    store = reviewing()
    import_facts.bring_in(store.act(key="file-1"), batches())
    with pytest.raises(errors.KeyUsed):
        import_facts.bring_in(store.act(key="file-1"), batches(4))


def test_one_unknown_kind_leaves_nothing_in() -> None:
    """An import is whole or not at all."""
    store = reviewing()
    coming = batches()
    stream, facts = coming[-1]
    facts.append(NewEntry(stream=stream, kind="party.held", occurred_on=on("2025-02-01")))
    before = queries.head().position
    with pytest.raises(errors.Refused, match=r"“party\.held” is not a kind"):
        import_facts.bring_in(store.act(), coming)
    assert queries.head().position == before


def test_more_facts_of_children_already_there_are_settled_with_them() -> None:
    """What is brought in later meets what was brought in before."""
    store = reviewing()
    coming = batches(2)
    import_facts.bring_in(store.act(), coming)
    more: Batches = [
        (
            stream,
            [
                NewEntry(
                    stream=stream, kind="looked_after_review.held", occurred_on=on("2025-09-01")
                )
            ],
        )
        for stream, _ in coming
    ]
    import_facts.bring_in(store.act(), more)
    for stream, _ in coming:
        met = [task.met_on for task in tasks.of_child(stream.id)]
        assert on("2025-09-01") in met
        assert entries.verify_child(stream.id, on=store.today) == ()


def test_every_task_of_every_child_is_answered() -> None:
    """The answer for the command line holds each task with its standing on the day."""
    store = reviewing().with_child("Child One", started_on="2025-01-06")
    store.record("looked_after.began", "2025-01-06")
    found = list(tasks_of.answer(store.asker("iro"), as_of=store.today))
    assert {child for child, _, _ in found} == {store.child}
    assert any(standing.is_late for _, _, standing in found)
    past = list(tasks_of.answer(store.asker("iro"), as_of=on("2025-01-10")))
    assert [standing.is_late for _, _, standing in past] == [False] * len(past)
