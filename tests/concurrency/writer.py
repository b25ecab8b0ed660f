"""One writer: it records, sends again, corrects on what it saw now or before, and looks.

Its attempts follow from its number alone. Killed and started again, it goes on after the last one;
the one that it was killed in it sends again, half the time, as a browser does.
"""

import json
import os
import random
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import Error, connections

from caseward.record.ledger import queries
from caseward.record.ledger.acts import LONDON, Act, child_stream
from caseward.work import entries
from caseward.work.casework import correct_entry, record_event
from caseward.work.casework.happenings import WhatHappened
from caseward.work.entries import checking
from caseward.work.entries.errors import Refusal

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FIRST_DAY = date(2025, 6, 1)
KIND = "visit.made"


def warm() -> None:
    """Read the law once, for every writer, and leave no connection to cross a fork."""
    entries.rulebook_at(on=NOON.date())
    _close()


def write(given: dict[str, Any], number: int, path: Path) -> None:
    """Make every attempt that this writer has not made yet."""
    lines = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    done = {line["number"] for line in lines if line["type"] != "began"}
    began = {line["number"]: line["attempt"] for line in lines if line["type"] == "began"}
    clock = random.Random(time.monotonic_ns())
    writer = _Writer(given, number, path, clock)
    for turn, attempt in enumerate(_plan(given, number)):
        if turn not in done and (turn not in began or clock.random() < 0.5):
            writer.make(turn, attempt, sent_before=began.get(turn))
    _close()


def _plan(given: dict[str, Any], number: int) -> Iterator[dict[str, Any]]:
    """Yield what to attempt: of a hundred thirty repeat a key, and twenty correct on an old look."""
    chance = random.Random(f"{given['seed']} {number}")
    own: list[dict[str, Any]] = []
    for turn in range(given["n_attempts"]):
        child = chance.choice(given["children"])
        roll = chance.random()
        if roll < 0.15 and own:
            yield chance.choice(own)
            continue
        if roll < 0.30:
            # The same key, with the same words, as the neighbour's.
            shared = random.Random(f"{given['seed']} {turn} {number // 2}")
            child = shared.choice(given["children"])
            token = f"shared {turn} {number // 2}"
            yield {"do": "record", "token": token, "child": child, "day": turn % 200}
            continue
        token = f"{number} {turn}"
        if roll < 0.50:
            attempt = {"do": "correct", "token": token, "child": child, "look": "old"}
        elif roll < 0.60:
            attempt = {"do": "correct", "token": token, "child": child, "look": "new"}
        elif roll < 0.70:
            attempt = {"do": "look", "token": token, "child": child}
        else:
            attempt = {"do": "record", "token": token, "child": child, "day": turn % 200}
            own.append(attempt)
        yield attempt


class _Writer:
    def __init__(
        self, given: dict[str, Any], number: int, path: Path, clock: random.Random
    ) -> None:
        self.number, self.clock = number, clock
        self.jumps: bool = given["clock_jumps"]
        self.to_correct: dict[str, str] = given["to_correct"]
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.looked: dict[str, int] = {}

    def make(
        self, turn: int, attempt: dict[str, Any], *, sent_before: dict[str, Any] | None
    ) -> None:
        """Make one attempt, noted before it begins and once it has ended.

        What was `sent_before` and not answered is sent again as it was.
        """
        told: dict[str, Any] = {"token": attempt["token"], "child": attempt["child"]}
        if attempt["do"] == "correct":
            told["corrects"] = f"first {attempt['child']}"
            told["expected"] = (sent_before or {}).get("expected") or self._expected(attempt)
        if attempt["do"] == "look":
            told["seen"] = ()
        self._note(turn, "began", attempt=told)
        try:
            more = self._do(attempt, told)
        except Refusal:
            self._note(turn, "fail")
        except Error as problem:
            self._note(turn, "fail", error=str(problem).splitlines()[0])
        else:
            self._note(turn, "ok", **more)

    def _do(self, attempt: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
        child = attempt["child"]
        if attempt["do"] == "look":
            return {"seen": [one.act.key for one in queries.recorded(child_stream(child))]}
        act = self._act(attempt["token"])
        if attempt["do"] == "record":
            record_event.record(act, _visit(child, attempt["day"]), confirmed=True)
        else:
            correct_entry.correct(
                act,
                child,
                self.to_correct[child],
                _visit(child, hash_of(attempt["token"])),
                expected_seq=told["expected"],
                confirmed=True,
            )
        return {}

    def _expected(self, attempt: dict[str, Any]) -> int:
        child = attempt["child"]
        if attempt["look"] == "new" or child not in self.looked:
            self.looked[child] = checking.last_seq(child_stream(child), self.to_correct[child])
        return self.looked[child]

    def _act(self, token: str) -> Act:
        at = NOON + timedelta(microseconds=time.monotonic_ns() // 1_000 % 10**9)
        if self.jumps:
            at += timedelta(hours=self.clock.choice([-24, -1, 0, 0, 1, 24]))
        today = at.astimezone(LONDON).date()
        return Act(by="system:writer", at=at, today=today, key=token, via="tests", why="Tried.")

    def _note(self, turn: int, what: str, **more: Any) -> None:
        line = {"writer": self.number, "number": turn, "type": what, "at": time.monotonic_ns()}
        os.write(self.file, (json.dumps(line | more) + "\n").encode())


def hash_of(token: str) -> int:
    """Return a number that follows from a token, the same in every process."""
    return sum(map(ord, token)) % 200


def _visit(child: str, day: int) -> WhatHappened:
    return WhatHappened(
        kind=KIND,
        occurred_on=FIRST_DAY + timedelta(days=day),
        children=(child,),
        fields={"seen": "yes"},
    )


def _close() -> None:
    for connection in connections.all():
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined]
