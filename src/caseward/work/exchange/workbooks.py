"""Workbooks (.xlsx), sheet by sheet: what a sheet declares is counted before its cells are made.

The reader of workbooks makes a table as large as the outermost filled cells, and one text for each
cell that names it. So the parts are first read through as a stream and measured. Nothing is ever
computed: a formula counts for the result it was saved with.
"""

import zipfile
import zlib
from array import array
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from caseward.work.exchange.imports.values import ImportRefused
from caseward.work.exchange.workbook_parts import NOTHING, Cells, Part, Relations, Texts, Titles

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
TEXTS = "xl/sharedstrings.xml"
NO_RESULT = "\x00no result"
"""Stands in a cell whose formula was saved without its result; no text can be this."""

Cell = str | float | int | bool | date | datetime | time | timedelta
Missing = set[tuple[int, int]]
"""The cells whose formula has no result: row from 1, column from 0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name and its rows that hold anything, each with its number from 1."""

    name: str
    rows: Iterator[tuple[int, list[Cell]]]


@contextmanager
def opened(path: Path, name: str) -> Iterator[Iterator[Sheet]]:
    """Open a workbook and give its sheets, visible and hidden, in order.

    Errors: ImportRefused for another kind of file, a password, a sheet that reaches too far or
    names too much text, and a damaged part; sheets given before it must not be kept.
    """
    missing = _measured(path, name)
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            yield (
                Sheet(title, _rows(workbook, title, missing.get(title, set())))
                for title in workbook.sheet_names
            )
    except PasswordError as error:
        raise ImportRefused(
            f"{name} has a password. Save it without one and import again. {NOTHING}"
        ) from error
    except CalamineError as error:
        raise _damaged(name, error) from error


def _rows(
    workbook: CalamineWorkbook, title: str, missing: Missing
) -> Iterator[tuple[int, list[Cell]]]:
    sheet = workbook.get_sheet_by_name(title)
    if sheet.start is None:
        return
    first_row, first_column = sheet.start
    for number, cells in enumerate(sheet.iter_rows(), start=first_row + 1):
        row: list[Cell] = [*([""] * first_column), *cells]
        for column in range(len(row)) if missing else ():
            if row[column] == "" and (number, column) in missing:
                row[column] = NO_RESULT
        if any(cell != "" for cell in row):
            yield number, row


def _measured(path: Path, name: str) -> dict[str, Missing]:
    """Read every part as a stream; return, by sheet, the cells whose formula has no result."""
    _refuse_other_files(path, name)
    try:
        with zipfile.ZipFile(path) as parts:
            return _measured_parts(parts, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        raise _damaged(name, error) from error


def _measured_parts(parts: zipfile.ZipFile, name: str) -> dict[str, Missing]:
    names = parts.namelist()
    if any(n > 1 for n in Counter(part.casefold() for part in names).values()):
        raise ImportRefused(f"{name} holds a part twice, which no spreadsheet writes. {NOTHING}")
    if WORKBOOK not in names or RELATIONS not in names:
        raise ImportRefused(f"{name} is not a workbook (.xlsx): it has no sheets. {NOTHING}")
    titles, relations = Titles(name, WORKBOOK), Relations(name, RELATIONS)
    _read(parts, titles)
    _read(parts, relations)
    sheets = {title: relations.answers.get(call, "") for title, call in titles.called.items()}
    lengths = array("I")
    for part in names:
        if part.casefold() == TEXTS:
            texts = Texts(name, part)
            _read(parts, texts)
            lengths = texts.lengths
        elif part.endswith((".xml", ".rels")) and part not in sheets.values():
            _read(parts, Part(name, part))
    missing = {}
    for title, part in sheets.items():
        if part in names:
            cells = Cells(name, part, lengths)
            _read(parts, cells)
            missing[title] = cells.missing
    return missing


def _read(parts: zipfile.ZipFile, reader: Part) -> None:
    with parts.open(reader.part) as stream:
        reader.read(stream)


def _refuse_other_files(path: Path, name: str) -> None:
    with path.open("rb") as stream:
        start = stream.read(4)
    if start == b"\xd0\xcf\x11\xe0":
        raise ImportRefused(
            f"{name} is an old workbook (.xls), which loses every row after the 65,536th, or one "
            f"with a password. Save it as .xlsx without a password and import again. {NOTHING}"
        )
    if start != b"PK\x03\x04":
        raise ImportRefused(f"{name} is not a workbook (.xlsx). {NOTHING}")


def _damaged(name: str, error: Exception) -> ImportRefused:
    return ImportRefused(
        f"{name} is damaged or cut off ({str(error)[:120]}). Save it again as .xlsx. {NOTHING}"
    )
