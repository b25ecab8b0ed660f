"""What cannot be saved or shown is said in a sentence, and nothing typed is lost."""

from datetime import date
from typing import Any

import pytest
from django.db import OperationalError

from caseward.work.readings import my_tasks, role_choices
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


def test_what_cannot_be_before_birth_is_refused(person: Visitor, known: Authority) -> None:
    """An unborn child is not visited where they live: the sentence says what comes first."""
    person.look_as("Social worker (north)")
    unborn = known.unborn("unborn", "Unborn Example", social_worker="worker")
    person.open(f"/children/{unborn}/record/visit.made/")
    person.fill("When did it happen?", "27/2/2026")
    person.choose("Was the child seen?", "Yes")
    person.press("Save")
    alert = person.page.get_by_role("alert").inner_text()
    assert "cannot happen before the birth. Record the birth first." in alert
    assert person.page.get_by_label("When did it happen?").first.input_value() == "27/2/2026"


def test_a_fact_on_a_closed_record_is_confirmed_and_never_refused(
    person: Visitor, known: Authority
) -> None:
    """What happened is recorded even where nobody expects it; the person is asked once."""
    known.happened("basil", "record.closed", date(2026, 2, 23))
    person.look_as("Social worker (north)")
    person.open(f"/children/{known.children['basil']}/record/visit.made/")
    person.fill("When did it happen?", "27/2/2026")
    person.choose("Was the child seen?", "Yes")
    person.press("Save")
    assert person.heading() == "Check before saving"
    assert "closed" in person.reads()
    person.press("Save")
    assert "Saved: Visit to the child" in person.reads()


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


def test_a_form_of_another_session_is_not_saved(visits: Visits, known: Authority) -> None:
    """A form without this browser's token is refused with what to do, and saves nothing."""
    person = visits()
    person.look_as("Social worker (north)")
    address = f"{person.address}/children/{known.children['basil']}/record/visit.made/"
    answer = person.page.request.post(address, form={"occurred_on": "27/2/2026"})
    assert answer.status == 403
    assert "This form can no longer be used" in answer.text()


def test_a_store_out_of_reach_is_said_in_plain_words(
    visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person reads that nothing was saved and what to do for the child now."""
    person = visits()
    person.look_as("Social worker (north)")

    def out_of_reach(*_asked: Any, **_more: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(role_choices, "asker", out_of_reach)
    answer = person.page.request.get(person.address)
    assert answer.status == 503
    assert "The record cannot be reached" in answer.text()
    assert "If a child needs something done now, do it" in answer.text()


def test_what_was_typed_is_kept_while_the_store_is_out_of_reach(
    person: Visitor, known: Authority
) -> None:
    """The page that says so carries what was typed, and sends it again when asked to."""
    person.look_as("Social worker (north)")
    person.open(f"/children/{known.children['basil']}/record/visit.made/")
    person.fill("When did it happen?", "27/2/2026")
    person.choose("Was the child seen?", "Yes")
    person.fill("What was seen and heard", "Basil & Amber planted <beans>.")

    def out_of_reach(*_asked: Any, **_more: Any) -> None:
        raise OperationalError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(role_choices, "asker", out_of_reach)
        person.press("Save")
        assert person.heading() == "The record cannot be reached"
        assert "Basil & Amber planted <beans>." in person.reads()
        # The status is meant; the browser complains of it.
        person.complaints.clear()
    person.press("Send it again")
    if person.heading() == "Check before saving":
        person.press("Save")
    assert "Saved: Visit to the child" in person.reads()


def test_a_fault_of_ours_is_owned(visits: Visits, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault says that it is Caseward's, that nothing was saved, and whom to tell."""
    person = visits()
    person.look_as("Social worker (north)")

    def fault(*_asked: Any, **_more: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(my_tasks, "page", fault)
    answer = person.page.request.get(person.address)
    assert answer.status == 500
    assert "The fault is in Caseward, not in what you did." in answer.text()
