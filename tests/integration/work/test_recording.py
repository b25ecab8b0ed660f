"""A fact comes in by the one door, with all its consequences, once."""

import pytest

from caseward.work.casework import record_event
from caseward.work.casework.happenings import WhatHappened
from caseward.work.entries import errors
from caseward.work.readings import child_page, consequences, my_tasks, saved
from tests.builders.stores import a_store, on

pytestmark = pytest.mark.django_db(databases="__all__")

REVIEW = "looked_after_review.held"


def test_a_review_gives_the_iro_something_to_do() -> None:
    """A review that supports discharge is to be ratified: on the IRO's list and the child's page."""
    store = a_store("2025-12-05").with_child(started_on="2025-01-06")
    store.record(REVIEW, "2025-12-04", outcome="discharge_supported")
    iro = my_tasks.page(store.asker("iro"), as_of=store.today)
    assert "W4.ratify" in {line.step for group in iro.groups for line in group.lines}
    page = child_page.page(store.asker("social_worker"), store.child, as_of=store.today)
    assert "W4.ratify" in {line.step for line in page.tasks[0].lines}
    assert page.timeline[0].kind == REVIEW


def test_the_chain_of_dates_is_the_documents_own() -> None:
    """Review Thu 4 Dec 2025, ratified that day: the meeting is due by Mon 29 Dec 2025."""
    store = a_store("2025-12-04").with_child(started_on="2025-01-06")
    store.record(REVIEW, outcome="discharge_supported")
    store.record("review_decision.ratified")
    (meeting,) = store.tasks("W5.meeting")
    assert meeting.due_on == on("2025-12-29")


def test_the_same_form_twice_is_one_fact() -> None:
    """The same key with the same input gives the first answer again, and writes nothing."""
    store = a_store().with_child()
    first = store.record("looked_after.began", "2026-02-27", key="form-1")
    again = store.record("looked_after.began", "2026-02-27", key="form-1")
    assert again.was_recorded_before
    assert not first.was_recorded_before
    assert (again.act_id, again.entry_ids) == (first.act_id, first.entry_ids)
    assert again.children == first.children


def test_the_same_form_with_other_answers_is_refused() -> None:
    """The same key with other input says that it was sent before, and saves nothing."""
    store = a_store().with_child()
    store.record("looked_after.began", "2026-02-27", key="form-1")
    with pytest.raises(errors.KeyUsed, match="sent before with other answers"):
        store.record("looked_after.began", "2026-02-26", key="form-1")


def test_a_day_that_has_not_come_is_refused_at_its_field() -> None:
    """A fact of tomorrow names the field and the day, and nothing of it is kept."""
    store = a_store().with_child()
    with pytest.raises(errors.Refused, match="3 March 2026 has not come yet") as refused:
        store.record("looked_after.began", "2026-03-03")
    assert [problem.field for problem in refused.value.problems] == ["occurred_on"]
    page = child_page.page(store.asker("social_worker"), store.child, as_of=store.today)
    assert "looked_after.began" not in {entry.kind for entry in page.timeline}


def test_what_is_unusual_is_confirmed_not_refused() -> None:
    """On a closed record a fact is asked about, and recorded once the person says it is right."""
    store = a_store().with_child(started_on="2025-01-06")
    store.record("record.closed", "2026-02-02")
    with pytest.raises(errors.NeedsConfirming, match="was closed on 2 February 2026"):
        store.record("looked_after.began", "2026-02-27", confirmed=False)
    assert store.record("looked_after.began", "2026-02-27", confirmed=True).entry_ids


def test_one_visit_to_two_children_is_all_or_none() -> None:
    """An occasion over several children is refused for all if it is refused for one, by name."""
    store = a_store().with_child("Child One").with_child("Child Two", born_on="2026-02-20")
    both = tuple(store.children.values())
    with pytest.raises(errors.Refused, match=r"Child Two: .*before the child was born"):
        store.record("looked_after.began", "2026-02-10", children=both)
    for child in both:
        page = child_page.page(store.asker("social_worker"), child, as_of=store.today)
        assert "looked_after.began" not in {entry.kind for entry in page.timeline}


def test_one_meeting_of_two_children_says_each_child_its_own() -> None:
    """One act, an entry on each child's stream, and each child's own outcome."""
    store = a_store().with_child("Child One").with_child("Child Two")
    one, two = store.children.values()
    what = WhatHappened(
        kind=REVIEW,
        occurred_on=on("2026-02-27"),
        children=(one, two),
        each={one: {"outcome": "discharge_supported"}},
    )
    taken = record_event.record(store.act(), what, confirmed=True)
    assert taken.children == tuple(sorted((one, two)))
    said = {}
    for child in (one, two):
        page = child_page.page(store.asker("iro"), child, as_of=store.today)
        said[child] = next(entry for entry in page.timeline if entry.kind == REVIEW)
    assert said[one].outcome_words
    assert not said[two].outcome_words


def test_consequences_are_shown_before_and_hold_when_saved() -> None:
    """Ending the discharge is shown first; saved with the digest that was shown, it is done."""
    store = a_store("2025-12-05").with_child(started_on="2025-01-06")
    store.record(REVIEW, "2025-12-04", outcome="discharge_supported")
    act, what = store.act(), store.what("discharge.withdrawn", reasons="Not safe any longer.")
    shown = consequences.of_recording(store.asker("team_manager"), act, what)
    assert shown.must_show
    assert not shown.problems
    assert "closes" in {change.code for change in shown.changes}
    taken = record_event.record(act, what, preview_digest=shown.digest)
    said = saved.page(store.asker("team_manager"), taken.act_id, at=act.at)
    assert {change.words for change in said.changes} == {change.words for change in shown.changes}


def test_a_record_that_moved_on_shows_the_consequences_again() -> None:
    """Saved with a digest that no longer holds, nothing is saved and what it now does is shown."""
    store = a_store("2025-12-05").with_child(started_on="2025-01-06")
    store.record(REVIEW, "2025-12-04", outcome="discharge_supported")
    what = store.what("discharge.withdrawn", reasons="Not safe any longer.")
    shown = consequences.of_recording(store.asker("team_manager"), store.act(), what)
    store.record("review_decision.ratified", "2025-12-05")
    with pytest.raises(errors.Differs) as differs:
        record_event.record(store.act(), what, preview_digest=shown.digest)
    assert differs.value.preview.digest != shown.digest


def test_a_role_that_may_not_is_told_so() -> None:
    """A social worker does not ratify the review's decision: that is the IRO's."""
    store = a_store("2025-12-05").with_child(started_on="2025-01-06")
    with pytest.raises(errors.NotPermitted, match="Your roles do not allow you"):
        store.record("review_decision.ratified", by="social_worker")


def test_a_child_of_another_line_is_not_recorded_about() -> None:
    """Somebody whose role fits and who may not see the child cannot record about it either."""
    store = a_store().with_child(roles=("team_manager",))
    with pytest.raises(errors.NotPermitted):
        store.record("looked_after.began", "2026-02-27", by="iro")


def test_a_kind_that_nobody_declared_is_refused() -> None:
    """A kind of entry that the authority has not adopted is refused by name."""
    store = a_store().with_child()
    with pytest.raises(errors.Refused, match=r"“party\.held” is not a kind"):
        store.record("party.held")
