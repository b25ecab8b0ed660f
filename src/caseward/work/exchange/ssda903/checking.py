"""A row is checked by itself, against the rows before it and against Header; then it is kept.

Each row is told to the import once, and ends in one place: kept, a duplicate or refused.
"""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import date

from caseward.work.exchange import checked_cells
from caseward.work.exchange.checked_cells import Problem, Repeats
from caseward.work.exchange.imports.values import Code, ImportRefused, Place, Sink
from caseward.work.exchange.ssda903.columns import Table


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

    def said(self, name: str) -> str:
        """Return what the row says, a day in one spelling."""
        return self.days[name].isoformat() if name in self.days else self.cells[name]


@dataclass(slots=True)
class Checks:
    """What is known so far while the files of one import are read."""

    out: Sink
    today: date
    born: MutableMapping[str, date] = field(default_factory=dict)
    last_refused: Place | None = None
    _repeats: Repeats = field(default_factory=Repeats)

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
        cells = {name: checked_cells.as_written(cell) for name, cell in cells.items()}
        problems = (checked_cells.problem_in(c, cells[c.name]) for c in table.columns)
        problem = next(filter(None, problems), None)
        if problem is None:
            days = checked_cells.days_in(table.columns, cells)
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
        table = row.table
        problem = checked_cells.problem_of_days(
            table.columns, table.order, row.cells, row.days, today=self.today
        )
        if problem is None and table.name == "Episodes":
            problem = _episode_sense(row.cells)
        return problem

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
        earlier = self._repeats.earlier(
            table.name,
            row.place,
            key=(row.said(name) for name in table.key),
            content=(row.said(column.name) for column in table.columns),
        )
        if earlier is None:
            return False
        where, is_same = earlier
        if is_same:
            self.out.duplicate(row.place, where)
        else:
            self._refuse(
                row.place,
                table.key[-1],
                "conflict",
                f"{where.capitalize()} has the same {' and '.join(table.key)} but says "
                "something else. Keep the right one of the two; of two years, import the older one "
                "first and by itself.",
            )
        return True


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
