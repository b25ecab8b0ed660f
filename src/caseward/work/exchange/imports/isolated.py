"""A reader is run in a process of its own, with caps on memory and time: its death is a sentence.

A file made to harm its reader then harms nothing else; what the reader told before it died is
thrown away with its staging file.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from caseward.work.exchange.imports import run_folders
from caseward.work.exchange.imports.values import ImportRefused

MODULE = "caseward.work.exchange.imports.reading_process"
LOOK_EVERY = 0.05
NOTHING_IMPORTED = "Nothing has been imported."


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """What a reader may use: bytes of memory and of its staging file, seconds of work and of wait."""

    memory: int = 512 * 1024 * 1024
    staged: int = 8 * 1024 * 1024 * 1024
    worked: int = 600
    waited: float = 900.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is to be read: the module of the format, the files by name, and where it is staged."""

    module: str
    files: Mapping[str, Path]
    today: date
    folder: Path
    options: Mapping[str, Any] = field(default_factory=dict)
    caps: Caps = field(default_factory=Caps)

    @property
    def staging(self) -> Path:
        """Return the staging file that the reader writes."""
        return self.folder / "staging.sqlite3"


class ReaderFault(Exception):
    """The reader itself is wrong: what it wrote down of it is the message."""


def read(job: Job, *, progress: Callable[[int, int], None] | None = None) -> None:
    """Have the files read into the staging file by a process of its own, and wait for it.

    Errors: ImportRefused with the reader's sentence, or with what became of it; Cancelled where the
    run was asked to stop; ReaderFault where the reader is wrong. The staging file is then gone.
    """
    _write(job)
    try:
        _wait(_start(job), job, progress or _silent)
    except BaseException:
        job.staging.unlink(missing_ok=True)
        raise


def _write(job: Job) -> None:
    job.staging.unlink(missing_ok=True)
    (job.folder / "answer.json").unlink(missing_ok=True)
    said = {
        "module": job.module,
        "files": {name: str(path) for name, path in job.files.items()},
        "today": job.today.isoformat(),
        "options": dict(job.options),
        "staging": str(job.staging),
        "memory": job.caps.memory,
        "staged": job.caps.staged,
        "worked": job.caps.worked,
    }
    (job.folder / "job.json").write_text(json.dumps(said), "utf-8")


def _start(job: Job) -> "subprocess.Popen[bytes]":
    """Start the reader: on our own words alone, in a session that the terminal's Ctrl-C passes by."""
    places = os.pathsep.join(place for place in sys.path if place)
    return subprocess.Popen(  # noqa: S603 -- our own program, told where its folder is
        [sys.executable, "-m", MODULE, str(job.folder)],
        env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": places, "PYTHONHASHSEED": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _wait(
    reader: "subprocess.Popen[bytes]", job: Job, progress: Callable[[int, int], None]
) -> None:
    until = time.monotonic() + job.caps.waited
    told = run_folders.NOTHING_TOLD
    try:
        while reader.poll() is None:
            run_folders.stop_if_asked(job.folder)
            if time.monotonic() > until:
                raise ImportRefused(_too_long(job.caps.waited))
            now = run_folders.told(job.folder)
            if now != told:
                told = now
                progress(int(now["done"]), int(now["of"]))
            time.sleep(LOOK_EVERY)
    finally:
        if reader.poll() is None:
            reader.kill()
        reader.wait()
    _hear(reader.returncode, job)
    last = run_folders.told(job.folder)
    if last != told:
        progress(int(last["done"]), int(last["of"]))


def _hear(returncode: int, job: Job) -> None:
    answer: dict[str, str] = {}
    if (job.folder / "answer.json").exists():
        answer = json.loads((job.folder / "answer.json").read_text("utf-8"))
    if answer.get("refused"):
        raise ImportRefused(answer["refused"])
    if answer.get("fault"):
        raise ReaderFault(answer["fault"])
    if returncode == -signal.SIGXCPU:
        raise ImportRefused(_too_long(job.caps.worked))
    if returncode != 0 or not answer:
        raise ImportRefused(
            f"The program that reads the files broke off (code {returncode}): one of them is damaged, "
            "or made so that it cannot be read, or too large. Export them again, and import one at "
            f"a time to find which. {NOTHING_IMPORTED}"
        )


def _too_long(seconds: float) -> str:
    return (
        f"Reading the files took longer than {seconds:,.0f} seconds and was stopped: one of them is "
        "damaged or far larger than an export of an authority. Export them again, or import fewer "
        f"at a time. {NOTHING_IMPORTED}"
    )


def _silent(done: int, of: int) -> None:
    """Tell nobody."""
