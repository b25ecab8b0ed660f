"""What a cell of a table may hold, and rows that come twice: the same for every format of rows.

A cell is text without the spaces around it. What is wrong is told as column, code and sentence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Literal

from caseward.work.exchange import written_days
from caseward.work.exchange.imports.values import Code, Place

MAX_CELL = 1_000
MAX_ID = 64
MAX_SHOWN = 40
DIGEST = 12

Problem = tuple[str, Code, str]
"""Column, code and the sentence that says what to put right."""
CellType = Literal["id", "date", "code", "number", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column and what its cells hold.

    `may_come` is a date that may lie ahead, `partly` one that may give its month or year alone.
    """

    name: str
    type: CellType = "text"
    required: bool = False
    codes: Mapping[str, str] | None = None
    may_come: bool = False
    partly: bool = False


def as_written(cell: str) -> str:
    """Return a cell without what surrounds it: spaces of every kind, and the quoting of numbers."""
    if cell.isalnum():
        return cell
    return written_days.without_quoting(cell.replace("\xa0", " ").strip(" \t\r\n\ufeff\u200b"))


def days_in(columns: Iterable[Column], cells: Mapping[str, str]) -> dict[str, date]:
    """Return the days that the cells name, by column; a cell that names none is left out."""
    found = {c.name: written_days.day(cells[c.name]) for c in columns if c.type == "date"}
    return {name: day for name, day in found.items() if day is not None}


def problem_in(column: Column, cell: str) -> Problem | None:
    """Say what is wrong with a cell by itself, or None."""
    if not cell:
        if not column.required:
            return None
        return (column.name, "missing", f"{column.name} is empty and is needed.")
    if len(cell) > (MAX_ID if column.type == "id" else MAX_CELL):
        return (column.name, "length", f"{column.name} is longer than any real one.")
    if not cell.isprintable():
        return (column.name, "code", f"{column.name} holds characters that no text has.")
    if written_days.is_formula(cell):
        reason = f"{shown(cell)} is a formula, not its result. Save the file with values."
        return (column.name, "formula", reason)
    if column.type == "date":
        return _date_problem(column, cell)
    return _code_problem(column, cell)


def _code_problem(column: Column, cell: str) -> Problem | None:
    if column.type == "number" and not (cell.isascii() and cell.isdigit()):
        return (column.name, "code", f"{shown(cell)} is not a number.")
    if column.codes is not None and cell not in column.codes:
        allowed = ", ".join(column.codes)
        reason = f"{shown(cell)} is not a code of {column.name}. It may be {allowed}."
        return (column.name, "code", reason)
    return None


def _date_problem(column: Column, cell: str) -> Problem | None:
    if written_days.day(cell) is not None or (column.partly and written_days.is_partly_known(cell)):
        return None
    if written_days.is_partly_known(cell):
        reason = f"{shown(cell)} does not give the day, and {column.name} needs one."
    else:
        reason = f"{shown(cell)} is not a day of the calendar. Write it as day/month/year."
    return (column.name, "date", reason)


def problem_of_days(
    columns: Iterable[Column],
    order: Iterable[tuple[str, str]],
    cells: Mapping[str, str],
    days: Mapping[str, date],
    *,
    today: date,
) -> Problem | None:
    """Say which day has not come yet or lies before the one it follows, or None.

    Shapes: order, pairs of columns, the earlier day first.
    """
    for column in columns:
        day = days.get(column.name)
        if day is not None and day > today and not column.may_come:
            said = cells[column.name]
            return (column.name, "future", f"{said} has not come yet; it cannot have happened.")
    for first, last in order:
        if last in days and first in days and days[last] < days[first]:
            reason = f"{last} is {cells[last]}, before {first} ({cells[first]})."
            return (last, "order", reason)
    return None


def shown(cell: str) -> str:
    """Return a cell as a sentence shows it: quoted, and cut short where it is long."""
    return repr(cell if len(cell) <= MAX_SHOWN else f"{cell[:MAX_SHOWN]}…")


class Repeats:
    """The rows so far, by what tells them apart; there may be a million, so each is one number."""

    def __init__(self) -> None:
        self._seen: dict[str, dict[bytes, int]] = {}
        self._files: list[str] = []

    def earlier(
        self, table: str, place: Place, *, key: Iterable[str], content: Iterable[str]
    ) -> tuple[str, bool] | None:
        """Return where an earlier row of the same key stands and whether it says the same, or None.

        The row is remembered if there is none.
        """
        digest, said = _digest(key), _digest(content)
        seen = self._seen.setdefault(table, {})
        if digest not in seen:
            seen[digest] = self._packed(place, said)
            return None
        packed = seen[digest]
        where = packed & (1 << 64) - 1
        file = self._files[where >> 32]
        of = "this file" if file == place.file else file
        return f"row {where & (1 << 32) - 1:,} of {of}", packed >> 64 == int.from_bytes(said)

    def _packed(self, place: Place, content: bytes) -> int:
        if not self._files or self._files[-1] != place.file:
            self._files.append(place.file)
        where = (len(self._files) - 1 << 32) | place.row
        return int.from_bytes(content) << 64 | where


def _digest(cells: Iterable[str]) -> bytes:
    return blake2b("\x1f".join(cells).encode(), digest_size=DIGEST).digest()
