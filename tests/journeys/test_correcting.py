"""Correcting and withdrawing: the reason is asked, what it changes is shown, nobody overwrites."""

import pytest

from tests.journeys import browsers
from tests.journeys.authority import RATIFIED, REVIEWED, Authority
from tests.journeys.browsers import Visitor
from tests.journeys.conftest import Visits

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def open_correction(person: Visitor, known: Authority, kind: str) -> str:
    """Open the form that corrects the first entry of that kind on Amber's timeline."""
    person.open(f"/children/{known.children['amber']}/")
    person.page.get_by_role("link", name=f"Correct {kind}").first.click()
    person.page.wait_for_load_state("load")
    return person.page.url


def test_a_corrected_day_moves_what_was_counted_from_it(person: Visitor, known: Authority) -> None:
    """The person reads which dates move before saving; what was written before stays shown."""
    person.look_as("Social worker (north)")
    open_correction(person, known, "Looked-after review held")
    assert person.page.get_by_label("When did it happen?").first.input_value() == "19/2/2026"
    person.fill("When did it happen?", "18/2/2026")
    person.fill("Why is it corrected?", "The minutes say Wednesday.")
    person.press("Save the correction")
    assert person.heading() == "Check before saving"
    person.press("Save")
    assert person.heading() == "Amber Example"
    assert "Corrected" in person.reads()
    assert "Wed 11 Mar 2026" in person.reads()


def test_a_correction_needs_its_reason(person: Visitor, known: Authority) -> None:
    """Without a reason nothing is corrected, and the form says where to give it."""
    person.look_as("Social worker (north)")
    open_correction(person, known, "Looked-after review held")
    person.press("Save the correction")
    assert "Say why the entry is corrected" in person.page.get_by_role("alert").inner_text()


def test_two_people_on_one_entry_see_both_versions(visits: Visits, known: Authority) -> None:
    """The later one reads what the other wrote beside their own, and loses nothing (S7)."""
    first, second = visits(), visits(has_javascript=False)
    for person in (first, second):
        person.look_as("Social worker (north)")
        open_correction(person, known, "Looked-after review held")
    first.fill("When did it happen?", "18/2/2026")
    first.fill("Why is it corrected?", "The minutes say Wednesday.")
    first.press("Save the correction")
    first.press("Save")
    second.fill("When did it happen?", "17/2/2026")
    second.fill("Why is it corrected?", "The diary says Tuesday.")
    second.press("Save the correction")
    assert second.heading() == "Somebody changed this entry"
    assert "Wednesday 18 February 2026" in second.reads()
    assert "Tuesday 17 February 2026" in second.reads()
    second.press("Save mine over it")
    second.press("Save")
    assert second.heading() == "Amber Example"
    assert f"{REVIEWED:%B}" in second.reads()


def test_two_people_on_one_meeting_see_what_the_other_did(visits: Visits, known: Authority) -> None:
    """Whoever moves it second reads the first's day, and what they typed is kept (S7)."""
    known.happened(
        "amber",
        "discharge_meeting.arranged",
        RATIFIED,
        keys={"meeting": "m1"},
        fields={"planned_on": "2026-03-10"},
    )
    first, second = visits(), visits(has_javascript=False)
    for person, role, day in (
        (first, "District manager", "9/3/2026"),
        (second, "Social worker (north)", "11/3/2026"),
    ):
        person.look_as(role)
        person.open(f"/children/{known.children['amber']}/record/discharge_meeting.rearranged/")
        person.fill("When did it happen?", "today")
        person.fill("New day", day)
    for person in (first, second):
        person.press("Save")
    first.press("Save")
    assert first.heading() == "Amber Example"
    second.press("Save")
    assert second.heading() == "Somebody changed this meeting"
    assert "9 March 2026" in second.reads()
    assert "11/3/2026" in second.reads()
    assert browsers.dangling_ids(second.page) + browsers.too_wide(second.page) == []
    second.press("Save mine too")
    second.press("Save")
    assert second.heading() == "Amber Example"


def test_withdrawing_shows_what_falls_away(person: Visitor, known: Authority) -> None:
    """What no longer arises is listed before; the entry stays, struck through, with the reason."""
    person.look_as("Social worker (north)")
    person.open(f"/children/{known.children['amber']}/")
    person.page.get_by_role("link", name="Withdraw Looked-after review held").first.click()
    assert person.heading() == "Withdraw this entry"
    assert "What withdrawing changes" in person.reads()
    person.fill("Why is it withdrawn?", "Recorded on the wrong child.")
    person.press("Withdraw this entry")
    assert person.heading() == "Amber Example"
    assert "Withdrawn" in person.reads()
    assert "Recorded on the wrong child." in person.reads()
