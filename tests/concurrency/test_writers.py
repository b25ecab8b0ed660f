"""R9: eight processes write at once, with repeated keys and on old looks: nothing lost or doubled."""

from pathlib import Path

import pytest

from caseward.record.ledger import models, verification
from caseward.work import entries
from tests.builders.stores import TODAY
from tests.concurrency import running
from tests.concurrency.running import Run

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
SIZES = [
    Run(n_writers=8, n_attempts=8, n_children=3),
    pytest.param(Run(n_writers=8, n_attempts=500), marks=pytest.mark.soak),
]


@pytest.mark.parametrize("wanted", SIZES, ids=["small", "whole"])
def test_writers_at_once_lose_nothing_and_double_nothing(wanted: Run, tmp_path: Path) -> None:
    """No update is lost, no key counts twice, positions have no gap, and nobody sees a lock."""
    ran = running.run(wanted, tmp_path)
    print(ran.line())
    assert ran.anomalies == []
    assert {each.how for each in ran.history.attempts} == {"ok", "fail"}
    positions = models.Entry.objects.order_by("position").values_list("position", flat=True)
    assert list(positions) == list(range(1, len(positions) + 1))
    assert verification.verify().faults == ()
    for child in {each.child for each in ran.history.stored}:
        assert entries.verify_child(child, on=TODAY) == ()


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ("locks", "was shown: "),
        ("key", "stands 2 times"),
        ("version", "an update was lost"),
        ("forgets", "was acknowledged and stands 0 times"),
    ],
)
def test_control_writers(broken: str, says: str, tmp_path: Path) -> None:
    """Without a safeguard the same proof goes red, and says what is wrong."""
    # The lock on a child's stream alone keeps its writers apart: without the others several must be.
    n_children = 6 if broken == "locks" else 1
    wanted = Run(n_writers=4, n_attempts=15, n_children=n_children, broken=broken)
    ran = running.run(wanted, tmp_path)
    assert [told for told in ran.anomalies if says in told] != []
