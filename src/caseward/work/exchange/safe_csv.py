"""CSV that a spreadsheet opens as text: no cell of it can be a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula, wide forms among them."""


def text(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return the rows under their headings as CSV, by commas, lines ended as spreadsheets do."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()


def cell(value: object) -> str:
    """Return a value as a cell; one that would begin a formula has an apostrophe before it."""
    said = "" if value is None else str(value)
    return f"'{said}" if said.lstrip(" ").startswith(_STARTS) else said
