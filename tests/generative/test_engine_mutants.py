"""Small errors in calendars, facts and reference engine, one by one, a sample of them: most are noticed.

The sample is drawn with a stated seed; the time is boxed, and what was left for it is told.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
RULES = Path("src/caseward/rules")
SEED = 5
LEAST = 0.85
MINUTES, SECONDS = 60, 45
"""Of each part, and of each error: all its tests take a third of these seconds."""
EXAMPLES = "tests/law/test_examples.py"
FORECASTS = ("tests/law/test_forecast.py", "tests/law/test_course.py")
# Each part of the rules with the share of its errors that is made, and the tests that are to notice.
PARTS = {
    "calendars": (RULES / "calendars", 0.15, ("tests/unit/calendars",)),
    "facts": (
        RULES / "facts",
        0.06,
        ("tests/unit/facts", "tests/unit/procedures/test_published.py"),
    ),
    "engine": (RULES / "engine/reference", 0.04, (EXAMPLES, *FORECASTS, "tests/unit/engine")),
}


def run(part: str, folder: Path, *more: str) -> dict[str, Any]:
    """Run the tests of a part of the rules on a sample of its errors."""
    source, share, tests = PARTS[part]
    into = folder / f"{part}.json"
    asked = [
        *("-p", "tests.tampering.mutating", "--mutate-into", str(into)),
        *("--mutate-share", str(share), "--mutate-seed", str(SEED)),
        *("--mutate-minutes", str(MINUTES), "--mutate-seconds", str(SECONDS)),
    ]
    for module in sorted(source.glob("*.py")):
        asked += ["--mutate", str(module)]
    said = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider",
         *asked, *more, *tests, "tests/spec", "--ignore", "tests/spec/test_rulebook.py",
         "-m", "not soak"],
        cwd=ROOT,
        env={**os.environ, "CASEWARD_TEST_DATABASE": "sqlite"},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert into.exists(), said.stdout
    found: dict[str, Any] = json.loads(into.read_text())
    return found


@pytest.mark.soak
@pytest.mark.parametrize("part", PARTS)
def test_most_errors_are_noticed(part: str, tmp_path: Path) -> None:
    """Of the errors drawn from each part at least 85 in a hundred are noticed; the others are named."""
    found = run(part, tmp_path)
    survivors = found["survivors"]
    score = 1 - len(survivors) / found["mutants"]
    print(
        f"{part}: {found['mutants']} errors made, {found['left']} left for time, "
        f"{score:.1%} noticed; not these:",
        *survivors,
        sep="\n",
    )
    assert score >= LEAST
