"""The five-minute tour, walked as the README tells it; on the way it takes the documents' pictures.

`scripts/take_pictures.sh` walks it over the whole demonstration and keeps the pictures.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from caseward.interfaces import clock
from caseward.interfaces.cli.demonstration import loading
from tests.installed import ROOT
from tests.journeys.browsers import Visitor
from tests.journeys.conftest import Visits

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

KEPT_IN = os.environ.get("CASEWARD_PICTURES", "")
"""The folder into which pictures are kept; without one they are taken and thrown away."""
N_CHILDREN = 40 if KEPT_IN else 2
AT_MOST_BYTES = 200_000
MEETING = "Hold the multi-agency Discharge Meeting"


@pytest.fixture
def known(transactional_db: None) -> int:
    """The demonstration in the place of the journeys' authority."""
    return loading.load(clock.today(), lambda *_: None, n_children=N_CHILDREN)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the pictures go."""
    return (ROOT / KEPT_IN) if KEPT_IN else tmp_path


def test_the_tour(visits: Visits, folder: Path) -> None:
    """Each step of the README's tour leads where it says, and shows what it says."""
    person = visits()
    person.open("/")
    assert person.heading() == "Whose eyes do you want to look through?"
    _picture(person.page, folder / "whose-eyes.png")
    person.press("Look as Social worker (north)")

    assert person.heading() == "My tasks"
    _picture(person.page, folder / "my-tasks.png")
    person.follow("Amber Example")

    assert person.heading() == "Amber Example"
    assert MEETING in person.reads()
    _picture(person.page, folder / "child-page.png")

    _worked_out(person, folder)
    _arranged(person, folder)
    _as_others(person, folder)


def _worked_out(person: Visitor, folder: Path) -> None:
    address = person.page.url
    person.follow(f"How this date was worked out for {MEETING}")
    words = person.reads()
    assert "Looked-after review held" in words
    assert "15 working days" in words
    _picture(person.page, folder / "how-worked-out.png")
    person.page.goto(address)


def _arranged(person: Visitor, folder: Path) -> None:
    person.press("Record what happened")
    person.fill("Search for it", "Discharge Meeting arranged")
    person.follow("Discharge Meeting arranged")
    person.fill("When did it happen?", "today")
    person.fill("Planned day", "9/3/2026")
    person.press("Save")
    assert person.heading() == "Check before saving"
    assert "Give the district manager the six papers for the meeting" in person.reads()
    _picture(person.page, folder / "check-before-saving.png")
    person.press("Save")
    assert person.heading() == "Amber Example"
    assert "Saved: Discharge Meeting arranged" in person.reads()
    _picture(person.page, folder / "saved.png")


def _as_others(person: Visitor, folder: Path) -> None:
    person.follow("Look as someone else")
    person.press("Look as District manager")
    assert MEETING in person.reads()
    assert "Amber Example" in person.reads()
    _picture(person.page, folder / "district-manager.png")
    person.follow("Look as someone else")
    person.press("Look as Independent reviewing officer")
    assert "Amber Example" in person.reads()
    assert "Record of the review" in person.reads()
    _picture(person.page, folder / "reviewing-officer.png")
    person.follow("Amber Example")
    person.follow("See this record as it stood on another day")
    person.fill("Which day?", "19/2/2026")
    person.press("Show the record")
    assert "Nothing can be recorded on this page." in person.reads()
    assert MEETING not in person.reads()
    _picture(person.page, folder / "as-it-stood.png")


def _picture(page: Page, path: Path) -> None:
    """Take what is on the screen, small enough for a page of the documents."""
    page.mouse.move(0, 0)
    page.screenshot(path=path, animations="disabled")
    assert 5_000 < path.stat().st_size < AT_MOST_BYTES, f"{path.name} is too large to be read with"
