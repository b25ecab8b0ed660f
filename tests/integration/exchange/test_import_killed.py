"""An import whose process is killed, at any point: nothing is in, it says so, and the next try works."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.builders import importing
from tests.integration.exchange import returns

ROOT = Path(__file__).parents[3]
DRIVER = "tests.integration.exchange.import_driver"
ALL = {"header.csv": (2, 2), "episodes.csv": (3, 3), "reviews.csv": (3, 3)}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a home that has its law adopted, and the files of a small return beside it."""
    folder = tmp_path_factory.mktemp("killed")
    importing.put(returns.a_return(), folder / "files")
    run(folder, "caseward.interfaces.cli", "adopt")
    return folder


def run(folder: Path, *words: str, dies: bool = False) -> str:
    """Run a program on the folder's home and return what it printed; `dies`: it must be killed."""
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "CASEWARD_HOME": str(folder / "home"),
            "CASEWARD_DEMONSTRATION": "yes",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    expected = -signal.SIGKILL if dies else 0
    assert done.returncode == expected, done.stderr
    return done.stdout


def killed(prepared: Path, folder: Path, *words: str) -> list[dict[str, Any]]:
    """Let an import be killed; return what there was then, what the next one did, and what there is."""
    shutil.copytree(prepared, folder)
    run(folder, DRIVER, *words, dies=True)
    answer: list[dict[str, Any]] = json.loads(run(folder, DRIVER, "again"))
    return answer


@pytest.mark.parametrize(
    ("doing", "n"),
    [
        ("Reading the files", 1),
        ("Comparing with the record", 2),
        ("Working out what is due", 1),
        ("Bringing in", 1),
    ],
)
def test_killed_at_any_point(prepared: Path, tmp_path: Path, doing: str, n: int) -> None:
    """Nothing of it is in; the register says that it was interrupted; the next import is whole."""
    after, report, then = killed(prepared, tmp_path / "store", doing, str(n))
    (before,) = json.loads(run(prepared, DRIVER, "look"))
    assert (before["children"], before["phases"]) == (0, [])
    assert (after["position"], after["children"]) == (before["position"], 0)
    assert after["phases"] == ["failed"]
    totals = report["totals"]
    assert {one["file"]: (one["read"], one["accepted"]) for one in totals} == ALL
    assert (then["children"], then["phases"], then["staged"]) == (2, ["done", "failed"], [])


def test_control_half_committed_is_told(prepared: Path, tmp_path: Path) -> None:
    """Control: a build that commits half before the rest, killed between, leaves a child behind."""
    after, _, _ = killed(prepared, tmp_path / "store", "half", "Bringing in", "1")
    (before,) = json.loads(run(prepared, DRIVER, "look"))
    assert after["children"] == 1
    assert after["position"] > before["position"]
