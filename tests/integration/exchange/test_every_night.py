"""The same extract night after night, and the little that changes between two nights."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from caseward.record.ledger import queries as ledger
from caseward.record.ledger.acts import child_stream
from caseward.record.people import queries as people
from caseward.rules.facts import record
from caseward.rules.facts.entries import Event
from caseward.work.exchange.imports import deciding, formats
from caseward.work.exchange.imports.report import Report
from caseward.work.imports import queries
from tests.builders import importing, stores
from tests.builders.toy_format import child, fact, rows

pytestmark = pytest.mark.django_db(databases="__all__")
NIGHT = stores.TODAY + timedelta(days=30)


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the format made for tests be one that can be imported."""
    monkeypatch.setitem(formats.MODULES, "toy", "tests.builders.toy_format")


@pytest.fixture
def store() -> stores.Store:
    """An authority that has adopted the national reviews and nothing else."""
    return stores.a_store(law=[stores.REVIEWS])


def bring_in(store: stores.Store, *said: object) -> Report:
    """Import rows of the format made for tests, on the store's day."""
    return importing.bring_in(store.act(), rows(*said), format_code="toy")  # type: ignore[arg-type]


def standing(kind: str, identifier: str = "1") -> list[Event]:
    """Return what stands of a kind on a child's record."""
    child_id = people.outside_children(importing.SCHEME)[identifier].child_id
    known = record.as_known(ledger.entries_of(child_stream(child_id)), child=child_id)
    return [event for event in known.events if event.kind == kind]


def name_told(name: str) -> dict[str, Any]:
    """Return a row that names the child, as an extract does each night."""
    return child(name=name, family_name="One", sex="F")


def test_another_name_moves_no_first_day(store: stores.Store) -> None:
    """A new name a month on corrects the name and leaves the day on which the child came in (M8)."""
    bring_in(store, name_told("Child One"))
    report = bring_in(store.on(NIGHT), name_told("Child Two"))
    assert dict(report.facts) == {"child.registered": 1}
    (registered,) = standing("child.registered")
    assert (registered.fields["name"], registered.occurred_on) == ("Child Two", stores.TODAY)


@pytest.mark.parametrize("by_rule", [True, False], ids=["a rule", "a person"])
def test_a_name_taken_from_the_file_moves_no_first_day(
    store: stores.Store, *, by_rule: bool
) -> None:
    """Where the file is believed against a correction made here, the first day stays too."""
    bring_in(store, name_told("Child One"))
    (before,) = standing("child.registered")
    found = ledger.find(before.entry_id)
    assert found is not None
    own = replace(store, children={"Child One": before.child})
    own.correct(
        before.entry_id,
        "child.registered",
        stores.TODAY.isoformat(),
        seq=found.seq,
        name="Child Here",
        family_name="One",
        sex="F",
    )
    if by_rule:
        deciding.set_rule(store.act(), "child.registered", "theirs")
    later = store.on(NIGHT)
    bring_in(later, name_told("Child Two"))
    if not by_rule:
        (asked,) = queries.open_questions()
        deciding.decide(later.act(), asked.question, "theirs")
    (registered,) = standing("child.registered")
    assert (registered.fields["name"], registered.occurred_on) == ("Child Two", stores.TODAY)


def test_what_is_known_on_sight_keeps_the_day_it_was_first_seen(store: stores.Store) -> None:
    """A fact for which the file has no day keeps the first one when it says otherwise."""

    def seen(born_on: str, day: date) -> dict[str, Any]:
        said: dict[str, Any] = {
            "keys": {"sibling": "2"},
            "fields": {"born_on": born_on},
            "on_sight": True,
        }
        return fact("r:1", kind="sibling.recorded", on=day.isoformat(), **said)

    brothers = [name_told("Child One"), child("2", name="Child Two")]
    bring_in(store, *brothers, seen("2014-01-02", stores.TODAY))
    bring_in(store.on(NIGHT), *brothers, seen("2014-01-03", NIGHT))
    (sibling,) = standing("sibling.recorded")
    assert (sibling.fields["born_on"], sibling.occurred_on) == ("2014-01-03", stores.TODAY)
