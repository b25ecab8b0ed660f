"""A file of another local authority is refused in words, unless the person says that it is meant."""

from typing import Any

import pytest

from caseward.record.people import queries as people
from caseward.work.exchange.imports.report import Report
from caseward.work.exchange.imports.values import ImportRefused
from caseward.work.imports import queries
from tests.builders import importing, stores

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def store() -> stores.Store:
    """An authority that has adopted the national reviews and nothing else."""
    return stores.a_store(law=[stores.REVIEWS])


def census(code: str, number: str) -> bytes:
    """Return a census of one child, whose header names its authority."""
    header = f"<Header><Source><LEA>{code}</LEA></Source></Header>" if code else "<Header/>"
    return (
        f"<Message>{header}<Children><Child><ChildIdentifiers><LAchildID>{number}</LAchildID>"
        "<PersonBirthDate>2015-03-27</PersonBirthDate><Sex>F</Sex></ChildIdentifiers>"
        "</Child></Children></Message>"
    ).encode()


def bring_in(store: stores.Store, code: str, number: str, **more: Any) -> Report:
    """Import the census of an authority."""
    return importing.bring_in(store.act(), {"cin.xml": census(code, number)}, **more)


def numbers() -> set[str]:
    """Return the numbers of the children who were brought in."""
    return set(people.outside_children(importing.SCHEME))


def test_a_file_of_another_authority_is_refused(store: stores.Store) -> None:
    """The first file brought in says whose the imports are; another's is refused with both codes."""
    bring_in(store, "330", "A1")
    bring_in(store, "330", "A2")
    said = "of local authority 201, and this store's imports are of 330"
    with pytest.raises(ImportRefused, match=said):
        bring_in(store, "201", "B1")
    assert numbers() == {"A1", "A2"}
    assert sorted(run.phase for run in queries.runs()) == ["done", "done", "refused"]
    # A file that does not say whose it is, or says it in no code, is not held against anything.
    bring_in(store, "", "A3")
    bring_in(store, "of ours", "A4")
    assert numbers() == {"A1", "A2", "A3", "A4"}


def test_a_file_of_another_authority_that_is_meant(store: stores.Store) -> None:
    """Said to be meant it comes in, and the next one must be said anew."""
    bring_in(store, "330", "A1")
    bring_in(store, "201", "B1", options={"other_authority": True})
    with pytest.raises(ImportRefused, match="imports are of 330"):
        bring_in(store, "201", "B2")
    bring_in(store, "330", "A2")
    assert numbers() == {"A1", "A2", "B1"}


def test_what_was_only_checked_settles_nothing(store: stores.Store) -> None:
    """A trial keeps no authority, nor does one scheme's for another."""
    bring_in(store, "201", "B1", is_trial=True)
    bring_in(store, "330", "A1")
    bring_in(store, "201", "B1", scheme="theirs")
    assert numbers() == {"A1"}


def test_files_of_several_authorities_at_once(store: stores.Store) -> None:
    """Two files of two authorities are not brought in together."""
    files = {"a.xml": census("330", "A1"), "b.xml": census("201", "B1")}
    with pytest.raises(ImportRefused, match=r"several local authorities \(a.xml of 330, b.xml of"):
        importing.bring_in(store.act(), files)
    assert numbers() == set()
