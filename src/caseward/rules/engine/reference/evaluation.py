"""evaluate: one child's record under a rulebook, as of a day (M4, M20)."""

from datetime import date, timedelta

from caseward.rules.engine.reference import compile as compiling
from caseward.rules.engine.reference import daily, rows
from caseward.rules.engine.reference.known import date_of
from caseward.rules.engine.reference.law import Law
from caseward.rules.engine.reference.walk import EDITION, Walk
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import Evaluation
from caseward.rules.facts.entries import Event, Record

LAST_DAY = date(2999, 12, 31)


def evaluate(record: Record, rulebook: Rulebook, *, as_of: date | None = None) -> Evaluation:
    """Return the child's episodes and tasks, from everything that had happened by `as_of`.

    Shapes: one row per occurrence of a step and per part; rows whose `opened_on` lies ahead are
    not yet tasks. Facts later than `as_of` have not happened; None takes every fact. Beyond that
    `as_of` changes nothing: the rows stay right for every later day without a new fact (M20), and
    `status.standing_on` answers for the day.
    Errors: none for facts that contradict each other; what cannot be told is said on the task.
    """
    law = compiling.law_of(rulebook)
    events = record.events
    if as_of is not None and events and events[-1].occurred_on > as_of:
        events = tuple(event for event in events if event.occurred_on <= as_of)
    first_day = rulebook.first_day or (events[0].occurred_on if events else None)
    walk = Walk(law, record.child, first_day=first_day)
    if not events:
        return Evaluation(child=record.child, episodes=(), tasks=())
    _go(walk, events)
    evaluation = rows.evaluation_of(walk)
    walk.forget()
    return evaluation


def _go(walk: Walk, events: tuple[Event, ...]) -> None:
    walk.last_fact_on = events[-1].occurred_on
    for day, procedure in walk.law.turns:
        if day > events[0].occurred_on:
            walk.wake(day, EDITION, procedure)
    end = _horizon(walk.law, events)
    index, n_events = 0, len(events)
    while True:
        fact_on = events[index].occurred_on if index < n_events else date.max
        wake_on = walk.next_wake()
        day = min(fact_on, wake_on)
        if day > end:
            return
        first = index
        while index < n_events and events[index].occurred_on == day:
            index += 1
        woken = walk.woken(day) if wake_on == day else ()
        daily.live_through(walk, day, events[first:index], woken)


def _horizon(law: Law, events: tuple[Event, ...]) -> date:
    days = [_later(events[-1].occurred_on, law.ahead)]
    for event in events:
        if event.kind == "child.born":
            days.append(_later(event.occurred_on, law.ahead_of_birth))
        elif event.kind == "birth.expected":
            expected_on = date_of(event, "expected_on") or event.occurred_on
            days.append(_later(expected_on, law.ahead_of_birth))
    return max(days)


def _later(day: date, ahead: timedelta) -> date:
    return min(day, LAST_DAY - ahead) + ahead
