"""Worklists: whose tasks, in which order, and nothing of a child whom the asker may not see."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caseward.interfaces.web.worklists import asking
from caseward.record.access import models as access
from caseward.record.access import policy
from caseward.record.access.askers import Asker
from caseward.record.ledger.acts import child_stream
from caseward.work.casework import allocate, hold_role
from caseward.work.readings import choices, looks, owed, sources, weeks_ahead, worklists
from caseward.work.readings.shapes import Worklist
from caseward.work.readings.sources import Choice
from caseward.work.worklists import queries
from caseward.work.worklists.queries import Source
from tests.builders.stores import LAW_FROM, Store, a_store, on
from tests.integration.store.people import told
from tests.integration.store.writing import a_fact

pytestmark = pytest.mark.django_db(databases="__all__")

REVIEW = "looked_after_review.held"
CHOICES = (
    Choice(whose="mine"),
    Choice(whose="team"),
    Choice(whose="role", role="social_worker"),
    Choice(whose="unallocated"),
    Choice(whose="all"),
    Choice(whose="all", step="discharge_of_care_order"),
    Choice(whose="all", role="iro"),
)


def busy(n_children: int = 3) -> Store:
    """Return a store of looked-after children: the first and the last are being discharged."""
    store = a_store("2025-12-04").with_worker("district_manager")
    store = store.with_worker("administrator", everywhere=True)
    for number in range(n_children):
        roles = (("social_worker", "team_manager", "iro"), ("social_worker", "iro"), ("iro",))[
            min(number, 2)
        ]
        store = store.with_child(f"Child {number}", started_on="2025-01-06", roles=roles)
        store.record("looked_after.began", "2025-01-06", reason="S")
        store.record("placement.began", "2025-01-06", keys={"placement": "p"}, type="U1")
    for child in {store.children["Child 0"], store.child}:
        store.record(REVIEW, children=(child,), outcome="discharge_supported")
        store.record("review_decision.ratified", children=(child,))
    return store


def all_steps(page: Worklist) -> list[tuple[str, str]]:
    """Return child and step of every line of a page, in order."""
    return [(line.child_name, line.step) for group in page.groups for line in group.lines]


def whole(asker: Asker, choice: Choice, *, as_of: date, limit: int) -> list[str]:
    """Return the tasks of a whole list, gone through page by page."""
    found: list[str] = []
    after = ""
    while True:
        page = worklists.page(asker, as_of=as_of, choice=choice, after=after, limit=limit)
        found += [line.task_id for group in page.groups for line in group.lines]
        after = page.after
        if not after:
            return found


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: f"{choice.whose}-{choice.step}")
def test_pages_hold_each_task_once_in_one_order(choice: Choice) -> None:
    """However long a page, and however the list is read, the same tasks come in the same order."""
    store = busy()
    asker = store.asker("district_manager")
    at_once = whole(asker, choice, as_of=store.today, limit=500)
    assert len(set(at_once)) == len(at_once)
    assert whole(asker, choice, as_of=store.today, limit=9) == at_once
    asked = looks.ask(asker, as_of=store.today)
    read = {}
    for is_narrow in (True, False):
        rows = [Source(rows=each.rows, is_narrow=is_narrow) for each in sources.of(asked, choice)]
        page = queries.page(rows, as_of=store.today, limit=500)
        days = queries.by_day(
            rows, as_of=store.today, first=on("2025-12-01"), last=on("2026-01-30"), at_most=2
        )
        whole_list = queries.read(rows, as_of=store.today, limit=500)
        assert whole_list.rows == page
        heads = queries.read(rows, as_of=store.today, limit=1, is_of_each=True)
        read[is_narrow] = (
            page,
            whole_list.counts,
            days,
            set(heads.rows) >= {page[0]} if page else (),
        )
    assert read[True] == read[False]
    assert list(dict.fromkeys(each.task_id for each in read[True][0])) == at_once
    assert sum(read[True][1].values()) == len(at_once)


def test_who_is_responsible_is_asked_in_the_query_as_it_is_told_in_names() -> None:
    """Own holders, then the child's teams in their order, then the authority's; or nobody."""
    store = busy()
    other, _ = hold_role.register_team(store.act(), "Team B", since=on(LAW_FROM))
    second = replace(store, team=other).with_worker("team_manager", name="Second Manager")
    second = second.with_worker("business_support")
    allocate.allocate(store.act(), store.child, "", role="legal", since=store.today, team=other)
    people = {**store.workers, "second": second.workers["team_manager"]}
    counted = {}
    for worker in people.values():
        asker = replace(store.asker("iro"), worker=worker)
        asked = looks.ask(asker, as_of=store.today)
        theirs = {each.task_id for each in owed.of_worker(asked)}
        assert set(whole(asker, Choice(), as_of=store.today, limit=500)) == theirs
        nobodys = {each.task_id for each in owed.left(asked).unallocated}
        choice = Choice(whose="unallocated")
        assert set(whole(asker, choice, as_of=store.today, limit=500)) == nobodys
        counted[worker] = (len(theirs), len(nobodys))
    assert min(map(max, zip(*counted.values(), strict=True))) > 0


def test_a_team_s_list_is_of_everybody_in_it_and_below_it() -> None:
    """A service's list holds its teams' tasks; what its members owe everywhere is not the team's."""
    store = busy()
    asker = store.asker("team_manager")
    mine = set(whole(store.asker("social_worker"), Choice(), as_of=store.today, limit=500))
    team = set(whole(asker, Choice(whose="team"), as_of=store.today, limit=500))
    assert mine <= team
    service, _ = hold_role.register_team(store.act(), "Service", kind="service", since=on(LAW_FROM))
    assert whole(asker, Choice(whose="team", team=service), as_of=store.today, limit=500) == []


