"""A record as it stood: as of a day, as known then, equal on the page and from the command line."""

import json
import re
from datetime import datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from caseward.interfaces import clock
from caseward.interfaces.cli import program
from caseward.interfaces.cli import store as opening
from caseward.record.access import models as access
from caseward.record.ledger.acts import AUTHORITY, LONDON, NewEntry, child_stream, person_stream
from caseward.work import entries
from caseward.work.casework import adopt, allocate, hold_role, involve_person
from caseward.work.casework.involve_person import Involvement, NewPerson
from caseward.work.readings import as_it_stood, child_page
from caseward.work.readings.errors import NotFound, NotYet
from caseward.work.readings.shapes import ChildPage
from caseward.work.tasks import canonical
from tests.builders.stores import Store, a_store, on

pytestmark = pytest.mark.django_db(databases="__all__")

REVIEW = "looked_after_review.held"
# A line of a duty, up to the next one, and the day that stands in it.
_LINE = re.compile(r'<li id="task-([0-9a-f-]{36})"(.*?)(?=<li id="task-|</main>)', re.DOTALL)
_DAY = re.compile(r'<time datetime="(\d{4}-\d\d-\d\d)">')
DAYS = ("2025-12-05", "2025-12-20", "2026-01-10")


def discharging() -> Store:
    """Return a store in which much was recorded late, corrected and withdrawn since December."""
    store = a_store("2025-12-04").with_child(started_on="2025-01-06")
    store.record(REVIEW, outcome="discharge_supported", keys={"meeting": "review"})
    store.record("review_decision.ratified", keys={"meeting": "review"})
    store = store.on("2025-12-15")
    wrong = store.record(
        "discharge_meeting.arranged", keys={"meeting": "m"}, planned_on="2026-01-09"
    )
    store = store.on("2025-12-22")
    store.correct(
        wrong.entry_ids[0],
        "discharge_meeting.arranged",
        "2025-12-15",
        seq=_seq(store, "discharge_meeting.arranged"),
        keys={"meeting": "m"},
        planned_on="2025-12-29",
    )
    return store.on("2026-01-30")


def stood(store: Store, day: str, known: str = "", *, role: str = "iro") -> ChildPage:
    """Return the child's page as of a day, as known at the end of that or another one."""
    known_at = clock.end_of_day(on(known or day))
    return as_it_stood.page(store.asker(role), store.child, as_of=on(day), known_at=known_at)


def _seq(store: Store, kind: str) -> int:
    page = child_page.page(store.asker("iro"), store.child, as_of=store.today)
    return next(entry.seq for entry in page.timeline if entry.kind == kind)


def test_what_was_corrected_later_stands_as_it_stood() -> None:
    """On a past day's page an entry says what it said then; afterwards, what it was."""
    store = discharging()
    (then,) = (e for e in stood(store, "2025-12-20").timeline if "arranged" in e.kind)
    (now,) = (e for e in stood(store, "2025-12-20", "2026-01-10").timeline if "arranged" in e.kind)
    assert (then.state, now.state) == ("stands", "corrected")
    assert "9 January 2026" in then.fields[0].words
    assert "29 December 2025" in now.fields[0].words
    assert not then.may_correct


def test_people_are_called_as_they_were() -> None:
    """Worker, adult, brother or sister and child keep on a past day the names they had; not today."""
    store = a_store("2025-12-04").with_child("Sibling Before", started_on="2025-01-06")
    sibling = store.child
    store = store.with_child("Child Before", started_on="2025-01-06")
    involve_person.record_siblings(store.act(), store.child, sibling, same_household=True)
    mother = involve_person.add(
        store.act(by="social_worker"),
        store.child,
        NewPerson(name="Mother Before"),
        Involvement(relationship="Mother", since=store.today),
    ).person_id
    store.record(REVIEW, by="iro", outcome="discharge_supported", keys={"meeting": "review"})
    then = _called(store, "2025-12-05")
    store = store.on("2025-12-20")
    worker = store.workers["iro"]
    for stream, kind, keys in (
        (AUTHORITY, "worker.renamed", {"worker": worker}),
        (person_stream(mother), "person.renamed", {}),
        (child_stream(sibling), "child.renamed", {}),
        (child_stream(store.child), "child.renamed", {}),
    ):
        renamed = NewEntry(
            stream=stream, kind=kind, occurred_on=store.today, keys=keys, fields={"name": "After"}
        )
        entries.take_in(store.act(), (renamed,), confirmed=True)
    assert then == ("Child Before", {"Worker Iro"}, {"Mother Before"}, {"Sibling Before"})
    assert _called(store, "2025-12-05") == then
    assert _called(store, "2025-12-20") == ("After", {"After"}, {"After"}, {"After"})


def _called(store: Store, day: str) -> tuple[str, set[str], set[str], set[str]]:
    """Return what page, recorder of the review, adults and siblings are called on a day."""
    page = stood(store, day)
    return (
        page.name,
        {entry.recorded_by for entry in page.timeline if entry.kind == REVIEW},
        {adult.name for adult in page.involved},
        {sibling.name for sibling in page.siblings},
    )


