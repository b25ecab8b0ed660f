"""Runs a proof's program in a process of its own and returns the report that it prints.

A long proof takes its size from the environment, CASEWARD_SOAK_KILLS for one: `size`.
"""

import json
import os
import subprocess
import sys
from typing import Any

from tests.installed import ROOT

LAST_WORDS = 2_000
LISTS = ("wrong", "by_verb", "starts")


def report(program: str, *, at_most: float, **told: Any) -> dict[str, Any]:
    """Run `tests.durability.<program>`, told this, and return its report."""
    ran = subprocess.run(
        [sys.executable, "-m", f"tests.durability.{program}", json.dumps(told)],
        cwd=ROOT,
        env={**_environment(), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=at_most,
    )
    assert ran.returncode == 0, ran.stderr[-LAST_WORDS:]
    answer: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    print(summary(program, told, answer))
    return answer


def size(name: str, usual: int) -> int:
    """Return how much of a long proof is done: what the environment says, or the usual."""
    return int(os.environ.get(f"CASEWARD_SOAK_{name}", usual))


def summary(program: str, told: dict[str, Any], answer: dict[str, Any]) -> str:
    """Return the figures of a report in a line, what went wrong left out."""
    figures = {name: figure for name, figure in answer.items() if name not in LISTS}
    return f"{program} {told}: {figures}"


def _environment() -> dict[str, str]:
    """Return the environment without what a test run says of its own store."""
    return {name: value for name, value in os.environ.items() if not name.startswith("CASEWARD_")}
