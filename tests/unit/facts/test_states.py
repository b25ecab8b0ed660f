"""What events say of states (M1)."""

import random
from datetime import date, time, timedelta
from typing import Any

import pytest

from caseward.rules.engine.reference.known import Known, sets_by_kind
from caseward.rules.facts import reading, record, states
from caseward.rules.facts.entries import Entry
from tests.builders.facts import CHILD, an_entry

VOCABULARY = reading.read_vocabulary(
    {
        "kinds.yaml": """
states:
  looked_after: {title: Looked after, absent: "no"}
  legal_status: {title: Legal status, values: {C1: Interim order, C2: Full order}}
  stage: {title: Stage, per: challenge}
kinds:
  care.began: {title: Came into care, sets: [{state: looked_after}]}
  care.ended:
    title: Left care
    sets: [{state: looked_after, ends: true}, {state: legal_status, ends: true}]
  legal_status.began:
    title: Legal status
    fields: {status: {title: Status, type: choice, choices: [C1, C2]}}
    sets: [{state: legal_status, value: field.status}]
  order.decided:
    title: Order
    outcomes: {made: Made, refused: Refused}
    fields: {interim: {title: Interim, type: yes_no}}
    sets:
      - {state: legal_status, value: C1, outcomes: [made], when_field: interim, when_values: ["yes"]}
      - {state: legal_status, value: C2, outcomes: [made], when_field: interim, when_values: ["no"]}
  challenge.moved:
    title: Moved
    keys: [challenge]
    fields: {to: {title: To, type: number}}
    sets: [{state: stage, value: field.to}]
"""
    }
)


def spans(state: str, *entries: Entry, key: str = "") -> list[tuple[str, str, str]]:
    """Return the state's spans as value, since and until."""
    events = record.as_known(entries, child=CHILD).events
    return [
        (span.value, span.since.isoformat(), span.until.isoformat() if span.until else "")
        for span in states.history(events, VOCABULARY, state, key=key)
    ]


def began(entry_id: str, on: str, **said: Any) -> Entry:
    return an_entry(entry_id, on=on, kind="care.began", **said)


def ended(entry_id: str, on: str, **said: Any) -> Entry:
    return an_entry(entry_id, on=on, kind="care.ended", **said)


def test_a_state_holds_from_its_day_until_the_next_event() -> None:
    """On the day of change the new value holds, and an end leaves “no” behind (M1)."""
    assert spans("looked_after", began("a", "2025-01-10"), ended("b", "2025-03-01")) == [
        ("yes", "2025-01-10", "2025-03-01"),
        ("no", "2025-03-01", ""),
    ]


@pytest.mark.parametrize(("first", "second"), [("a", "b"), ("b", "a")])
def test_ending_and_beginning_on_one_day_leaves_the_new_one(first: str, second: str) -> None:
    """An end applies before a beginning of the same day, whatever their ids (M1)."""
    entries = [
        began("0", "2025-01-10"),
        ended(first, "2025-03-01"),
        began(second, "2025-03-01"),
    ]
    assert spans("looked_after", *entries) == [("yes", "2025-01-10", "")]


def test_times_decide_within_a_day_where_all_are_known() -> None:
    """Began at nine and ended at five on one day: it ended (M2)."""
    timed = [
        began("a", "2025-01-10", time=time(9)),
        ended("b", "2025-01-10", time=time(17)),
    ]
    assert spans("looked_after", *timed) == [("no", "2025-01-10", "")]


def test_until_ends_only_what_its_own_event_began() -> None:
    """A bounded value gives way to a later event and does not end that one's value (M1)."""
    bounded = began("a", "2025-01-10", until="2025-05-01")
    assert spans("looked_after", bounded) == [
        ("yes", "2025-01-10", "2025-05-01"),
        ("no", "2025-05-01", ""),
    ]
    assert spans("looked_after", bounded, ended("b", "2025-03-01"), began("c", "2025-04-01")) == [
        ("yes", "2025-01-10", "2025-03-01"),
        ("no", "2025-03-01", "2025-04-01"),
        ("yes", "2025-04-01", ""),
    ]


def test_a_value_comes_from_a_field_or_from_outcome_and_field() -> None:
    """`sets` reads the event's own words, and an outcome that begins nothing changes nothing."""
    entries = [
        an_entry("a", on="2025-01-01", kind="legal_status.began", fields={"status": "C1"}),
        an_entry("b", on="2025-02-01", kind="order.decided", outcome="refused",
                 fields={"interim": "no"}),
        an_entry("c", on="2025-03-01", kind="order.decided", outcome="made",
                 fields={"interim": "no"}),
    ]  # fmt: skip
    assert spans("legal_status", *entries) == [
        ("C1", "2025-01-01", "2025-03-01"),
        ("C2", "2025-03-01", ""),
    ]


def test_a_field_left_empty_says_nothing_of_the_state() -> None:
    """An event without the field changes nothing: unknown is not no (M1)."""
    assert spans("legal_status", an_entry("a", kind="legal_status.began")) == []


def test_a_state_is_kept_apart_by_its_key() -> None:
    """Two challenges each have their own stage (M1, X3)."""
    entries = [
        an_entry("a", kind="challenge.moved", keys={"challenge": "x"}, fields={"to": "1"}),
        an_entry("b", on="2025-02-01", kind="challenge.moved", keys={"challenge": "y"},
                 fields={"to": 2}),
    ]  # fmt: skip
    assert spans("stage", *entries, key="x") == [("1", "2025-01-01", "")]
    assert spans("stage", *entries, key="y") == [("2", "2025-02-01", "")]


@pytest.mark.parametrize(
    ("state", "day", "value"),
    [
        ("looked_after", "2025-01-09", "no"),
        ("looked_after", "2025-01-10", "yes"),
        ("legal_status", "2025-01-10", "unknown"),
        ("never_declared", "2025-01-10", "unknown"),
    ],
)
def test_what_nobody_recorded_is_unknown_or_what_absence_means(
    state: str, day: str, value: str
) -> None:
    """Before the first event the state's kind says what absence means; else unknown (M1)."""
    known = record.as_known([began("a", "2025-01-10")], child=CHILD)
    assert states.value_on(known, VOCABULARY, state, date.fromisoformat(day)) == value


def test_a_stay_of_one_day_begins_before_it_ends() -> None:
    """A state that did not hold, begun and ended on one day without times, has ended (M1)."""
    entries = [ended("a", "2025-01-10"), began("b", "2025-01-10")]
    assert spans("looked_after", *entries) == [("no", "2025-01-10", "")]


def test_what_ends_on_its_own_first_day_never_held() -> None:
    """`until` is the first day on which it no longer holds: the day itself leaves nothing (M1)."""
    assert spans("looked_after", began("a", "2025-01-10", until="2025-01-10")) == []


def test_the_engine_reads_states_alike() -> None:
    """Pages and engine say the same of a state, for random records of one child."""
    for seed in range(200):
        drawn = random.Random(seed)
        entries = [
            drawn.choice([began, ended])(
                f"e{n}",
                date(2025, 1, drawn.randint(1, 6)).isoformat(),
                time=drawn.choice([None, time(9), time(15)]),
            )
            for n in range(5)
        ]
        child = record.as_known(entries, child=CHILD)
        known = Known(VOCABULARY, sets_by_kind(VOCABULARY))
        for day in (date(2025, 1, 1) + timedelta(days=n) for n in range(12)):
            today = [event for event in child.events if event.occurred_on == day]
            known.learn(day, today, [])
            pages = states.value_on(child, VOCABULARY, "looked_after", day)
            assert pages == known.value("looked_after", {}), (seed, day)
