"""The power is cut at any moment: what was told as done is there, and nothing is half done (R3).

The disk is put together from the calls that were made, with what was not synced dropped, shuffled or
torn at 512 bytes. This is about the embedded database; PostgreSQL has proofs of its own for this, and
Caseward refuses one whose settings give them up. A disk that lies about syncing is not covered.
"""

from typing import Any

import pytest

from tests.durability import proving

HOUR = 3_600
SAFE = ("as it comes", "a rollback journal")
UNSAFE = ("NORMAL", "a rollback journal with FULL")


def assert_nothing_lost(report: dict[str, Any]) -> None:
    """Hold a report against what is promised."""
    assert report["wrong"] == []
    assert (report["lost"], report["half"], report["corrupt"]) == (0, 0, 0)
    assert report["longest_restart"] <= 5.0


def test_some_cuts_during_acts() -> None:
    """With the settings that Caseward comes with."""
    assert_nothing_lost(proving.report("cutting", at_most=60, n_states=80))


def test_some_cuts_while_tables_are_made() -> None:
    """Made again from there, they are as they should be."""
    assert_nothing_lost(proving.report("cutting", at_most=60, n_states=6, during="migrating"))


@pytest.mark.parametrize("settings", UNSAFE)
def test_control_power_cuts(settings: str) -> None:
    """A commit that does not wait for the disk loses what was told as done, in one cut of ten."""
    report = proving.report("cutting", at_most=60, n_states=40, settings=settings)
    assert report["lost"] + report["half"] > 0.1 * report["states"]


@pytest.mark.soak
@pytest.mark.parametrize("settings", SAFE)
def test_many_cuts_during_acts(settings: str) -> None:
    """Both ways of SQLite that Caseward starts on."""
    n_states = proving.size("CUTS", 10_000)
    report = proving.report("cutting", at_most=2 * HOUR, n_states=n_states, settings=settings)
    assert_nothing_lost(report)
    assert report["states"] == n_states


@pytest.mark.soak
def test_many_cuts_while_tables_are_made() -> None:
    """Every migration, cut anywhere, is whole or not there."""
    n_states = proving.size("CUTS_MIGRATING", 300)
    report = proving.report("cutting", at_most=HOUR, n_states=n_states, during="migrating")
    assert_nothing_lost(report)
