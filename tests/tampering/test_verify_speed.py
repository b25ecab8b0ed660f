"""R14: a ledger of a million entries is verified in a minute of one core, and in little memory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SIZES = [5_000, pytest.param(1_000_000, marks=pytest.mark.soak)]


@pytest.mark.parametrize("n_entries", SIZES)
def test_verifying_stays_within_its_limits(n_entries: int) -> None:
    """The benchmark itself says whether it does; a small ledger's start alone may take longer."""
    measured = subprocess.run(
        [sys.executable, "-m", "bench.verifying", str(n_entries)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    print(measured.stdout)
    assert f"{n_entries:,} entries" in measured.stdout, measured.stderr
    assert "whole." in measured.stdout
    if n_entries >= 1_000_000:
        assert measured.returncode == 0
