"""Files made to do harm are refused in a sentence, in two seconds and a quarter of a gigabyte (R52).

Each goes the way of an import: it is looked at, then read by a process with caps of its own.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hostile import bombs
from tests.hostile.bombs import Bomb
from tests.hostile.trials import Trials

SECONDS = 2.0
MEGABYTES = 256.0
UNGUARDED = "tests.hostile.unguarded"


@pytest.fixture(scope="module")
def trials() -> Iterator[Trials]:
    """One process for all files of this module: it is still alive after the last."""
    running = Trials()
    yield running
    running.end()


@pytest.fixture
def apart() -> Iterator[Trials]:
    """A process for one file alone, whose use of memory nothing else raises."""
    running = Trials()
    yield running
    running.end()


def faults(answer: dict[str, Any], says: str) -> list[str]:
    """Return in what an answer falls short: not refused, not in this sentence, too slow, too large."""
    found = []
    if not answer["refused"]:
        found.append(f"not refused: {answer}")
    elif (
        not re.search(says, answer["refused"])
        or "Nothing has been imported." not in answer["refused"]
    ):
        found.append(f"says: {answer['refused'][:300]}")
    if answer["seconds"] > SECONDS:
        found.append(f"took {answer['seconds']:.1f} s")
    if answer["megabytes"] > MEGABYTES:
        found.append(f"held {answer['megabytes']:.0f} MB")
    return found


@pytest.mark.parametrize("bomb", bombs.BOMBS, ids=lambda bomb: bomb.name)
def test_a_bomb_is_refused_in_time_and_in_little_memory(
    bomb: Bomb, trials: Trials, tmp_path: Path
) -> None:
    """The sentence says what is wrong with the file, and the import is alive for the next one."""
    assert faults(trials.of(bomb.format, bomb.make(tmp_path)), bomb.says) == []


@pytest.mark.soak
def test_a_line_of_a_gigabyte_is_refused_as_fast(trials: Trials, tmp_path: Path) -> None:
    """It is refused where it becomes too long, not where it ends."""
    bomb = bombs.GIGABYTE
    path = bomb.make(tmp_path)
    answer = trials.of(bomb.format, path)
    path.unlink()
    print(bomb.name, answer)
    assert faults(answer, bomb.says) == []


def test_an_honest_file_is_read_after_all_of_them(trials: Trials, tmp_path: Path) -> None:
    """A guard that refuses everything would pass the proofs above."""
    path = tmp_path / "header.csv"
    path.write_text(f"{bombs.HEADER}1001,F,01/05/2012,,,,\n")
    answer = trials.of("ssda903", path)
    assert answer["read"], answer


@pytest.mark.parametrize(
    ("name", "content", "short"),
    [
        ("entities.xml", '<!DOCTYPE a [<!ENTITY x "lol">]><a>&x;</a>', "not refused"),
        ("slow.xml", "<a/>", "took"),
        ("large.xml", "<a/>", "held"),
        ("fault.xml", "<a/>", "not refused"),
    ],
)
def test_control_a_reader_without_guards_falls_short(
    apart: Trials, tmp_path: Path, name: str, content: str, short: str
) -> None:
    """A reader that expands entities, holds too much, takes too long or breaks is told as such."""
    path = tmp_path / name
    path.write_text(content)
    assert any(short in fault for fault in faults(apart.of(UNGUARDED, path), "."))
