"""Recording what happened: from a line of my tasks to the next date, and back again by undo."""

import pytest

from tests.journeys.authority import Authority
from tests.journeys.browsers import Visitor
from tests.journeys.conftest import Visits

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_a_visit_is_recorded_from_the_childs_page(person: Visitor, known: Authority) -> None:
    """What was typed once is on the timeline, and what follows from it is said at once."""
    person.look_as("Social worker (north)")
    person.open(f"/children/{known.children['basil']}/")
    person.press("Record what happened")
    assert person.heading() == "What happened?"
    person.fill("Search for it", "visit")
    person.press("Search")
    person.follow("Visit to the child")
    person.fill("When did it happen?", "27/2/2026")
    person.choose("Was the child seen?", "Yes")
    person.press("Save")
    assert person.heading() == "Basil Example"
    assert "Saved: Visit to the child" in person.reads()
    assert "Fri 27 Feb 2026" in person.page.locator("#timeline + p + ol").inner_text()


def test_undo_takes_back_what_was_just_saved(person: Visitor, known: Authority) -> None:
    """One press takes it back; the record keeps that it was there."""
    person.look_as("Social worker (north)")
    person.open(f"/children/{known.children['basil']}/record/visit.made/")
    person.fill("When did it happen?", "today")
    person.choose("Was the child seen?", "Yes")
    person.press("Save")
    saved_at = person.page.url
    person.press("Undo")
    assert "Undone: Visit to the child" in person.reads()
    assert "Withdrawn" in person.reads()
    person.page.goto(saved_at)
    assert "Saved: Visit to the child" not in person.reads()
    assert "Undone" not in person.reads()


def test_what_ends_or_moves_something_is_shown_before_it_is_saved(
    person: Visitor, known: Authority
) -> None:
    """A safety event holds the discharge: the person reads that first, may go back, and then saves."""
    person.look_as("Social worker (north)")
    address = f"/children/{known.children['amber']}/record/strategy_discussion.held/"
    person.open(address)
    person.fill("When did it happen?", "1/3/2026")
    person.fill("Why it was held", "A new report from school.")
    person.press("Save")
    assert person.heading() == "Check before saving"
    assert "hold" in person.reads()
    person.press("Go back and change it")
    assert person.page.get_by_label("Why it was held").input_value() == "A new report from school."
    person.press("Save")
    person.press("Save")
    assert person.heading() == "Amber Example"
    assert "on hold" in person.reads()


def test_one_save_records_it_for_brothers_and_sisters(person: Visitor, known: Authority) -> None:
    """Each child seen is recorded on that child's own record, with that child's own answer."""
    person.look_as("Social worker (north)")
    person.open(f"/children/{known.children['amber']}/record/visit.made/")
    person.fill("When did it happen?", "28/2/2026")
    person.choose("Was the child seen?", "Yes")
    person.page.get_by_label("Basil Example").check()
    also = person.page.locator(f"[id='id_each-{known.children['basil']}-included-more']")
    also.get_by_role("group", name="Was the child seen?").get_by_label("No", exact=True).check()
    person.press("Save")
    assert person.heading() == "Amber Example"
    person.open(f"/children/{known.children['basil']}/")
    timeline = person.page.locator("#timeline + p + ol").inner_text()
    assert "Sat 28 Feb 2026" in timeline
    assert "Was the child seen? No" in timeline


def test_the_same_form_sent_twice_is_saved_once(person: Visitor, known: Authority) -> None:
    """Going back and pressing save again changes nothing and says so."""
    person.look_as("Social worker (north)")
    person.open(f"/children/{known.children['basil']}/record/visit.made/")
    person.fill("When did it happen?", "27/2/2026")
    person.choose("Was the child seen?", "Yes")
    key = person.page.locator("[name=key]").first.input_value()
    person.press("Save")
    person.open(f"/children/{known.children['basil']}/record/visit.made/")
    person.fill("When did it happen?", "27/2/2026")
    person.choose("Was the child seen?", "Yes")
    person.page.evaluate("key => document.querySelector('main [name=key]').value = key", key)
    person.press("Save")
    assert "Already saved: Visit to the child" in person.reads()
    assert person.page.locator(".cw-timeline__title", has_text="Visit to the child").count() == 1


def test_the_list_of_kinds_narrows_as_one_types(visits: Visits, known: Authority) -> None:
    """With JavaScript the search needs no button; the address stays one that can be opened again."""
    person = visits()
    person.look_as("Social worker (north)")
    person.open(f"/children/{known.children['basil']}/record/")
    person.page.get_by_label("Search for it").press_sequentially("visit attempted")
    person.page.get_by_text("Entries with visit attempted", exact=False).last.wait_for()
    assert person.page.get_by_role("link", name="Visit attempted, nobody seen").is_visible()
    assert person.page.get_by_role("link", name="Came into care").count() == 0
    assert "?words=visit" in person.page.url