def test_what_was_not_yet_known_is_not_shown_or_says_so() -> None:
    """An entry recorded after its day is absent as known that day, and marked as known later."""
    store = discharging()
    store.record("visit.made", "2025-12-10", seen="yes")
    kinds = {entry.kind for entry in stood(store, "2025-12-20").timeline}
    assert "visit.made" not in kinds
    later = stood(store, "2025-12-20", "2026-01-30").timeline
    (visit,) = (entry for entry in later if entry.kind == "visit.made")
    assert visit.late_words == "Not yet on the record on 20 December 2025"
    today = child_page.page(store.asker("iro"), store.child, as_of=store.today).timeline
    (visit,) = (entry for entry in today if entry.kind == "visit.made")
    assert visit.late_words == "Recorded late, 51 days after its day"


def test_who_held_a_role_is_told_as_was_known_then() -> None:
    """A worker recorded later as responsible since before does not stand on a page of then."""
    store = discharging()
    other = hold_role.register_worker(store.act(), "Worker Taken On", since=on("2025-01-01")).id
    allocate.end(
        store.act(),
        store.child,
        "social_worker",
        worker=store.workers["social_worker"],
        on=on("2025-12-10"),
    )
    allocate.allocate(store.act(), store.child, other, role="social_worker", since=on("2025-12-10"))

    def holder(known: str) -> str:
        page = stood(store, "2025-12-20", known)
        return next(each.name for each in page.holders if each.role == "social_worker")

    assert holder("2025-12-20") == "Worker Social Worker"
    assert holder("2026-01-30") == "Worker Taken On"


def test_nothing_may_be_recorded_from_a_past_day() -> None:
    """No line of a past day's page offers a form."""
    page = stood(discharging(), "2025-12-20")
    assert [line.record_kinds for group in page.tasks for line in group.lines if line.status] != []
    assert not any(line.record_kinds for group in page.tasks for line in group.lines)
    assert page.banner.sentences == ("As it stood on 20 December 2025, as known that day.",)


def test_before_anything_was_recorded_there_is_nothing_to_show() -> None:
    """A day before the record began is answered by a sentence that says from when on there is one."""
    with pytest.raises(NotYet, match="Choose 4 December 2025 or a later day"):
        stood(discharging(), "2025-11-30")


def test_a_past_day_opens_no_record_that_is_closed_today() -> None:
    """Access is asked today, whatever day is looked at, and a look at the past is logged (M4, S9)."""
    store = a_store("2025-12-04").with_child(roles=("team_manager",)).on("2026-01-05")
    with pytest.raises(NotFound, match="no record here that you may see"):
        stood(store, "2025-12-20", role="iro")
    access.ReadLog.objects.all().delete()
    stood(store, "2025-12-20", role="team_manager")
    (look,) = access.ReadLog.objects.order_by("id")
    assert look.page == "as_it_stood"
    assert "as_of=2025-12-20" in look.asked
    assert "known_at=2025-12-20T23:59:59" in look.asked


def test_page_and_command_line_say_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """For the same two dials each duty and its day are equal, and they change from day to day."""
    store = discharging()
    adopt.declare_demonstration(store.act())
    moment = datetime.combine(store.today, time(17), tzinfo=LONDON)
    monkeypatch.setattr(clock, "now", lambda: moment)
    # The store is open already, with the test run's own settings, which no store may have.
    monkeypatch.setattr(opening, "open_store", lambda **_: None)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    visitor = Client()
    visitor.post(reverse("roles:choose"), {"worker": store.workers["iro"], "key": "eyes"})
    answers = []
    for as_of in DAYS:
        for known in DAYS:
            on_page = _on_the_page(visitor, store.child, as_of, known)
            assert on_page == _said(capsys, store.child, as_of, known), (as_of, known)
            answers.append(on_page)
    assert len({tuple(sorted(answer.items())) for answer in answers}) > len(DAYS)


def _on_the_page(visitor: Client, child: str, as_of: str, known: str) -> dict[str, str]:
    asked = {"as_of": as_of, "known": "other", "known_at": known}
    answer = visitor.get(reverse("children:as_it_stood", args=[child]), asked)
    found = {}
    for task_id, line in _LINE.findall(str(answer.content, "utf-8")):
        day = _DAY.search(line)
        found[task_id] = day[1] if day else ""
    return found


def _said(capsys: pytest.CaptureFixture[str], child: str, as_of: str, known: str) -> dict[str, str]:
    words = ["tasks", "--json", "--child", child, "--as-of", as_of, "--known-at", known]
    assert program.main(words) == 0
    said = json.loads(capsys.readouterr().out)["tasks"]
    return {
        canonical.id_of(task["key"]): task["met"] or task["due"] or task["expected"] or ""
        for task in said
        if not task["part"]
    }
