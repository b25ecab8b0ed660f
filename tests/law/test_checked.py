"""The shipped law is sound, and the one limit looser than the law is the one that is known (M22, B8)."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from caseward.rules.checking import check
from caseward.rules.checking.alphabet import Fact
from caseward.rules.checking.machine import PASSED, SILENCE, SPAN, Machine
from caseward.rules.checking.messages import Report
from caseward.rules.checking.situations import Situation
from caseward.rules.checking.soundness import Searched
from caseward.rules.checking.walked import Courses
from caseward.rules.engine import reference
from caseward.rules.facts.entries import Event, Record
from caseward.rules.procedures import reading
from tests.law import shelf

BEGINS = date(2024, 3, 4)


@cache
def checked() -> tuple[Report, tuple[Searched, ...]]:
    """Return what the checker says of the shipped law, and everything it went through."""
    keep: list[Searched] = []
    return check.checked(shelf.rulebook(), keep=keep), tuple(keep)


def test_the_shipped_law_has_no_errors() -> None:
    """Every step comes up, every outcome is followed, nothing hangs, no edition strands anybody."""
    assert [str(one) for one in checked()[0].errors] == []


def test_one_limit_is_looser_than_the_law() -> None:
    """Camden's six weeks pass the four of an interim order at home and of a temporary carer."""
    (finding,) = checked()[0].findings
    assert finding.path == "law/local/camden/child_protection_visits.yaml"
    looser = finding.looser
    assert looser is not None
    assert (looser.national_step, looser.local_clock, looser.national_clock) == (
        "visit_ongoing",
        "6 weeks",
        "4 weeks",
    )
    told = [
        {name: value for name, value in one.items() if name in ("placement_basis", "legal_status",
                                                                 "placement_type")}
        for one in looser.states
    ]  # fmt: skip
    assert told == [
        {"legal_status": "C1", "placement_type": "P1"},
        {"placement_basis": "regulation_24"},
    ]
    assert looser.n_days == looser.of_days


DISCHARGE = "law/local/wirral/discharge_of_care_order.yaml"
# What is put in the place of what in the discharge procedure, and what is then told of it.
DEPARTURES = {
    "the panel defers and nobody acts": (
        (
            ("deferred: {next: W7.again}", "deferred: {}"),
            ("outcome: [not_approved, deferred]}", "outcome: not_approved}"),
        ),
        "Looked-after review held (The plan to discharge the care order is supported",
        (
            "Social worker: “Take the matter and the support plan to Permanence Panel for approval” comes out "
            "as “Deferred”; then nothing says who does what next."
        ),
    ),
    "the IRO waits for the meeting that waits for the IRO": (
        (
            (
                (
                    "        stage: Review\n        starts_when: episode_opened\n        met_by: "
                    "[review_decision.ratified, review_decision.refused]"
                ),
                (
                    "        stage: Review\n        starts_when: discharge_meeting.held\n        met_by: "
                    "[review_decision.ratified, review_decision.refused]"
                ),
            ),
        ),
        (
            "“Ratify, or decline to ratify, the review's decision that the order be discharged” and “Hold the "
            "multi-agency Discharge Meeting” wait for each other"
        ),
        "“Hold the multi-agency Discharge Meeting” waits for “IRO ratified the review's decision”",
    ),
    "the decision maker may return it and nobody sends it again": (
        (
            ("returned: {next: W22.more}", "returned: {goes_on: false}"),
            (
                "starts_when: {event: adm_decision.made, outcome: returned}",
                "starts_when: carer.charged",
            ),
        ),
        (
            "Agency decision maker (ADM): “Endorse the discharge, decline to, or return it for more "
            "information” comes out as “Returned for more information”"
        ),
        "then nothing says who does what next.",
    ),
}


@pytest.mark.parametrize("name", DEPARTURES)
def test_a_departure_from_the_shipped_law_is_told_as_a_story(name: str) -> None:
    """A procedure put wrong in one place is told by how it began, who decided what, and what lacks."""
    changes, *sentences = DEPARTURES[name]
    text = shelf.texts().procedures[DISCHARGE]
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    vocabulary = shelf.rulebook().vocabulary
    wrong = reading.read_procedure(text, path=DISCHARGE, vocabulary=vocabulary)
    others = tuple(one for one in shelf.rulebook().procedures if one.is_national)
    rulebook = replace(shelf.rulebook(), procedures=(wrong, *others))
    told = [str(one) for one in check.checked(rulebook, only=[wrong.id]).errors]
    fitting = [one for one in told if all(sentence in one for sentence in sentences)]
    assert len(fitting) == 1, told


def test_the_engine_opens_each_step_on_the_course_that_the_search_found() -> None:
    """The checker's courses are no fancy: played on the engine each brings up the step it shows."""
    n_played, missed = 0, []
    for of in checked()[1]:
        if of.place.edition is not of.place.procedure.editions[-1]:
            continue
        for n, (courses, situation) in of.opened.items():
            events = _played(of.machine, courses, situation)
            if events is None:
                continue
            n_played += 1
            alone = replace(shelf.rulebook(), procedures=(of.place.procedure,))
            answer = reference.evaluate(Record(child="A", events=events), alone)
            step = of.machine.steps[n].id
            if not any(task.step == step for task in answer.tasks):
                missed.append((of.place.procedure.id, step))
    assert missed == []
    assert n_played > 300


def _played(machine: Machine, courses: Courses, situation: Situation) -> tuple[Event, ...] | None:
    """The facts of a course, a day apart; None where it needs time to pass, which has no fact."""
    facts = [move.fact for move in courses.story(situation)]
    if any(fact.kind in (PASSED, SPAN, SILENCE) for fact in facts):
        return None
    first: Situation | None = situation
    while first is not None and courses.came_by[first][0] is not None:
        first = courses.came_by[first][0]
    before = [] if first is None else list(_before(machine, first, facts[0]))
    if None in before:
        return None
    whole = [one for one in before if one is not None] + facts
    return tuple(_event(machine, fact, n) for n, fact in enumerate(whole))


def _before(machine: Machine, first: Situation, opening: Fact) -> list[Fact | None]:
    """What must have been recorded for the states that held before the episode."""
    found: list[Fact | None] = []
    set_by_opening = dict(machine.sets(opening))
    wanted = dict(zip(machine.states, first.states, strict=True))
    for state, value in zip(machine.states, first.states, strict=True):
        if state in set_by_opening or value in ("no", "other", "unknown"):
            continue
        facts = [one for one in machine.facts if dict(machine.sets(one)).get(state) == value]
        # What sets other states too (whose plan it is) sets them as they were.
        fitting = [one for one in facts if dict(machine.sets(one)).items() <= wanted.items()]
        alone = [one for one in facts if len(machine.sets(one)) == 1]
        found.append(next(iter(alone or fitting or facts), None))
    return found


def _event(machine: Machine, fact: Fact, n: int) -> Event:
    kind = machine.rulebook.vocabulary.kinds[fact.kind]
    said = {name: value for name, value in fact.answers if value}
    names = {field.name: ["a", "b"] for field in kind.fields if field.type == "names"}
    return Event(
        entry_id=f"e{n}",
        child="A",
        kind=fact.kind,
        occurred_on=BEGINS + timedelta(days=n),
        position=n,
        outcome=fact.outcome,
        keys={name: value for name, value in said.items() if name in kind.keys},
        fields=names | {name: value for name, value in said.items() if name not in kind.keys},
    )
