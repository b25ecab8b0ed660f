"""The store goes away from a server that serves, and comes back, or what serves is killed itself:
nothing told as saved is lost or recorded twice, and what people typed stays with them (R1, R5, R6, R8).
"""

from typing import Any

import pytest

from tests.durability import proving

HOUR = 3_600
LONGEST_PAGE = 2.0
LONGEST_RETURN = 10.0
LONGEST_RESTART = 5.0


def assert_people_lost_nothing(report: dict[str, Any]) -> None:
    """Hold what people met against what is promised."""
    assert (report["wrong"], report["strange"]) == ([], [])
    assert (report["lost"], report["doubled"]) == (0, 0)
    assert report["saved"] == report["sent"] > 0
    assert report["away_pages"] > 0
    assert report["longest_away_page"] <= LONGEST_PAGE
    assert report["back_after"] <= LONGEST_RETURN


@pytest.mark.soak
def test_a_server_of_a_database_away_and_back(own_store: str) -> None:
    """Twenty people at work; PostgreSQL is stopped at once, and started a minute later."""
    if own_store == "sqlite":
        report = proving.report("serving", at_most=HOUR, takes="store", away_for=20.0, n_people=8)
        assert report["pages_shown_while_away"] > 0
    else:
        away_for = float(proving.size("SECONDS_AWAY", 60))
        report = proving.report(
            "serving", at_most=HOUR, takes="server", away_for=away_for, n_people=20
        )
    assert_people_lost_nothing(report)


@pytest.mark.soak
def test_control_outages(own_store: str) -> None:
    """A product that says it saved, forgets what was typed or lets people wait is found out."""
    takes = "store" if own_store == "sqlite" else "server"

    def broken(control: str) -> dict[str, Any]:
        return proving.report(
            "serving", at_most=HOUR, takes=takes, away_for=8.0, n_people=4, control=control
        )

    assert broken("says that it saved")["lost"] > 0
    assert "typed text lost" in broken("forgets what was typed")["strange"][0]
    if own_store == "postgresql":
        assert broken("waits for a server that is away")["longest_away_page"] > LONGEST_PAGE


@pytest.mark.soak
@pytest.mark.parametrize("takes", ["temporary", "logs", "heads"])
def test_a_full_disk_that_holds_no_record_stops_nobody(takes: str) -> None:
    """What is put aside, the log and signed heads have no room: pages are shown and acts recorded."""
    report = proving.report("serving", at_most=HOUR, takes=takes, away_for=20.0, n_people=8)
    assert (report["wrong"], report["strange"]) == ([], [])
    assert (report["lost"], report["doubled"], report["away_pages"]) == (0, 0, 0)
    assert report["saved"] == report["sent"] > 0
    assert report["saved_while_away"] > 0
    assert report["back_after"] <= LONGEST_RETURN


@pytest.mark.soak
def test_no_page_is_shown_whose_showing_cannot_be_noted() -> None:
    """With the read log's disk full, pages wait until it has room: none is shown unlogged."""
    report = proving.report("serving", at_most=HOUR, takes="reads", away_for=20.0, n_people=8)
    assert report["pages_shown_while_away"] == 0
    assert_people_lost_nothing(report)


@pytest.mark.soak
def test_what_serves_is_killed_and_started_again(own_store: str) -> None:
    """From the start of the program, and of its PostgreSQL, to the first page that is shown."""
    rounds = proving.size("RESTARTS", 40)
    report = proving.report("restarting", at_most=HOUR, database=own_store, rounds=rounds)
    assert report["wrong"] == []
    assert (report["lost"], report["doubled"]) == (0, 0)
    assert report["saved"] == report["sent"] > 0
    assert report["longest_restart"] <= LONGEST_RESTART
