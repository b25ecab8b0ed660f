"""An import that is staged first gives what one taken in at once gives, and holds the writer less (S6)."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from caseward.interfaces import shipped
from caseward.record.ledger import locks, queries, verification, writing
from caseward.record.ledger import staging as ledger_staging
from caseward.record.ledger.acts import AUTHORITY, NewEntry, StreamRef, child_stream, new_id
from caseward.record.people.models import Worker
from caseward.work import entries
from caseward.work.casework import adopt, join_records
from caseward.work.entries import crews, errors, staged_tables, staging
from caseward.work.tasks import queries as tasks
from tests.builders.stores import DISCHARGE, LAW_FROM, REVIEWS, Store, a_store, on

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)

Batches = list[tuple[StreamRef, list[NewEntry]]]

BY_CHANCE = frozenset(
    {"salt", "commitment", "previous_hash", "hash", "store_hash", "head_hash", "act_id", "number"}
)
"""Columns that hold a random number, or what is made from one; a stream's number names nothing."""


def reviewing() -> Store:
    """Return a store whose authority uses the national review duties, with two children."""
    store = a_store("2026-03-02", law=(REVIEWS,)).with_child("Child One").with_child("Child Two")
    for child in store.children.values():
        store.record("looked_after.began", "2025-01-06", children=[child])
    return store


def new_child(number: int) -> tuple[StreamRef, list[NewEntry]]:
    """Return a child who came into care and was reviewed, as an import brings it."""
    stream = child_stream(new_id())
    came_on = date(2025, 1, 6) + timedelta(days=number)
    days = (("looked_after.began", 0), ("looked_after_review.held", 20), ("visit.made", 30))
    facts = [
        a_fact(
            stream,
            kind,
            came_on + timedelta(days=after),
            source=f"la_child_id:test:{number}:{kind}",
        )
        for kind, after in days
    ]
    registered = a_fact(
        stream, "child.registered", on("2026-03-02"), fields={"name": f"N {number}"}
    )
    return stream, [registered, *facts]


def a_fact(stream: StreamRef, kind: str, day: date, **said: Any) -> NewEntry:
    """Return an entry to bring."""
    return NewEntry(stream=stream, kind=kind, occurred_on=day, **said)


def a_mixture(store: Store) -> Batches:
    """Return facts of new children, more and corrected ones of known children, one of a worker."""
    one, two = (child_stream(child) for child in store.children.values())
    (began,) = (each for each in queries.entries_of(one) if each.kind == "looked_after.began")
    (also,) = (each for each in queries.entries_of(two) if each.kind == "looked_after.began")
    worker = a_fact(
        AUTHORITY,
        "worker.registered",
        on(LAW_FROM),
        keys={"worker": new_id()},
        fields={"name": "Worker Brought"},
    )
    return [
        *(new_child(number) for number in range(6)),
        (
            one,
            [
                a_fact(one, "looked_after_review.held", on("2025-09-01")),
                a_fact(one, "looked_after.began", on("2025-02-03"), corrects=began.entry_id),
            ],
        ),
        (two, [a_fact(two, "looked_after.began", also.occurred_on, withdraws=also.entry_id)]),
        (AUTHORITY, [worker]),
    ]


def every_row() -> dict[str, list[dict[str, Any]]]:
    """Return all rows of facts and of what follows from them, but for what is by chance."""
    found = {}
    for model in apps.get_models():
        if getattr(model, "table_class", "") not in ("fact", "projection"):
            continue
        name, rows = model.__name__, model._default_manager.order_by("pk").values()
        found[name] = [_settled_row(name, row) for row in rows]
        found[name].sort(key=repr)
    return found


def _settled_row(name: str, row: dict[str, Any]) -> dict[str, Any]:
    kept = {column: value for column, value in row.items() if column not in BY_CHANCE}
    if name == "Entry":
        kept.pop("stream_id")
    return kept


def rows_at_once(store: Store, coming: Batches) -> dict[str, list[dict[str, Any]]]:
    """Return the rows that taking in at once gives, and leave the store as it was."""
    with transaction.atomic():
        entries.take_in_many(store.act(key="import"), coming)
        found = every_row()
        transaction.set_rollback(True)
    return found


def staged_and_in(store: Store, coming: Batches, folder: Path) -> entries.TakenMany:
    """Stage the facts and bring them in."""
    act = store.act(key="import")
    return entries.bring_in(act, entries.stage_many(act, coming, folder=folder))


