"""An import held against no record at all: what it would be for an empty store, as a plain file."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from caseward.work.exchange.imports import (
    comparing,
    formats,
    isolated,
    limits,
    plain,
    report,
    spreadsheets,
    staging,
)
from caseward.work.exchange.imports.comparing import Comparing
from caseward.work.exchange.imports.isolated import Job
from caseward.work.exchange.imports.report import Report
from caseward.work.exchange.imports.standing import NothingKnown

SCHEME = "la_child_id"


def write_plain(
    paths: Sequence[Path],
    out: TextIO,
    known: NothingKnown,
    *,
    folder: Path,
    today: date,
    format_code: str = "",
    options: Mapping[str, Any] | None = None,
) -> Report:
    """Write the facts of some files as a plain file; return what became of each row.

    `folder` is empty, and holds the report afterwards.
    Errors: ImportRefused, as for an import into a store.
    """
    looked = limits.look(paths, into=folder / "files")
    of = formats.found(format_code) if format_code else formats.recognised(sorted(looked.files))
    job = Job(
        module=formats.MODULES[of.code],
        files=looked.files,
        today=today,
        folder=folder,
        options={**of.options, **(options or {}), "scheme": SCHEME},
    )
    isolated.read(job)
    how = Comparing(known=known, today=today, scheme=SCHEME, format_code=of.code)
    with closing(staging.connect(job.staging)) as opened:
        spreadsheets.note_full(opened)
        comparing.compare(opened, how, progress=_silent)
        plain.write(opened, out)
        answer = report.of(opened)
        report.write(opened, answer, folder)
    return answer


def _silent(done: int, of: int) -> None:
    """Tell nobody."""
