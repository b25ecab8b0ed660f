"""Child protection plans: what may not be ended, one meeting for two duties, and a child's death."""

from datetime import date
from typing import Any

import pytest

from caseward.rules.engine import gates
from caseward.rules.engine.reference import evaluate
from caseward.rules.engine.tasks import Evaluation, Task
from caseward.rules.facts import record as records
from caseward.rules.facts.entries import Entry, Record
from tests.law import shelf

ENDED = "child_protection_plan.ended"
Fact = tuple[str, str, dict[str, Any]]

BORN: Fact = ("2015-05-01", "child.born", {})
PLAN: Fact = ("2025-03-03", "child_protection_plan.began", {})
IN_CARE: Fact = ("2025-05-06", "looked_after.began", {})
SECTION_20: Fact = ("2025-05-06", "legal_status.began", {"fields": {"status": "V2"}})
CARE_ORDER: Fact = ("2025-05-06", "legal_status.began", {"fields": {"status": "C2"}})
ASKED: Fact = (
    "2025-06-02",
    "administrative_removal.proposed",
    {"fields": {"ground": "section_20"}},
)
ADDED: Fact = ("2025-06-03", "care_plan_addition.agreed", {"fields": {"actions": "Family time"}})
AGREED: Fact = ("2025-06-04", "administrative_removal.agreed", {"outcome": "agreed"})
DECIDED: Fact = ("2025-06-05", "administrative_removal.decided", {"outcome": "removed"})
IN_BOTH: Fact = ("2025-06-05", "administrative_removal.decided",
                 {"outcome": "removed", "fields": {"in_both_capacities": "yes"}})  # fmt: skip
MOVED: Fact = ("2025-06-02", "move_to_other_authority.recorded", {"fields": {"permanent": "yes"}})
AWAY: Fact = ("2025-06-02", "move_to_other_authority.recorded", {"fields": {"permanent": "no"}})
CONFIRMED: Fact = ("2025-06-20", "other_authority.confirmed", {"outcome": "accepted"})
ABROAD: Fact = ("2025-06-02", "move_abroad.recorded", {"fields": {"country": "Elsewhere"}})
GONE_FOR_GOOD: Fact = ("2025-06-20", "review_conference.held", {
    "outcome": "plan_ends",
    "fields": {"quorate": "yes", "ground": "left_uk", "move_permanent": "yes",
               "nothing_more": "yes"}})  # fmt: skip
GOES_ON: Fact = ("2025-05-08", "concurrent_plan.decided", {"outcome": "continue"})
MERGED: Fact = ("2025-05-09", "merged_meetings.agreed", {})


def known(*facts: Fact) -> Record:
    """Return a child's record of these facts, in their order."""
    entries = [
        Entry(entry_id=f"e{n}", child="c", kind=kind, occurred_on=date.fromisoformat(on),
              position=n, **said)
        for n, (on, kind, said) in enumerate(facts, start=1)
    ]  # fmt: skip
    return records.as_known(entries, child="c")


def answer(*facts: Fact) -> Evaluation:
    """Return what follows from the facts under all the shipped law."""
    return evaluate(known(*facts), shelf.rulebook())


def refusals(act: str, on: str, *facts: Fact) -> set[str]:
    """Return the gates that keep the act from being done through Caseward on the day."""
    return {
        one.gate
        for one in gates.blocked(answer(*facts), act, shelf.rulebook(), date.fromisoformat(on))
    }


def task(found: Evaluation, step: str, procedure: str) -> Task:
    """Return the first task of a step."""
    return next(one for one in found.tasks if (one.step, one.procedure) == (step, procedure))


def test_a_plan_without_a_reason_to_wait_may_be_ended() -> None:
    """Control: nothing stands in the way of ending an ordinary plan."""
    assert refusals(ENDED, "2025-06-30", BORN, PLAN) == set()


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((ASKED,), {"C11.addition", "C2.agreement", "C3.decide"}),
        ((ASKED, ADDED, AGREED), {"C3.decide"}),
        ((ASKED, ADDED, AGREED, DECIDED), set()),
        ((ASKED, ADDED, DECIDED), {"C2.agreement"}),
        ((ASKED, ADDED, IN_BOTH), set()),
    ],
)
def test_a_removal_under_section_20_waits_for_both_posts(
    facts: tuple[Fact, ...], expected: set[str]
) -> None:
    """Addition, agreement and decision come before the end; one person in both posts decides once."""
    assert refusals(ENDED, "2025-06-06", BORN, PLAN, IN_CARE, SECTION_20, *facts) == expected


