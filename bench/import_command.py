"""The whole import command over a folder of a large authority: `python -m bench.import_command`.

Reading, comparing, making ready and bringing in, each process of it counted; and the same folder
again, of which nothing is new. The second word may be `postgresql`.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from bench import clusters
from bench.measuring import Row
from tests.builders import ssd_large

ROWS = 150_000
ADOPT = ("adopt", "discharge_of_care_order", "--from", "2010-01-01")


def rows(n_rows: int = ROWS, *, on_postgresql: bool = False) -> list[Row]:
    """Measure the command on a store of its own, which goes with the run."""
    with tempfile.TemporaryDirectory() as folder:
        if not on_postgresql:
            return _measured(Path(folder), n_rows, {}, "SQLite")
        with clusters.running(Path(folder) / "server") as address:
            return _measured(Path(folder), n_rows, {"CASEWARD_DATABASE": address}, "PostgreSQL")


def _measured(folder: Path, n_rows: int, said: Mapping[str, str], name: str) -> list[Row]:
    export = folder / "export"
    export.mkdir()
    ssd_large.write(export, n_rows)
    environment = {
        **{key: kept for key, kept in os.environ.items() if key != "CASEWARD_DATABASE"},
        "CASEWARD_HOME": str(folder / "home"),
        "CASEWARD_DEMONSTRATION": "yes",
        "DJANGO_SETTINGS_MODULE": "caseward.config.settings",
        **said,
    }
    _run(ADOPT, environment)
    measured = []
    for which in ("whole import command", "  the same folder again, nothing new"):
        waited, used = _run(("import", str(export), "--format", "ssd"), environment)
        what = f"{which}, {n_rows:,} rows, {name}"
        measured.append(Row(what=what, value=waited, unit="s"))
        measured.append(Row(what="  processor time, its own processes", value=used, unit="s"))
    return measured


def _run(words: tuple[str, ...], environment: Mapping[str, str]) -> tuple[float, float]:
    """Give a command; return the seconds waited, and of processor time in all its processes."""
    began, used = time.perf_counter(), _processor_seconds()
    subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-W", "ignore", "-m", "caseward.interfaces.cli", *words],
        check=True,
        stdout=subprocess.DEVNULL,
        env=dict(environment),
    )
    return time.perf_counter() - began, _processor_seconds() - used


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure so many rows and print the lines."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    for row in rows(*numbers[:1], on_postgresql="postgresql" in sys.argv):
        print(row.line())


if __name__ == "__main__":
    main()
