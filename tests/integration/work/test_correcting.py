"""What was recorded wrongly is corrected or withdrawn, stays shown, and is never overwritten."""

from datetime import timedelta

import pytest

from caseward.work.casework import correct_entry, withdraw_entry
from caseward.work.entries import errors
from caseward.work.readings import child_page, consequences, record_form, saved
from caseward.work.readings.shapes import TimelineEntry
from tests.builders.stores import Store, a_store, on

pytestmark = pytest.mark.django_db(databases="__all__")

REVIEW = "looked_after_review.held"


def reviewed() -> Store:
    """Return a store in which a review supported the child's discharge on 4 December 2025."""
    store = a_store("2025-12-08").with_child(started_on="2025-01-06")
    store.record(REVIEW, "2025-12-04", outcome="discharge_supported")
    return store


def entry_of(store: Store, kind: str = REVIEW) -> TimelineEntry:
    """Return the child's entry of a kind as its page shows it."""
    page = child_page.page(store.asker("iro"), store.child, as_of=store.today)
    return next(entry for entry in page.timeline if entry.kind == kind)


def test_a_correction_moves_what_hung_on_it_and_stays_shown() -> None:
    """The corrected date stands, the first one is told, and the task's key survives."""
    store = reviewed()
    store.record("review_decision.ratified", "2025-12-05")
    before = store.tasks("W5.meeting")[0]
    entry = entry_of(store)
    store.correct(
        entry.entry_id, REVIEW, "2025-12-03", seq=entry.seq, outcome="discharge_supported"
    )
    after = store.tasks("W5.meeting")[0]
    assert (before.due_on, after.due_on) == (on("2025-12-29"), on("2025-12-24"))
    assert after.key == before.key
    shown = entry_of(store)
    assert shown.state == "corrected"
    assert "the date was 4 December 2025" in shown.changes[0]
    assert "It was typed wrongly" in shown.changes[0]


def test_a_correction_says_what_was_wrong() -> None:
    """Without a reason a correction is refused."""
    store = reviewed()
    entry = entry_of(store)
    with pytest.raises(errors.Refused, match="Say what was wrong"):
        correct_entry.correct(
            store.act(),
            store.child,
            entry.entry_id,
            store.what(REVIEW, "2025-12-03"),
            expected_seq=entry.seq,
        )


def test_two_people_on_one_entry_do_not_overwrite_each_other() -> None:
    """Correcting what somebody corrected since the page was made is refused: both are shown."""
    store = reviewed()
    entry = entry_of(store)
    store.correct(entry.entry_id, REVIEW, "2025-12-03", seq=entry.seq)
    with pytest.raises(errors.Changed, match="Somebody else changed this entry") as changed:
        store.correct(entry.entry_id, REVIEW, "2025-12-02", seq=entry.seq)
    assert changed.value.now_seq == entry_of(store).seq
    store.correct(entry.entry_id, REVIEW, "2025-12-02", seq=changed.value.now_seq)


def test_a_new_fact_never_conflicts_with_another() -> None:
    """Two facts recorded at once about one child are both kept (S7)."""
    store = reviewed()
    store.record("looked_after.began", "2025-01-06", by="social_worker")
    store.record("review_decision.ratified", "2025-12-05", by="iro")
    page = child_page.page(store.asker("iro"), store.child, as_of=store.today)
    kinds = {entry.kind for entry in page.timeline}
    assert {"looked_after.began", "review_decision.ratified"} <= kinds


def test_a_correction_keeps_what_kind_it_is() -> None:
    """What happened is another thing: it is withdrawn and recorded anew."""
    store = reviewed()
    entry = entry_of(store)
    with pytest.raises(errors.Refused, match="keeps what kind of thing happened"):
        store.correct(entry.entry_id, "looked_after.began", "2025-12-03", seq=entry.seq)


def test_a_withdrawn_fact_takes_its_tasks_with_it() -> None:
    """A withdrawn review leaves no discharge; the entry stays shown as withdrawn, with why."""
    store = reviewed()
    entry = entry_of(store)
    act = store.act(by="iro", why="It was another child's review.")
    shown = consequences.of_withdrawing(store.asker("iro"), act, store.child, entry.entry_id)
    assert shown.must_show
    assert "voids" in {change.code for change in shown.changes}
    withdraw_entry.withdraw(
        act, store.child, entry.entry_id, expected_seq=entry.seq, preview_digest=shown.digest
    )
    assert store.tasks("W4.ratify") == ()
    after = entry_of(store)
    assert after.state == "withdrawn"
    assert "It was another child's review" in after.changes[-1]


def test_what_was_just_saved_is_taken_back_by_one_press() -> None:
    """Within the hour, who recorded it undoes it, for every child it was about."""
    store = reviewed()
    taken = store.record("review_decision.ratified", "2025-12-05", by="iro")
    said = saved.page(store.asker("iro"), taken.act_id, at=store.act().at)
    assert said.undo_until == store.act().at + timedelta(minutes=60)
    withdraw_entry.undo(store.act(by="iro"), taken.act_id)
    assert store.tasks("W5.meeting") == ()
    undone = saved.page(store.asker("iro"), taken.act_id, at=store.act().at)
    assert (undone.undo_until, undone.is_undone, said.is_undone) == (None, True, False)


def test_undo_is_for_who_did_it_and_for_an_hour() -> None:
    """Somebody else, or later, withdraws with a reason instead."""
    store = reviewed()
    taken = store.record("review_decision.ratified", "2025-12-05", by="iro")
    with pytest.raises(errors.Refused, match="no longer be undone"):
        withdraw_entry.undo(store.act(by="team_manager"), taken.act_id)
    with pytest.raises(errors.Refused, match="no longer be undone"):
        withdraw_entry.undo(store.on("2025-12-09").act(by="iro"), taken.act_id)


def test_the_form_of_a_correction_holds_what_stands() -> None:
    """Its fields are filled with the values as corrected last."""
    store = reviewed()
    entry = entry_of(store)
    store.correct(entry.entry_id, REVIEW, "2025-12-03", seq=entry.seq)
    form = record_form.correction(
        store.asker("iro"), store.child, entry.entry_id, as_of=store.today
    )
    values = {field.name: field.value for field in form.fields}
    assert values["occurred_on"] == "2025-12-03"
    assert form.expected_seq == entry_of(store).seq
    assert form.corrects == entry.entry_id
