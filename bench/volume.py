"""An authority's caseload brought in at once, beside its limits: time, writer held, memory, pages.

The import runs in a process of its own with its helpers; two more probe the store meanwhile; this
one adds up the memory of the first, each page of it counted once however many share it.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import clusters
from bench.measuring import Row

AVERAGE, LARGE = 150_000, 1_000_000
MILLISECONDS_AT_95 = 50.0
MEGABYTES = 500.0
SECONDS_HELD = 5.0
SECONDS = {AVERAGE: 25.0, LARGE: 150.0}
N_INSERTS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """What one run met."""

    imported: Mapping[str, float]
    recorded: Mapping[str, float]
    writer: Mapping[str, float]
    reader: Mapping[str, float]
    megabytes: float
    log_megabytes: float


def rows(n_events: int = AVERAGE, *, on_postgresql: bool = False) -> list[Row]:
    """Measure one import into a store of its own and what comes after; the store goes with the run."""
    with tempfile.TemporaryDirectory() as folder, _database(Path(folder), on_postgresql) as said:
        home = Path(folder) / "home"
        environment = {
            **{name: kept for name, kept in os.environ.items() if name != "CASEWARD_DATABASE"},
            "CASEWARD_HOME": str(home),
            "CASEWARD_DEMONSTRATION": "yes",
            "DJANGO_SETTINGS_MODULE": "caseward.config.settings",
            **said,
        }
        met = _met(n_events, home, environment)
        bare = _bare_insert(Path(folder) / "bare.sqlite3")
    name = "PostgreSQL" if on_postgresql else "SQLite"
    return [*_import_rows(met, n_events, name), *_record_rows(met, bare, name)]


def _import_rows(met: Met, n_events: int, name: str) -> Iterator[Row]:
    n_entries, seconds = met.imported["n_entries"], met.imported["seconds"]
    what = f"{n_entries:,} events brought in, {name}"
    held = SECONDS_HELD if n_events <= AVERAGE else None
    yield Row(what=what, value=seconds, unit="s", limit=SECONDS.get(n_events))
    yield Row(what="  of it staging, the writer free", value=met.imported["staging"], unit="s")
    yield Row(what="  processor time, all processes", value=met.imported["processor"], unit="s")
    yield Row(what="  processor time of bringing in", value=met.imported["copying"], unit="s")
    yield Row(what="  the writer held at a stretch", value=met.writer["held"], unit="s", limit=held)
    yield Row(
        what="  memory at most, all its processes", value=met.megabytes, unit="MB", limit=MEGABYTES
    )
    yield Row(
        what=f"  a child's page meanwhile ({met.reader['n']:,}), 95th percentile",
        value=met.reader["at_95"] * 1e3,
        unit="ms",
    )
    yield Row(what="  the slowest of these pages", value=met.reader["longest"] * 1e3, unit="ms")
    yield Row(what="  write-ahead log left after it", value=met.log_megabytes, unit="MB")


def _record_rows(met: Met, bare: float, name: str) -> Iterator[Row]:
    recorded = met.recorded
    what = f"record one event with {met.imported['n_entries']:,} stored, {name}"
    yield Row(what="bare sqlite3 insert, one a commit, full sync", value=bare * 1e3, unit="ms")
    yield Row(what=f"{what}, median", value=recorded["median"] * 1e3, unit="ms")
    yield Row(
        what="  95th percentile", value=recorded["at_95"] * 1e3, unit="ms", limit=MILLISECONDS_AT_95
    )
    yield Row(what="  the first after the import", value=recorded["first"] * 1e3, unit="ms")
    yield Row(what="  95th percentile over a bare insert", value=recorded["at_95"] / bare, unit="x")


def _met(n_events: int, home: Path, environment: Mapping[str, str]) -> Met:
    with _started("importing", str(n_events), str(home), environment=environment) as importing:
        _line(importing)
        with (
            _started("probing", "writer", environment=environment) as writer,
            _started("probing", "reader", environment=environment) as reader,
            _weighed(importing.pid) as weighed,
        ):
            imported = _line(importing, first="go")
            met = [_line(probe, first="enough") for probe in (writer, reader)]
        log = home / "store" / "store.sqlite3-wal"
        return Met(
            imported=imported,
            recorded=_line(importing, first="go"),
            writer=met[0],
            reader=met[1],
            megabytes=max(weighed),
            log_megabytes=log.stat().st_size / 1e6 if log.exists() else 0.0,
        )


@contextmanager
def _started(
    module: str, *told: str, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", f"bench.{module}", *told]
    with subprocess.Popen(  # noqa: S603 -- our own interpreter and modules
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(environment)
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _line(process: subprocess.Popen[str], *, first: str = "") -> dict[str, Any]:
    """Say a line to a process if there is one to say, and return the next that it answers."""
    assert process.stdin is not None
    assert process.stdout is not None
    if first:
        process.stdin.write(first + "\n")
        process.stdin.flush()
    answer: dict[str, Any] = json.loads(process.stdout.readline())
    return answer


@contextmanager
def _weighed(pid: int) -> Iterator[list[float]]:
    """Add up the memory of a process and its children until the block ends, in megabytes."""
    found, over = [0.0], threading.Event()

    def weigh() -> None:
        while not over.wait(0.2):
            found.append(sum(map(_megabytes, [pid, *_children_of(pid)])))

    weighing = threading.Thread(target=weigh)
    weighing.start()
    try:
        yield found
    finally:
        over.set()
        weighing.join()


def _children_of(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for told in tasks for child in told.read_text().split()]


def _megabytes(pid: int) -> float:
    """Return the memory of a process, of what it shares with others its part."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    sizes = [line.split() for line in told.splitlines()]
    return sum(float(size[1]) for size in sizes if size[0] == "Pss:") / 1024


def _bare_insert(path: Path) -> float:
    """Return the seconds of one insert and commit by SQLite itself, fully synced."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE entry (position INTEGER PRIMARY KEY, said TEXT)")
    began = time.perf_counter()
    for _ in range(N_INSERTS):
        database.execute("INSERT INTO entry (said) VALUES (?)", ("x" * 300,))
    took = time.perf_counter() - began
    database.close()
    return took / N_INSERTS


@contextmanager
def _database(folder: Path, on_postgresql: bool) -> Iterator[dict[str, str]]:
    if not on_postgresql:
        yield {}
        return
    with clusters.running(folder / "server") as address:
        yield {"CASEWARD_DATABASE": address}


def main() -> int:
    """Measure so many events, on PostgreSQL if the second word says so; print the lines."""
    n_events = int(sys.argv[1]) if len(sys.argv) > 1 else LARGE
    measured = rows(n_events, on_postgresql="postgresql" in sys.argv)
    for row in measured:
        print(row.line())
    return int(any(row.limit is not None and row.value > row.limit for row in measured))


if __name__ == "__main__":
    sys.exit(main())
