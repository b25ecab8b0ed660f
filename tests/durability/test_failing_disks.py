"""A disk that is full or fails at any write point: no false answer, nothing half done, and the same
process does it as soon as the disk can be written again (R4).

On PostgreSQL it is the server's disk that fails, and the server that must go on or start again.
"""

from typing import Any

import pytest

from tests.durability import proving

SOME = ("correct", "write the read log", "sign a head")
HOUR = 3_600
# What is told to whoever acts: the store cannot be reached, or a file cannot be written.
ANSWERS = {
    "done",
    "OperationalError",
    "OSError",
    "DatabaseError",
    "InterfaceError",
    "InternalError",
}


def assert_nothing_told_falsely(report: dict[str, Any]) -> None:
    """Hold a report against what is promised."""
    assert report["wrong"] == []
    assert set(report["answers"]) <= ANSWERS
    assert (report["lost"], report["half"], report["faulty"], report["not_again"]) == (0, 0, 0, 0)


def told(own_store: str) -> dict[str, Any]:
    """Return whose disk fails with a database."""
    return {"database": own_store, "whose": ["actor" if own_store == "sqlite" else "backend"]}


@pytest.mark.parametrize("fault", ["ENOSPC", "EIO"])
def test_a_disk_that_fails_at_some_points(own_store: str, fault: str) -> None:
    """Points chosen by chance."""
    verbs = SOME if own_store == "sqlite" else SOME[:1]
    report = proving.report(
        "striking", at_most=90, fault=fault, verbs=verbs, n_points=5, **told(own_store)
    )
    assert_nothing_told_falsely(report)


@pytest.mark.soak
@pytest.mark.parametrize("fault", ["ENOSPC", "EIO"])
def test_a_disk_that_fails_at_every_point(own_store: str, fault: str) -> None:
    """Every verb."""
    n_points = proving.size("FAULTS", 60 if own_store == "sqlite" else 10)
    report = proving.report(
        "striking", at_most=2 * HOUR, fault=fault, n_points=n_points, **told(own_store)
    )
    assert_nothing_told_falsely(report)
