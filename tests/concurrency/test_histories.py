"""R10: what writers were told and what the ledger holds agree, with kills and clocks that jump."""

from dataclasses import replace
from pathlib import Path

import pytest

from caseward.record.ledger import verification
from tests.concurrency import histories, running
from tests.concurrency.histories import Attempt, History, Stored
from tests.concurrency.running import Run

SIZES = [
    Run(
        n_writers=4,
        n_attempts=25,
        n_children=4,
        kills_a_second=8,
        at_most_kills=12,
        clock_jumps=True,
    ),
    pytest.param(
        Run(
            n_writers=8,
            n_attempts=1_250,
            n_children=100,
            kills_a_second=2,
            at_most_kills=500,
            clock_jumps=True,
        ),
        marks=pytest.mark.soak,
    ),
]


@pytest.mark.django_db(databases="__all__", transaction=True)
@pytest.mark.parametrize("wanted", SIZES, ids=["small", "whole"])
def test_no_history_is_anomalous(wanted: Run, tmp_path: Path) -> None:
    """Each ok once, a fail never, what was cut off once or not at all, in real-time order."""
    ran = running.run(wanted, tmp_path)
    print(ran.line())
    assert ran.anomalies == []
    assert ran.n_kills > 0
    assert verification.verify().faults == ()


CHILD = "child"
ONE = Attempt(token="one", child=CHILD, began=10, ended=20, how="ok")
TWO = Attempt(token="two", child=CHILD, began=30, ended=40, how="ok")
FIX = Attempt(token="fix", child=CHILD, began=50, ended=60, how="ok", corrects="one", expected=1)
LOOK = Attempt(token="look", child=CHILD, began=70, ended=80, how="ok", seen=("one", "two", "fix"))
STANDS = [
    Stored(token="one", child=CHILD, position=1, seq=1),
    Stored(token="two", child=CHILD, position=2, seq=2),
    Stored(token="fix", child=CHILD, position=3, seq=3, corrects="one"),
]
WHOLE = [ONE, TWO, FIX, LOOK]


def found(attempts: list[Attempt], stored: list[Stored]) -> list[str]:
    """Return the anomalies of a history made by hand."""
    return histories.anomalies(History(attempts=attempts, stored=stored))


def test_a_history_in_order_has_no_anomaly() -> None:
    """What was cut off may stand or not; what was refused does not; a key sent twice stands once."""
    cut_off = Attempt(token="cut", child=CHILD, began=90)
    refused = Attempt(token="no", child=CHILD, began=91, ended=92, how="fail")
    again = replace(ONE, began=93, ended=94)
    assert found([*WHOLE, cut_off, refused, again], STANDS) == []
    late = Stored(token="cut", child=CHILD, position=4, seq=4)
    assert found([*WHOLE, cut_off], [*STANDS, late]) == []


@pytest.mark.parametrize(
    ("attempts", "stored", "says"),
    [
        (WHOLE, STANDS[:2], "fix was acknowledged and stands 0 times"),
        (
            WHOLE,
            [*STANDS, replace(STANDS[0], position=4, seq=4)],
            "one was acknowledged and stands 2",
        ),
        ([replace(ONE, how="fail"), TWO], STANDS[:2], "one was refused and stands 1 times"),
        (
            [ONE, TWO, Attempt(token="cut", child=CHILD, began=50)],
            [*STANDS[:2], *(Stored(token="cut", child=CHILD, position=n, seq=n) for n in (3, 4))],
            "cut stands 2 times",
        ),
        (WHOLE[:2], STANDS, "fix was never asked for"),
        ([ONE, TWO, replace(FIX, expected=0)], STANDS, "an update was lost"),
        (
            WHOLE[:2],
            [replace(STANDS[0], seq=2, position=2), replace(STANDS[1], seq=1, position=1)],
            "two began after one was acknowledged, and stands before it",
        ),
        ([*WHOLE[:3], replace(LOOK, seen=("one", "fix"))], STANDS, "a later look at its child"),
        ([*WHOLE[:3], replace(LOOK, seen=("one", "two", "fix", "x"))], STANDS, "x was shown and"),
        (
            WHOLE[:2],
            [STANDS[0], replace(STANDS[1], seq=3)],
            "child has a gap, or a double, between 1 and 3",
        ),
        ([ONE, replace(TWO, error="database is locked")], STANDS[:2], "shown: database is locked"),
    ],
)
def test_control_histories(attempts: list[Attempt], stored: list[Stored], says: str) -> None:
    """The checker names each sort of anomaly in a history made by hand."""
    assert [told for told in found(attempts, stored) if says in told] != []
