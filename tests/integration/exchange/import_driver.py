"""Imports in a process of their own, on a store of their own, so that the process can be killed.

`python -m tests.integration.exchange.import_driver DOING N`: import the files in `files/` beside the home
that CASEWARD_HOME names, and be killed (SIGKILL) the Nth time that DOING is told; DOING "" is never.
`half` before it first commits half of what would be brought in: a broken build, for the control.
`look` prints where the record stands, how many children there are and in which phase runs are; `again`
prints it, imports, and prints the report and it again.
"""

# ruff: noqa: PLC0415 -- Django is set up before its models are imported

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from caseward.interfaces.cli import store

FILES = Path(os.environ.get("CASEWARD_HOME", ".")).parent / "files"


def _killing(doing: str, n: int) -> Callable[[str, int, int], None]:
    heard = 0

    def tell(what: str, _done: int, _of: int) -> None:
        nonlocal heard
        if what == doing:
            heard += 1
            if heard == n:
                os.kill(os.getpid(), signal.SIGKILL)

    return tell


def _look() -> dict[str, Any]:
    from django.conf import settings

    from caseward.record.ledger import queries as ledger
    from caseward.record.people import queries as people
    from caseward.work.exchange.imports import runs
    from caseward.work.imports import queries

    home = Path(settings.CASEWARD_HOME)
    phases = [runs.state(run.run, home=home).phase for run in queries.runs()]
    return {
        "position": ledger.head().position,
        "children": len(people.all_ids()),
        "phases": phases,
        "staged": sorted(path.name for path in home.glob("imports/*/*.sqlite3")),
    }


def _commit_half_first() -> None:
    """Break the build: half of the children go in by a commit of their own."""
    from dataclasses import replace

    from caseward.work import entries

    whole = entries.stage_many

    def stage(act: Any, batches: Any, **more: Any) -> Any:
        everything = list(batches)
        half = everything[: len(everything) // 2]
        entries.take_in_many(replace(act, key=f"{act.key}-half"), half)
        return whole(act, everything[len(half) :], **more)

    entries.stage_many = stage


def _bring_in(doing: str, n: int) -> dict[str, Any]:
    from django.conf import settings

    from caseward.work.entries import staging
    from caseward.work.exchange.imports import runs

    staging.STREAMS_AT_ONCE = 1
    home, tell = Path(settings.CASEWARD_HOME), _killing(doing, n)
    act = store.act(why="a test")
    run = runs.start(act, [FILES], home=home)
    runs.check(run, at=act.at, today=act.today, home=home, progress=tell)
    return runs.commit(act, run, home=home, progress=tell).as_json()


def main(words: list[str]) -> None:
    """Do what the words say and print the answer."""
    store.open_store()
    if words[0] == "half":
        _commit_half_first()
        words = words[1:]
    if words[0] == "look":
        answer = [_look()]
    elif words[0] == "again":
        answer = [_look(), _bring_in("", 0), _look()]
    else:
        answer = [_bring_in(words[0], int(words[1]))]
    print(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1:])
