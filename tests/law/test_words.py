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
    before = a_record(REVIEW, RATIFIED, ARRANGED)
    assert sentence not in said(before, "W14.papers", "2025-12-29")
    after = a_record(REVIEW, RATIFIED, ARRANGED, HELD)
    assert sentence in said(after, "W14.papers", "2025-12-30")
    sent = a_record(REVIEW, RATIFIED, ARRANGED, HELD, ("2026-01-12", "adm_pack.sent", {}))
    assert sentence not in said(sent, "W14.papers", "2026-01-13")


def test_a_row_alone_says_what_a_paper_is_still_wanted_for() -> None:
    """Lists ask the row: a projected day is no meeting, so nothing is over."""
    day = date(2026, 1, 20)
    rulebook = shelf.rulebook()
    projected = the_task(a_record(REVIEW, RATIFIED), "W14.papers", day)
    assert explain.wanted_for(projected, explain.rule_of(projected, rulebook)[2], day) == ""
    held = the_task(a_record(REVIEW, RATIFIED, ARRANGED, HELD), "W14.papers", day)
    assert explain.wanted_for(held, explain.rule_of(held, rulebook)[2], day) == "the ADM pack"
