"""A row is checked by itself, against the rows before it and against Header; then it is kept.

Each row is told to the import once, and ends in one place: kept, a duplicate or refused.
"""

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

from caseward.work.exchange import written_days
from caseward.work.exchange.imports.values import Code, ImportRefused, Place, Sink
from caseward.work.exchange.ssda903.columns import Column, Table

MAX_CELL = 1_000
MAX_ID = 64
MAX_SHOWN = 40
DIGEST = 12

Problem = tuple[str, Code, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One checked row: `cells` as text by column name, `days` as dates by column name."""

    table: Table
    place: Place
    cells: Mapping[str, str]
    days: Mapping[str, date]

    @property
    def child(self) -> str:
        return self.cells["CHILD"]


@dataclass(slots=True)
class Checks:
    """What is known so far while the files of one import are read."""

    out: Sink
    today: date
    born: MutableMapping[str, date] = field(default_factory=dict)
    last_refused: Place | None = None
    _seen: dict[str, dict[bytes, int]] = field(default_factory=dict)
    _files: list[str] = field(default_factory=list)

    def take(self, table: Table, place: Place, cells: Mapping[str, str] | None) -> Row | None:
        """Check a row and return it, or None where it was refused or is a duplicate.

        Shapes: cells by column name, without the spaces around them; None for a row whose cells
        could not be told apart.
        """
        self.out.read(place)
        if cells is None:
            self._refuse(
                place,
                "",
                "length",
                "The row has another number of cells than the heading: a comma is missing or too "
                "many, or the row was cut off.",
            )
            return None
        cells = {name: _written(cell) for name, cell in cells.items()}
        problem = next(filter(None, (_cell_problem(c, cells[c.name]) for c in table.columns)), None)
        if problem is None:
            days = _days(table, cells)
            row = Row(table=table, place=place, cells=cells, days=days)
            problem = self._sense(row) or self._other_child(row)
            if problem is None:
                return None if self._is_repeated(row) else row
        self._refuse(place, *problem)
        return None

    def refuse_if_cut_off(self, place: Place) -> None:
        """Refuse a file whose last row has no line end and makes no sense: it was cut off.

        Errors: ImportRefused.
        """
        if self.last_refused == place:
            raise ImportRefused(
                f"{place.file} ends in the middle of row {place.row:,}: the file has been cut off, and "
                "later rows may be missing. Export it again. Nothing has been imported."
            )

    def _refuse(self, place: Place, column: str, code: Code, reason: str) -> None:
        self.last_refused = place
        self.out.refuse(place, column, code, reason)

    def _sense(self, row: Row) -> Problem | None:
        for column in row.table.columns:
            day = row.days.get(column.name)
            if day is not None and day > self.today and not column.may_come:
                said = row.cells[column.name]
                return (column.name, "future", f"{said} has not come yet; it cannot have happened.")
        for first, last in row.table.order:
            if last in row.days and first in row.days and row.days[last] < row.days[first]:
                said = row.cells[last]
                return (last, "order", f"{last} is {said}, before {first} ({row.cells[first]}).")
        if row.table.name == "Episodes":
            return _episode_sense(row.cells)
        return None

    def _other_child(self, row: Row) -> Problem | None:
        born_on = self.born.get(row.child)
        if born_on is None or row.table.name == "Header":
            return None
        said = row.days.get("DOB")
        if said is not None and said != born_on:
            reason = (
                f"The date of birth is not the one in Header ({born_on:%d/%m/%Y}): the row may "
                "belong to another child."
            )
            return ("DOB", "other_child", reason)
        for column, day in row.days.items():
            if day < born_on:
                return (
                    column,
                    "before_birth",
                    f"The child was not born until {born_on:%d/%m/%Y}.",
                )
        return None

    def _is_repeated(self, row: Row) -> bool:
        table = row.table
        key = _digest(row.cells[name] for name in table.key)
        content = _digest(row.cells[column.name] for column in table.columns)
        seen = self._seen.setdefault(table.name, {})
        if key not in seen:
            seen[key] = self._packed(row.place, content)
            return False
        earlier, said = self._unpacked(seen[key])
        of = "this file" if earlier.file == row.place.file else earlier.file
        if said == content:
            self.out.duplicate(row.place, f"row {earlier.row:,} of {of}")
        else:
            self._refuse(
                row.place,
                table.key[-1],
                "conflict",
                f"Row {earlier.row:,} of {of} has the same {' and '.join(table.key)} but says "
                "something else. Keep the right one of the two; of two years, import the older one "
                "first and by itself.",
            )
        return True

    def _packed(self, place: Place, content: bytes) -> int:
        """Return where a row stands and what it says as one number: there may be a million."""
        if not self._files or self._files[-1] != place.file:
            self._files.append(place.file)
        where = (len(self._files) - 1 << 32) | place.row
        return int.from_bytes(content) << 64 | where

    def _unpacked(self, packed: int) -> tuple[Place, bytes]:
        where = packed & (1 << 64) - 1
        place = Place(self._files[where >> 32], where & (1 << 32) - 1)
        return place, (packed >> 64).to_bytes(DIGEST)


def _digest(cells: Iterable[str]) -> bytes:
    return blake2b("\x1f".join(cells).encode(), digest_size=DIGEST).digest()


def _written(cell: str) -> str:
    return written_days.without_quoting(cell.replace("\xa0", " ").strip(" \t\ufeff\u200b"))


def _days(table: Table, cells: Mapping[str, str]) -> dict[str, date]:
    found = {c.name: written_days.day(cells[c.name]) for c in table.columns if c.type == "date"}
    return {name: day for name, day in found.items() if day is not None}


def _cell_problem(column: Column, cell: str) -> Problem | None:
    if not cell:
        if not column.required:
            return None
        return (column.name, "missing", f"{column.name} is empty and is needed.")
    if len(cell) > (MAX_ID if column.type == "id" else MAX_CELL):
        return (column.name, "length", f"{column.name} is longer than any real one.")
    if not cell.isprintable():
        return (column.name, "code", f"{column.name} holds characters that no text has.")
    if written_days.is_formula(cell):
        reason = f"{_shown(cell)} is a formula, not its result. Save the file with values."
        return (column.name, "formula", reason)
    if column.type == "date":
        return _date_problem(column, cell)
    return _code_problem(column, cell)


def _code_problem(column: Column, cell: str) -> Problem | None:
    if column.type == "number" and not (cell.isascii() and cell.isdigit()):
        return (column.name, "code", f"{_shown(cell)} is not a number.")
    if column.codes is not None and cell not in column.codes:
        allowed = ", ".join(column.codes)
        reason = f"{_shown(cell)} is not a code of {column.name}. It may be {allowed}."
        return (column.name, "code", reason)
    return None


def _date_problem(column: Column, cell: str) -> Problem | None:
    if written_days.day(cell) is not None or (column.partly and written_days.is_partly_known(cell)):
        return None
    if written_days.is_partly_known(cell):
        reason = f"{_shown(cell)} does not give the day, and {column.name} needs one."
    else:
        reason = f"{_shown(cell)} is not a day of the calendar. Write it as day/month/year."
    return (column.name, "date", reason)


def _episode_sense(cells: Mapping[str, str]) -> Problem | None:
    ended, why = cells["DEC"], cells["REC"]
    if ended and not why:
        return ("REC", "missing", f"The episode ended on {ended} but no reason is given.")
    if why.startswith("E") and not ended:
        return (
            "DEC",
            "missing",
            f"REC {why} says that the child left care but there is no date. Give the date.",
        )
    return None


def _shown(cell: str) -> str:
    return repr(cell if len(cell) <= MAX_SHOWN else f"{cell[:MAX_SHOWN]}…")
