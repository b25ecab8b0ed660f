"""What is typed is not lost: it is there when the form is opened again, on any machine, for its writer."""

import pytest

from tests.journeys import browsers
from tests.journeys.authority import Authority
from tests.journeys.browsers import DESK, PHONE, Visitor
from tests.journeys.conftest import Visits

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

WORKER = "Social worker (north)"
WHY = "Why it was held"


def form(known: Authority, child: str = "amber") -> str:
    """Return the address of a form whose saving is shown first: a safety event holds a discharge."""
    return f"/children/{known.children[child]}/record/strategy_discussion.held/"


def begin(person: Visitor, known: Authority, why: str) -> None:
    """Type into the form and put it aside."""
    person.look_as(WORKER)
    person.open(form(known))
    person.fill("When did it happen?", "1/3/2026")
    person.fill(WHY, why)
    person.press("Finish later")


def test_what_was_typed_is_back_after_the_check_page(person: Visitor, known: Authority) -> None:
    """Opened again instead of saved, the form has what was typed; saved, there is nothing more."""
    person.look_as(WORKER)
    person.open(form(known))
    person.fill("When did it happen?", "1/3/2026")
    person.fill(WHY, "A new report from school.")
    person.press("Save")
    assert person.heading() == "Check before saving"
    person.page.go_back()
    assert "What you typed is here again" in person.reads()
    assert person.page.get_by_label(WHY).input_value() == "A new report from school."
    person.press("Save")
    person.press("Save")
    assert person.heading() == "Amber Example"
    person.open("/")
    assert "Begun and not saved" not in person.reads()


def test_a_form_put_aside_is_on_ones_own_list_and_can_be_discarded(
    person: Visitor, known: Authority
) -> None:
    """The list says what was begun and when; another worker's list says nothing of it."""
    begin(person, known, "A new report from school.")
    assert person.heading() == "My tasks"
    assert "Begun and not saved" in person.reads()
    person.look_as("Independent reviewing officer")
    assert "Begun and not saved" not in person.reads()
    person.look_as(WORKER)
    person.page.locator("#begun + ul").get_by_role("link").first.press("Enter")
    person.page.wait_for_url("**/record/**")
    assert person.page.get_by_label(WHY).input_value() == "A new report from school."
    person.press("Discard it and begin again")
    assert person.page.get_by_label(WHY).input_value() == ""


def test_what_is_being_typed_is_kept_before_anything_is_pressed(
    visits: Visits, known: Authority
) -> None:
    """A browser killed in the middle of a sentence loses nothing that had been typed a moment ago."""
    first = visits()
    first.look_as(WORKER)
    first.open(form(known))
    first.page.get_by_label(WHY).press_sequentially("A neighbour rang")
    first.page.get_by_text("Kept as you typed").wait_for()
    second = visits(width=PHONE, has_javascript=False)
    second.look_as(WORKER)
    second.open(form(known))
    assert second.page.get_by_label(WHY).input_value() == "A neighbour rang"


def test_a_form_typed_into_twice_shows_both(visits: Visits, known: Authority) -> None:
    """Whichever is gone on with, the other was seen; the browser's own keeping says so too."""
    first, second = visits(), visits(width=PHONE, has_javascript=False)
    begin(second, known, "A neighbour rang.")
    first.look_as(WORKER)
    first.open(form(known))
    second.open(form(known))
    second.fill(WHY, "Two neighbours rang.")
    second.press("Finish later")
    first.page.get_by_label(WHY).press_sequentially("At night: ")
    first.page.get_by_text("in another window").wait_for()
    first.press("Save")
    assert first.heading() == "You typed into this twice"
    assert "Two neighbours rang." in first.reads()
    assert "At night: A neighbour rang." in first.reads()
    first.page.get_by_role("button", name="Go on with what I typed here").press("Enter")
    first.page.wait_for_load_state("load")
    assert first.page.get_by_label(WHY).input_value() == "At night: A neighbour rang."
    first.press("Save")
    assert first.heading() == "Check before saving"


def test_pages_of_drafts_have_no_fault(visits: Visits, known: Authority) -> None:
    """The list, the form with what was typed, and the page with both, at a desk and on a phone."""
    person, other = visits(), visits(has_javascript=False)
    begin(person, known, "A neighbour rang.")
    found = faults_at_both_widths(person)
    person.open(form(known))
    found += faults_at_both_widths(person)
    begin(other, known, "Two neighbours rang.")
    person.fill(WHY, "Three neighbours rang.")
    person.press("Save")
    assert person.heading() == "You typed into this twice"
    assert found + faults_at_both_widths(person) == []


def faults_at_both_widths(person: Visitor) -> list[str]:
    """Return what is wrong with the page at a desk's width and at a phone's."""
    found = browsers.faults(person.page)
    person.page.set_viewport_size({"width": PHONE, "height": 900})
    found += browsers.faults(person.page)
    person.page.set_viewport_size({"width": DESK, "height": 900})
    return found
