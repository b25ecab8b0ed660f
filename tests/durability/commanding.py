"""The program that kills whole commands: `python -m tests.durability.commanding JSON`.

`caseward demo`, `adopt` and `import` write many acts or one large one, and make the tables first. Each
is killed at write points of its own; then the same command is given again, as a person would, and
must come out as if it had never been killed.
"""

import json
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.durability import starting, tracing, unsafe_setups
from tests.integration.exchange import returns

FIRST = "adopt"
WORDS = {
    "adopt": ["adopt", "discharge_of_care_order", "--from", "2025-01-06"],
    "import": ["import", "return"],
    "demo": ["demo", "--if-empty"],
}
# Each is a whole store by itself, or leaves acts that stand by themselves.
COUNTED = ("ledger_entry", "ledger_act", "people_child", "tasks_task", "worklists_owed")


@dataclass(frozen=True, kw_only=True)
class Told:
    """Which command is killed, and at how many of its points."""

    command: str
    n_points: int
    seed: str = "1"


@dataclass(kw_only=True)
class Report:
    """What the points gave."""

    command: str
    found: int = 0
    points: int = 0
    struck: int = 0
    told: int = 0
    lost: int = 0
    not_again: int = 0
    wrong: list[str] = field(default_factory=list)


def main(text: str) -> None:
    """Kill the command at points chosen by chance, and print the report."""
    told = Told(**json.loads(text))
    for name in starting.WARM:
        __import__(name)
    folder = Path(tempfile.mkdtemp(prefix="caseward-commands-"))
    began = time.monotonic()
    try:
        report = _kill(folder, told)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps({**asdict(report), "seconds": round(time.monotonic() - began, 1)}))


def _kill(folder: Path, told: Told) -> Report:
    home, made = folder / "home", folder / "made"
    for name, content in returns.a_return().items():
        (folder / "return").mkdir(exist_ok=True)
        (folder / "return" / name).write_bytes(content)
    os.chdir(folder)
    if told.command == "import":
        _command(home, WORDS[FIRST], at=0)
        shutil.copytree(home, made)
    else:
        made.mkdir(mode=0o700)
    found, code = _command(_fresh(home, made), WORDS[told.command], at=0)
    whole = _counts(home)
    if code or not whole["ledger_entry"]:
        raise RuntimeError(f"'{told.command}' did not do what it is for: {code}, {whole}")
    report = Report(command=told.command, found=found)
    chance = random.Random(told.seed)
    for at in sorted(chance.sample(range(1, found + 1), min(found, told.n_points))):
        _strike(_fresh(home, made), told.command, at, whole, report)
    return report


def _strike(home: Path, command: str, at: int, whole: dict[str, int], report: Report) -> None:
    met, code = _command(home, WORDS[command], at=at)
    report.points += 1
    report.struck += met >= at
    report.told += code == 0
    if code == 0 and _counts(home) != whole:
        report.lost += 1
        report.wrong.append(f"{command}, point {at}: done, and {_counts(home)} not {whole}")
    _, again = _command(home, WORDS[command], at=0)
    # What was adopted before the kill is adopted again by acts of its own: more acts, no more rows.
    counts = _counts(home)
    is_whole = (
        counts == whole if command != "adopt" else counts["ledger_act"] >= whole["ledger_act"]
    )
    _, verified = _command(home, ["verify"], at=0)
    if again or verified or not is_whole:
        report.not_again += 1
        report.wrong.append(f"{command}, point {at}: again {again}, verify {verified}, {counts}")


def _fresh(home: Path, made: Path) -> Path:
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(made, home)
    return home


def _command(home: Path, words: list[str], *, at: int) -> tuple[int, int]:
    """Give a command in a process of its own, killed at a point (0: none); return points and code."""
    process = os.fork()
    if not process:
        code = 1
        try:
            tracing.let_me_be_traced()
            with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
                for stream in (1, 2):
                    os.dup2(nowhere.fileno(), stream)
            told = _environment(home, words)
            os.environ.clear()
            os.environ.update(told)
            from caseward.interfaces.cli import program  # noqa: PLC0415 -- after the fork

            code = program.main(words)
        finally:
            os._exit(code)
    met = 0

    def decide(_call: tracing.Call) -> int:
        nonlocal met
        met += 1
        return tracing.KILL if met == at else tracing.GO_ON

    tracing.take_on(process)
    status = tracing.follow(process, decide, counts=tracing.under(home))
    return met, os.waitstatus_to_exitcode(status)


def _environment(home: Path, words: list[str]) -> dict[str, str]:
    names = {
        "PATH": os.environ["PATH"],
        "CASEWARD_HOME": str(home),
        "XDG_CACHE_HOME": str(home.parent / "cache"),
        "DJANGO_SETTINGS_MODULE": "caseward.config.settings",
    }
    if words[0] != "demo":
        names |= {"CASEWARD_SECRET_KEY": unsafe_setups.SECRET, "CASEWARD_HOSTS": "caseward.example"}
    return names


def _counts(home: Path) -> dict[str, int]:
    path = home / "store" / "store.sqlite3"
    if not path.exists():
        return {}
    session = sqlite3.connect(path)
    try:
        return {
            table: session.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in COUNTED
        }
    finally:
        session.close()


if __name__ == "__main__":
    main(sys.argv[1])