def test_a_stand_in_for_all_that_somebody_does_has_their_list_and_is_told_for_whom() -> None:
    """Whoever covers a worker has the tasks of the worker's children while they do (B6)."""
    store = busy(2)
    cover, _ = hold_role.register_worker(store.act(), "Worker Cover", since=on(LAW_FROM))
    hold_role.hold(
        store.act(), cover, "social_worker", since=store.today, until=on("2025-12-20"),
        team=store.team, stands_in_for=store.workers["social_worker"],
    )  # fmt: skip
    asker = replace(store.asker("social_worker"), worker=cover)
    page = worklists.page(asker, as_of=store.today, choice=Choice())
    lines = [line for group in page.groups for line in group.lines]
    assert {line.task_id for line in lines} == set(
        whole(store.asker("social_worker"), Choice(), as_of=store.today, limit=500)
    )
    assert {line.standing_in_for for line in lines} == {("Worker Social Worker",)}
    assert all("Worker Cover (standing in)" in line.holders for line in lines)
    after = replace(asker, today=on("2025-12-20"))
    assert whole(after, Choice(), as_of=after.today, limit=500) == []


def test_what_may_not_be_seen_is_on_no_list_and_in_no_count() -> None:
    """A record of named access is absent from every list, count, day and file of all others."""
    store = busy()
    asker = store.asker("district_manager")
    kept = store.children["Child 0"]
    before = worklists.page(asker, as_of=store.today, choice=Choice(whose="all"))
    assert "Child 0" in {name for name, _ in all_steps(before)}
    fields = {"workers": [store.workers["iro"]]}
    told(a_fact(child_stream(kept), "named_access.begun", on="2025-12-01", fields=fields))
    assert not policy.may_see_child(asker, kept)
    for choice in CHOICES:
        page = worklists.page(asker, as_of=store.today, choice=choice)
        assert "Child 0" not in {name for name, _ in all_steps(page)}
        file = tuple(worklists.every_line(asker, as_of=store.today, choice=choice))
        assert sum(int(count.n_words) for count in page.counts) == len(file)
        weeks = weeks_ahead.page(asker, as_of=store.today, choice=choice)
        assert "Child 0" not in repr(weeks)
    alone = Choice(whose="all", child=kept)
    page = worklists.page(asker, as_of=store.today, choice=alone)
    assert (page.groups, page.counts, page.choices.child_name) == ((), (), "")


