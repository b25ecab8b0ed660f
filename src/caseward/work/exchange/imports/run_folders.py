"""The folder of a run: what is staged, how far it is, whether it was asked to stop, who is at it."""

import errno
import fcntl
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from caseward.work.exchange.imports.values import ImportRefused

CLOSED = 0o700
NOTHING_TOLD: Mapping[str, Any] = {"doing": "", "done": 0, "of": 0}
_REPORTS = frozenset({"report.json", "report.csv", "report.txt"})
# A file too large, no space left, a quota used up.
_NO_ROOM = frozenset({errno.EFBIG, errno.ENOSPC, errno.EDQUOT})
NO_ROOM = (
    "There is no room on the disk where an import is made ready. Have the system administrator free "
    "some: about ten times the size of the files. Then import them again. Nothing was imported."
)


class Busy(ImportRefused):
    """Another import is under way; one waits for the other."""

    def __init__(self) -> None:
        super().__init__(
            "Another import is being read or brought in. Wait until it has ended, then start this "
            "one again. Nothing of this one has been imported."
        )


class Cancelled(ImportRefused):
    """The import was asked to stop, and did."""

    def __init__(self) -> None:
        super().__init__("The import was cancelled. Nothing has been imported.")


def folder_of(run: str, *, home: Path) -> Path:
    """Return the folder of a run, which may not be there (any more)."""
    return home / "imports" / run


def make(run: str, *, home: Path) -> Path:
    """Make the folder of a new run, closed to other users of the machine."""
    folder = folder_of(run, home=home)
    folder.parent.mkdir(mode=CLOSED, parents=True, exist_ok=True)
    folder.mkdir(mode=CLOSED)
    return folder


@contextmanager
def held(home: Path) -> Iterator[None]:
    """Be the one import that is at work on this machine; its end, however it ends, lets go.

    Errors: Busy where another is.
    """
    place = home / "imports"
    place.mkdir(mode=CLOSED, parents=True, exist_ok=True)
    with (place / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise Busy from problem
        yield


def is_held(home: Path) -> bool:
    """Tell whether an import is at work on this machine."""
    try:
        with held(home):
            return False
    except Busy:
        return True


def ask_to_stop(folder: Path) -> None:
    """Ask whoever is at the run to stop."""
    (folder / "cancel").touch()


def stop_if_asked(folder: Path) -> None:
    """Stop here if somebody asked for it.

    Errors: Cancelled.
    """
    if (folder / "cancel").exists():
        raise Cancelled


def tell(folder: Path, doing: str, done: int, of: int) -> None:
    """Say how far the run is, for whoever looks at it from another process."""
    # The reader's process and the one that waits for it both tell.
    coming = folder / f"progress.{os.getpid()}.coming"
    coming.write_text(json.dumps({"doing": doing, "done": done, "of": of}), "utf-8")
    coming.replace(folder / "progress.json")


def told(folder: Path) -> Mapping[str, Any]:
    """Return how far the run is, as it last said."""
    try:
        answer: Mapping[str, Any] = json.loads((folder / "progress.json").read_text("utf-8"))
    except (OSError, ValueError):
        return NOTHING_TOLD
    return answer


def has_no_room(problem: BaseException) -> bool:
    """Return whether something failed because there is no room left where an import is made ready."""
    if isinstance(problem, sqlite3.Error):
        return getattr(problem, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL
    return isinstance(problem, OSError) and problem.errno in _NO_ROOM


def clear(folder: Path, *, keep_reports: bool = True) -> None:
    """Remove what was staged: names and days of children lie nowhere but in the record."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if keep_reports and path.name in _REPORTS:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()
