"""Every number of the meaning has a spec test, and a deliberate error that turns it red."""

import re
from collections.abc import Iterable
from pathlib import Path

from tests.house import sources

MEANING = tuple(f"M{number}" for number in range(1, 43))
# The store's numbers as far as it is built; S9, S11 and S12 come with their own parts of it.
STORE = ("S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S10")
SPEC_TEST = re.compile(r"^def test_(?P<id>[MS]\d+[a-z]?)_", re.MULTILINE)
WRONG = "tests/spec/wrong_engines"
FOLDERS = ("tests/spec", "tests/integration")


def ids_tested(root: Path) -> set[str]:
    """Return the ids that spec tests are named by, letters kept."""
    return {
        match["id"]
        for source in sources.python_files(root, *FOLDERS)
        for match in SPEC_TEST.finditer(source.text)
    }


def turned_red(root: Path) -> set[str]:
    """Return the ids that have a wrong engine or a broken store."""
    return {path.stem for path in (root / WRONG).glob("*.toml")}


def unproven(root: Path, numbers: Iterable[str]) -> list[str]:
    """Return every number without a test, and every test without its wrong engine, or reverse."""
    tests, errors = ids_tested(root), turned_red(root)
    numbers_tested = {name.rstrip("abcdefghijklmnopqrstuvwxyz") for name in tests}
    return [
        *(f"{number} has no spec test" for number in numbers if number not in numbers_tested),
        *(f"{name} has no wrong engine in {WRONG}" for name in sorted(tests - errors)),
        *(f"{WRONG}/{name}.toml belongs to no spec test" for name in sorted(errors - tests)),
    ]


def test_every_number_of_the_meaning_is_tested() -> None:
    """M1 to M42, and the store's numbers built so far, each have a test and an error for it."""
    assert unproven(sources.ROOT, (*MEANING, *STORE)) == []


def test_control_meaning(tmp_path: Path) -> None:
    """The check goes red on a number without test, a test without error, an error without test."""
    sources.plant(tmp_path, "tests/spec/test_a.py", "def test_M1a_states(): ...\n")
    sources.plant(tmp_path, "tests/spec/wrong_engines/M3.toml", "")
    assert len(unproven(tmp_path, ("M1", "M2"))) == 3
