"""The people involved with a child: added, changed, ended and taken back (B7)."""

import pytest

from tests.journeys.authority import Authority
from tests.journeys.browsers import Visitor
from tests.journeys.conftest import Visits

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_people_are_added_changed_and_ended(person: Visitor, known: Authority) -> None:
    """Who they are, parental responsibility with its days, interpreter, safe ways, who must not meet."""
    person.look_as("Social worker (north)")
    person.open(f"/children/{known.children['amber']}/")
    person.follow("Add the people involved")
    person.press("Add a person")
    person.press("Add this person")
    alert = person.page.get_by_role("alert").inner_text()
    assert "Enter their full name." in alert
    assert "Say what they are to the child." in alert
    person.fill("Full name", "Mother Example")
    person.fill("What are they to the child?", "Mother")
    person.choose("How do they share parental responsibility?", "Mother, by birth")
    person.fill("Their language", "Polish")
    person.choose("Is an interpreter needed?", "Yes")
    person.choose("Which way?", "Phone")
    person.fill("Number or address", "01632 960001")
    person.choose("Is it safe to use?", "No")
    person.press("Add this person")
    words = person.reads()
    assert "Saved" in words
    assert "Parental responsibility since the birth, from 9 January 2017" in words
    assert "Polish. Interpreter needed." in words
    assert "Phone: 01632 960001 Not safe: do not use" in words

    person.press("Add a person")
    person.fill("Full name", "Father Example")
    person.fill("What are they to the child?", "Father")
    person.choose("Whom must they not meet?", "Mother Example")
    person.fill("Why?", "An order of the court")
    person.press("Add this person")
    assert "Must not meet Mother Example: An order of the court." in person.reads()

    person.follow("Change what is said of Mother Example")
    person.press("Save")
    assert "Nothing was changed." in person.page.get_by_role("alert").inner_text()
    person.page.get_by_label("Phone: 01632 960001").check()
    person.choose("Which way?", "Email")
    person.fill("Number or address", "mother@example.org")
    person.choose("Is it safe to use?", "Yes")
    person.press("Save")
    assert "01632 960001" not in person.reads()
    assert "Email: mother@example.org Safe" in person.reads()
    person.press("Undo")
    assert "Undone" in person.reads()
    assert "Phone: 01632 960001 Not safe" in person.reads()

    person.follow("No longer involved Father Example")
    person.fill("From which day are they no longer involved?", "today")
    person.press("Save")
    assert "Father Example" not in person.page.locator("h2").all_inner_texts()


def test_a_need_is_cleared(visits: Visits, known: Authority) -> None:
    """A box made empty says that there is none any more, and taking it back brings it again."""
    person = visits()
    person.look_as("Social worker (north)")
    person.open(f"/children/{known.children['amber']}/people/add/")
    person.fill("Full name", "Mother Example")
    person.fill("What are they to the child?", "Mother")
    person.fill("Their language", "Polish")
    person.choose("Is an interpreter needed?", "Yes")
    person.fill("Access needs", "A room without steps")
    person.press("Add this person")
    person.follow("Change what is said of Mother Example")
    person.fill("Their language", "")
    person.choose("Is an interpreter needed?", "No")
    person.press("Save")
    words = person.reads()
    assert "Polish" not in words
    assert "Interpreter needed" not in words
    assert "A room without steps" in words
    person.press("Undo")
    assert "Polish. Interpreter needed." in person.reads()


def test_who_may_not_record_them_is_told_who_may(visits: Visits, known: Authority) -> None:
    """A reviewing officer sees the people and is told who may add any."""
    person = visits()
    person.look_as("Independent reviewing officer")
    person.open(f"/children/{known.children['amber']}/people/")
    assert "Nobody is recorded as involved with Amber Example." in person.reads()
    assert not person.page.get_by_role("button", name="Add a person").count()
    person.open(f"/children/{known.children['amber']}/people/add/")
    assert "Ask the child's social worker, or business support." in person.reads()
