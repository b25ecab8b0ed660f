"""Eight write at once and are killed together, or their database is, at a random moment (R2, R6).

What was told as done is there, nothing is half done, and what was under way can be sent again with
its key and is then there once.
"""

from typing import Any

import pytest

from tests.durability import proving

HOUR = 3_600
LONGEST_RETURN = 10.0


def assert_nothing_lost(report: dict[str, Any]) -> None:
    """Hold a report against what is promised."""
    assert report["wrong"] == []
    assert report["done"] > 0
    assert (report["lost"], report["half"], report["faulty"], report["not_again"]) == (0, 0, 0, 0)
    assert report["longest_restart"] <= LONGEST_RETURN


def test_writers_killed_a_few_times(own_store: str) -> None:
    """The whole group of processes, and on PostgreSQL the server as well."""
    assert_nothing_lost(proving.report("ending", at_most=90, database=own_store, rounds=4))
    if own_store == "postgresql":
        report = proving.report("ending", at_most=90, database=own_store, rounds=1, whom="server")
        assert_nothing_lost(report)


def test_control_random_kills(own_store: str) -> None:
    """Writers that are told before it is done are found out."""
    report = proving.report("ending", at_most=90, database=own_store, rounds=2, tells_early=True)
    assert report["lost"] > 0


@pytest.mark.soak
def test_writers_killed_a_thousand_times(own_store: str) -> None:
    """Each round kills eight processes in the middle of their work."""
    rounds = proving.size("KILLS", 1_000)
    assert_nothing_lost(
        proving.report("ending", at_most=2 * HOUR, database=own_store, rounds=rounds)
    )


@pytest.mark.soak
def test_postgresql_ended_while_people_write(own_store: str) -> None:
    """Stopped without tidying, and with one of its processes killed; every act is done in the end."""
    if own_store == "sqlite":
        return
    for whom in ("server", "backend"):
        rounds = proving.size("ENDS", 200)
        report = proving.report(
            "ending", at_most=2 * HOUR, database=own_store, rounds=rounds, whom=whom
        )
        assert_nothing_lost(report)
        assert report["under_way"] == 0