def test_a_removal_under_a_care_order_asks_for_no_second_post() -> None:
    """The child protection service manager is asked under section 20 alone."""
    facts = (BORN, PLAN, IN_CARE, CARE_ORDER, ASKED, ADDED, DECIDED)
    assert refusals(ENDED, "2025-06-06", *facts) == set()


def test_a_plan_moves_only_once_the_other_authority_has_confirmed() -> None:
    """Through Caseward the plan is not ended before; a move for a while never ends it."""
    assert refusals(ENDED, "2025-06-30", BORN, PLAN, MOVED) == {"C6.confirm"}
    assert refusals(ENDED, "2025-06-30", BORN, PLAN, AWAY) == {"C6.confirm"}
    assert refusals(ENDED, "2025-06-30", BORN, PLAN, MOVED, CONFIRMED) == set()


def test_a_plan_ended_before_the_confirmation_is_recorded_as_a_breach() -> None:
    """What happened is on the record, and the episode names it as done before its gate (M30)."""
    found = answer(BORN, PLAN, MOVED, ("2025-06-10", ENDED, {}))
    (episode,) = [one for one in found.episodes if one.procedure == "moved_to_another_authority"]
    assert [breach.gate for breach in episode.breaches] == ["C6.confirm"]
    assert task(found, "C6.breach", "moved_to_another_authority").due_on == date(2025, 6, 10)


def test_only_a_conference_ends_the_plan_of_a_child_abroad() -> None:
    """Neither an ending nor a removal goes through until the conference has found all of it."""
    assert refusals(ENDED, "2025-06-10", BORN, PLAN, ABROAD) == {"C7.conference"}
    assert "C7.conference" in refusals(
        "administrative_removal.decided", "2025-06-10", BORN, PLAN, ABROAD
    )
    assert refusals(ENDED, "2025-06-20", BORN, PLAN, ABROAD, GONE_FOR_GOOD) == set()


def arranged(day: str) -> Evaluation:
    """Return what follows where the joint meeting is arranged for the day."""
    plan: Fact = ("2025-05-12", "joint_review.arranged",
                  {"keys": {"meeting": "j"}, "fields": {"planned_on": day}})  # fmt: skip
    return answer(BORN, PLAN, IN_CARE, CARE_ORDER, GOES_ON, MERGED, plan)


def test_a_joint_meeting_shows_the_last_day_that_suits_both() -> None:
    """Conference by 3 June, review by 4 June: until 3 June one day suits both, on every line."""
    found = arranged("2025-05-29")
    lines = [
        task(found, "C12.joint", "looked_after_on_a_plan"),
        task(found, "review_conference_first", "child_protection_plan"),
        task(found, "review", "looked_after_reviews"),
    ]
    # Twenty working days from 6 May: 9 May 3, 16 May 8, 23 May 13, 30 May 17 (26 May closed), 4 June 20.
    assert [one.due_on for one in lines] == [None, date(2025, 6, 3), date(2025, 6, 4)]
    assert [one.planned_on for one in lines] == [date(2025, 5, 29)] * 3
    assert {one.suits_both_on for one in lines} == {date(2025, 6, 3)}


OUTGOING = sorted(
    kind.id
    for kind in shelf.rulebook().vocabulary.kinds.values()
    if kind.sends and not kind.after_death
)


@pytest.mark.parametrize("kind", OUTGOING)
def test_nothing_goes_out_for_a_child_who_has_died(kind: str) -> None:
    """Every kind of sending is stopped from the day of the death, whichever procedure it is of."""
    died: Fact = ("2025-06-08", "child.died", {})
    vocabulary = shelf.rulebook().vocabulary
    stopped = gates.stopped_by_death(known(BORN, died), kind, vocabulary, date(2025, 6, 8))
    assert [one.gate for one in stopped] == ["death"]
    assert gates.stopped_by_death(known(BORN, died), kind, vocabulary, date(2025, 6, 7)) == ()
    assert gates.stopped_by_death(known(BORN), kind, vocabulary, date(2025, 6, 8)) == ()


def test_what_is_sent_because_of_the_death_still_goes() -> None:
    """The notice to the national panel is not stopped, nor what sends nothing."""
    died: Fact = ("2025-06-08", "child.died", {})
    vocabulary = shelf.rulebook().vocabulary
    for kind in ("serious_incident.notified", "notice.given"):
        assert gates.stopped_by_death(known(BORN, died), kind, vocabulary, date(2025, 6, 9)) == ()
