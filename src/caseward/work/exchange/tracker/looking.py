"""The first rows of a tracker, looked at before anybody has said what its columns hold.

It is read like a format, in a process of its own: what it tells is one note, the first rows as JSON.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from caseward.work.exchange.imports.values import Format, ImportRefused, Sink
from caseward.work.exchange.tracker import sheets
from caseward.work.exchange.tracker.sheets import FirstRows

MODULE = "caseward.work.exchange.tracker.looking"
NOTED_AS = "first rows"


def read(files: Mapping[str, Path], out: Sink, *, today: date, options: Mapping[str, Any]) -> None:
    """Tell the first rows of the one file.

    Errors: ImportRefused for several files, and where there are no headings to be found.
    """
    del today
    if len(files) != 1:
        raise ImportRefused(sheets.ONE_FILE)
    name, path = next(iter(files.items()))
    found = sheets.first_rows(path, name, str(options.get("sheet", "")))
    out.note(NOTED_AS, json.dumps(asdict(found), ensure_ascii=False))


def from_note(text: str) -> FirstRows:
    """Return the first rows as they were told."""
    said = json.loads(text)
    return FirstRows(
        sheet=said["sheet"],
        sheets=tuple(said["sheets"]),
        heading_row=said["heading_row"],
        headings=tuple(said["headings"]),
        rows=tuple(tuple(row) for row in said["rows"]),
        n_rows=said["n_rows"],
        words=tuple(tuple(words) for words in said["words"]),
    )


def recognise(_names: Sequence[str]) -> bool:
    """It is never an import of its own."""
    return False


FORMAT = Format(code="tracker_look", title="First rows", recognise=recognise, read=read)
