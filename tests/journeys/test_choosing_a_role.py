"""Whose eyes one looks through: chosen, written down, and said on every page."""

import pytest

from caseward.record.ledger import queries
from tests.journeys.authority import Authority
from tests.journeys.browsers import Visitor
from tests.journeys.conftest import Visits

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_nobody_looks_without_choosing(person: Visitor) -> None:
    """Without a choice every address leads to choosing whose eyes to use."""
    person.open("/children/")
    assert person.page.url.endswith("/look-as/")
    assert person.heading() == "Whose eyes do you want to look through?"
    assert "Every child, worker and family in this demonstration is made up." in person.reads()


def test_the_choice_is_said_on_every_page(person: Visitor, known: Authority) -> None:
    """Every page says whose eyes are used, and choosing again leaves nothing of the last behind."""
    person.look_as("Social worker (north)")
    for path in ("/", "/children/", f"/children/{known.children['amber']}/", "/nowhere/"):
        person.open(path)
        banner = person.page.get_by_label("Whose eyes you are using").inner_text()
        assert "You are looking as Social worker (north)" in banner
    person.follow("Look as someone else")
    person.press("Look as District manager")
    assert "District manager" in person.page.get_by_label("Whose eyes you are using").inner_text()


def test_the_choice_is_written_into_the_store(visits: Visits, known: Authority) -> None:
    """Who looked through whose eyes stands in the record."""
    before = queries.head().position
    visits().look_as("Social worker (north)")
    assert queries.head().position > before
    assert known.workers["worker"]
