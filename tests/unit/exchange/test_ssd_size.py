"""However many rows a folder has, the reader holds ids and never a table."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SIZES = [20_000, pytest.param(1_000_000, marks=pytest.mark.soak)]
MOST_MEGABYTES = 200
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("n_rows", SIZES)
def test_rows_are_read_one_by_one(n_rows: int, tmp_path: Path) -> None:
    """A million rows are told within the memory that some thousands need, and a few ids."""
    told = measured(n_rows, tmp_path)
    assert told["read"] >= n_rows * 0.95
    assert told["fact"] >= n_rows
    assert (told["refuse"], told["duplicate"]) == (0, 0)
    assert told["megabytes"] <= MOST_MEGABYTES
    print(f"{n_rows:,} rows: {told}")


def measured(n_rows: int, folder: Path) -> dict[str, Any]:
    """Return what the reading of so many rows took, in a process of its own."""
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-m", "tests.builders.ssd_large", str(folder), str(n_rows)],
        check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path}, cwd=ROOT,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found
