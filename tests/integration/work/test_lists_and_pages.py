"""What people see: their lists by the day, the child's page, and a page of a day gone by."""

from datetime import datetime, time

import pytest

from caseward.record.access import models as access
from caseward.record.ledger.acts import LONDON
from caseward.rules.engine import status
from caseward.work import entries
from caseward.work.casework import allocate
from caseward.work.readings import (
    banner,
    child_page,
    children,
    how_worked_out,
    my_tasks,
    role_choices,
    tasks_of,
)
from caseward.work.readings.errors import NotFound
from caseward.work.readings.shapes import MyTasks, TaskLine
from tests.builders.stores import Store, a_store, on

pytestmark = pytest.mark.django_db(databases="__all__")

REVIEW = "looked_after_review.held"


def discharging() -> Store:
    """Return a store in which a discharge began on 4 December 2025 and was ratified that day."""
    store = a_store("2025-12-04").with_child(started_on="2025-01-06")
    store = store.with_worker("district_manager")
    store.record(REVIEW, outcome="discharge_supported")
    store.record("review_decision.ratified")
    return store


def groups_of(page: MyTasks) -> dict[str, set[str]]:
    """Return the steps listed under each heading."""
    return {group.code: {line.step for line in group.lines} for group in page.groups}


def line_of(store: Store, step: str, *, role: str = "social_worker") -> TaskLine:
    """Return a task's line on the child's page."""
    page = child_page.page(store.asker(role), store.child, as_of=store.today)
    return next(line for group in page.tasks for line in group.lines if line.step == step)


@pytest.mark.parametrize(
    ("day", "heading", "words"),
    [
        ("2025-12-10", "later", "Due Mon 29 December 2025"),
        ("2025-12-22", "this_week", "Due Mon 29 December 2025"),
        ("2025-12-28", "this_week", "Due tomorrow, Mon 29 December 2025"),
        ("2025-12-29", "due_today", "Due today"),
        ("2025-12-30", "late", "1 day late: was due Mon 29 December 2025"),
        ("2026-01-05", "late", "7 days late: was due Mon 29 December 2025"),
    ],
)
def test_a_task_stands_under_its_day(day: str, heading: str, words: str) -> None:
    """Nothing counts overnight: the day asked decides, and due today is not late."""
    store = discharging().on(day)
    page = my_tasks.page(store.asker("district_manager"), as_of=store.today)
    assert "W5.meeting" in groups_of(page)[heading]
    assert line_of(store, "W5.meeting").due_words == words


def test_a_line_says_when_the_meeting_is_and_what_is_wanted_after_it() -> None:
    """An arranged meeting's day stands on its line; once held, what it lacked says what for."""
    store = discharging()
    assert "arranged" not in line_of(store, "W5.meeting").why_words
    store.record("discharge_meeting.arranged", keys={"meeting": "m1"}, planned_on="2025-12-19")
    assert line_of(store, "W5.meeting").why_words.endswith(
        "It is arranged for Fri 19 December 2025."
    )
    late = store.on("2025-12-20")
    assert line_of(late, "W5.meeting").why_words.endswith("and nothing says that it was held.")
    still = "The day of the meeting is over; it is still wanted for the ADM pack."
    assert still not in line_of(store.on("2025-12-19"), "W14.papers").why_words
    late.record(
        "discharge_meeting.held",
        "2025-12-19",
        outcome="agreed",
        keys={"meeting": "m1"},
        held="whole",
    )
    assert line_of(late, "W14.papers").why_words.endswith(still)
    assert "arranged" not in line_of(late, "W5.meeting").why_words


def test_a_list_is_the_workers_own_and_a_role_may_be_chosen() -> None:
    """Each sees what they owe; one of several roles may be looked at alone."""
    store = discharging()
    steps = groups_of(my_tasks.page(store.asker("social_worker"), as_of=store.today))
    assert "W5.meeting" not in set().union(*steps.values())
    page = my_tasks.page(store.asker("district_manager"), as_of=store.today, role="adm")
    assert page.n_children == 0
    assert page.empty_words == "Nothing is waiting for you as Agency decision maker (ADM)."


def test_a_group_asked_for_is_shown_whole() -> None:
    """Each group counts all of its tasks, shows some, and whole when it is asked for."""
    store = discharging()
    asker = store.asker("social_worker")
    page = my_tasks.page(asker, as_of=store.today, limit=0)
    assert all(group.lines == () for group in page.groups)
    code = max(page.counts, key=lambda code: page.counts[code])
    whole = my_tasks.page(asker, as_of=store.today, group=code, limit=0)
    (group,) = whole.groups
    assert len(group.lines) == group.n_all == page.counts[code] > 0


