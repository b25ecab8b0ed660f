"""A disk that is full or fails at any write point: no false answer, nothing half done, and the same
process does it as soon as the disk can be written again (R4).

On PostgreSQL it is the server's disk that fails, and the server that must go on or start again. A
signed head is no fact: an act stands without it, but that is told in the log, the head is signed when
it is next due, and nothing half written is left in its place.
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


def imported(**more: str) -> dict[str, Any]:
    """Strike an import, which signs a head when it is committed, wherever it writes that head."""
    return proving.report(
        "striking", at_most=60, database="sqlite", fault="EIO", verbs=["bring in an import"],
        n_points=20, among="heads", **more,
    )  # fmt: skip


def test_a_head_that_could_not_be_signed_is_signed_when_next_due() -> None:
    """All that is written of a head, one call after another."""
    report = imported()
    assert_nothing_told_falsely(report)
    assert report["late_heads"] > 0


@pytest.mark.parametrize(
    "control", ["is silent of a head that could not be signed", "signs no head later"]
)
def test_control_heads(control: str) -> None:
    """A product that swallows the failure, or does not come back to it, is found out."""
    assert imported(control=control)["faulty"] > 0


@pytest.mark.soak
@pytest.mark.parametrize("fault", ["ENOSPC", "EIO"])
def test_a_disk_that_fails_at_every_point(own_store: str, fault: str) -> None:
    """Every verb."""
    n_points = proving.size("FAULTS", 60 if own_store == "sqlite" else 10)
    report = proving.report(
        "striking", at_most=2 * HOUR, fault=fault, n_points=n_points, **told(own_store)
    )
    assert_nothing_told_falsely(report)
