"""What is asked before it is saved for what would follow, and what is said after."""

import pytest

from caseward.work.casework import record_event
from caseward.work.entries import errors
from caseward.work.readings import consequences, saved
from tests.builders.stores import DISCHARGE, Store, a_store

pytestmark = pytest.mark.django_db(databases="__all__")

ARRANGED = "discharge_meeting.arranged"
VISITS = "law/national/looked_after_visits.yaml"


def ratified() -> Store:
    """Return a store in which the last day for the discharge meeting is 29 December 2025."""
    store = a_store("2025-12-08", law=(DISCHARGE,)).with_worker("district_manager")
    roles = ("social_worker", "team_manager", "iro", "district_manager")
    store = store.with_child(started_on="2025-01-06", roles=roles)
    store.record(
        "looked_after_review.held",
        "2025-12-04",
        outcome="discharge_supported",
        keys={"meeting": "r"},
    )
    store.record("review_decision.ratified", "2025-12-05")
    return store


def asked(store: Store, day: str) -> list[str]:
    """Return what is asked of a meeting planned for the day."""
    what = store.what(ARRANGED, planned_on=day, keys={"meeting": "m"})
    act = store.act(by="district_manager")
    shown = consequences.of_recording(store.asker("district_manager"), act, what)
    return [problem.sentence for problem in shown.problems if problem.kind == "confirm"]


def test_a_meeting_planned_after_its_last_day_is_asked_about() -> None:
    """The limit, its source and whom to tell are said; the day itself is in time (W6, M21)."""
    store = ratified()
    assert asked(store, "2025-12-29") == []
    (question,) = asked(store, "2025-12-30")
    assert "the last day for it is Mon 29 December 2025" in question
    assert "§2 ¶2" in question
    assert "(IRO) is told why" in question


def test_it_is_never_silently_accepted_and_never_refused() -> None:
    """Without an answer nothing is saved; answered, the late meeting is recorded."""
    store = ratified()
    what = store.what(ARRANGED, planned_on="2025-12-30", keys={"meeting": "m"})
    with pytest.raises(errors.NeedsConfirming, match="the last day for it"):
        record_event.record(store.act(by="district_manager"), what)
    record_event.record(store.act(by="district_manager"), what, confirmed=True)
    meeting = next(task for task in store.tasks("W5.meeting") if task.planned_on)
    assert meeting.planned_on is not None
    assert meeting.planned_on.isoformat() == "2025-12-30"


def test_a_day_that_leaves_the_papers_no_time_is_said_at_once() -> None:
    """The papers' own day is past when the meeting's is typed (M21)."""
    store = ratified()
    store.record(ARRANGED, planned_on="2025-12-22", keys={"meeting": "m"})
    what = store.what(
        "discharge_meeting.rearranged", planned_on="2025-12-10", keys={"meeting": "m"}
    )
    act = store.act(by="district_manager")
    shown = consequences.of_recording(store.asker("district_manager"), act, what)
    assert any("which is past: late from the start" in group.words for group in shown.groups)


def test_a_visit_at_which_the_child_was_not_seen_says_that_it_is_still_due() -> None:
    """It is recorded, and the next visit stands as it did, with its day."""
    store = a_store("2025-12-08", law=(VISITS,)).with_child(started_on="2025-01-06")
    store.record("looked_after.began", "2025-01-06")
    store.record("placement.began", "2025-01-06", keys={"placement": "p"}, type="U1")
    store.record("visit.made", "2025-11-06", seen="yes")
    not_seen = store.record("visit.made", "2025-12-06", by="social_worker", seen="no")
    asker, at = store.asker("social_worker"), store.act().at
    notes = saved.page(asker, not_seen.act_id, at=at).notes
    assert notes == ("Next visit is still to do. Due Thu 18 December 2025.",)
    seen = store.record("visit.made", "2025-12-07", by="social_worker", seen="yes")
    assert saved.page(asker, seen.act_id, at=at).notes == ()
