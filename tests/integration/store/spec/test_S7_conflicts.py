"""S7: a new fact conflicts with nothing; correcting what has changed does, and shows both."""

import pytest

from caseward.record.ledger import queries
from caseward.record.ledger.acts import child_stream
from caseward.work.casework import keep_draft, record_event
from caseward.work.casework.happenings import WhatHappened
from caseward.work.drafts.kept import About
from caseward.work.entries.errors import Changed, ChangedMeanwhile, Differs, DraftChanged
from tests.builders.stores import DISCHARGE, Store, a_store

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)


def a_looked_after_child() -> Store:
    """Return a store with one child, who has been looked after since January 2025."""
    store = a_store("2025-12-05").with_child("Child One", started_on="2025-01-06")
    store.record("looked_after.began", "2025-01-06")
    return store


def test_S7a_a_new_fact_never_conflicts_with_another() -> None:
    """Two people record about one child from pages made at one time: both are saved."""
    store = a_looked_after_child()
    seen = queries.seqs([child_stream(store.child)])[child_stream(store.child)]
    store.record("visit.made", "2025-12-01", seen="yes")
    store.record("visit.made", "2025-12-02", seen="yes")
    written = queries.since(child_stream(store.child), seen)
    assert [shown.entry.kind for shown in written] == ["visit.made", "visit.made"]


def test_S7b_correcting_an_entry_that_somebody_changed_since_is_refused() -> None:
    """Nothing is saved, and the page learns what now stands so that it can show both."""
    store = a_looked_after_child()
    entry = store.record("visit.made", "2025-12-01", seen="yes").entry_ids[0]
    found = queries.find(entry)
    assert found is not None
    store.record("visit.made", "2025-12-03", seen="yes")
    store.correct(entry, "visit.made", "2025-11-30", seq=found.seq, seen="yes")
    with pytest.raises(Changed) as refusal:
        store.correct(entry, "visit.made", "2025-11-28", seq=found.seq, seen="yes")
    assert (refusal.value.entry_id, refusal.value.child) == (entry, store.child)
    assert refusal.value.now_seq == found.seq + 2
    with pytest.raises(Changed):
        store.withdraw(entry, seq=found.seq)
    store.withdraw(entry, seq=refusal.value.now_seq)


def test_S7c_a_preview_that_no_longer_holds_is_shown_anew() -> None:
    """M36: saved with the digest of what was shown; if it would now differ, it is not saved."""
    store = a_looked_after_child()
    what = store.what("looked_after_review.held", "2025-12-04", outcome="discharge_supported")
    shown = record_event.preview(store.act(key="the form"), what)
    store.record("looked_after.ended", "2025-12-03")
    n_before = queries.head().position
    with pytest.raises(Differs) as refusal:
        record_event.record(
            store.act(key="the form"), what, confirmed=True, preview_digest=shown.digest
        )
    assert queries.head().position == n_before
    anew = refusal.value.preview
    assert anew.digest != shown.digest
    record_event.record(store.act(key="the form"), what, confirmed=True, preview_digest=anew.digest)


def a_discharge_under_way() -> Store:
    """Return a store in which a discharge meeting is arranged for 22 December 2025."""
    store = a_store("2025-12-08", law=(DISCHARGE,)).with_child(started_on="2025-01-06")
    store.record("looked_after_review.held", "2025-12-04", outcome="discharge_supported")
    store.record("review_decision.ratified", "2025-12-05")
    store.record("discharge_meeting.arranged", planned_on="2025-12-22", keys={"meeting": "m1"})
    return store


def record_as_seen(store: Store, what: WhatHappened, seen: int) -> None:
    """Record it from a page made when the child's record had reached that place."""
    record_event.record(store.act(), what, confirmed=True, expected={store.child: seen})


def test_S7d_a_meeting_that_somebody_moved_since_is_not_moved_unseen() -> None:
    """The second person sees the first's day and then says which it is; that it was held is a fact."""
    store = a_discharge_under_way()
    stream = child_stream(store.child)
    seen = queries.seqs([stream])[stream]
    moved, keys = "discharge_meeting.rearranged", {"meeting": "m1"}
    mine = store.what(moved, planned_on="2025-12-19", keys=keys)
    store.record("visit.made", "2025-12-06", seen="yes")
    theirs = store.record(moved, planned_on="2025-12-18", keys=keys).entry_ids
    with pytest.raises(ChangedMeanwhile, match="Somebody changed this meeting") as refusal:
        record_as_seen(store, mine, seen)
    assert refusal.value.entry_ids == theirs
    record_as_seen(store, mine, refusal.value.now_seq)
    held = store.what("discharge_meeting.held", held="whole", keys=keys, outcome="agreed")
    record_as_seen(store, held, seen)


def test_S7e_a_task_that_changed_since_is_not_decided_about_unseen() -> None:
    """A task done meanwhile is not given up, or delayed, by somebody who still saw it open."""
    store = a_discharge_under_way()
    stream = child_stream(store.child)
    task = store.tasks("W5.meeting")[0]
    what = store.what(
        "delay.agreed",
        task=task.key,
        new_date="2026-01-12",
        reason="school_holidays",
        agreed_by=store.workers["team_manager"],
    )
    seen = queries.seqs([stream])[stream]
    store.record("visit.made", "2025-12-06", seen="yes")
    record_event.preview(store.act(), what)
    moved = store.record(
        "discharge_meeting.rearranged", planned_on="2025-12-18", keys={"meeting": "m1"}
    )
    with pytest.raises(ChangedMeanwhile, match="Somebody changed this task") as refusal:
        record_as_seen(store, what, seen)
    assert moved.entry_ids[0] in refusal.value.entry_ids
    record_as_seen(store, what, refusal.value.now_seq)
    store.record("visit.made", "2025-12-07", seen="yes")
    record_as_seen(store, store.what("task.given_up", task=task.key, reason="It is not needed.",
                                     decided_by=store.workers["team_manager"]),
                   refusal.value.now_seq + 1)  # fmt: skip


def test_S7f_a_draft_that_changed_elsewhere_is_not_overwritten_unseen() -> None:
    """Two windows on one form: the later one is told, with what both say."""
    store = a_looked_after_child()
    worker = store.workers["social_worker"]
    about = About(worker=worker, child=store.child, kind="visit.made")
    first = keep_draft.keep(store.act(by=worker), about, {"fields.where": "At home"})
    assert first is not None
    keep_draft.keep(store.act(by=worker), about, {"fields.where": "At school"}, seen=first.version)
    with pytest.raises(DraftChanged) as refusal:
        keep_draft.keep(
            store.act(by=worker), about, {"fields.where": "In the park"}, seen=first.version
        )
    assert refusal.value.now is not None
    assert refusal.value.now.texts == {"fields.where": "At school"}
    assert refusal.value.typed == {"fields.where": "In the park"}
