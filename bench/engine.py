"""The reference engine with all shipped law: microseconds an event, and how it grows.

`python -m bench.engine` measures these alone; `python -m bench.engine 300` fewer children of the mix.
"""

import sys
import time
from datetime import date, timedelta

from bench import mixed_lives, records
from bench.measuring import Row, digest, seconds
from caseward.interfaces import shipped
from caseward.interfaces.cli import law_cache
from caseward.rules.engine import reference
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.facts import record as facts

AS_OF = date(2026, 3, 2)
A_MONTH = timedelta(days=30)
MICROSECONDS_AN_EVENT = 30.0
MILLISECONDS_OF_FORTY = 1.5
GROWTH = 1.5
"""How much dearer an event may be at 5,000 a child than at 500: 1 would be exactly linear."""

CHILDREN, EVENTS_OF_A_CHILD = 3_000, 250
"""The mix: so many children who go through every procedure between them."""

EVENTS_IN_ALL = 4_000
"""So many events are timed of a short record, that one slow moment of the machine is one of many."""


def rows(rulebook: Rulebook, *, children: int = CHILDREN) -> list[Row]:
    """Measure the mix over all procedures, and children of 40, 500 and 5,000 events.

    Forty events come in two kinds: the first two years of a life in care, with its visits, and a
    whole childhood of which little but reviews, moves and four discharges was written down. The
    second has twice the tasks and stands beside the first without a limit of its own.
    """
    forty = _seconds(rulebook, 40, of=200)
    sparse = _seconds(rulebook, 40)
    per_event = {n: _seconds(rulebook, n) / n * 1e6 for n in (500, 5_000)}
    return [
        _mix(rulebook, children),
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


def _mix(rulebook: Rulebook, children: int) -> Row:
    """All children of the mix, one after another as a job settles them; making them is not timed."""
    taken, n_tasks = 0.0, 0
    told: list[object] = []
    for number in range(children):
        entries = mixed_lives.child_of(number, EVENTS_OF_A_CHILD)
        record = facts.as_known(entries, child=entries[0].child)
        began = time.process_time()
        evaluation = reference.evaluate(record, rulebook)
        taken += time.process_time() - began
        n_tasks += len(evaluation.tasks)
        if number < children // 10:
            told.extend((task.key, task.due_on, task.met_on) for task in evaluation.tasks)
    print(f"{children:,} children of the mix: {n_tasks:,} tasks, digest {digest(told)}")
    return Row(
        what=f"an event, {children:,} children of {EVENTS_OF_A_CHILD} over every procedure",
        value=taken / (children * EVENTS_OF_A_CHILD) * 1e6,
        unit="µs",
        limit=MICROSECONDS_AN_EVENT,
    )


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


def main() -> None:
    """Print the engine's own rows."""
    law = law_cache.parsed(shipped.law_texts())
    rulebook = Rulebook(
        vocabulary=law.vocabulary,
        procedures=law.procedures,
        calendar=law.calendar,
        settings=law.settings,
    )
    for row in rows(rulebook, children=int(sys.argv[1]) if len(sys.argv) > 1 else CHILDREN):
        print(row.line())


if __name__ == "__main__":
    main()
