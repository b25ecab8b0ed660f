"""A task is delayed, given up or taken on by a decision that is itself recorded."""

import pytest

from caseward.work import entries
from caseward.work.casework import agree_delay, give_up_task, record_event, take_task
from caseward.work.casework.agree_delay import NewDelay
from caseward.work.entries import Override, errors
from caseward.work.readings import child_page
from caseward.work.readings.shapes import TaskLine
from tests.builders.stores import DISCHARGE, Store, a_store, on

pytestmark = pytest.mark.django_db(databases="__all__")

SENT = "adm_pack.addendum_sent"


def discharging() -> Store:
    """Return a store in which a discharge began and was ratified on 4 December 2025."""
    store = a_store("2025-12-04", law=(DISCHARGE,)).with_child(started_on="2025-01-06")
    store.record("looked_after_review.held", outcome="discharge_supported")
    store.record("review_decision.ratified")
    return store


def line_of(store: Store, step: str, *, group: int = 0) -> TaskLine:
    """Return a task's line among the child's open tasks, or in another group."""
    page = child_page.page(store.asker("team_manager"), store.child, as_of=store.today)
    return next(line for line in page.tasks[group].lines if line.step == step)


def test_an_agreed_delay_moves_the_date_and_keeps_the_first() -> None:
    """The new date is shown with the first one and the reason (M23)."""
    store = discharging()
    delay = NewDelay(
        new_date=on("2026-01-12"),
        reason="school_holidays",
        agreed_by=store.workers["team_manager"],
    )
    line = line_of(store, "W5.meeting")
    agree_delay.agree(store.act(by="team_manager"), store.child, line.task_id, delay)
    after = line_of(store, "W5.meeting")
    assert (after.due_on, after.first_due_on) == (on("2026-01-12"), on("2025-12-29"))
    assert "Delay agreed: the first date was 29 December 2025" in {
        flag.words for flag in after.flags
    }


def test_a_task_given_up_is_missed_for_ever() -> None:
    """A manager ends it with a reason; it leaves the list and says so (B5)."""
    store = discharging()
    line = line_of(store, "W5.meeting")
    give_up_task.give_up(
        store.act(by="team_manager"),
        store.child,
        line.task_id,
        reason="The family has moved away.",
        decided_by=store.workers["team_manager"],
    )
    after = line_of(store, "W5.meeting", group=3)
    assert after.status == "missed"
    assert after.due_words.startswith("Ended without being done, Thu 4 December 2025")


def test_the_same_giving_up_sent_again_is_answered_as_it_was() -> None:
    """A form sent twice gives up once, and the second is told that it was recorded before (S1)."""
    store = discharging()
    line = line_of(store, "W5.meeting")
    decided_by = store.workers["team_manager"]
    act = store.act(by="team_manager")
    first, again = (
        give_up_task.give_up(
            act, store.child, line.task_id, reason="They moved away.", decided_by=decided_by
        )
        for _ in range(2)
    )
    assert (first.was_recorded_before, again.was_recorded_before) == (False, True)
    assert again.entry_ids == first.entry_ids


def test_what_is_done_cannot_be_given_up() -> None:
    """A task that was met, or is another child's, is refused with what to do."""
    store = discharging()
    done = line_of(store, "W4.ratify", group=2)
    with pytest.raises(errors.Refused, match="is done or has ended"):
        give_up_task.give_up(
            store.act(by="team_manager"), store.child, done.task_id, reason="x", decided_by="y"
        )
    other = store.with_child("Child Two")
    open_line = line_of(store, "W5.meeting")
    with pytest.raises(errors.Refused, match="no longer arises"):
        take_task.take(store.act(), other.child, open_line.task_id, worker=store.workers["iro"])


def test_taking_a_task_on_changes_no_date() -> None:
    """Someone of a pool may take it; that is a fact (M27)."""
    store = discharging()
    line = line_of(store, "W14.papers")
    take_task.take(
        store.act(by="social_worker"),
        store.child,
        line.task_id,
        worker=store.workers["social_worker"],
    )
    (task,) = [task for task in store.tasks("W14.papers") if not task.part]
    assert task.taken_by == store.workers["social_worker"]
    assert task.due_on == line.due_on


def held() -> Store:
    """Return a store in which a safety event put the discharge on hold."""
    store = discharging().on("2025-12-08")
    store.record("strategy_discussion.held", "2025-12-05")
    return store


def test_what_happened_is_recorded_though_the_procedure_holds_it() -> None:
    """A pack sent all the same is a fact, and the breach is the record's to show (M30)."""
    store = held()
    assert store.record(SENT).entry_ids


def test_done_through_caseward_it_is_refused_on_hold() -> None:
    """Filing, issuing and sending stop until the manager's decision (M40)."""
    store = held()
    with pytest.raises(errors.OnHold, match="on hold since"):
        record_event.record(store.act(), store.what(SENT), done_here=True, confirmed=True)
    store.record("safety_hold.decided", outcome="go_on", reasons="Enquiries found no risk.")
    taken = record_event.record(store.act(), store.what(SENT), done_here=True, confirmed=True)
    assert taken.entry_ids


def test_a_second_person_may_override_with_a_reason() -> None:
    """The override is an entry of its own beside what was done; nobody overrides for themselves."""
    store = held().with_worker("district_manager")
    what = store.what(SENT)
    own = Override(worker=store.workers["district_manager"], reason="It cannot wait.")
    with pytest.raises(errors.Refused, match="second named person"):
        record_event.record(
            store.act(by="district_manager"), what, done_here=True, override=own, confirmed=True
        )
    second = Override(worker=store.workers["team_manager"], reason="It cannot wait.")
    record_event.record(
        store.act(by="district_manager"), what, done_here=True, override=second, confirmed=True
    )
    page = child_page.page(store.asker("team_manager"), store.child, as_of=store.today)
    entry = next(entry for entry in page.timeline if entry.kind == "gate.overridden")
    assert "Worker Team Manager" in {field.words for field in entry.fields}


def test_a_hold_is_seen_on_the_page() -> None:
    """Dates stand; the page says that it is on hold, by what and since when (M40)."""
    store = held()
    page = child_page.page(store.asker("team_manager"), store.child, as_of=store.today)
    (episode,) = page.episodes
    assert episode.held_words.startswith("On hold since Fri 5 December 2025")
    line = next(line for line in page.tasks[0].lines if line.step == "W5.meeting")
    assert line.due_on == on("2025-12-29")
    assert "held" in {flag.code for flag in line.flags}
    assert entries.verify_child(store.child, on=store.today) == ()
