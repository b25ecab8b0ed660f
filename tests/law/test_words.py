"""What a reader is told of the shipped law's tasks: whole sentences, no codes."""

from datetime import date
from typing import Any

from caseward.rules.engine import explain
from caseward.rules.engine.reference import evaluate
from caseward.rules.engine.tasks import Task
from caseward.rules.facts import record as records
from caseward.rules.facts.entries import Entry, Record
from tests.law import shelf

Fact = tuple[str, str, dict[str, Any]]

# A birth on record ends every duty in advance, on the eighteenth birthday.
BORN: Fact = ("2012-05-01", "child.born", {})
REVIEW: Fact = ("2025-12-04", "looked_after_review.held", {"outcome": "discharge_supported"})
RATIFIED: Fact = ("2025-12-04", "review_decision.ratified", {})
ARRANGED: Fact = ("2025-12-05", "discharge_meeting.arranged",
            {"keys": {"meeting": "m1"}, "fields": {"planned_on": "2025-12-29"}})  # fmt: skip
HELD: Fact = ("2025-12-29", "discharge_meeting.held",
        {"keys": {"meeting": "m1"}, "fields": {"held": "whole"}, "outcome": "agreed"})  # fmt: skip


def a_record(*facts: Fact) -> Record:
    """Return a child's record of these facts, in their order."""
    entries = [
        Entry(entry_id=f"e{n}", child="c", kind=kind, occurred_on=date.fromisoformat(on),
              position=n, **said)
        for n, (on, kind, said) in enumerate(facts, start=1)
    ]  # fmt: skip
    return records.as_known(entries, child="c")


def the_task(record: Record, step: str, as_of: date) -> Task:
    """Return the one task of a step."""
    answer = evaluate(record, shelf.rulebook(), as_of=as_of)
    (task,) = [one for one in answer.tasks if one.step == step and not one.part]
    return task


def said(record: Record, step: str, as_of: str) -> tuple[str, ...]:
    """Return the sentences about a step's one task."""
    day = date.fromisoformat(as_of)
    task = the_task(record, step, day)
    return explain.explain(task, record, shelf.rulebook(), as_of=day).sentences


def test_a_paper_still_owed_after_the_meeting_says_for_what() -> None:
    """Once the meeting's day is over the papers are wanted for the pack, and say so; not before."""
    sentence = "The day of the meeting is over; it is still wanted for the ADM pack."
    before = a_record(BORN, REVIEW, RATIFIED, ARRANGED)
    assert sentence not in said(before, "W14.papers", "2025-12-29")
    after = a_record(BORN, REVIEW, RATIFIED, ARRANGED, HELD)
    assert sentence in said(after, "W14.papers", "2025-12-30")
    sent = a_record(BORN, REVIEW, RATIFIED, ARRANGED, HELD, ("2026-01-12", "adm_pack.sent", {}))
    assert sentence not in said(sent, "W14.papers", "2026-01-13")


def test_a_row_alone_says_what_a_paper_is_still_wanted_for() -> None:
    """Lists ask the row: a projected day is no meeting, so nothing is over."""
    day = date(2026, 1, 20)
    rulebook = shelf.rulebook()
    projected = the_task(a_record(REVIEW, RATIFIED), "W14.papers", day)
    assert explain.wanted_for(projected, explain.rule_of(projected, rulebook)[2], day) == ""
    held = the_task(a_record(REVIEW, RATIFIED, ARRANGED, HELD), "W14.papers", day)
    assert explain.wanted_for(held, explain.rule_of(held, rulebook)[2], day) == "the ADM pack"


def test_a_birthday_that_ends_a_task_is_told_as_a_birthday() -> None:
    """The birth itself lies years back: what ends the procedure is the eighteenth birthday."""
    record = a_record(("2008-01-10", "child.born", {}), REVIEW, RATIFIED)
    assert (
        "From Sat 10 January 2026, the child's 18th birthday, it would no longer apply."
    ) in said(record, "W5.meeting", "2025-12-10")
    assert (
        "Ended on Sat 10 January 2026: not needed, because of the child's 18th birthday."
    ) in said(record, "W5.meeting", "2026-01-12")


def test_a_visit_at_which_the_child_was_not_seen_leaves_the_next_one_due() -> None:
    """It is shown with the answer that it lacks, and the visit is said to be still to be done."""
    record = a_record(
        BORN,
        ("2025-09-01", "looked_after.began", {}),
        ("2025-09-01", "placement.began", {"keys": {"placement": "p1"}, "fields": {"type": "U6"}}),
        ("2025-09-05", "visit.made", {"keys": {"placement": "p1"}, "fields": {"seen": "yes"}}),
        ("2025-10-10", "visit.made", {"keys": {"placement": "p1"}, "fields": {"seen": "no"}}),
    )
    told = said(record, "visit_ongoing", "2025-10-13")
    assert (
        "Recorded, and does not meet it: Visit to the child on Fri 10 October 2025; what counts is "
        "“Was the child seen? yes”."
    ) in told
    assert "So it is still to be done, by Fri 17 October 2025." in told


def test_a_usual_time_that_has_passed_is_told_as_passed() -> None:
    """Nothing makes such a duty late, and its time is not told as if it lay ahead."""
    record = a_record(BORN, REVIEW, RATIFIED, ARRANGED, HELD)
    passed = "The usual time passed on Fri 2 January 2026; no limit binds."
    assert passed in said(record, "W17.draft", "2026-01-05")
    assert passed not in said(record, "W17.draft", "2026-01-02")


def test_what_a_task_waits_for_is_told_by_its_label_once() -> None:
    """A date that an answer gives is asked for by the label of that answer."""
    not_agreed: Fact = ("2025-12-29", "discharge_meeting.held",
                        {"fields": {"held": "whole"}, "outcome": "not_agreed"})  # fmt: skip
    told = said(a_record(REVIEW, RATIFIED, not_agreed), "W16.further", "2026-01-05")
    waiting = [sentence for sentence in told if "waits for" in sentence]
    assert len(waiting) == 1
    assert "an answer to “If not agreed: a further meeting by”" in waiting[0]
