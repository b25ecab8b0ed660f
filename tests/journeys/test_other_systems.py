"""Other systems in the browser: a tracker brought in, its first day decided, what was typed taken back."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from django.conf import settings

from caseward.interfaces import clock
from caseward.interfaces.web.imports import background
from caseward.record.ledger.acts import Act, new_id
from caseward.work.casework import record_event
from caseward.work.casework.happenings import WhatHappened
from caseward.work.exchange.imports import runs
from tests.journeys import browsers
from tests.journeys.authority import Authority
from tests.journeys.browsers import Visitor

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

LEAD, MANAGER = "Policy lead", "District manager"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an import's own process does is done while the page waits: it has this test's store."""

    def start(run: str, *words: str) -> None:
        home, at = Path(settings.CASEWARD_HOME), clock.now()
        if "--check" in words:
            runs.check(run, at=at, today=clock.day_of(at), home=home)
            return
        act = Act(by=words[-1], at=at, today=clock.day_of(at), key=new_id(), via="import", why="")
        runs.commit(act, run, home=home)

    monkeypatch.setattr(background, "start", start)


def tracker(path: Path) -> Path:
    """Write a tracker as a team keeps it: titles above, a wrong date, words of its own."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Live cases")
    sheet.merge_range(0, 0, 0, 5, "PLO tracker", book.add_format({"bold": True}))
    headings = (
        "Mosaic ID",
        "Name",
        "DOB",
        "Letter before proceedings sent",
        "Ended",
        "How it ended",
    )
    rows = (
        ("7001", "Ash Tracker", date(2019, 5, 4), date(2026, 1, 6), date(2026, 2, 2), "SD"),
        ("7002", "Elm Tracker", date(2015, 9, 9), "31/02/2026", "", ""),
    )
    for number, row in enumerate((headings, *rows), start=2):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, place, cell)
            else:
                sheet.write(number, place, cell)
    book.close()
    return path


def no_fault(person: Visitor) -> None:
    """Assert that the page has no fault, as far as this browser can tell."""
    page = person.page
    found = browsers.faults(page) if person.has_javascript else browsers.too_wide(page)
    assert found == [], page.url


def test_a_tracker_is_mapped_checked_and_brought_in(
    person: Visitor, known: Authority, tmp_path: Path
) -> None:
    """From the file to the record by four questions, on a phone without script as at a desk."""
    known.worker("lead", LEAD, "policy_lead")
    person.look_as(LEAD)
    person.follow("Other systems")
    no_fault(person)
    person.follow("Import files")
    no_fault(person)
    person.page.set_input_files("input[type=file]", str(tracker(tmp_path / "plo.xlsx")))
    person.choose("What are they?", "Tracker spreadsheet")
    person.fill("Which system do they come from?", "Mosaic")
    person.press("Check these files")
    assert person.heading() == "What the columns hold"
    no_fault(person)
    person.fill("What is this tracker called?", "PLO tracker")
    person.press("Continue")
    assert person.heading() == "Which entries the dates are"
    person.page.get_by_label("Letter before proceedings sent").select_option(
        label="Letter before proceedings sent"
    )
    person.page.get_by_label("Ended: Which entry is it?").select_option("pre_proceedings.ended")
    no_fault(person)
    person.press("Continue")
    person.page.get_by_label("How it ended").select_option("pre_proceedings.ended:outcome")
    no_fault(person)
    person.press("Check this tracker")
    assert person.heading() == "What the words mean"
    person.page.get_by_label("“SD” in “How it ended”").select_option("stepped_down")
    no_fault(person)
    person.press("Check this tracker")
    assert person.heading() == "Check this import"
    assert "“31/02/2026” names no day of the calendar" in person.reads()
    no_fault(person)
    person.press("Bring it in")
    person.open(person.page.url.removeprefix(person.address).partition("?")[0])
    assert person.heading() == "Brought in"
    no_fault(person)
    person.follow("Children")
    assert "Last refreshed from Mosaic on" in person.page.locator("footer").inner_text()
    assert "Ash Tracker" in person.reads()


def test_what_was_overdue_on_the_first_day_is_decided_in_bulk(
    person: Visitor, known: Authority
) -> None:
    """A manager sees how much there is by step, decides about a list at once, and checks it first."""
    person.look_as(MANAGER)
    person.open("/first-day/")
    assert "Counted, and on nobody’s list" in person.reads()
    no_fault(person)
    before = person.page.locator(".cw-duty").count()
    for fold in person.page.locator("main summary").all():
        fold.click()
    person.page.locator(".cw-duty__title a").first.click()
    person.page.wait_for_load_state("load")
    no_fault(person)
    person.press("Continue")
    assert "Say which children you decide about" in person.reads()
    no_fault(person)
    person.page.locator("input[name=which][value=all]").check()
    person.page.get_by_label("It was done before Caseward", exact=False).check()
    person.press("Continue")
    assert person.heading() == "Check this decision"
    no_fault(person)
    person.press("Save this decision")
    assert "is recorded" in person.reads()
    assert person.page.locator(".cw-duty").count() == before - 1


def test_what_was_typed_here_is_listed_by_worker(person: Visitor, known: Authority) -> None:
    """A page to read and print, and a file to load, with who typed it."""
    record_event.record(
        known.act(clock.today(), by=known.workers["worker"]),
        WhatHappened(
            kind="visit.made",
            occurred_on=clock.today(),
            children=(known.children["amber"],),
            fields={"seen": "yes"},
        ),
        confirmed=True,
    )
    person.look_as(MANAGER)
    person.open("/typed-here/")
    assert "Visit to the child" in person.reads()
    assert "Social worker (north)" in person.reads()
    no_fault(person)
    person.open("/typed-here/?since=never")
    assert "Enter a date such as" in person.reads()
    no_fault(person)


def test_pages_that_await_nothing_say_so(person: Visitor, known: Authority) -> None:
    """No difference, no due date of another system, no rule: each page says what it would show."""
    known.worker("lead", LEAD, "policy_lead")
    person.look_as(LEAD)
    for path, words in (
        ("/other-systems/differences/", "Nothing to decide"),
        ("/other-systems/due-dates/", "Nothing to compare"),
        ("/other-systems/differences/rules/", "There is no rule yet"),
        ("/other-systems/", "Nothing has been imported yet"),
    ):
        person.open(path)
        assert words in person.reads()
        no_fault(person)