def test_headings_agree_with_the_engine() -> None:
    """Late on the list is late by the engine, on every day of the weeks after."""
    store = discharging()
    for day in ("2025-12-05", "2025-12-19", "2025-12-30", "2026-03-05"):
        then = store.on(day)
        page = my_tasks.page(then.asker("district_manager"), as_of=then.today)
        calendar = entries.rulebook_at(on=then.today).calendar
        late = {
            task.step
            for task in then.tasks()
            if task.opened_on <= then.today
            and "district_manager" in task.owner
            and status.standing_on(task, then.today, calendar).is_late
        }
        assert groups_of(page)["late"] == late


def test_a_stand_in_sees_the_tasks_and_is_said_to_be_one() -> None:
    """A dated stand-in has the list while they stand in, and not after (B6)."""
    store = discharging()
    cover = store.with_worker("social_worker", name="Worker Cover")
    allocate.allocate(
        store.act(),
        store.child,
        cover.workers["social_worker"],
        role="social_worker",
        since=on("2025-12-04"),
        until=on("2025-12-20"),
        stands_in_for=store.workers["social_worker"],
    )
    during = my_tasks.page(cover.asker("social_worker"), as_of=store.today)
    assert during.n_children == 1
    holders = line_of(store, "W14.papers").holders
    assert holders == ("Worker Social Worker", "Worker Cover (standing in)")
    after = cover.on("2025-12-20")
    assert my_tasks.page(after.asker("social_worker"), as_of=after.today).n_children == 0


def test_a_meeting_is_arranged_first_and_then_held() -> None:
    """The obvious act stands first among those offered for a task."""
    store = discharging()
    line = line_of(store, "W5.meeting", role="district_manager")
    kinds = [link.kind for link in line.record_kinds]
    assert kinds == ["discharge_meeting.arranged", "discharge_meeting.held"]
    store.record("discharge_meeting.arranged", planned_on="2025-12-22", keys={"meeting": "m1"})
    arranged = line_of(store, "W5.meeting", role="district_manager")
    assert [link.kind for link in arranged.record_kinds] == ["discharge_meeting.held"]
    assert arranged.planned_on == on("2025-12-22")


def test_only_what_ones_roles_may_record_is_offered() -> None:
    """No link leads to a page that says one may not."""
    store = discharging()
    for role in ("social_worker", "district_manager"):
        asker = store.asker(role)
        page = child_page.page(asker, store.child, as_of=store.today)
        kinds = entries.vocabulary_now().kinds
        for line in page.tasks[0].lines:
            for link in line.record_kinds:
                assert set(kinds[link.kind].recorded_by) & set(asker.roles), link.kind


def test_a_projected_date_is_never_late() -> None:
    """With nothing arranged the papers' date is expected, and says so (M21)."""
    store = discharging().on("2026-01-20")
    line = line_of(store, "W14.papers")
    assert line.due_words == "Was expected by Thu 18 December 2025; nothing is arranged yet"
    assert "late" not in {flag.code for flag in line.flags}
    page = my_tasks.page(store.asker("social_worker"), as_of=store.today)
    assert "W14.papers" not in groups_of(page)["late"]


def test_the_page_of_a_past_day_is_as_the_record_stood() -> None:
    """What was recorded later was not known then, and a later fact had not happened (X8)."""
    store = discharging()
    known_at = datetime.combine(store.today, time(12), tzinfo=LONDON)
    later = store.on("2025-12-22")
    later.record("discharge_meeting.held", "2025-12-19", held="whole", outcome="agreed")
    asker = later.asker("social_worker")
    now = child_page.page(asker, store.child, as_of=later.today)
    then = child_page.page(asker, store.child, as_of=later.today, known_at=known_at)
    before = child_page.page(asker, store.child, as_of=on("2025-12-18"))
    assert "discharge_meeting.held" in {entry.kind for entry in now.timeline}
    for page in (then, before):
        assert "discharge_meeting.held" not in {entry.kind for entry in page.timeline}
        assert "W5.meeting" in {line.step for line in page.tasks[0].lines}
        assert page.banner.sentences
    assert "W5.meeting" in {line.step for line in now.tasks[2].lines}


def test_my_tasks_of_a_past_day_are_worked_out_and_not_read() -> None:
    """The list of a day gone by holds what was open then."""
    store = discharging()
    later = store.on("2025-12-22")
    later.record("discharge_meeting.held", "2025-12-19", held="whole", outcome="agreed")
    asker = later.asker("district_manager")
    assert "W5.meeting" not in set().union(
        *groups_of(my_tasks.page(asker, as_of=later.today)).values()
    )
    past = groups_of(my_tasks.page(asker, as_of=on("2025-12-18")))
    assert "W5.meeting" in past["later"] | past["this_week"]


