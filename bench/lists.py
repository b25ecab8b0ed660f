"""The first pages of lists in a large authority, on both databases: `python -m bench.lists`.

Each authority is made up and filled in a process of its own; what a page takes is the processor
time of it and of its database, since other work on the machine must not count.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import clusters
from bench.measuring import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """An authority's size, and within how many milliseconds its lists open."""

    n_children: int
    n_events: int
    milliseconds: float


REAL = Size(n_children=3_000, n_events=750_000, milliseconds=200.0)
HUGE = Size(n_children=100_000, n_events=0, milliseconds=300.0)
_WORDS = {
    "worker_mine": "a social worker's tasks",
    "worker_worklist": "a social worker's worklist",
    "manager_team": "a team's list",
    "manager_role": "a role's list",
    "manager_all": "everything a team manager may see",
    "manager_unallocated": "what nobody is allocated to",
    "manager_weeks": "a team's coming weeks",
    "manager_weeks_all": "the coming weeks of all a team manager may see",
    "manager_mine": "a team manager's tasks, with what is nobody's and left without cover",
    "manager_search": "a search",
    "iro_mine": "a reviewing officer's list",
    "head_team": "a service's list",
    "head_all": "everything a service manager may see",
    "head_weeks": "a service's coming weeks",
}


def rows(size: Size = REAL, *, databases: tuple[str, ...] = ("SQLite", "PostgreSQL")) -> list[Row]:
    """Measure each first page at the 95th percentile; the stores go with the run."""
    return [row for name in databases for row in _rows(size, name)]


def _rows(size: Size, name: str) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder, _database(Path(folder), name) as said:
        environment = {
            **{key: kept for key, kept in os.environ.items() if key != "CASEWARD_DATABASE"},
            "CASEWARD_HOME": str(Path(folder) / "home"),
            "CASEWARD_DEMONSTRATION": "yes",
            "DJANGO_SETTINGS_MODULE": "bench.page_settings",
            **said,
        }
        command = [
            *(sys.executable, "-W", "ignore", "-m", "bench.paging"),
            *(str(size.n_children), str(size.n_events)),
        ]
        answered = subprocess.run(  # noqa: S603 -- our own module
            command, check=True, stdout=subprocess.PIPE, text=True, env=environment
        )
    met = json.loads(answered.stdout.splitlines()[-1])
    print(f"lists of {size.n_children:,} children, {name}: {[m['digest'] for m in met.values()]}")
    for page, found in met.items():
        words = f"{_WORDS[page]}, {size.n_children:,} children, {name}"
        yield Row(
            what=f"{words} ({found['n_queries']} queries)",
            value=found["at_95"],
            unit="ms",
            limit=size.milliseconds,
        )


@contextmanager
def _database(folder: Path, name: str) -> Iterator[dict[str, str]]:
    if name == "SQLite":
        yield {}
        return
    with clusters.running(folder / "server") as address:
        yield {"CASEWARD_DATABASE": address}


def main() -> int:
    """Measure both sizes (or the one named), print the lines, end with 1 where one lies over."""
    sizes = {"3000": (REAL,), "100000": (HUGE,)}.get(sys.argv[1] if len(sys.argv) > 1 else "")
    databases = tuple(sys.argv[2:]) or ("SQLite", "PostgreSQL")
    measured = [row for size in sizes or (REAL, HUGE) for row in rows(size, databases=databases)]
    for row in measured:
        print(row.line())
    return int(any(row.limit is not None and row.value > row.limit for row in measured))


if __name__ == "__main__":
    sys.exit(main())
