"""Finding children, and adding one who is born or is expected."""

import pytest

from tests.journeys.authority import Authority
from tests.journeys.browsers import Visitor

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_a_child_is_found_by_part_of_the_name(person: Visitor) -> None:
    """The search works by a form, says how many were found, and says what to do where none is."""
    person.look_as("Social worker (north)")
    person.follow("Children")
    person.fill("Name or number", "basil")
    person.press("Search")
    assert "1 child found for basil" in person.reads()
    assert "Amber Example" not in person.reads()
    person.fill("Name or number", "nobody of this name")
    person.press("Search")
    assert "0 children found" in person.reads()


def test_an_unborn_child_is_added_with_the_expected_day(person: Visitor) -> None:
    """A child who is expected has a record, a working name and the day that steps count back from."""
    person.look_as("Social worker (north)")
    person.open("/children/add/")
    person.fill("Name", "Unborn Example")
    person.choose("Has the child been born?", "No, the child is expected")
    person.fill("Date of birth, or the day the birth is expected", "4/5/2026")
    person.press("Add this child")
    assert person.heading() == "Unborn Example"
    assert "Not yet born, expected Mon 4 May 2026" in person.reads()


def test_a_second_child_like_another_is_questioned(person: Visitor, known: Authority) -> None:
    """The same name and date of birth is asked about, and what was typed stands meanwhile."""
    person.look_as("Social worker (north)")
    person.open("/children/add/")
    person.fill("Name", "Amber Example")
    person.choose("Has the child been born?", "Yes")
    person.fill("Date of birth, or the day the birth is expected", "9/1/2017")
    person.press("Add this child")
    assert person.heading() == "Add a child"
    assert "There is a record of a child named Amber Example" in person.reads()
    assert person.page.locator("main").get_by_label("Name").first.input_value() == "Amber Example"
    person.press("It is right: add this child")
    assert person.heading() == "Amber Example"


def test_the_birth_fixes_what_was_expected(person: Visitor, known: Authority) -> None:
    """The birth is one more entry: from then on the child has a day of birth and an age."""
    unborn = known.unborn("unborn", "Unborn Example", social_worker="worker")
    person.look_as("Social worker (north)")
    person.open(f"/children/{unborn}/record/child.born/")
    person.fill("Date of birth", "1/3/2026")
    person.press("Save")
    if person.heading() == "Check before saving":
        person.press("Save")
    assert "born Sun 1 Mar 2026" in person.reads()


def test_a_birth_in_the_future_is_refused(person: Visitor) -> None:
    """A child said to be born cannot be born tomorrow; what was typed stands."""
    person.look_as("Social worker (north)")
    person.open("/children/add/")
    person.fill("Name", "New Example")
    person.choose("Has the child been born?", "Yes")
    person.fill("Date of birth, or the day the birth is expected", "3/3/2026")
    person.press("Add this child")
    alert = person.page.get_by_role("alert").inner_text()
    assert "The date of birth is in the future. Is the child expected?" in alert
    assert person.page.locator("main").get_by_label("Name").first.input_value() == "New Example"


def test_a_childs_page_says_who_what_and_when(person: Visitor, known: Authority) -> None:
    """Who the child is, what happens next, by whom and by when, and who is responsible."""
    person.look_as("Social worker (north)")
    person.open(f"/children/{known.children['amber']}/")
    words = person.reads()
    assert person.heading() == "Amber Example"
    assert "9 years old, born Mon 9 Jan 2017" in words
    assert "What happens next" in words
    assert "Social worker (north)" in words
    assert "Basil Example" in words
    assert "Discharge of a care order" in words
