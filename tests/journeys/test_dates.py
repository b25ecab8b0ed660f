"""Every date opens how it was worked out: the fact, the rule, the days that did not count."""

import pytest

from tests.journeys.authority import Authority
from tests.journeys.browsers import Visitor

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

# Fifteen working days after Thursday 19 February 2026, counted by hand.
MEETING_DUE = "Thursday 12 March 2026"


def test_my_tasks_lead_to_how_a_date_was_worked_out(person: Visitor, known: Authority) -> None:
    """From the line of a duty one reads the fact, its day, the paragraph, and each day skipped."""
    person.look_as("District manager")
    person.open(f"/children/{known.children['amber']}/")
    person.follow("How this date was worked out for Hold the multi-agency Discharge Meeting")
    assert person.heading() == "How this date was worked out"
    words = person.reads()
    assert MEETING_DUE in words
    assert "19 February 2026" in words
    assert "15 working days" in words
    assert "§2" in words


def test_the_calendar_numbers_the_days_and_says_why_others_do_not_count(
    person: Visitor, known: Authority
) -> None:
    """The count can be checked with a finger: 15 on the due day, weekends named as not counted."""
    person.look_as("District manager")
    person.open(f"/children/{known.children['amber']}/")
    person.follow("How this date was worked out for Hold the multi-agency Discharge Meeting")
    months = person.page.locator("table.cw-month")
    assert [months.nth(n).locator("caption").inner_text() for n in range(months.count())] == [
        "February 2026",
        "March 2026",
    ]
    due = months.nth(1).locator(".cw-month__day--due")
    assert due.locator(".cw-month__count").inner_text() == "15"
    assert "not counted: " in (
        months.nth(0).locator("td", has_text="21").first.text_content() or ""
    )
