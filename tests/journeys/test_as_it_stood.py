"""A record as it stood on another day, found from the child's page, on screen and on paper."""

import pytest

from tests.journeys.authority import Authority
from tests.journeys.browsers import Visitor
from tests.journeys.conftest import Visits

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_a_record_is_seen_as_it_stood(person: Visitor, known: Authority) -> None:
    """The day is said first, nothing can be recorded, and paper says the same as the screen."""
    person.look_as("Social worker (north)")
    person.open(f"/children/{known.children['amber']}/")
    person.follow("See this record as it stood on another day")
    person.fill("Which day?", "19/2/2026")
    person.press("Show the record")
    words = person.reads()
    assert words.startswith("As it stood on 19 February 2026, as known that day")
    assert "Nothing can be recorded on this page" in words
    assert "Looked-after review held" in words
    assert "IRO ratified" not in words, "it was ratified the day after"
    assert not person.page.get_by_role("link", name="Record it").count()
    assert not person.page.get_by_role("link", name="Correct").count()
    person.page.emulate_media(media="print")
    assert person.page.get_by_text("As it stood on 19 February 2026").last.is_visible()
    assert person.page.get_by_role("heading", name="Timeline").is_visible()
    assert not person.page.locator("button:visible, input:visible").count()
    person.page.emulate_media(media="screen")
    person.follow("How this date was worked out")
    assert "As it stood on 19 February 2026" in person.page.locator("header").inner_text()


def test_what_cannot_be_shown_says_why_and_the_other_dial_turns(
    visits: Visits, known: Authority
) -> None:
    """A day to come, one before the record and one that is none are refused in words; the same day
    as known now is shown.
    """
    person = visits()
    person.look_as("Social worker (north)")
    person.open(f"/children/{known.children['amber']}/as-it-stood/")
    for day, says in (
        ("3/4/2027", "The day must be today or in the past."),
        ("1/2/2026", "Choose 16 February 2026 or a later day."),
        ("31/2/2026", "There is no day 31/2/2026. Check the day and the month."),
    ):
        person.fill("Which day?", day)
        person.press("Show the record")
        assert says in person.page.get_by_role("alert").inner_text()
    person.fill("Which day?", "19/2/2026")
    person.choose("With what was known when?", "What is known now")
    person.press("Show the record")
    assert person.reads().startswith("As it stood on 19 February 2026, as known today")
