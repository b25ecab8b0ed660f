"""R12: a store that is being written to is verified as it stands at one moment, and not accused."""

import threading
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.db import connection

from caseward.record.ledger import moments, verification
from caseward.work.casework import adopt
from tests.builders.stores import DISCHARGE, a_store, on
from tests.concurrency import running
from tests.concurrency.running import Run
from tests.integration.cli.asking import caseward
from tests.integration.cli.test_store_commands import _quiet_about_what_tests_change

pytestmark = [
    pytest.mark.django_db(databases="__all__", transaction=True),
    pytest.mark.usefixtures("_quiet_about_what_tests_change"),
]
__all__ = ["_quiet_about_what_tests_change"]


def verified_while_written_to(folder: Path) -> tuple[list[int], list[str]]:
    """Verify again and again while four writers are at it; return sizes seen, and faults told."""
    sizes: list[int] = []
    faults: list[str] = []
    stop = threading.Event()

    def go_on_verifying() -> None:
        while not stop.wait(0.01):
            report = verification.verify()
            sizes.append(report.n_entries)
            faults.extend(fault.sentence for fault in report.faults)
        connection.close()

    verifying = threading.Thread(target=go_on_verifying)
    verifying.start()
    try:
        running.run(Run(n_writers=4, n_attempts=40, n_children=3), folder)
    finally:
        stop.set()
        verifying.join(60)
    return sizes, faults


def test_a_busy_store_is_not_accused(tmp_path: Path) -> None:
    """Each verification finds the ledger whole, and it grows."""
    sizes, faults = verified_while_written_to(tmp_path)
    assert faults == []
    assert len(set(sizes)) > 3


def test_control_verifying(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as it comes, not as it stands at one moment, a busy store looks broken."""
    monkeypatch.setattr(moments, "one_moment", nullcontext)
    _, faults = verified_while_written_to(tmp_path)
    assert faults != []


def test_children_behind_the_authority_are_not_accused(tmp_path: Path) -> None:
    """After an adoption, before anything is settled, the store is whole all the same."""
    store = a_store("2025-12-04", law=(DISCHARGE,)).with_child(started_on="2025-01-06")
    store.record("looked_after_review.held", outcome="discharge_supported")
    store.record("review_decision.ratified")
    adopt.declare_closure(store.act(), {on("2025-12-24"): "Offices closed"})
    (tmp_path / "heads").mkdir()
    said = caseward("verify", "--json", "--heads", tmp_path / "heads")
    assert said.json["faults"] == []
