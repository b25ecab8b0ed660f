"""The rows of a tracker, whichever file it is in, and the row of headings under its titles."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import python_calamine

from caseward.work.exchange.imports.values import ImportRefused
from caseward.work.exchange.tracker.columns import folded

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
LOOKED_THROUGH = 30
"""In so many rows from the top the headings are looked for: titles and a key may stand above."""
MOST_COLUMNS = 200
_FEWEST_HEADINGS = 2

Cell = str | float | bool | date | datetime | time | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: its rows from 1, as the spreadsheet numbers them."""

    name: str
    rows: tuple[Row, ...]
    is_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRows:
    """What a person sees before mapping: the headings, where they stand, a few rows as text."""

    sheet: str
    sheets: tuple[str, ...]
    heading_row: int
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    n_rows: int


def read(path: Path, sheet: str = "") -> Sheet:
    """Return a sheet of the file: the named one, or the first that is not empty.

    Of a formula its last calculated value is read. Errors: ImportRefused where the file cannot be.
    """
    if path.suffix.lower() in WORKBOOKS:
        return _of_workbook(path, sheet)
    return Sheet(name="", rows=tuple(_of_text(path)), is_text=True)


def sheet_names(path: Path) -> tuple[str, ...]:
    """Return the names of a workbook's sheets, none for a text file."""
    if path.suffix.lower() not in WORKBOOKS:
        return ()
    return tuple(_workbook(path).sheet_names)


def first_rows(path: Path, sheet: str = "", *, n_rows: int = 6) -> FirstRows:
    """Return the headings and the first rows of a tracker, for somebody to look at.

    Errors: ImportRefused where there is nothing that looks like headings over rows.
    """
    found = read(path, sheet)
    at = _likely_headings(found.rows)
    if at is None:
        raise ImportRefused(
            "No row of headings was found in the first rows. A tracker needs one row that names its "
            "columns, with the cases below it."
        )
    headings = headings_of(found.rows[at])
    below = [row for row in found.rows[at + 1 :] if not is_blank(row)]
    return FirstRows(
        sheet=found.name,
        sheets=sheet_names(path),
        heading_row=at + 1,
        headings=headings,
        rows=tuple(
            tuple(shown(cell) for cell in padded(row, len(headings))) for row in below[:n_rows]
        ),
        n_rows=len(below),
    )


def find_headings(rows: Sequence[Row], wanted: Sequence[str]) -> int | None:
    """Return the place of the row that holds all these headings, None where none near the top does."""
    names = {folded(heading) for heading in wanted}
    for place, row in enumerate(rows[:LOOKED_THROUGH]):
        if names <= {folded(heading) for heading in headings_of(row)}:
            return place
    return None


def headings_of(row: Row) -> tuple[str, ...]:
    """Return the headings of a row: blank ones by their letter, a repeated one with its number."""
    width = max((n for n, cell in enumerate(row, start=1) if shown(cell)), default=0)
    seen: Counter[str] = Counter()
    found = []
    for number, cell in enumerate(row[: min(width, MOST_COLUMNS)], start=1):
        heading = " ".join(shown(cell).split()) or f"Column {letter(number)}"
        seen[folded(heading)] += 1
        again = seen[folded(heading)]
        found.append(heading if again == 1 else f"{heading} ({again})")
    return tuple(found)


def letter(number: int) -> str:
    """Return how a spreadsheet calls its column of this number, from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def is_blank(row: Row) -> bool:
    """Return whether nothing stands in the row."""
    return not any(shown(cell) for cell in row)


def padded(row: Row, width: int) -> Row:
    """Return the row as wide as the headings: a spreadsheet leaves blank ends out."""
    return row[:width] + (None,) * (width - len(row))


def shown(cell: Cell) -> str:
    """Return a cell as its reader sees it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}" if cell.time() == time() else f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _likely_headings(rows: Sequence[Row]) -> int | None:
    """Return the first row with the most different words near the top, over at least one row."""
    best, most = None, _FEWEST_HEADINGS - 1
    for place, row in enumerate(rows[:LOOKED_THROUGH]):
        words = {
            folded(cell) for cell in row if isinstance(cell, str) and re.search("[a-zA-Z]", cell)
        }
        if len(words) > most and _looks_named(row):
            best, most = place, len(words)
    return best


def _looks_named(row: Row) -> bool:
    """Headings are words: a row with days or figures among its first cells holds a case."""
    told = [cell for cell in row if shown(cell)]
    figures = [cell for cell in told if not isinstance(cell, str) or cell.strip()[:1].isdigit()]
    return len(figures) * 4 <= len(told)


def _of_workbook(path: Path, sheet: str) -> Sheet:
    book = _workbook(path)
    names = book.sheet_names
    if sheet and sheet not in names:
        raise ImportRefused(
            f"The workbook has no sheet “{sheet}”; it has {', '.join(f'“{one}”' for one in names)}."
        )
    for name in [sheet] if sheet else names:
        rows = tuple(_rows_of(book, name))
        if rows or sheet:
            return Sheet(name=name, rows=rows)
    raise ImportRefused("Every sheet of the workbook is empty.")


def _workbook(path: Path) -> python_calamine.CalamineWorkbook:
    try:
        return python_calamine.CalamineWorkbook.from_path(str(path))
    except python_calamine.PasswordError:
        raise ImportRefused(
            "The workbook is locked with a password. Save a copy without one and choose that."
        ) from None
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise ImportRefused(
            "The workbook cannot be read: it is damaged, or it is another kind of file with the name "
            "of a workbook. Open it in a spreadsheet and save it as .xlsx."
        ) from error


def _rows_of(book: python_calamine.CalamineWorkbook, name: str) -> Iterator[Row]:
    try:
        found = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, python_calamine.WorksheetNotFound) as error:
        raise ImportRefused(
            f"The sheet “{name}” cannot be read. Save the workbook anew."
        ) from error
    for row in found:
        yield tuple(_plain(cell) for cell in row)


def _plain(cell: object) -> Cell:
    """A length of time is shown as its words; everything else is what it is."""
    if cell is None or isinstance(cell, str | bool | float | int | date | datetime | time):
        return cell if cell != "" else None
    return str(cell)


def _of_text(path: Path) -> Iterator[Row]:
    text = _decoded(path.read_bytes())
    lines = text.splitlines()[:LOOKED_THROUGH]
    mark = max(",;\t", key=lambda one: max((line.count(one) for line in lines), default=0))
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True):
            yield tuple(cell.strip() or None for cell in row)
    except csv.Error as error:
        raise ImportRefused(
            "The file is cut off or damaged: a quotation mark is never closed. Save it as CSV again."
        ) from error


def _decoded(content: bytes) -> str:
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ImportRefused("The file is not text. Save the tracker as a workbook or as CSV.")
