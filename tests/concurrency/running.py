"""Starts a crew on the tests' database and gathers the history that it made."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from caseward.record.ledger import queries
from caseward.record.ledger.acts import child_stream
from tests.builders.stores import DISCHARGE, Store, a_store
from tests.concurrency import histories
from tests.concurrency.histories import Attempt, History, Stored

CREW = Path(__file__).with_name("crew.py")


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a crew is to do; `broken` names a safeguard that it is to be without."""

    n_writers: int
    n_attempts: int
    n_children: int = 20
    kills_a_second: float = 0.0
    at_most_kills: int = 0
    clock_jumps: bool = False
    broken: str = ""
    seed: int = 1


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What came of it: the history, how many writers were killed, milliseconds of each success."""

    history: History
    n_kills: int
    took: list[float]

    @property
    def anomalies(self) -> list[str]:
        """Return what no order of the attempts explains."""
        return histories.anomalies(self.history)

    @property
    def at_95(self) -> float:
        """Return below which time, in milliseconds, 95 of 100 attempts ended."""
        return sorted(self.took)[len(self.took) * 95 // 100]

    def line(self) -> str:
        """Return the figures in a line."""
        ways = [each.how for each in self.history.attempts]
        return (
            f"{len(ways):,} attempts: {ways.count('ok'):,} ok, {ways.count('fail'):,} refused, "
            f"{ways.count('info'):,} cut off, {self.n_kills} kills, "
            f"p95 {self.at_95:.0f} ms, {len(self.anomalies)} anomalies"
        )


def run(wanted: Run, folder: Path) -> Ran:
    """Record some children, have the crew write, and hold its notes against the ledger."""
    store = _store(wanted.n_children)
    children = list(store.children.values())
    to_correct = {child: _first(store, child) for child in children}
    before = {child: len(queries.recorded(child_stream(child))) - 1 for child in children}
    told = {
        "database": {
            name: str(connection.settings_dict[name]) for name in ("NAME", "USER", "HOST", "PORT")
        },
        "folder": str(folder),
        "children": children,
        "to_correct": to_correct,
        **vars(wanted),
    }
    ended = subprocess.run(
        [sys.executable, str(CREW), json.dumps(told)],
        capture_output=True,
        text=True,
        check=False,
        timeout=3_600,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert ended.returncode == 0, ended.stderr
    attempts = [
        attempt
        for path in sorted(folder.glob("*.jsonl"))
        for attempt in histories.read(map(json.loads, path.read_text().splitlines()))
    ]
    stored = [each for child in children for each in _stored(child, to_correct, before[child])]
    return Ran(
        history=_known(attempts, stored, children),
        n_kills=json.loads(ended.stdout)["kills"],
        took=[
            (each.ended - each.began) / 1e6
            for each in attempts
            if each.ended is not None and each.seen is None
        ],
    )


def _store(n_children: int) -> Store:
    store = a_store(law=(DISCHARGE,))
    for number in range(n_children):
        store = store.with_child(f"Child {number}", roles=(), started_on="2025-01-06")
    return store


def _first(store: Store, child: str) -> str:
    """Record the visit that writers will correct; return its entry's id."""
    (entry_id,) = store.record(
        "visit.made", "2025-05-01", children=(child,), key=f"first {child}", seen="yes"
    ).entry_ids
    return entry_id


def _stored(child: str, to_correct: dict[str, str], n_before: int) -> list[Stored]:
    found = queries.recorded(child_stream(child))[n_before:]
    return [
        Stored(
            token=one.act.key.split("~")[0],
            child=child,
            position=one.entry.position,
            seq=one.seq,
            corrects=f"first {child}" if one.entry.corrects == to_correct[child] else "",
        )
        for one in found
    ]


def _known(attempts: list[Attempt], stored: list[Stored], children: list[str]) -> History:
    """Return the history with what was recorded before the crew began, and looks without it."""
    tokens = {each.token for each in stored}
    first = [
        Attempt(token=f"first {child}", child=child, began=0, ended=1, how="ok")
        for child in children
    ]
    cleaned = [
        each if each.seen is None else _only(each, tokens | {one.token for one in attempts})
        for each in attempts
    ]
    return History(attempts=[*first, *cleaned], stored=stored)


def _only(look: Attempt, tokens: set[str]) -> Attempt:
    from dataclasses import replace  # noqa: PLC0415 -- beside its one use

    seen: Any = tuple(token for key in look.seen or () if (token := key.split("~")[0]) in tokens)
    return replace(look, seen=seen)
