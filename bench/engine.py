"""The reference engine with all shipped law: microseconds an event, and how it grows."""

from datetime import date, timedelta

from bench import records
from bench.measuring import Row, digest, seconds
from caseward.rules.engine import reference
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.facts import record as facts

AS_OF = date(2026, 3, 2)
A_MONTH = timedelta(days=30)
MICROSECONDS_AN_EVENT = 30.0
MILLISECONDS_OF_FORTY = 1.5
GROWTH = 1.5
"""How much dearer an event may be at 5,000 a child than at 500: 1 would be exactly linear."""

EVENTS_IN_ALL = 4_000
"""So many events are timed of a short record, that one slow moment of the machine is one of many."""


def rows(rulebook: Rulebook) -> list[Row]:
    """Measure children of 40, 500 and 5,000 events.

    Forty events come in two kinds: the first two years of a life in care, with its visits, and a
    whole childhood of which little but reviews, moves and four discharges was written down. The
    second has twice the tasks and stands beside the first without a limit of its own.
    """
    forty = _seconds(rulebook, 40, of=200)
    sparse = _seconds(rulebook, 40)
    per_event = {n: _seconds(rulebook, n) / n * 1e6 for n in (500, 5_000)}
    return [
        Row(
            what="one child of 40 events in two years of care",
            value=forty * 1e3,
            unit="ms",
            limit=MILLISECONDS_OF_FORTY,
        ),
        Row(
            what="one child of 40 events in thirteen years, four discharges",
            value=sparse * 1e3,
            unit="ms",
        ),
        *(
            Row(
                what=f"an event of a child of {n:,}",
                value=value,
                unit="µs",
                limit=MICROSECONDS_AN_EVENT,
            )
            for n, value in per_event.items()
        ),
        Row(
            what="an event at 5,000 over an event at 500 (linear: 1)",
            value=per_event[5_000] / per_event[500],
            unit="x",
            limit=GROWTH,
        ),
    ]


def _seconds(rulebook: Rulebook, n_events: int, *, of: int = 0) -> float:
    """Return what a child takes: all of so many events, or the first so many of a longer record."""
    entries = records.child_of(of or n_events)[:n_events]
    record = facts.as_known(entries, child="bench")
    as_of = entries[-1].occurred_on + A_MONTH if of else AS_OF
    evaluation = reference.evaluate(record, rulebook, as_of=as_of)
    told = [(task.key, task.due_on, task.met_on, task.ended_on) for task in evaluation.tasks]
    print(f"{n_events} events: {len(told)} tasks, digest {digest(told)}")
    runs = max(3, EVENTS_IN_ALL // n_events)
    return seconds(lambda: reference.evaluate(record, rulebook, as_of=as_of), runs=runs)
