"""The program that kills what serves and starts it again: `python -m tests.durability.restarting JSON`.

`caseward serve` runs for real and people send forms; all its processes are killed, on PostgreSQL every
other time the server's as well, and the same is started again, until it shows its first page (R1).
"""

import json
import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.durability import serving
from tests.durability.homes import Home
from tests.durability.servers import Server


@dataclass(frozen=True, kw_only=True)
class Told:
    """How often it is killed, with how many people at work and how many entries in the record."""

    database: str
    rounds: int
    n_people: int = 4
    n_entries: int = 3_000
    seed: str = "1"


@dataclass(kw_only=True)
class Report(serving.Report):
    """What people met, and how long each restart took; `longest_of_server` is PostgreSQL's part."""

    longest_restart: float = 0
    longest_of_server: float = 0
    restarts: list[float] = field(default_factory=list)


def main(text: str) -> None:
    """Make a home, kill and start again as often as was asked, and print the report."""
    told = Told(**json.loads(text))
    folder = Path(tempfile.mkdtemp(prefix="caseward-restarts-"))
    folder.chmod(0o711)
    server = Server(folder=folder / "server") if told.database == "postgresql" else None
    home = Home(folder=folder, server=server)
    try:
        home.make()
        print(json.dumps(asdict(_restart(home, told))))
    finally:
        home.end()


def _restart(home: Home, told: Told) -> Report:
    worker, children = serving.prepared(home, told.n_people)
    _fill(told.n_entries)
    report = Report()
    chance = random.Random(told.seed)
    port = serving.free_port()
    running = serving.started(home, port)
    try:
        people = serving.at_work(port, worker, children)
        for number in range(told.rounds):
            time.sleep(chance.uniform(0.2, 2.0))
            os.killpg(running.pid, signal.SIGKILL)
            running.wait(20)
            if home.server and number % 2:
                home.server.kill()
            began = time.monotonic()
            if home.server and not home.server.is_running:
                report.longest_of_server = max(report.longest_of_server, home.server.start())
            running = serving.started(home, port)
            report.restarts.append(round(time.monotonic() - began, 2))
        serving.end_work(people)
    finally:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait(20)
    report.longest_restart = max(report.restarts, default=0)
    serving.judge(home, people, report)
    return report


def _fill(n_entries: int) -> None:
    """Bring in a record of some size."""
    from django.db import connections  # noqa: PLC0415 -- Django is set up now

    from tests.durability import verbs  # noqa: PLC0415 -- same

    verbs.bring_in(verbs.act("fill"), n_children=n_entries // 3)
    connections.close_all()


if __name__ == "__main__":
    main(sys.argv[1])
