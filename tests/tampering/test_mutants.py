"""R16: the verifiers verified: of small errors made in them one by one, nine in ten are noticed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.tampering import mutants

ROOT = Path(__file__).resolve().parents[2]
LEDGER = Path("src/caseward/record/ledger")
OURS = tuple(
    LEDGER / f"{name}.py"
    for name in (
        *("verification", "chain", "hashing", "links", "missing"),
        *("payloads", "tracing", "faults", "witness"),
    )
)
THE_OTHER = Path("scripts/check_the_record.py")
LEAST = 0.9
SMALL = """
NAME = "word"

def f(x: int = 1) -> bool:
    \"\"\"Say nothing.\"\"\"
    if x < 2 and not x:
        raise ValueError("no such word")
    return x + 1 == 3
"""


def run(module: Path, folder: Path, *words: str) -> dict[str, Any]:
    """Run the tests of this folder on a module's mutants, in a process and a store of their own."""
    into = folder / f"{module.stem}.json"
    asked = ("-p", "tests.tampering.mutating", "--mutate", str(module), "--mutate-into", str(into))
    environment = {name: value for name, value in os.environ.items() if "TEST_SERVER" not in name}
    said = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *asked,
         *(words or ("tests/tampering", "-m", "not soak"))],
        cwd=ROOT,
        env={**environment, "CASEWARD_TEST_DATABASE": "sqlite"},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert into.exists(), said.stdout
    found: dict[str, Any] = json.loads(into.read_text())
    return found


@pytest.mark.soak
@pytest.mark.parametrize("modules", [OURS, (THE_OTHER,)], ids=["ours", "the other"])
def test_nine_in_ten_errors_are_noticed(modules: tuple[Path, ...], tmp_path: Path) -> None:
    """Each error made alone; those that no test noticed are named."""
    n_mutants, survivors = 0, []
    for module in modules:
        found = run(module, tmp_path)
        n_mutants += found["mutants"]
        survivors += [f"{module.name}, {each}" for each in found["survivors"]]
    score = 1 - len(survivors) / n_mutants
    print(f"{n_mutants:,} errors, {score:.1%} noticed; not these:", *survivors, sep="\n")
    assert score >= LEAST


def test_errors_are_noticed_by_what_tests_them_and_by_nothing_else(tmp_path: Path) -> None:
    """The control: a few errors in the hashing, under its tests, and under one that hashes nothing."""
    few = ("--mutate-every", "6")
    naming, other = (f"tests/tampering/test_{name}.py" for name in ("naming", "second_verifier"))
    found = run(LEDGER / "hashing.py", tmp_path, naming, *few)
    assert (found["mutants"], found["survivors"]) == (2, [])
    found = run(LEDGER / "hashing.py", tmp_path, f"{other}::test_the_two_share_no_code", *few)
    assert (found["mutants"], len(found["survivors"])) == (2, 2)


def test_one_error_is_made_in_every_place(tmp_path: Path) -> None:
    """Comparisons, conditions, sums, constants, words, results and statements; sentences stay."""
    module = tmp_path / "small.py"
    module.write_text(SMALL)
    found = list(mutants.of(module))
    assert [each.what for each in found] == [
        "'word' made 'word~'",
        "1 made 2",
        "1 made 0",
        "raise ValueError('no such word') left out",
        "x < 2 and (not x) turned round",
        "And made Or",
        "Lt made LtE",
        "Lt made GtE",
        "2 made 3",
        "2 made 1",
        "not left out",
        "return x + 1 == 3 made None",
        "Eq made NotEq",
        "Add made Sub",
        "1 made 2",
        "1 made 0",
        "3 made 4",
        "3 made 2",
    ]
    assert len({mutants.written(each) for each in found}) == len(found)
