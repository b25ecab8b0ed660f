"""Several processes that work out portions side by side, while this one reads and writes (S6).

Each is a fresh interpreter (`crew_member`) that holds no connection to any database, gets its
portions through a pipe, and ends when the pipe does: with this process, however that ends.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import chain, islice
from selectors import EVENT_READ, DefaultSelector
from typing import IO, Any

from caseward.work.entries import portions
from caseward.work.entries.portions import Coming, Made
from caseward.work.entries.rulebooks import Rules

Portion = Sequence[Coming]

WORTH_A_CREW = 2
"""From so many portions on it is worth a second's start of other processes."""
LARGEST = 4
# The package itself declares tables, so Django is ready before it is read.
START = (
    "import django; django.setup(); "
    "from caseward.work.entries import crew_member; crew_member.main()"
)


def made(coming: Iterable[Portion], rules: Rules, at: datetime) -> Iterator[Made]:
    """Yield what is made of each portion, in the order in which they are ready."""
    rest = iter(coming)
    first = list(islice(rest, WORTH_A_CREW))
    if len(first) < WORTH_A_CREW:
        yield from (portions.made(portion, rules, at) for portion in first)
        return
    with _crew(min(LARGEST, n_processors()), (rules, at)) as members:
        yield from _dealt(members, chain(first, rest))


def n_processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _dealt(members: Sequence[subprocess.Popen[bytes]], coming: Iterable[Portion]) -> Iterator[Made]:
    """Give each member a portion, and another as soon as it answers."""
    idle = list(members)
    with DefaultSelector() as busy:
        for portion in coming:
            answered = None
            if not idle:
                member, answered = _next_answer(busy)
                idle.append(member)
            member = idle.pop()
            _tell(member, portion)
            busy.register(_pipe(member.stdout), EVENT_READ, member)
            if answered is not None:
                yield answered
        while busy.get_map():
            _, answered = _next_answer(busy)
            yield answered


def _next_answer(busy: DefaultSelector) -> tuple[subprocess.Popen[bytes], Made]:
    (key, _), *_others = busy.select()
    member: subprocess.Popen[bytes] = key.data
    busy.unregister(key.fileobj)
    return member, pickle.load(_pipe(member.stdout))  # noqa: S301 -- our own process wrote it


def _tell(member: subprocess.Popen[bytes], what: Any) -> None:
    pickle.dump(what, _pipe(member.stdin), protocol=pickle.HIGHEST_PROTOCOL)
    _pipe(member.stdin).flush()


@contextmanager
def _crew(size: int, told: Any) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Start so many members, tell each what all share, and end them with the block."""
    command = [sys.executable, "-c", START]
    where = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    members = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=where)  # noqa: S603 -- our own interpreter, fixed words
        for _ in range(size)
    ]
    try:
        for member in members:
            _tell(member, told)
        yield members
    except (BrokenPipeError, EOFError) as problem:
        raise ChildProcessError(
            "A process that worked out what is due ended before it answered. Nothing was brought "
            "in; what it met stands above in the log."
        ) from problem
    finally:
        for member in members:
            member.kill()
            member.wait()
            for pipe in (member.stdin, member.stdout):
                _close(_pipe(pipe))


def _close(pipe: IO[bytes]) -> None:
    # What was still to be written to an ended process has nowhere to go.
    with suppress(BrokenPipeError):
        pipe.close()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise LookupError("The process was started without its pipes.")
    return pipe
