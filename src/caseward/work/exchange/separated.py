"""Comma-separated text, row by row: nothing is held but the row being read, however large the file.

A file is refused whole, in a sentence, where its rows cannot be told apart with certainty: another
encoding than UTF-8, zero bytes, a line or row far longer than any real one, an open quotation mark.
"""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from caseward.work.exchange.imports.values import ImportRefused

MAX_LINE = 65_536
"""Characters in one line; the longest real line of any format is a few hundred."""
MAX_ROW = 1_000_000
"""Characters in one row, which may go over several lines inside quotation marks."""
MAX_COLUMNS = 1_000
SIGNATURES = {
    b"PK\x03\x04": "a zip file or a workbook",
    b"\x1f\x8b": "a compressed file",
    b"\xd0\xcf\x11\xe0": "an old workbook (.xls)",
    b"%PDF": "a PDF",
}
NOTHING = "Nothing has been imported."

Row = tuple[int, list[str]]
Told = Callable[[int], None]
"""Called now and then with the number of bytes read of the file."""


def rows(path: Path, name: str, *, told: Told | None = None) -> Iterator[Row]:
    """Yield every row that holds anything, the heading (row 1) among them, with its number.

    Shapes: (number from 1, cells as they stand); blank rows count and are not given.
    Errors: ImportRefused, naming the file and the row, as soon as it is met: rows given before it
    must not be kept.
    """
    _refuse_what_is_no_text(path, name)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = _Lines(stream, name, told)
        reader = csv.reader(lines, strict=True)
        number = 0
        try:
            for number, cells in enumerate(reader, start=1):
                lines.begin_row()
                if len(cells) > MAX_COLUMNS:
                    raise ImportRefused(
                        f"{name}, row {number} has {len(cells):,} cells; no table has more than "
                        f"{MAX_COLUMNS:,}. It is damaged or not the file it should be. {NOTHING}"
                    )
                if any(cell.strip() for cell in cells):
                    yield number, cells
        except csv.Error as error:
            raise ImportRefused(
                f"{name}, after row {number}: the file is not well-formed CSV or has been cut off "
                f"inside a quoted cell ({error}). Export it again. {NOTHING}"
            ) from error
        except UnicodeDecodeError as error:
            raise ImportRefused(
                f"{name}, after row {number}: a character is not UTF-8. Save the file as “CSV UTF-8” "
                f"and import again. {NOTHING}"
            ) from error


def ends_with_a_line(path: Path) -> bool:
    """Tell whether the file's last line is ended: one that is not may have been cut off."""
    with path.open("rb") as stream:
        stream.seek(0, 2)
        if stream.tell() == 0:
            return True
        stream.seek(-1, 2)
        return stream.read(1) in b"\r\n"


def heading(path: Path, name: str) -> list[str]:
    """Return the cells of the first row without the spaces around them; empty for an empty file.

    Errors: ImportRefused, as `rows`; and where the columns are parted by something else than commas.
    """
    first = next(rows(path, name), None)
    if first is None:
        return []
    cells = [cell.strip() for cell in first[1]]
    for sign, called in ((";", "semicolons"), ("\t", "tabs"), ("|", "upright bars")):
        if len(cells) == 1 and sign in cells[0]:
            raise ImportRefused(
                f"{name} has its columns parted by {called}, not by commas. Save it as “CSV UTF-8 "
                f"(comma delimited)” and import again. {NOTHING}"
            )
    return cells


class _Lines:
    """The lines of a file for the CSV reader, none of them longer than may be."""

    def __init__(self, stream: TextIO, name: str, told: Told | None) -> None:
        self._stream, self._name, self._told = stream, name, told
        self._n_line = 0
        self._n_in_row = 0
        self._n_read = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._stream.readline(MAX_LINE + 1)
        if not line:
            raise StopIteration
        self._n_line += 1
        self._n_in_row += len(line)
        if len(line) > MAX_LINE or self._n_in_row > MAX_ROW:
            raise ImportRefused(
                f"{self._name}, line {self._n_line:,} is longer than any line of a table. It is "
                f"damaged, or a quotation mark is never closed. Export it again. {NOTHING}"
            )
        if "\x00" in line:
            raise ImportRefused(
                f"{self._name}, line {self._n_line:,} holds zero bytes, so it is damaged or not a "
                f"CSV file. Export it again. {NOTHING}"
            )
        self._tell(line)
        return line

    def begin_row(self) -> None:
        self._n_in_row = 0

    def _tell(self, line: str) -> None:
        self._n_read += len(line)
        if self._told is not None and self._n_line % 1_000 == 0:
            self._told(self._n_read)


def _refuse_what_is_no_text(path: Path, name: str) -> None:
    with path.open("rb") as stream:
        start = stream.read(256)
    for signature, what in SIGNATURES.items():
        if start.startswith(signature):
            raise ImportRefused(f"{name} is {what}, not a CSV file. {NOTHING}")
    if start[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in start:
        raise ImportRefused(
            f"{name} is saved as UTF-16 (“Unicode text”). Save it as “CSV UTF-8” and import again. "
            f"{NOTHING}"
        )
