"""A crew of writers: one process that loads the product, forks writers, kills some, starts others.

Told by JSON: the database, children, their entries to correct, how many writers and attempts, how
often to kill, how to be broken. Each writer notes its attempts in a file of its own.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"


def main(told: str) -> None:
    """Run the crew to its end and say how many writers were killed."""
    import django  # noqa: PLC0415 -- the settings must be named first
    from django.conf import settings  # noqa: PLC0415

    given = json.loads(told)
    settings.DATABASES["default"] |= given["database"]
    settings.CASEWARD_HOME = given["folder"]
    if given["broken"] == "locks":
        settings.DATABASES["default"]["OPTIONS"].pop("transaction_mode", None)
        settings.DATABASES["default"]["OPTIONS"].pop("timeout", None)
    django.setup()
    from tests.concurrency import breaking, writer  # noqa: PLC0415

    breaking.breaking(given["broken"])
    writer.warm()
    print(json.dumps({"kills": _run(given)}))


def _run(given: dict[str, Any]) -> int:
    chance = random.Random(given["seed"])
    running = {_fork(given, number): number for number in range(given["n_writers"])}
    kills, n_left = 0, given["at_most_kills"]
    next_kill = time.monotonic() + chance.expovariate(given["kills_a_second"] or 1e-9)
    while running:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid:
            number = running.pop(pid)
            if os.WIFSIGNALED(status):
                kills += 1
                running[_fork(given, number)] = number
            elif os.waitstatus_to_exitcode(status):
                sys.exit(f"Writer {number} ended with {status}")
            continue
        if time.monotonic() >= next_kill and n_left:
            n_left -= 1
            os.kill(chance.choice(sorted(running)), signal.SIGKILL)
            next_kill = time.monotonic() + chance.expovariate(given["kills_a_second"])
        time.sleep(0.002)
    return kills


def _fork(given: dict[str, Any], number: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    from tests.concurrency import writer  # noqa: PLC0415

    code = 1
    try:
        writer.write(given, number, Path(given["folder"]) / f"{number}.jsonl")
        code = 0
    finally:
        sys.stderr.flush()
        # No tidying of what the parent owns too.
        os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1])
