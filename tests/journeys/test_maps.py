"""The map of a procedure: as law for anyone, and with a child's position, on screen and on paper."""

import pytest

from tests.journeys import browsers
from tests.journeys.authority import Authority
from tests.journeys.browsers import Visitor
from tests.journeys.conftest import Visits

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_a_childs_position_is_found_on_the_map(person: Visitor, known: Authority) -> None:
    """From the child's page to the map, its stages in order, and from a step to how its date came."""
    person.look_as("Social worker (north)")
    person.open(f"/children/{known.children['amber']}/")
    person.follow("See the map of Discharge of a care order")
    assert person.heading() == "Discharge of a care order"
    assert "Amber Example has reached: Discharge Meeting." in person.reads()
    stages = person.page.get_by_role("navigation", name="Stages").get_by_role("listitem")
    assert stages.first.inner_text().startswith("Review")
    here = person.page.locator("[aria-current=step]").inner_text()
    assert "Discharge Meeting" in here
    assert "Here." in here
    # The largest of all pages: looked at whole once, and at a phone's width for its width alone.
    assert (browsers.faults if person.has_javascript else browsers.too_wide)(person.page) == []
    person.page.emulate_media(media="print")
    assert person.page.get_by_role("heading", name="Review").first.is_visible()
    person.page.emulate_media(media="screen")
    person.follow("How this date was worked out for Hold the multi-agency Discharge Meeting")
    person.follow("See this step on the map")
    assert person.goes_to() == "step-W5.meeting"


def test_the_law_is_read_without_a_child(visits: Visits) -> None:
    """A policy officer reads each procedure as a map, with its outcomes and what follows them."""
    person = visits()
    person.look_as("District manager")
    person.follow("Procedures")
    person.page.get_by_role("link", name="Discharge of a care order", exact=True).click()
    words = person.reads()
    assert "Discharge not agreed" in words
    assert "within 15 working days" in words
    assert "Example" not in words, "no child stands on it"
