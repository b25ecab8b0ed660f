"""Verifying a ledger of a million entries, in a process of its own: `python -m bench.verifying`."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta

from bench.measuring import Row

N_ENTRIES = 1_000_000
N_A_CHILD = 400
SECONDS_A_MILLION = 60.0
MEGABYTES = 500.0


def rows(n_entries: int = N_ENTRIES) -> list[Row]:
    """Fill a store of its own and verify it by the command; the store goes with the run."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {
            "CASEWARD_HOME": home,
            "CASEWARD_DEMONSTRATION": "yes",
            "DJANGO_SETTINGS_MODULE": "caseward.config.settings",
        }
        os.environ.pop("CASEWARD_DATABASE", None)
        _fill(n_entries)
        began, processor_before = time.perf_counter(), _processor_seconds()
        command = [sys.executable, "-m", "caseward.interfaces.cli", "verify", "--ledger-only"]
        verified = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
        waited = time.perf_counter() - began
    print(verified.stdout.splitlines()[0])
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return [
        Row(
            what=f"verify {n_entries:,} entries, processor time",
            value=_processor_seconds() - processor_before,
            unit="s",
            limit=SECONDS_A_MILLION * n_entries / N_ENTRIES,
        ),
        Row(what="the same, by the clock on the wall", value=waited, unit="s"),
        Row(what="most memory it held", value=usage.ru_maxrss / 1024, unit="MB", limit=MEGABYTES),
    ]


def _fill(n_entries: int) -> None:
    from caseward.interfaces import clock
    from caseward.interfaces.cli import store

    store.open_store(make=True)
    from django.db import transaction

    from caseward.record.ledger import keeping, operations
    from caseward.record.ledger.acts import NewEntry, child_stream, new_id

    streams = [child_stream(new_id()) for _ in range(max(1, n_entries // N_A_CHILD))]

    def facts() -> Iterator[NewEntry]:
        for number in range(n_entries):
            yield NewEntry(
                stream=streams[number % len(streams)],
                kind="visit.made",
                occurred_on=date(2020, 1, 1) + timedelta(days=number % 2_000),
                fields={"seen": "yes", "note": f"Seen at home, with {number % 7} others there."},
            )

    with transaction.atomic():
        operations.append_many(store.act(why="benchmark"), streams, facts(), input_digest="")
    keeping.sign_if_due(at=clock.now())


def _processor_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> int:
    """Measure, print the lines, and end with 1 where one lies over its limit."""
    measured = rows(int(sys.argv[1]) if len(sys.argv) > 1 else N_ENTRIES)
    for row in measured:
        print(row.line())
    return int(any(row.limit is not None and row.value > row.limit for row in measured))


if __name__ == "__main__":
    sys.exit(main())