def test_every_sentence_is_there_to_check_a_date_by_hand() -> None:
    """The rule and its paragraph, the fact and its day, the days skipped and why."""
    store = discharging()
    line = line_of(store, "W5.meeting")
    page = how_worked_out.page(
        store.asker("social_worker"), store.child, line.task_id, as_of=store.today
    )
    told = " ".join(page.sentences)
    assert "Ended" not in told, "a birthday ahead has not ended it"
    assert "§2 ¶2" in told
    assert "15 working days" in told
    assert "Thu 4 December 2025" in told
    reasons = {skipped.day: skipped.reason for skipped in page.skipped}
    assert "Christmas" in reasons[on("2025-12-25")]
    (binding,) = [limit for limit in page.limits if limit.is_binding]
    assert (binding.anchor_on, binding.due_on) == (on("2025-12-04"), on("2025-12-29"))
    assert binding.unit == "working_days"
    assert REVIEW in {fact.kind for fact in page.facts}


def test_a_task_that_no_longer_arises_says_so() -> None:
    """An old link to a task whose trigger was withdrawn gets a sentence, not a fault."""
    store = discharging()
    line = line_of(store, "W5.meeting")
    page = child_page.page(store.asker("iro"), store.child, as_of=store.today)
    review = next(entry for entry in page.timeline if entry.kind == REVIEW)
    store.withdraw(review.entry_id, seq=review.seq)
    with pytest.raises(NotFound, match="no longer arises"):
        how_worked_out.page(
            store.asker("social_worker"), store.child, line.task_id, as_of=store.today
        )


def test_a_child_that_one_may_not_see_is_not_there() -> None:
    """Whether there is such a child is not told to somebody who may not see it."""
    store = a_store().with_child(roles=("team_manager",))
    for child in (store.child, "00000000-0000-4000-8000-000000000000"):
        with pytest.raises(NotFound, match="no record here that you may see"):
            child_page.page(store.asker("iro"), child, as_of=store.today)


def test_every_look_is_logged_before_it_leaves() -> None:
    """Each page writes who looked, at which page, and which children it showed (S9)."""
    store = discharging()
    access.ReadLog.objects.all().delete()
    asker = store.asker("social_worker")
    line = line_of(store, "W14.papers")
    my_tasks.page(asker, as_of=store.today)
    children.page(asker, as_of=store.today)
    how_worked_out.page(asker, store.child, line.task_id, as_of=store.today)
    list(tasks_of.answer(asker, as_of=store.today))
    rows = list(access.ReadLog.objects.order_by("id"))
    assert [row.page for row in rows] == [
        "child_page", "my_tasks", "children", "how_worked_out", "tasks_of",
    ]  # fmt: skip
    assert {row.worker for row in rows} == {asker.worker}
    assert all(store.child in row.shown for row in rows)


def test_children_are_found_by_part_of_a_name_and_by_number() -> None:
    """The list holds those one may see, sorted, with what comes next for each."""
    store = discharging().with_child("Other Name")
    asker = store.asker("social_worker")
    both = children.page(asker, as_of=store.today)
    assert {line.name for line in both.lines} == {"Child One", "Other Name"}
    assert [line.name for line in children.page(asker, as_of=store.today, words="chi").lines] == [
        "Child One"
    ]
    store.record(
        "outside_id.recorded", children=(store.children["Other Name"],), scheme="903", value="A77"
    )
    assert [line.name for line in children.page(asker, as_of=store.today, words="A77").lines] == [
        "Other Name"
    ]
    none = children.page(asker, as_of=store.today, words="nobody")
    assert none.empty_words.startswith("No child that you may see is called “nobody”")


def test_only_a_demonstration_lets_one_choose_who_to_be() -> None:
    """In any other store there is nobody to choose, and an old choice no longer holds."""
    store = a_store()
    assert role_choices.page(as_of=store.today).people == ()
    with pytest.raises(NotFound, match="no longer holds"):
        role_choices.asker(store.workers["iro"], at=store.act().at)


def test_the_banner_says_who_looks_and_at_which_day() -> None:
    """Every page names the worker and roles; another day than today is said."""
    store = a_store()
    said = banner.page(store.asker("iro"), as_of=on("2026-01-05"))
    assert said.role_titles == ("Independent reviewing officer (IRO)",)
    assert said.sentences == ("As it stood on 5 January 2026, as known today.",)


def test_what_was_due_before_the_first_day_is_nobodys_next_task() -> None:
    """A national duty from before Caseward is on the page, measured only, and never comes next (M8)."""
    store = a_store("2026-03-02").with_child(started_on="2026-02-16")
    store.record("looked_after.began", "2024-03-04", reason="S")
    page = child_page.page(store.asker("social_worker"), store.child, as_of=store.today)
    measured = [line for group in page.tasks for line in group.lines if not line.is_listed]
    assert measured
    assert not {line.task_id for line in measured} & {line.task_id for line in page.next_up}
    assert sum(episode.n_late for episode in page.episodes) == 0
