"""Tries files on the import in a process of its own: `python -m tests.hostile.trial`.

One line of JSON comes in for each file and one goes out: what the import said, how long it took, and
the most memory that this process or the reader it started ever held. It does what an import does
before the record is touched: the files are looked at, then read by a process with caps.
"""

import json
import resource
import sqlite3
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from caseward.work.exchange.imports import formats, isolated, limits
from caseward.work.exchange.imports.isolated import Job
from caseward.work.exchange.imports.values import ImportRefused

TODAY = date(2026, 3, 2)
OPTIONS = {"extract_day": "2026-03-01", "scheme": "la_child_id"}


def tried(module: str, path: Path) -> dict[str, Any]:
    """Return what became of one file; `refused` is the sentence, `read` tells that it was read."""
    answer: dict[str, Any] = {"refused": "", "fault": "", "read": False}
    began = time.monotonic()
    with TemporaryDirectory() as folder:
        try:
            looked = limits.look([path], into=Path(folder) / "files")
            job = Job(
                module=module, files=looked.files, today=TODAY, folder=Path(folder), options=OPTIONS
            )
            isolated.read(job)
            answer["read"] = True
            answer["accounts"] = _accounts(job.staging)
        except ImportRefused as refused:
            answer["refused"] = str(refused)
        except Exception as fault:  # noqa: BLE001 -- whatever it is, the test has to hear of it
            answer["fault"] = f"{type(fault).__name__}: {fault}"
    answer["seconds"] = time.monotonic() - began
    answer["megabytes"] = max(_own_peak(), _readers_peak())
    return answer


def _accounts(staging: Path) -> dict[str, dict[str, int]]:
    """Return how many rows of each file were read and refused, children and facts told."""
    with closing(sqlite3.connect(staging)) as opened:
        return {
            name: {"read": read, "refused": refused, "facts": facts}
            for name, read, refused, facts in opened.execute(
                """SELECT name,
                (SELECT count(*) FROM row WHERE id >> 32 = number),
                (SELECT count(*) FROM refusal WHERE row >> 32 = number),
                (SELECT count(*) FROM fact WHERE row >> 32 = number) FROM file"""
            )
        }


def _own_peak() -> float:
    """Return the most that this process held, in megabytes.

    What `getrusage` says of a process includes what the one that started it held.
    """
    status = Path("/proc/self/status").read_text()
    return float(status.split("VmHWM:")[1].split()[0]) / 1_024


def _readers_peak() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1_024


def main() -> int:
    """Answer every line until there are no more."""
    for line in sys.stdin:
        asked = json.loads(line)
        module = formats.MODULES.get(asked["format"], asked["format"])
        print(json.dumps(tried(module, Path(asked["path"]))), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
