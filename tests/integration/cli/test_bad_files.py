"""Files that cannot be taken: each told in a sentence, nothing printed as if it were an answer."""

import os
import pickle
from pathlib import Path

import pytest

from caseward.interfaces import shipped
from caseward.interfaces.cli import law_cache
from tests.integration.cli.asking import CHILD_A, a_file, caseward

HEADING = "child,kind,occurred_on\n"

BAD: dict[str, tuple[str | bytes, str]] = {
    "UTF-16": (CHILD_A.encode("utf-16"), "is not UTF-8 text. Save it as “CSV UTF-8”"),
    "unknown column": (
        "child,kind,occured_on,occurred_on\n",
        "row 1, column occured_on:",
    ),
    "bad date": (
        f"{HEADING}A,visit.made,2025-02-31\n",
        "row 2, column occurred_on: There is no day 31 in February 2025. Look at the date again.",
    ),
    "unknown kind": (
        f"{HEADING}A,looked_after.begun,2024-03-04\n",
        "“looked_after.begun” is not a kind of event. Did you mean “looked_after.began”?",
    ),
    "care before the birth": (
        "child,kind,occurred_on,born_on\nA,looked_after.began,2024-03-03,2024-03-04\n",
        "row 2, column occurred_on: 3 March 2024 is before the child was born, on 4 March 2024.",
    ),
    "unknown outcome": (
        "child,kind,occurred_on,outcome\nA,looked_after_review.held,2025-12-04,supported\n",
        "row 2, column outcome: “supported” is not an outcome of “Looked-after review held”.",
    ),
    "unknown field": (
        'child,kind,occurred_on,fields\nA,looked_after.began,2024-03-04,"{""reson"": ""S""}"\n',
        "row 2, column fields: “Came into care” has no field “reson”. Did you mean “reason”?",
    ),
    "cut off in a quote": (
        'child,kind,occurred_on,fields\nA,looked_after.began,2024-03-04,"{""rea',
        "The file breaks off or a quote is wrong",
    ),
}


@pytest.mark.parametrize("case", sorted(BAD))
@pytest.mark.parametrize("words", [("tasks",), ("explain", "A", "review"), ("forecast", "A")])
def test_a_bad_file_is_refused_whole(tmp_path: Path, case: str, words: tuple[str, ...]) -> None:
    """Exit 4, the file named, where and why; no half answer."""
    content, sentence = BAD[case]
    file = a_file(tmp_path, content)
    command, *more = words
    said = caseward(command, file, *more)
    assert (said.code, said.out) == (4, "")
    assert said.err.startswith(str(file))
    assert sentence in said.err


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file is told by its name (exit 4)."""
    said = caseward("tasks", tmp_path / "nowhere.csv")
    assert (said.code, said.out) == (4, "")
    assert said.err == f"{tmp_path / 'nowhere.csv'} cannot be read: No such file or directory.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("tasks", "f.csv", "--as-of", "31/03/2026"), "'31/03/2026' is not a date like 2026-03-31"),
        (("tasks", "f.csv", "--known-at", "yesterday"), "neither a date like 2026-03-31 nor a mom"),
        (("taskz",), "invalid choice: 'taskz'"),
        (("explain", "f.csv"), "the following arguments are required: CHILD, STEP"),
    ],
)
def test_words_that_are_not_understood(words: tuple[str, ...], sentence: str) -> None:
    """A command that is not understood says what was expected (exit 2)."""
    said = caseward(*words)
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err


def test_no_command_shows_the_commands() -> None:
    """Without a command the commands and exit codes are shown (exit 2)."""
    said = caseward()
    assert said.code == 2
    assert "what is due, from a plain file of facts or from the store" in said.out
    assert "3 a law file, calendar or setting is wrong" in " ".join(said.out.split())


@pytest.mark.parametrize("command", ["tasks", "check"])
def test_law_that_cannot_be_read(tmp_path: Path, command: str) -> None:
    """A folder that is not there, empty or not UTF-8, and a missing calendar, are told (exit 3)."""
    file = [a_file(tmp_path)] if command == "tasks" else []
    option = ["--law"] if command == "tasks" else []
    empty = tmp_path / "empty"
    empty.mkdir()
    utf16 = tmp_path / "utf16"
    utf16.mkdir()
    a_file(utf16, "procedure: x\n".encode("utf-16"), name="x.yaml")
    for folder, sentence in [
        (tmp_path / "nowhere", "is not a folder. Name a folder that holds law files."),
        (empty, f"There is no procedure (a .yaml file) under {empty}."),
        (utf16, "x.yaml is not UTF-8 text. Save it as UTF-8."),
    ]:
        said = caseward(command, *file, *option, folder)
        assert (said.code, said.out) == (3, "")
        assert sentence in said.err
    said = caseward(command, *file, "--calendar", tmp_path / "nowhere.yaml")
    assert said.code == 3
    assert "is not a file. Name a calendar file." in said.err


def test_a_damaged_cache_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache of parsed law that is cut off, or open to others, is never trusted."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))
    words = ("tasks", a_file(tmp_path), "--as-of", "2025-12-10")
    right = caseward(*words)
    (kept,) = (tmp_path / "own" / "caseward").glob("*.pickle")
    assert kept.stat().st_mode & 0o777 == 0o600
    whole = kept.read_bytes()
    for content, mode in [(whole[: len(whole) // 2], 0o600), (b"", 0o600), (b"\x80", 0o600)]:
        kept.write_bytes(content)
        kept.chmod(mode)
        assert caseward(*words) == right
    opened = tmp_path / "opened"
    kept.write_bytes(pickle.dumps(_Opens(str(opened))))
    kept.chmod(0o644)
    assert caseward(*words) == right
    assert not opened.exists()


class _Opens:
    """What a stranger might put into a cache: it makes a file when it is read."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str, int]]:
        return os.open, (self.path, os.O_CREAT | os.O_WRONLY)


def test_the_stranger_would_be_let_in(tmp_path: Path) -> None:
    """Control: where such a file is read after all, it does make its file."""
    opened = tmp_path / "opened"
    os.close(pickle.loads(pickle.dumps(_Opens(str(opened)))))  # noqa: S301
    assert opened.exists()


def test_the_cache_follows_the_texts() -> None:
    """Law with one letter changed is not answered from the cache of the other."""
    texts = shipped.law_texts()
    law = law_cache.parsed(texts)
    assert law_cache.parsed(texts).procedures == law.procedures
    assert texts.fingerprint != shipped.law_texts(shipped.LAW / "national").fingerprint
