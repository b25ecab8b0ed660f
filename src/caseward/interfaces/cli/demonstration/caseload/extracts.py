"""What the other system holds, row by row, and its extract as of any day."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

CODES_OF_NOTHING = ""


@dataclass(frozen=True, slots=True)
class Later:
    """A cell that is filled in only on a day: an extract of before leaves it empty."""

    value: "str | date"
    on: date


@dataclass(frozen=True, slots=True)
class PutRight:
    """A cell that was wrong until somebody corrected it on a day."""

    wrong: "str | date"
    right: "str | date"
    on: date


Cell = str | int | date | Later | PutRight | None


@dataclass(slots=True)
class Extracts:
    """The rows of every table with the day on which each was first there."""

    columns: Mapping[str, tuple[str, ...]]
    rows: dict[str, list[tuple[date, dict[str, Cell]]]] = field(default_factory=dict)
    taken_out: list[tuple[str, dict[str, Cell], date]] = field(default_factory=list)
    n_ids: int = 0

    def new_id(self) -> str:
        """Return an id that no row of any table has."""
        self.n_ids += 1
        return f"{self.n_ids:07d}"

    def row(self, table: str, since: date, **cells: Cell) -> None:
        """Keep a row; a column that the table does not have is a fault of the caller."""
        unknown = set(cells) - set(self.columns[table])
        if unknown:
            raise ValueError(f"{table} has no column {', '.join(sorted(unknown))}.")
        self.rows.setdefault(table, []).append((since, cells))

    def take_out_last(self, table: str, on: date) -> None:
        """Have somebody delete the row kept last on a day: no extract since then has it."""
        _, cells = self.rows[table][-1]
        self.taken_out.append((table, cells, on))

    def write(self, folder: Path, *, as_of: date) -> int:
        """Write one CSV file a table, as the system stood at the end of a day; return how many rows."""
        folder.mkdir(parents=True, exist_ok=True)
        n_rows = 0
        gone = {id(cells) for _, cells, on in self.taken_out if on <= as_of}
        for table, columns in self.columns.items():
            kept = [cells for since, cells in self.rows.get(table, ()) if since <= as_of]
            known = [cells for cells in kept if id(cells) not in gone]
            path = folder / f"{table}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(columns)
                writer.writerows(
                    [_text(cells.get(column), as_of) for column in columns] for cells in known
                )
            n_rows += len(known)
        return n_rows


def _text(cell: Cell, as_of: date) -> str:
    if isinstance(cell, Later):
        return _text(cell.value, as_of) if cell.on <= as_of else CODES_OF_NOTHING
    if isinstance(cell, PutRight):
        return _text(cell.right if cell.on <= as_of else cell.wrong, as_of)
    if isinstance(cell, date):
        # The dataset's columns are moments; what is kept by the day carries midnight.
        return f"{cell.isoformat()} 00:00:00"
    return CODES_OF_NOTHING if cell is None else str(cell)
