"""A search finds those whom the asker may see, and adults by the children they are involved with."""

import pytest

from caseward.record.access import models as access
from caseward.work.casework import hold_role, involve_person
from caseward.work.casework.involve_person import Involvement, NewPerson
from caseward.work.readings import searching
from tests.builders.stores import LAW_FROM, Store, a_store, on

pytestmark = pytest.mark.django_db(databases="__all__")


def with_families() -> Store:
    """Return a store of two children of one team, each with a mother of nearly the same name."""
    store = a_store().with_child("Ivy Example").with_child("Rowan Sample")
    for child, mother in (("Ivy Example", "Kathryn Example"), ("Rowan Sample", "Catherine Other")):
        involve_person.add(
            store.act(),
            store.children[child],
            NewPerson(name=mother),
            Involvement(relationship="Mother", since=on("2026-01-05")),
        )
    return store


def test_a_search_finds_children_and_adults_as_typed_first_and_then_as_they_sound() -> None:
    """Names spelled otherwise come after, and say so; an adult comes with their children."""
    store = with_families()
    asker = store.asker("social_worker")
    found = searching.page(asker, as_of=store.today, typed="kathryn")
    assert [(each.name, each.by_words) for each in found.people] == [
        ("Kathryn Example", ""),
        ("Catherine Other", searching.ALIKE),
    ]
    ((child, name, relationship),) = found.people[0].children
    assert (child, name) == (store.children["Ivy Example"], "Ivy Example")
    assert relationship == "Mother"
    both = searching.page(asker, as_of=store.today, typed="exam")
    assert [each.name for each in both.children] == ["Ivy Example"]
    assert [each.name for each in both.people] == ["Kathryn Example"]
    assert searching.page(asker, as_of=store.today, typed="  ").empty_words.startswith("Type part")


def test_nobody_is_found_through_a_child_whom_one_may_not_see() -> None:
    """Another service finds neither the child nor the adults involved; nothing says they are there."""
    store = with_families()
    other, _ = hold_role.register_team(store.act(), "Other", kind="service", since=on(LAW_FROM))
    worker, _ = hold_role.register_worker(store.act(), "Worker Other", since=on(LAW_FROM))
    hold_role.hold(store.act(), worker, "social_worker", since=on(LAW_FROM), team=other)
    stranger = Store(today=store.today, workers={"stranger": worker}).asker("stranger")
    for words in ("ivy", "kathryn", "example"):
        found = searching.page(stranger, as_of=store.today, typed=words)
        assert (found.children, found.people) == ((), ())
        assert found.empty_words.startswith("Nobody whom you may see")


def test_a_search_is_logged_with_whom_it_showed_and_no_word_typed() -> None:
    """Who looked and whom they were shown is written before the answer leaves (S9)."""
    store = with_families()
    access.ReadLog.objects.all().delete()
    searching.page(store.asker("social_worker"), as_of=store.today, typed="ivy")
    (row,) = access.ReadLog.objects.all()
    assert (row.page, row.shown) == ("search", store.children["Ivy Example"])
    assert "ivy" not in row.asked
