"""Imports for tests: files as bytes go in as they do from the command line, in a home of their own."""

import tempfile
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from caseward.record.ledger.acts import Act
from caseward.rules.facts.kinds import Vocabulary
from caseward.work.exchange.imports import runs, without_store
from caseward.work.exchange.imports.report import Report
from caseward.work.exchange.imports.standing import NothingKnown

SCHEME = "la_child_id"


def bring_in(
    act: Act,
    files: Mapping[str, bytes],
    *,
    is_trial: bool = False,
    home: Path | None = None,
    progress: runs.Progress | None = None,
    **more: Any,
) -> Report:
    """Import the files as an act of its own; with `is_trial` everything is checked, nothing recorded."""
    with tempfile.TemporaryDirectory() as folder:
        place = home or Path(folder) / "home"
        place.mkdir(exist_ok=True)
        run = runs.start(act, [put(files, Path(folder) / "files")], home=place, **more)
        found = runs.check(run, at=act.at, today=act.today, home=place, progress=progress)
        if is_trial:
            runs.cancel(run, home=place, at=act.at)
            return found
        return runs.commit(act, run, home=place, progress=progress)


def put(files: Mapping[str, bytes], folder: Path) -> Path:
    """Write the files into a folder, made if it is not there, and return it."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def as_plain(files: Mapping[str, bytes], vocabulary: Vocabulary, *, today: date) -> str:
    """Return the files as a plain file of facts, as `caseward import --plain` writes it."""
    known = NothingKnown(vocabulary=vocabulary)
    with tempfile.TemporaryDirectory() as folder, closing(StringIO()) as out:
        staged = Path(folder) / "staged"
        staged.mkdir()
        paths = [put(files, Path(folder) / "files")]
        without_store.write_plain(paths, out, known, folder=staged, today=today)
        return out.getvalue()
