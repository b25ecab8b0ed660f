"""The rows of a tracker, whichever file it is in, and the row of headings under its titles."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from caseward.work.exchange import workbooks
from caseward.work.exchange.imports.values import ImportRefused
from caseward.work.exchange.tracker.columns import folded

WORKBOOKS = (".xlsx", ".xlsm")
LOOKED_THROUGH = 30
"""In so many rows from the top the headings are looked for: titles and a key may stand above."""
MOST_COLUMNS = 200
NOTHING = "Nothing has been imported."
ONE_FILE = f"A tracker is one file. Choose the workbook or the CSV file alone. {NOTHING}"
MOST_WORDS, LONGEST_WORD = 25, 60
_FEWEST_HEADINGS = 2

Cell = str | float | bool | date | datetime | time | timedelta | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: its rows that hold anything, each with its number as the spreadsheet shows it."""

    name: str
    rows: tuple[tuple[int, Row], ...]
    is_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRows:
    """What a person sees before mapping: the headings, where they stand, a few rows as text.

    `words` are, for each column, the different words that its cells say, () where they are many.
    """

    sheet: str
    sheets: tuple[str, ...]
    heading_row: int
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    n_rows: int
    words: tuple[tuple[str, ...], ...] = ()


def read(path: Path, name: str, sheet: str = "") -> Sheet:
    """Return a sheet of the file of this name: the named one, or the first that is not empty.

    Of a formula its last calculated value is read. Errors: ImportRefused where the file cannot be.
    """
    if is_workbook(name):
        return _of_workbook(path, name, sheet)
    return Sheet(name="", rows=tuple(_of_text(path)), is_text=True)


def is_workbook(name: str) -> bool:
    """Return whether a file of this name is a workbook; any other is text."""
    return Path(name).suffix.lower() in WORKBOOKS


def sheet_names(path: Path, name: str) -> tuple[str, ...]:
    """Return the names of a workbook's sheets, none for a text file."""
    if not is_workbook(name):
        return ()
    with workbooks.opened(path, name) as found:
        return tuple(each.name for each in found)


def first_rows(path: Path, name: str, sheet: str = "", *, n_rows: int = 6) -> FirstRows:
    """Return the headings and the first rows of a tracker, for somebody to look at.

    Errors: ImportRefused where there is nothing that looks like headings over rows.
    """
    found = read(path, name, sheet)
    at = _likely_headings(found)
    if at is None:
        raise ImportRefused(
            "No row of headings was found in the first rows. A tracker needs one row that names its "
            f"columns, with the cases below it. {NOTHING}"
        )
    number, top = found.rows[at]
    headings = headings_of(top)
    below = [row for _, row in found.rows[at + 1 :]]
    return FirstRows(
        sheet=found.name,
        sheets=sheet_names(path, name),
        heading_row=number,
        headings=headings,
        rows=tuple(
            tuple(shown(cell) for cell in padded(row, len(headings))) for row in below[:n_rows]
        ),
        n_rows=len(below),
        words=tuple(_words(below, place) for place in range(len(headings))),
    )


def find_headings(sheet: Sheet, wanted: Sequence[str]) -> int | None:
    """Return the place of the row that holds all these headings, None where none near the top does."""
    names = {folded(heading) for heading in wanted}
    for place, row in enumerate(near_the_top(sheet)):
        if names <= {folded(heading) for heading in headings_of(row)}:
            return place
    return None


def near_the_top(sheet: Sheet) -> list[Row]:
    """Return the rows among which the headings are looked for."""
    return [row for _, row in sheet.rows[:LOOKED_THROUGH]]


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


def padded(row: Row, width: int) -> Row:
    """Return the row as wide as the headings: a spreadsheet leaves blank ends out."""
    return row[:width] + (None,) * (width - len(row))


def shown(cell: Cell) -> str:
    """Return a cell as its reader sees it."""
    if cell is None or cell == workbooks.NO_RESULT:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}" if cell.time() == time() else f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _words(rows: Sequence[Row], place: int) -> tuple[str, ...]:
    """Return the different words of a column, as first written; () where they are many or long."""
    found: dict[str, str] = {}
    for row in rows:
        cell = row[place] if place < len(row) else None
        if isinstance(cell, str) and cell.strip():
            found.setdefault(folded(cell), cell.strip())
        if len(found) > MOST_WORDS:
            return ()
    words = tuple(found.values())
    return words if all(len(word) <= LONGEST_WORD for word in words) else ()


def _likely_headings(sheet: Sheet) -> int | None:
    """Return the place of the row near the top that has the most different words."""
    best, most = None, _FEWEST_HEADINGS - 1
    for place, row in enumerate(near_the_top(sheet)):
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


def _of_workbook(path: Path, name: str, sheet: str) -> Sheet:
    names = []
    with workbooks.opened(path, name) as found:
        for each in found:
            names.append(each.name)
            if sheet in ("", each.name):
                rows = tuple((number, tuple(map(_plain, row))) for number, row in each.rows)
                if rows or sheet:
                    return Sheet(name=each.name, rows=rows)
    if sheet:
        raise ImportRefused(
            f"The workbook has no sheet “{sheet}”; it has {', '.join(f'“{one}”' for one in names)}. "
            + NOTHING
        )
    raise ImportRefused(f"Every sheet of the workbook is empty. {NOTHING}")


def _plain(cell: Cell) -> Cell:
    return None if cell == "" else cell


def _of_text(path: Path) -> Iterator[tuple[int, Row]]:
    text = _decoded(path.read_bytes())
    lines = text.splitlines()[:LOOKED_THROUGH]
    mark = max(",;\t", key=lambda one: max((line.count(one) for line in lines), default=0))
    try:
        read = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
        for number, row in enumerate(read, start=1):
            if any(cell.strip() for cell in row):
                yield number, tuple(cell.strip() or None for cell in row)
    except csv.Error as error:
        raise ImportRefused(
            "The file is cut off or damaged: a quotation mark is never closed. Save it as CSV "
            f"again. {NOTHING}"
        ) from error


def _decoded(content: bytes) -> str:
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ImportRefused(
        f"The file is not text. Save the tracker as a workbook or as CSV. {NOTHING}"
    )
