"""Working from lists: narrowing, sharing, printing and downloading them; finding anybody."""

import csv
import io

import pytest

from tests.journeys.authority import Authority
from tests.journeys.browsers import Visitor, too_wide
from tests.journeys.conftest import Visits

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

ALL = "/worklists/?whose=all"


def test_a_list_is_narrowed_and_its_address_says_how(person: Visitor, known: Authority) -> None:
    """What was chosen stands in the address, which anybody may open again."""
    person.look_as("Social worker (north)")
    person.follow("Worklists")
    person.follow("All that you may see")
    assert person.heading() == "All tasks that you may see"
    both = person.reads()
    assert "Amber Example" in both
    assert "Basil Example" in both
    person.page.get_by_text("Narrow this list").click()
    person.fill("Child’s name", "amb")
    person.choose("Responsible", "Social worker")
    person.press("Show these")
    narrowed = person.reads()
    assert "Basil Example" not in narrowed
    assert "children called “amb”" in narrowed
    address = person.page.url.removeprefix(person.address)
    person.open("/")
    person.open(address)
    assert person.reads() == narrowed
    person.follow("Show all of them")
    assert "Basil Example" in person.reads()


def test_anybody_is_found_in_three_steps_from_any_page(person: Visitor, known: Authority) -> None:
    """Type, find, open: from wherever one is; a day of birth and a spelling of one's own will do."""
    person.look_as("Social worker (north)")
    for words in ("exam amb", "9/1/2017", "Ambar"):
        person.open("/procedures/")
        person.find(words)
        person.follow("Amber Example")
        assert person.heading() == "Amber Example"


def test_the_coming_weeks_lead_back_to_the_list(person: Visitor, known: Authority) -> None:
    """The calendar keeps to the list that it was opened from."""
    person.look_as("District manager")
    person.open(ALL)
    person.follow("The coming weeks")
    assert person.heading() == "The coming weeks"
    assert "Amber Example" in person.reads()
    person.follow("Later weeks")
    person.follow("As a list")
    assert person.heading() == "All tasks that you may see"


def test_another_team_s_worker_finds_nothing_of_them(visits: Visits, known: Authority) -> None:
    """Who may not see a child meets the name on no list, in no search and in no file."""
    person = visits()
    person.look_as("Social worker (south)")
    for path in (ALL, "/worklists/calendar/?whose=all", "/search/?find=amber", "/worklists/file/"):
        answer = person.page.request.get(person.address + path)
        assert answer.status == 200
        assert "Amber Example" not in answer.text()


def test_a_long_word_sought_leaves_the_page_as_wide_as_the_window(
    visits: Visits, known: Authority
) -> None:
    """Whatever is pasted into the search box is said again without scrolling sideways."""
    person = visits()
    person.look_as("Social worker (north)")
    person.open("/search/?find=" + "x" * 300)
    assert "Nobody whom you may see" in person.reads()
    assert too_wide(person.page) == []


def test_a_list_downloaded_is_safe_to_open(visits: Visits, known: Authority) -> None:
    """A name that would be a formula is text in the file; every line of the list is in it."""
    known.child("formula", "=1+1 Example", since=known.at.date(), social_worker="worker")
    known.happened("formula", "looked_after.began", known.at.date(), fields={"reason": "S"})
    person = visits()
    person.look_as("Social worker (north)")
    answer = person.page.request.get(f"{person.address}/worklists/file/?whose=mine")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(answer.text().removeprefix("\ufeff"))))
    assert rows[0][:2] == ["Child", "What is to be done"]
    assert {row[0] for row in rows[1:]} == {"Amber Example", "Basil Example", "'=1+1 Example"}
    assert not any(cell[:1] in "=+-@" for row in rows for cell in row if cell)


def test_a_list_is_printed_without_what_only_a_screen_can_use(
    visits: Visits, known: Authority
) -> None:
    """On paper there are the lines, and no forms, tabs or buttons."""
    person = visits()
    person.look_as("Social worker (north)")
    person.open("/worklists/")
    person.page.emulate_media(media="print")
    assert person.page.get_by_role("cell", name="Amber Example").first.is_visible()
    assert not person.page.locator("input:visible, select:visible, .govuk-button:visible").count()
