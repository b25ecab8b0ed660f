"""What cannot be saved or shown is said in a sentence, and nothing typed is lost."""

import pytest

from tests.journeys.authority import Authority
from tests.journeys.browsers import Visitor
from tests.journeys.conftest import Visits

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_mistakes_are_listed_with_links_and_nothing_typed_is_lost(
    person: Visitor, known: Authority
) -> None:
    """The summary names each mistake and leads to it; what was typed still stands there."""
    person.look_as("Social worker (north)")
    person.open(f"/children/{known.children['basil']}/record/visit.made/")
    person.fill("When did it happen?", "31/2/2026")
    person.fill("What was seen and heard", "Basil showed his garden.")
    person.press("Save")
    summary = person.page.get_by_role("alert")
    assert "There is a problem" in summary.inner_text()
    assert "There is no day 31/2/2026. Check the day and the month." in summary.inner_text()
    assert "Choose an answer to “Was the child seen?”." in summary.inner_text()
    assert person.page.title().startswith("Error: ")
    assert person.page.get_by_label("When did it happen?").first.input_value() == "31/2/2026"
    notes = person.page.get_by_label("What was seen and heard")
    assert notes.input_value() == "Basil showed his garden."
    summary.get_by_role("link", name="There is no day").click()
    assert person.goes_to() == "id_occurred_on"


def test_a_day_in_the_future_is_refused_in_a_sentence(person: Visitor, known: Authority) -> None:
    """What has not happened cannot be recorded as having happened."""
    person.look_as("Social worker (north)")
    person.open(f"/children/{known.children['basil']}/record/visit.made/")
    person.fill("When did it happen?", "3/3/2026")
    person.choose("Was the child seen?", "Yes")
    person.press("Save")
    alert = person.page.get_by_role("alert").inner_text()
    assert "3 March 2026 has not come yet. Record it when it has happened." in alert
    assert person.page.get_by_label("When did it happen?").first.input_value() == "3/3/2026"


def test_absent_and_forbidden_look_the_same(visits: Visits, known: Authority) -> None:
    """A child whom one may not see and a child who does not exist give the very same page."""
    person = visits()
    person.look_as("Social worker (south)")
    forbidden = f"/children/{known.children['amber']}/"
    absent = "/children/00000000-0000-4000-8000-000000000000/"
    assert person.open(forbidden) == 404
    words, title = person.reads(), person.page.title()
    assert "There is nothing at this address that you may see." in words
    assert person.open(absent) == 404
    assert (person.reads(), person.page.title()) == (words, title)
    for deeper in ("record/", "record/visit.made/", "timeline/"):
        assert person.open(forbidden + deeper) == 404


def test_a_page_that_does_not_exist_says_what_to_do(person: Visitor) -> None:
    """An address mistyped leads on to the children and to my tasks."""
    person.look_as("Social worker (north)")
    assert person.open("/nowhere/") == 404
    person.follow("go to my tasks")
    assert person.heading() == "My tasks"


def test_nothing_is_kept_by_the_browser(visits: Visits, known: Authority) -> None:
    """A page about a child is never kept where the next person at the desk could find it."""
    person = visits()
    person.look_as("Social worker (north)")
    answer = person.page.request.get(f"{person.address}/children/{known.children['amber']}/")
    assert answer.headers["cache-control"] == "no-store"
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy
