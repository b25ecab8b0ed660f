"""Files into checked rows. A file that may be incomplete is refused whole; a bad row alone.

A file is refused whole when it is not UTF-8 text, when a heading is missing, unknown or repeated,
or when it ends in the middle of a row: then rows may be missing that nobody would see.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from caseward.work.exchange.ssda903.report import Code, DuplicateRow, RefusedRow
from caseward.work.exchange.ssda903.tables import TABLES, Column, Table

MAX_CELL = 1_000
YEAR_DIGITS = 4


class ImportRefused(Exception):
    """The files cannot be imported at all; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One checked row: `cells` as text by column name, `dates` as dates by column name."""

    table: str
    file: str
    number: int
    cells: Mapping[str, str]
    dates: Mapping[str, date]

    @property
    def child(self) -> str:
        return self.cells["CHILD"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """Everything read, before it meets the record. Every row read is in exactly one place."""

    read: Mapping[str, int]
    rows: Mapping[str, tuple[Row, ...]]
    refused: tuple[RefusedRow, ...]
    duplicates: tuple[DuplicateRow, ...]


def stage(files: Mapping[str, bytes], *, today: date) -> Staged:
    """Read and check the files of one return.

    Shapes: files, content by file name; Header must be among them. Result: rows by table name,
    in the order of the file.
    Errors: ImportRefused names the file and what to do.
    Source: column names and code sets in `tables`.
    """
    read: dict[str, int] = {}
    rows: dict[str, tuple[Row, ...]] = {}
    refused: list[RefusedRow] = []
    duplicates: list[DuplicateRow] = []
    for table in TABLES:
        name = _file_of(table, files)
        if name is None:
            continue
        checked = _Checked(table, name, today)
        number = 1
        for number, cells in _cells(files[name], table, name):
            checked.take(number, cells)
        _refuse_if_cut_off(files[name], checked, number)
        read[name] = checked.n_read
        rows[table.name] = tuple(checked.rows)
        refused += checked.refused
        duplicates += checked.duplicates
    if "Header" not in rows:
        raise ImportRefused(
            "There is no Header file (header.csv) among the files. It names the children and their "
            "dates of birth, so nothing can be imported without it. Add it and import again."
        )
    return Staged(read=read, rows=rows, refused=tuple(refused), duplicates=tuple(duplicates))


def _refuse_if_cut_off(content: bytes, checked: "_Checked", last_row: int) -> None:
    """Refuse a file whose last row has no line end and does not make sense: it was cut off."""
    if content.endswith((b"\n", b"\r")) or not checked.refused:
        return
    if checked.refused[-1].row == last_row:
        raise ImportRefused(
            f"{checked.file} ends in the middle of row {last_row}: the file has been cut off, and "
            "later rows may be missing. Export it again. Nothing has been imported."
        )


def _file_of(table: Table, files: Mapping[str, bytes]) -> str | None:
    return next((name for name in sorted(files) if name.lower() == table.file_name), None)


def _text(content: bytes, name: str) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content[:200]:
        raise ImportRefused(
            f"{name} is saved as UTF-16 (“Unicode text”). Save it as “CSV UTF-8” and import again. "
            "Nothing has been imported."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ImportRefused(
            f"{name}, row {line}: a character is not UTF-8. Save the file as “CSV UTF-8” and "
            "import again. Nothing has been imported."
        ) from error
    if "\x00" in text:
        raise ImportRefused(
            f"{name} holds zero bytes, so it is damaged or not a CSV file. Export it again. "
            "Nothing has been imported."
        )
    return text


def _cells(content: bytes, table: Table, name: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(_text(content, name), newline=""), strict=True)
    try:
        heading = [cell.strip() for cell in next(reader, [])]
        places = _places(heading, table, name)
        pending: tuple[int, list[str]] | None = None
        for number, cells in enumerate(reader, start=2):
            if not any(cell.strip() for cell in cells):
                continue
            if pending is not None:
                yield pending
            pending = (number, _ordered(cells, places, len(heading)))
        if pending is not None:
            if len(pending[1]) != len(table.columns):
                raise ImportRefused(
                    f"{name} ends in the middle of row {pending[0]}: the file has been cut off, and "
                    "later rows may be missing. Export it again. Nothing has been imported."
                )
            yield pending
    except csv.Error as error:
        raise ImportRefused(
            f"{name}: the file is not well-formed CSV or has been cut off inside a quoted cell "
            f"({error}). Export it again. Nothing has been imported."
        ) from error


def _places(heading: list[str], table: Table, name: str) -> list[int]:
    wanted = [column.name for column in table.columns]
    unknown = [cell for cell in heading if cell not in wanted]
    if unknown:
        raise ImportRefused(
            f"{name} has a column that the {table.name} table does not have: "
            f"{', '.join(repr(cell) for cell in unknown)}. Take it out, or correct its heading, and "
            "import again. Nothing has been imported."
        )
    repeated = sorted({cell for cell in heading if heading.count(cell) > 1})
    if repeated:
        raise ImportRefused(
            f"{name} has the column {', '.join(repeated)} more than once. Nothing has been imported."
        )
    missing = [cell for cell in wanted if cell not in heading]
    if missing:
        raise ImportRefused(
            f"{name} lacks the column {', '.join(missing)} of the {table.name} table. Export it "
            "with all its columns and import again. Nothing has been imported."
        )
    return [heading.index(cell) for cell in wanted]


def _ordered(cells: list[str], places: list[int], width: int) -> list[str]:
    """Return the cells in the table's order; a row of another length is returned as it is, short."""
    if len(cells) != width:
        return cells if len(cells) != len(places) else [*cells, ""]
    return [cells[place].strip() for place in places]


class _Checked:
    """Collects one file's rows as they are checked; a row lands in one of three lists."""

    def __init__(self, table: Table, file: str, today: date) -> None:
        self.table, self.file, self.today = table, file, today
        self.n_read = 0
        self.rows: list[Row] = []
        self.refused: list[RefusedRow] = []
        self.duplicates: list[DuplicateRow] = []
        self._seen: dict[tuple[str, ...], tuple[int, list[str]]] = {}

    def take(self, number: int, cells: list[str]) -> None:
        self.n_read += 1
        problem = self._problem(cells)
        if problem is not None:
            column, code, reason = problem
            self.refused.append(
                RefusedRow(file=self.file, row=number, column=column, code=code, reason=reason)
            )
            return
        names = [column.name for column in self.table.columns]
        named = dict(zip(names, cells, strict=True))
        if self._is_repeated(number, named, cells):
            return
        dates = {
            column.name: _date(named[column.name])
            for column in self.table.columns
            if column.type == "date" and named[column.name]
        }
        self.rows.append(
            Row(table=self.table.name, file=self.file, number=number, cells=named, dates=dates)
        )

    def _is_repeated(self, number: int, named: dict[str, str], cells: list[str]) -> bool:
        key = tuple(named[column] for column in self.table.key)
        earlier = self._seen.setdefault(key, (number, cells))
        if earlier[0] == number:
            return False
        if earlier[1] == cells:
            self.duplicates.append(
                DuplicateRow(file=self.file, row=number, of=f"row {earlier[0]} of this file")
            )
            return True
        self.refused.append(
            RefusedRow(
                file=self.file,
                row=number,
                column=self.table.key[-1],
                code="conflict",
                reason=f"Row {earlier[0]} has the same {' and '.join(self.table.key)} but says "
                "something else. Keep the right one of the two.",
            )
        )
        return True

    def _problem(self, cells: list[str]) -> tuple[str, Code, str] | None:
        if len(cells) != len(self.table.columns):
            return (
                "",
                "length",
                (
                    f"The row has {len(cells)} cells and the heading {len(self.table.columns)}: a comma "
                    "is missing or too many, or the row was cut off."
                ),
            )
        for column, cell in zip(self.table.columns, cells, strict=True):
            problem = _cell_problem(column, cell)
            if problem is not None:
                return (column.name, *problem)
        return self._sense(dict(zip((c.name for c in self.table.columns), cells, strict=True)))

    def _sense(self, named: dict[str, str]) -> tuple[str, Code, str] | None:
        for name in ("DECOM", "DEC", "REVIEW", "DOB"):
            if named.get(name) and _date(named[name]) > self.today:
                return (name, "future", f"{named[name]} has not come yet; it cannot have happened.")
        if self.table.name == "Episodes":
            return _episode_sense(named)
        return None


def _episode_sense(named: dict[str, str]) -> tuple[str, Code, str] | None:
    ended, why = named["DEC"], named["REC"]
    if ended and _date(ended) < _date(named["DECOM"]):
        return ("DEC", "order", f"The episode ends on {ended}, before it begins.")
    if ended and not why:
        return ("REC", "missing", f"The episode ended on {ended} but no reason is given.")
    if why.startswith("E") and not ended:
        return (
            "DEC",
            "missing",
            f"REC {why} says that the child left care but there is no date. Give the date.",
        )
    return None


def _cell_problem(column: Column, cell: str) -> tuple[Code, str] | None:
    if not cell:
        return ("missing", f"{column.name} is empty and is needed.") if column.required else None
    if len(cell) > MAX_CELL:
        return ("length", f"{column.name} is longer than {MAX_CELL} characters.")
    if column.type == "date":
        return _date_problem(cell)
    if column.codes is not None and cell not in column.codes:
        return (
            "code",
            f"{cell!r} is not a code of {column.name}. It may be {', '.join(column.codes)}.",
        )
    return None


def _date_problem(cell: str) -> tuple[Code, str] | None:
    try:
        _date(cell)
    except ValueError:
        return ("date", f"{cell!r} is not a day of the calendar. Write it as day/month/year.")
    return None


def _date(cell: str) -> date:
    day, month, year = cell.split("/")
    if len(year) != YEAR_DIGITS or not (day + month + year).isascii():
        raise ValueError(cell)
    return date(int(year), int(month), int(day))
