"""The process in which a reader runs: `python -m …reading_process FOLDER`, the job in its `job.json`.

It sets its own caps before it loads the reader, and knows nothing of Django or the record.
"""

import json
import resource
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from caseward.work.exchange.imports import run_folders
from caseward.work.exchange.imports.staging import Staging
from caseward.work.exchange.imports.values import Format, ImportRefused

TELL_EVERY = 0.1
_NO_MEMORY = (
    "The files need more memory to read than an export of an authority does: one of them is damaged "
    "or made so that it cannot be read. Export them again, or import fewer at a time. Nothing has "
    "been imported."
)


def main(folder: Path) -> int:
    """Do the job of this folder and write how it ended into `answer.json`."""
    job = json.loads((folder / "job.json").read_text("utf-8"))
    _cap(job)
    try:
        answer = _answer(folder, job)
    except MemoryError:
        # What the reader had filled is let go with its frames before the sentence is written.
        answer = {"refused": _NO_MEMORY}
    (folder / "answer.json").write_text(json.dumps(answer), "utf-8")
    return 0


def read_into(
    staging: Path,
    of: Format,
    files: Mapping[str, Path],
    *,
    today: date,
    options: Mapping[str, Any],
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Let the reader of a format put these files into a staging file."""
    with Staging(staging, progress=progress) as out:
        of.read(files, out, today=today, options=options)


def _answer(folder: Path, job: Mapping[str, Any]) -> dict[str, str]:
    try:
        read_into(
            Path(job["staging"]),
            import_module(job["module"]).FORMAT,
            {name: Path(path) for name, path in job["files"].items()},
            today=date.fromisoformat(job["today"]),
            options=job["options"],
            progress=_telling(folder),
        )
    except ImportRefused as refused:
        return {"refused": str(refused)}
    except MemoryError:
        raise
    except Exception as problem:  # noqa: BLE001 -- whatever it is, the process that waits must hear of it
        if run_folders.has_no_room(problem):
            return {"refused": run_folders.NO_ROOM}
        return {"fault": traceback.format_exc()}
    return {"ended": "well"}


def _cap(job: Mapping[str, Any]) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (job["memory"], job["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (job["worked"], job["worked"] + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (job["staged"], job["staged"]))


def _telling(folder: Path) -> Callable[[int, int], None]:
    last = 0.0

    def tell(done: int, of: int) -> None:
        nonlocal last
        if time.monotonic() - last >= TELL_EVERY or done >= of:
            last = time.monotonic()
            run_folders.tell(folder, "Reading the files", done, of)

    return tell


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
