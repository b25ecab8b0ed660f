"""The stories of the demonstration, before they are written into a store: whole, alive, valid."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

import pytest

from caseward.interfaces import shipped
from caseward.interfaces.cli import law_cache
from caseward.interfaces.cli.demonstration import staff, stories
from caseward.interfaces.cli.demonstration.chance import Chance
from caseward.interfaces.cli.demonstration.deeds import (
    Allocated,
    Corrected,
    Delayed,
    Fact,
    MadeSiblings,
    Recorded,
    Withdrawn,
)
from caseward.interfaces.cli.demonstration.telling import Telling
from caseward.rules.facts import checks
from caseward.rules.facts.entries import Entry, Record

TODAY = date(2026, 3, 9)
N_CHILDREN = 40
ALL = stories.N_CHILDREN


@cache
def _law() -> law_cache.ParsedLaw:
    return law_cache.parsed(shipped.law_texts())


def _told(today: date = TODAY, *, n_children: int = N_CHILDREN, seed: int = 1) -> Telling:
    law = _law()
    told = Telling(
        today=today,
        calendar=law.calendar,
        vocabulary=law.vocabulary,
        chance=Chance(seed=seed),
    )
    stories.tell(told, n_children=n_children)
    return told


@cache
def _stories() -> Telling:
    return _told()


def _facts(told: Telling) -> list[Fact]:
    return [fact for child in told.children.values() for fact in child.facts_told()]


def _has(told: Telling, kind: str, outcome: str | None = None) -> bool:
    return any(fact.kind == kind and outcome in (None, fact.outcome) for fact in _facts(told))


SHOWN: dict[str, Callable[[Telling], bool]] = {
    "a delay": lambda told: any(isinstance(deed.what, Delayed) for deed in told.deeds),
    "not endorsed": lambda told: _has(told, "adm_decision.made", "not_endorsed"),
    "returned for more": lambda told: _has(told, "adm_decision.made", "returned"),
    "endorsed": lambda told: _has(told, "adm_decision.made", "endorsed"),
    "refused by the court": lambda told: _has(told, "discharge_application.decided", "refused"),
    "discharged": lambda told: _has(told, "discharge_application.decided", "discharged"),
    "a supervision order": lambda told: _has(
        told, "discharge_application.decided", "supervision_order"
    ),
    "not agreed": lambda told: _has(told, "discharge_meeting.held", "not_agreed"),
    "adjourned": lambda told: _has(told, "discharge_meeting.adjourned"),
    "not ratified": lambda told: _has(told, "review_decision.refused"),
    "returned by Legal": lambda told: _has(told, "application.returned_by_legal"),
    "another applies first": lambda told: _has(told, "discharge_application.made_by_other"),
    "no longer pursued": lambda told: _has(told, "discharge.withdrawn"),
    "a hold without a decision": lambda told: _has(told, "strategy_discussion.held"),
    "a hold decided": lambda told: _has(told, "safety_hold.decided", "go_on"),
    "SGO alongside": lambda told: any(
        fact.fields.get("order_planned") == "special_guardianship" for fact in _facts(told)
    ),
    "an unborn sibling": lambda told: any(
        child.born_on is None and child.expected_on is not None for child in told.children.values()
    ),
    "a birth": lambda told: _has(told, "child.born"),
    "four siblings": lambda told: (
        sum(
            isinstance(deed.what, MadeSiblings) and "sage" in (deed.what.child, deed.what.sibling)
            for deed in told.deeds
        )
        == 3
    ),
    "two fathers": lambda told: (
        {adult.word for adult in told.children["wren"].adults if adult.relationship == "Father"}
        != {adult.word for adult in told.children["sage"].adults if adult.relationship == "Father"}
    ),
    "who must not meet": lambda told: any(
        adult.must_not_meet for child in told.children.values() for adult in child.adults
    ),
    "cover for one off sick": lambda told: any(
        isinstance(deed.what, Allocated) and deed.what.stands_in_for for deed in told.deeds
    ),
    "done for one off sick": lambda told: any(deed.acting_for for deed in told.deeds),
    "a child taken on part-way": lambda told: _has(told, "episode.taken_on"),
    "a late entry": lambda told: any(
        isinstance(deed.what, Recorded) and any(fact.on < deed.on for fact in deed.what.facts)
        for deed in told.deeds
    ),
    "a correction": lambda told: any(isinstance(deed.what, Corrected) for deed in told.deeds),
    "a withdrawal": lambda told: any(isinstance(deed.what, Withdrawn) for deed in told.deeds),
    "short breaks": lambda told: any(fact.fields.get("status") == "V4" for fact in _facts(told)),
    "supervision": lambda told: _has(told, "supervision.held"),
}


@pytest.mark.parametrize("what", SHOWN)
def test_the_forty_show_every_turn(what: str) -> None:
    """Every turn that a discharge can take is told of at least one of the forty children."""
    assert SHOWN[what](_stories())


def test_the_child_who_drifted_has_stood_still_for_years() -> None:
    """Three years lie between the review that supported discharge and the authority's beginning."""
    told = _stories()
    tansy = told.children["tansy"]
    reviews = [fact for fact in tansy.facts_told() if fact.kind == "looked_after_review.held"]
    supported = [fact.on for fact in reviews if fact.outcome == "discharge_supported"]
    assert [(told.today - on).days // 365 for on in supported] == [3]
    assert all(fact.outcome == "plan_continues" for fact in reviews if fact.on > supported[0])
    kinds = {fact.kind for fact in tansy.facts_told()}
    assert not kinds & {"discharge_meeting.held", "social_worker.told"}


def test_the_same_seed_and_day_tell_the_same_stories() -> None:
    """Equal seeds and days give equal deeds and people; another seed gives others (control)."""
    beyond = ALL + 1
    first, again = _told(n_children=beyond), _told(n_children=beyond)
    other = _told(n_children=beyond, seed=2)
    assert (first.deeds, _people(first)) == (again.deeds, _people(again))
    assert first.deeds != other.deeds
    assert _people(first) != _people(other)
    assert set(_people(other)) >= {"Amber Example", "Tansy Likely"}


def _people(told: Telling) -> list[str]:
    return [child.name for child in told.children.values()]


@pytest.mark.parametrize("n_children", [1, 8, 10, 41, 120])
def test_as_many_children_as_asked_for(n_children: int) -> None:
    """Stories that fit are told and everyday ones fill the rest; the tour's child comes first."""
    told = _told(n_children=n_children)
    assert len(told.children) == n_children
    assert _people(told)[0] == "Amber Example"
    assert len(set(_people(told))) == n_children


@pytest.mark.parametrize(
    "today",
    [
        *(date(2026, 3, 27) + timedelta(days=number) for number in range(12)),  # Easter, the clocks
        date(2024, 2, 29),
        date(2026, 1, 1),
        date(2026, 12, 27),
        date(2027, 10, 31),
    ],
)
def test_the_stories_hold_on_any_day(today: date) -> None:
    """On weekends, holidays, leap days and changes of the clocks nothing lies in the future."""
    told = _told(today, n_children=ALL)
    assert len(told.children) == ALL
    assert all(told.began_on <= deed.on < today for deed in told.deeds)
    assert all(fact.on < today for fact in _facts(told))


def test_every_fact_might_have_been_typed() -> None:
    """Each fact, brought over ones too, passes the checks that a page would make."""
    told = _told(n_children=ALL)
    for child in told.children.values():
        record = Record(child=child.word, events=(), known_position=0)
        for fact in child.facts_told():
            draft = Entry(
                entry_id="draft",
                child=child.word,
                kind=fact.kind,
                occurred_on=fact.on,
                position=1,
                outcome=fact.outcome,
                keys=fact.keys,
                fields=fact.fields,
            )
            found = checks.problems(draft, record, told.vocabulary, today=told.today)
            refused = [problem.sentence for problem in found if problem.kind == "refused"]
            assert refused == [], f"{child.name}: {fact}"


def test_everybody_may_record_what_they_do() -> None:
    """Who records a fact holds a role that its kind names."""
    told = _told(n_children=ALL)
    roles = {worker.word: {role.split()[0] for role in worker.roles} for worker in staff.WORKERS}
    refused = {
        f"{fact.kind} by {deed.by}"
        for deed in told.deeds
        if isinstance(deed.what, Recorded)
        for fact in deed.what.facts
        if not roles[deed.by] & set(told.vocabulary.kinds[fact.kind].recorded_by)
    }
    assert sorted(refused) == []
