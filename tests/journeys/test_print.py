"""On paper a child's page keeps its words and dates and leaves its buttons behind."""

import pytest

from tests.journeys.authority import Authority
from tests.journeys.conftest import Visits

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_a_printed_page_has_words_and_no_buttons(visits: Visits, known: Authority) -> None:
    """Navigation, buttons and the way back are for the screen alone."""
    person = visits()
    person.look_as("Social worker (north)")
    person.open(f"/children/{known.children['amber']}/")
    person.page.emulate_media(media="print")
    assert person.page.get_by_role("heading", name="Amber Example").is_visible()
    assert person.page.get_by_role("heading", name="Timeline").is_visible()
    assert not person.page.get_by_role("button", name="Record what happened").is_visible()
    assert not person.page.get_by_role("navigation", name="Main").is_visible()
    assert not person.page.locator(".govuk-button:visible").count()
