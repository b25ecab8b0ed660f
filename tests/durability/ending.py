"""The program that ends writers, or their database, at random moments (R2, R6).

`python -m tests.durability.ending JSON`. Told: whom is ended: "writers" (the whole group of
processes), "backend" (one process of PostgreSQL), "server" (all of it, stopped without tidying).
"""

import gc
import json
import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from tests.durability import homes, servers
from tests.durability.homes import Home
from tests.durability.servers import Server

if TYPE_CHECKING:
    from tests.durability.verbs import Authority

N_WRITERS = 8
# The store is brought back now and then, so that a round does not take ever longer.
FRESH_EVERY = 8
LONGEST_AT_WORK = 0.6


@dataclass(frozen=True, kw_only=True)
class Told:
    """How often whom to end; `tells_early` is the control: told before it is done."""

    database: str
    rounds: int
    whom: Literal["writers", "backend", "server"] = "writers"
    seed: str = "1"
    tells_early: bool = False


@dataclass(kw_only=True)
class Report:
    """What the rounds gave."""

    rounds: int = 0
    done: int = 0
    under_way: int = 0
    lost: int = 0
    half: int = 0
    faulty: int = 0
    not_again: int = 0
    longest_restart: float = 0
    wrong: list[str] = field(default_factory=list)


def main(text: str) -> None:
    """Make a home, end whom was asked for as often as was asked, and print the report."""
    told = Told(**json.loads(text))
    is_postgresql = told.database == "postgresql"
    # The embedded store waits for a real disk; a server's files need not, for its processes' ends.
    folder = Path(
        tempfile.mkdtemp(prefix="caseward-ends-", dir=homes.in_memory() if is_postgresql else None)
    )
    folder.chmod(0o711)
    server = Server(folder=folder / "server") if is_postgresql else None
    home = Home(folder=folder, server=server)
    began = time.monotonic()
    try:
        home.make()
        report = _rounds(home, told)
    finally:
        home.end()
    print(json.dumps({**asdict(report), "seconds": round(time.monotonic() - began, 1)}))


def _rounds(home: Home, told: Told) -> Report:
    homes.opened(home)
    from django.db import connections  # noqa: PLC0415 -- Django is set up now

    from caseward.work import entries  # noqa: PLC0415 -- same
    from tests.durability import verbs  # noqa: PLC0415 -- same

    known = verbs.an_authority()
    # Settled, so that whatever is not as worked out later was left half done.
    entries.settle_behind(on=verbs.DAY)
    connections.close_all()
    home.keep()
    gc.freeze()
    report = Report()
    chance = random.Random(told.seed)
    for number in range(told.rounds):
        if number % FRESH_EVERY == 0:
            home.bring_back()
        _round(home, known, told, f"{told.seed}.{number}", chance, report)
    return report


def _round(
    home: Home, known: "Authority", told: Told, name: str, chance: random.Random, report: Report
) -> None:
    """Let them write, end whom was asked for, start again, and look."""
    from tests.durability import forking, writing  # noqa: PLC0415 -- Django is set up now

    until = None if told.whom == "writers" else home.folder / f"until {name}"
    deeds = writing.start_writers(known, N_WRITERS, name, until=until, tells_early=told.tells_early)
    time.sleep(chance.uniform(0.02, LONGEST_AT_WORK))
    if told.whom == "writers":
        os.killpg(deeds[0].process, signal.SIGKILL)
    else:
        _end_server(home, told.whom, chance)
    began = time.monotonic()
    if until is not None:
        until.touch()
    said = writing.said_by(deeds)
    if home.server:
        home.server.settle()
    found = json.loads(forking.asked(lambda: json.dumps(_look(known, said)).encode()))
    report.rounds += 1
    report.done += len(said.done)
    report.under_way += len(said.under_way)
    report.lost += sum(fault.startswith("lost") for fault in found["faults"])
    report.half += sum(fault.startswith("half") for fault in found["faults"])
    report.faulty += len(found["broken"])
    report.not_again += len(found["not_again"])
    report.longest_restart = max(report.longest_restart, found["opened_at"] - began)
    wrong = [*found["faults"], *found["broken"], *found["not_again"], *said.failed]
    report.wrong += [f"round {name}: {each}" for each in wrong]


def _end_server(home: Home, whom: str, chance: random.Random) -> None:
    """End PostgreSQL, or one of the processes in which it answers, and have it back."""
    server = home.server
    if server is None:
        raise LookupError("There is no server to end: name the database postgresql.")
    if whom == "server":
        server.stop()
        server.start()
        return
    answering = servers.answering(server)
    if answering:
        os.kill(chance.choice(answering), signal.SIGKILL)


def _look(known: "Authority", said: Any) -> dict[str, Any]:
    """Open the store, hold it against what was said, and do again what was under way."""
    from tests.durability import states, writing  # noqa: PLC0415 -- Django is set up now

    seen = states.opened()
    opened_at = time.monotonic()
    found = list(writing.faults(said))
    not_again = []
    for key in said.under_way:
        writing.do(known, key)
    done_now = writing.Said(begun=said.begun, done=said.begun)
    not_again = [f"again: {fault}" for fault in writing.faults(done_now) if fault not in found]
    return {
        "faults": found,
        "broken": list(seen.faults),
        "not_again": not_again,
        "opened_at": opened_at,
    }


if __name__ == "__main__":
    main(sys.argv[1])