@pytest.mark.parametrize("n_at_once", [2_000, 4], ids=["this process", "several processes"])
def test_staged_rows_equal_those_taken_in_at_once(
    n_at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In every table, over every column but what is by chance, whoever worked them out."""
    store = reviewing()
    coming = a_mixture(store)
    at_once = rows_at_once(store, coming)
    monkeypatch.setattr(staging, "ENTRIES_AT_ONCE", n_at_once)
    taken = staged_and_in(store, coming, tmp_path)
    assert (taken.n_entries, taken.n_children) == (28, 9)
    assert every_row() == at_once
    assert verification.verify().faults == ()
    assert Worker.objects.filter(name="Worker Brought").count() == 1


def test_control_staged_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy that leaves one table out is seen."""
    store = reviewing()
    coming = a_mixture(store)
    at_once = rows_at_once(store, coming)
    staged = entries.stage_many(store.act(key="import"), coming, folder=tmp_path)
    monkeypatch.setattr(staged_tables, "MODELS", staged_tables.MODELS[:-1])
    entries.bring_in(store.act(key="import"), staged)
    assert every_row() != at_once


def test_a_child_that_moved_on_is_evaluated_again(tmp_path: Path) -> None:
    """What was recorded of a child between staging and bringing in is not lost on its rows."""
    store = reviewing()
    coming = a_mixture(store)
    act = store.act(key="import")
    staged = entries.stage_many(act, coming, folder=tmp_path)
    store.record("looked_after_review.held", "2025-11-03", children=[store.child])
    taken = entries.bring_in(act, staged)
    assert taken.n_evaluated_again == 1
    assert verification.verify().faults == ()
    for child in tasks.every_child():
        assert entries.verify_child(child, on=store.today) == ()


def test_the_writer_is_free_while_an_import_is_staged(tmp_path: Path) -> None:
    """Somebody records an event in the middle of it, and both are in in the end."""
    store = reviewing()
    told: list[int] = []

    def meanwhile(more: int) -> None:
        told.append(more)
        store.record("looked_after_review.held", "2025-11-03", children=[store.child])

    act, coming = store.act(key="import"), a_mixture(store)
    staged = entries.stage_many(act, coming, folder=tmp_path, progress=meanwhile)
    taken = entries.bring_in(act, staged)
    assert (told, taken.n_evaluated_again) == ([9], 1)
    assert "looked_after_review.held" in {
        entry.kind for entry in queries.entries_of(child_stream(store.child))
    }
    assert verification.verify().faults == ()


def test_others_append_until_the_rows_are_in_and_only_the_facts_hold_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rooms' rows go in before the right to append is taken; what came meanwhile stands before."""
    store = reviewing()
    coming = [new_child(1), new_child(2)]
    act = store.act(key="import")
    staged = entries.stage_many(act, coming, folder=tmp_path)
    order: list[str] = []
    copy, take, number = staged_tables.copy, locks.take_append, ledger_staging.number

    def copied(source: ledger_staging.Beside) -> None:
        copy(source)
        store.record("looked_after_review.held", "2025-11-03", children=[store.child])
        order.append("rows")

    def taken() -> None:
        take()
        order.append("right to append")

    def numbered(file: ledger_staging.File, tail: writing.Tail) -> None:
        number(file, tail)
        order.append("hashes")

    monkeypatch.setattr(staged_tables, "copy", copied)
    monkeypatch.setattr(locks, "take_append", taken)
    monkeypatch.setattr(ledger_staging, "number", numbered)
    entries.bring_in(act, staged)
    assert order == ["hashes", "right to append", "rows", "hashes", "right to append"]
    assert verification.verify().faults == ()
    for child in tasks.every_child():
        assert entries.verify_child(child, on=store.today) == ()


def test_rows_staged_by_earlier_law_are_behind_and_settled_like_any(tmp_path: Path) -> None:
    """Where the authority adopted more meanwhile, the children brought in are settled after it."""
    store = reviewing()
    coming = [new_child(1), new_child(2)]
    act = store.act(key="import")
    staged = entries.stage_many(act, coming, folder=tmp_path)
    text = shipped.law_texts().procedures[DISCHARGE]
    adopt.adopt_procedure(store.act(), text, path=DISCHARGE, adopted_from=on(LAW_FROM))
    entries.bring_in(act, staged)
    brought = {stream.id for stream, _ in coming}
    assert brought <= entries.children_behind(on=store.today)
    entries.settle_behind(on=store.today)
    for child in brought:
        assert entries.verify_child(child, on=store.today) == ()


def test_records_read_as_one_are_settled_together(tmp_path: Path) -> None:
    """Facts brought to a joined record count on the record that it is joined to (M39)."""
    store = a_store("2026-03-02", law=(REVIEWS,)).with_child("Child One").with_child("Child Two")
    one, two = store.children.values()
    join_records.join(store.act(), two, one)
    came = a_fact(child_stream(two), "looked_after.began", store.today)
    staged_and_in(store, [(came.stream, [came])], tmp_path)
    assert tasks.of_child(one)
    assert tasks.of_child(two) == ()
    for child in (one, two):
        assert entries.verify_child(child, on=store.today) == ()


def test_brought_in_twice_it_is_in_once(tmp_path: Path) -> None:
    """The same act with the same facts is answered as it was; with others it is refused."""
    store = reviewing()
    coming = a_mixture(store)
    first = staged_and_in(store, coming, tmp_path)
    position = queries.head().position
    again = staged_and_in(store, coming, tmp_path)
    assert again.was_recorded_before
    assert (again.act_id, again.n_entries) == (first.act_id, first.n_entries)
    assert queries.head().position == position
    with pytest.raises(errors.KeyUsed):
        staged_and_in(store, [new_child(7)], tmp_path)


def test_staged_and_at_once_are_one_act(tmp_path: Path) -> None:
    """A key that was used at once is answered when the same facts come staged."""
    store = reviewing()
    coming = a_mixture(store)
    entries.take_in_many(store.act(key="import"), coming)
    assert staged_and_in(store, coming, tmp_path).was_recorded_before


@pytest.mark.parametrize("stage", ["staging", "bringing in"])
def test_interrupted_nothing_is_in(stage: str, tmp_path: Path) -> None:
    """Stopped at a point of either half, the store is as it was."""
    store = reviewing()
    before = every_row()

    def stop(_done: int) -> None:
        raise KeyboardInterrupt

    act, coming = store.act(key="import"), a_mixture(store)
    told = stop if stage == "staging" else None
    with pytest.raises(KeyboardInterrupt):
        entries.bring_in(
            act, entries.stage_many(act, coming, folder=tmp_path, progress=told), progress=stop
        )
    assert every_row() == before


def test_what_is_not_on_the_record_cannot_be_corrected(tmp_path: Path) -> None:
    """A staged correction of another child's entry is refused, and nothing is in."""
    store = reviewing()
    one, two = (child_stream(child) for child in store.children.values())
    wrong = a_fact(
        one,
        "looked_after.began",
        on("2025-02-03"),
        corrects=queries.entries_of(two)[-1].entry_id,
    )
    before = every_row()
    with pytest.raises(Exception, match=r"is not on this record"):
        staged_and_in(store, [(one, [wrong])], tmp_path)
    assert every_row() == before


def test_a_stream_comes_once(tmp_path: Path) -> None:
    """Two portions of one child could not be evaluated apart."""
    store = reviewing()
    stream, facts = new_child(1)
    with pytest.raises(ValueError, match="comes twice"):
        entries.stage_many(store.act(), [(stream, facts), (stream, facts)], folder=tmp_path)


def test_a_process_that_ends_early_ends_the_staging(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crew that cannot work says so instead of leaving children out."""
    store = reviewing()
    monkeypatch.setattr(crews, "START", "raise SystemExit(3)")
    monkeypatch.setattr(staging, "ENTRIES_AT_ONCE", 4)
    with pytest.raises(ChildProcessError, match="ended before it answered"):
        entries.stage_many(store.act(), a_mixture(store), folder=tmp_path)


def test_batches_are_asked_for_as_they_are_needed(tmp_path: Path) -> None:
    """No more than a portion of the input is ahead of what was staged: memory stays flat."""
    store = reviewing()
    ahead: list[int] = []
    n_asked = n_ready = 0

    def coming() -> Iterator[tuple[StreamRef, list[NewEntry]]]:
        nonlocal n_asked
        for number in range(3 * staging.STREAMS_AT_ONCE):
            n_asked += 1
            ahead.append(n_asked - n_ready)
            stream = child_stream(new_id())
            day = on("2025-01-06") + timedelta(days=number % 5)
            yield stream, [a_fact(stream, "visit.made", day)]

    def told(more: int) -> None:
        nonlocal n_ready
        n_ready += more

    entries.stage_many(store.act(), coming(), folder=tmp_path, progress=told)
    assert n_ready == 3 * staging.STREAMS_AT_ONCE
    assert max(ahead) <= (crews.WORTH_A_CREW + crews.LARGEST + 1) * staging.STREAMS_AT_ONCE
