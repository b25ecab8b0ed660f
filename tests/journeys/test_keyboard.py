"""Everything can be reached and pressed from the keyboard, in an order that makes sense."""

import pytest

from tests.journeys.authority import Authority
from tests.journeys.conftest import Visits

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.mark.parametrize("has_javascript", [True, False], ids=["script", "no-script"])
def test_a_visit_is_recorded_by_keyboard_alone(
    visits: Visits, known: Authority, has_javascript: bool
) -> None:
    """Skip link first; then tab, type, space and enter are all that is needed."""
    person = visits(has_javascript=has_javascript)
    person.look_as("Social worker (north)")
    person.open(f"/children/{known.children['basil']}/record/visit.made/")
    keys = person.page.keyboard

    def focused() -> str:
        return str(
            person.page.evaluate(
                "() => document.activeElement.innerText || document.activeElement.name || ''"
            )
        ).strip()

    def tab_to(words: str) -> None:
        for _ in range(60):
            keys.press("Tab")
            if focused() == words:
                return
        raise AssertionError(f"the keyboard never comes to {words}")

    keys.press("Tab")
    assert focused() == "Skip to main content"
    keys.press("Enter")
    tab_to("occurred_on")
    keys.type("27/2/2026")
    tab_to("fields.seen")
    keys.press("Space")
    tab_to("Save")
    keys.press("Enter")
    person.page.wait_for_url("**/?saved=*")
    assert person.heading() == "Basil Example"
    assert "Saved: Visit to the child" in person.reads()
