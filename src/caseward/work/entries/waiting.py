"""From how many facts on an import has people's saving wait, for how long, and in which words (S6)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from math import ceil

from django.db import connection

from caseward.record.ledger import maintenance

MOST_BESIDE_WORK = 150_000
"""So many facts hold the writer about five seconds."""
SECONDS_A_FACT = 60e-6
"""What is promised, about twice what is measured."""


def maintenance_advised(n_entries: int) -> bool:
    """Return whether so many facts hold the writer for longer than people should wait unwarned."""
    return n_entries > MOST_BESIDE_WORK


def maintenance_sentence(n_entries: int) -> str:
    """Return what to say before so many facts are brought in; "" where nobody notices it."""
    if not maintenance_advised(n_entries):
        return ""
    minutes = _minutes(n_entries)
    return (
        f"These are {n_entries:,} facts. While they go in, for about "
        f"{'a minute' if minutes == 1 else f'{minutes} minutes'}, nobody can save anything: pages can "
        "be read, and what people type stays on their page with the time from which it can be saved. "
        "Choose an hour at which few people are at work."
    )


@contextmanager
def saving_waits(n_entries: int, *, at: datetime) -> Iterator[None]:
    """Have saving wait while a large import goes in; within an open transaction nobody could tell."""
    if not maintenance_advised(n_entries) or connection.in_atomic_block:
        yield
        return
    until = at + timedelta(minutes=_minutes(n_entries))
    maintenance.begin("import", why="A large import is being brought in.", until=until)
    try:
        yield
    finally:
        maintenance.end("import")


def _minutes(n_entries: int) -> int:
    return ceil(n_entries * SECONDS_A_FACT / 60)
