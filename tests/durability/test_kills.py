"""Killed at any write point, nothing told as done is lost and nothing is half done (R1).

A write point is any call that changes a file of the store or sends to its database. The process
that acts is killed there; on PostgreSQL also the server's process that answers it, and the server
whole. What was told as done is noted outside of the store. `make soak` strikes every verb.
"""

from typing import Any

import pytest

from tests.durability import proving

pytestmark = pytest.mark.usefixtures("own_store")

# One that settles a child, one that writes two children at once, one that writes files.
SOME = ("correct", "record for two children", "sign a head")
LONGEST_RESTART = 5.0
HOUR = 3_600


def assert_nothing_lost(report: dict[str, Any]) -> None:
    """Hold a report against what is promised."""
    assert report["wrong"] == []
    # PostgreSQL's own process makes a call more or less from one time to the next.
    assert report["struck"] > 0.9 * report["points"]
    assert (report["lost"], report["half"], report["faulty"], report["not_again"]) == (0, 0, 0, 0)
    assert report["longest_restart"] <= LONGEST_RESTART


def whose(own_store: str) -> tuple[str, ...]:
    """Return whose write points there are with a database."""
    return ("actor",) if own_store == "sqlite" else ("actor", "backend", "server")


def test_three_verbs_killed_at_some_points(own_store: str) -> None:
    """Points chosen by chance, so that they are others when the seed is another."""
    for struck in whose(own_store):
        verbs, n_points = (SOME, 8) if struck == "actor" else (SOME[:1], 4)
        report = proving.report(
            "striking", at_most=60, database=own_store, whose=struck, verbs=verbs, n_points=n_points
        )
        assert_nothing_lost(report)


@pytest.mark.parametrize("control", ["answers before it commits", "two transactions for one act"])
def test_control_kills(own_store: str, control: str) -> None:
    """A product that answers before it commits, or commits twice, is found out."""
    report = proving.report(
        "striking",
        at_most=60,
        database=own_store,
        verbs=["register a child"],
        n_points=12,
        control=control,
    )
    assert report["lost"] + report["half"] > 0


@pytest.mark.soak
def test_every_verb_killed_at_every_point(own_store: str) -> None:
    """Every verb, each of its points up to so many, on each side of a database's connection."""
    n_points = proving.size("POINTS", 130)
    for struck in whose(own_store):
        report = proving.report(
            "striking", at_most=2 * HOUR, database=own_store, whose=struck, n_points=n_points
        )
        assert_nothing_lost(report)