def test_every_list_is_logged_with_what_it_showed_and_no_word_typed() -> None:
    """A page, a calendar and each part of a file write who looked and at whom, in codes (S9)."""
    store = busy(2)
    asker = store.asker("social_worker")
    access.ReadLog.objects.all().delete()
    choice = Choice(whose="mine", words="child")
    worklists.page(asker, as_of=store.today, choice=choice)
    weeks_ahead.page(asker, as_of=store.today, choice=choice)
    list(worklists.every_line(asker, as_of=store.today, choice=choice))
    rows = list(access.ReadLog.objects.order_by("id"))
    assert [row.page for row in rows] == ["worklist", "weeks_ahead", "worklist_file"]
    for row in rows:
        assert row.shown.split()
        assert set(row.shown.split()) <= set(store.children.values())
        assert "by_name=yes" in row.asked
        assert "child" not in row.asked.replace("child=", "")


def test_the_number_of_queries_does_not_grow_with_the_list() -> None:
    """A first page asks as often of a large store as of a small one."""
    asked = {}
    for n_children in (3, 9):
        store = busy(n_children)
        for choice in CHOICES[:5]:
            asker = store.asker("district_manager")
            worklists.page(asker, as_of=store.today, choice=choice)
            with CaptureQueriesContext(connection) as captured:
                worklists.page(asker, as_of=store.today, choice=choice)
            asked[n_children, choice.whose] = len(captured)
    for choice in CHOICES[:5]:
        assert asked[9, choice.whose] <= asked[3, choice.whose] + 1, choice
    assert max(asked.values()) < 60


def test_the_weeks_ahead_show_what_is_due_and_which_meetings_are_arranged() -> None:
    """A day names its tasks and meetings; bank holidays say why nothing happens on them."""
    store = busy()
    first = store.children["Child 0"]
    store.record(
        "discharge_meeting.arranged", children=(first,), keys={"meeting": "m1"},
        planned_on="2025-12-19",
    )  # fmt: skip
    page = weeks_ahead.page(
        store.asker("district_manager"), as_of=store.today, choice=Choice(whose="all")
    )
    days = {cell.day: cell for week in page.weeks for cell in week.days}
    assert len(days) == 7 * weeks_ahead.N_WEEKS
    assert [line.step for line in days[on("2025-12-19")].meetings] == ["W5.meeting"]
    assert "W5.meeting" in {line.step for line in days[on("2025-12-29")].lines}
    assert "Christmas" in days[on("2025-12-25")].closed_words
    assert (page.before, page.first) == (None, on("2025-12-01"))


def test_a_count_beyond_a_thousand_is_said_as_such() -> None:
    """Up to a thousand a number; beyond, nobody counts."""
    assert worklists.count_words(1_000) == "1,000"
    assert worklists.count_words(1_001) == "more than 1,000"


def test_an_address_mistyped_begins_the_list_at_its_start() -> None:
    """What is no place on a list is no fault of the server's."""
    store = busy(1)
    asker = store.asker("social_worker")
    start = worklists.page(asker, as_of=store.today, choice=Choice())
    for after in ("x", "1~2~3~4", "99~2025-13-01~2025-01-01~x", "~~~"):
        page = worklists.page(asker, as_of=store.today, choice=Choice(), after=after)
        assert all_steps(page) == all_steps(start)


def test_a_step_is_chosen_after_its_procedure() -> None:
    """Procedures stand by whose they are; the steps are of the chosen one, and go with it."""
    store = a_store("2025-12-04").with_child(started_on="2025-01-06")
    asked = looks.ask(store.asker("social_worker"), as_of=store.today)
    whole = choices.of(asked, Choice(step="discharge_of_care_order"), page="worklist")
    assert [group.title for group in whole.procedures] == [
        "This authority’s own",
        "The same everywhere in England",
    ]
    assert whole.narrowed_words == "“Discharge of a care order”"
    assert not any(step.is_chosen for step in whole.steps)
    code = whole.steps[0].code
    one = choices.of(asked, Choice(step=code), page="worklist")
    assert one.narrowed_words == f"“{whole.steps[0].title}”"
    assert choices.of(asked, Choice(), page="worklist").steps == ()
    for given, step in (
        ({"procedure": "discharge_of_care_order", "step": code}, code),
        ({"procedure": "looked_after_reviews", "step": code}, "looked_after_reviews"),
        ({"procedure": "", "step": code}, ""),
        ({"step": code}, code),
    ):
        assert asking.read(given, asked.asker).step == step
