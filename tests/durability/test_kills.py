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


def assert_nothing_lost(report: dict[str, Any], *, is_timed: bool = True) -> None:
    """Hold a report against what is promised; a machine busy with other tests is no clock."""
    assert report["wrong"] == []
    # PostgreSQL's own process makes a call more or less from one time to the next.
    assert report["struck"] > 0.8 * report["points"]
    assert (report["lost"], report["half"], report["faulty"], report["not_again"]) == (0, 0, 0, 0)
    if is_timed:
        assert report["longest_restart"] <= LONGEST_RESTART


def whose(own_store: str) -> list[str]:
    """Return whose write points there are with a database."""
    return ["actor"] if own_store == "sqlite" else ["actor", "backend", "server"]


def test_three_verbs_killed_at_some_points(own_store: str) -> None:
    """Points chosen by chance."""
    n_points = 6 if own_store == "sqlite" else 1
    report = proving.report(
        "striking",
        at_most=90,
        database=own_store,
        whose=whose(own_store),
        verbs=SOME,
        n_points=n_points,
    )
    assert_nothing_lost(report, is_timed=False)


@pytest.mark.parametrize("control", ["answers before it commits", "two transactions for one act"])
def test_control_kills(own_store: str, control: str) -> None:
    """A product that answers before it commits, or commits twice, is found out."""
    report = proving.report(
        "striking",
        at_most=60,
        database=own_store,
        verbs=["register a child"],
        n_points=12,
        # SQLite goes on writing after the answer; a server's client has nothing more to do.
        seed="1" if own_store == "sqlite" else "",
        control=control,
    )
    assert report["lost"] + report["half"] > 0


@pytest.mark.soak
def test_every_verb_killed_at_every_point(own_store: str) -> None:
    """Every verb, each of its points up to so many, on each side of a database's connection."""
    n_points = proving.size("POINTS", 400 if own_store == "sqlite" else 40)
    report = proving.report(
        "striking",
        at_most=4 * HOUR,
        database=own_store,
        whose=whose(own_store),
        n_points=n_points,
    )
    assert_nothing_lost(report)


@pytest.mark.soak
@pytest.mark.parametrize(("command", "usual"), [("adopt", 150), ("import", 120), ("demo", 15)])
def test_whole_commands_killed_and_given_again(command: str, usual: int) -> None:
    """A command broken off is given again and comes out as if it had never been."""
    n_points = proving.size(f"POINTS_OF_{command.upper()}", usual)
    report = proving.report("commanding", at_most=2 * HOUR, command=command, n_points=n_points)
    assert report["wrong"] == []
    assert report["struck"] == report["points"] > 0
