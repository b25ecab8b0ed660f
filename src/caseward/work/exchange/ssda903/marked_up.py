"""The return's XML form (EXPSSDA903): one CHILD after another, each cut into the rows of the tables.

A row is named by its table and its number in the file, since a whole file may stand on one line.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from caseward.work.exchange import elements
from caseward.work.exchange.elements import Element
from caseward.work.exchange.imports.values import Place
from caseward.work.exchange.ssda903 import columns
from caseward.work.exchange.ssda903.checking import Checks
from caseward.work.exchange.ssda903.columns import Table
from caseward.work.exchange.ssda903.events import Facts

ROOT = "EXPSSDA903"
NAMES = {"CHILD": "CHILDID", "PLACE": "PL"}
"""What the XML form calls a column by another name."""
IN_HEADER = (columns.UASC, columns.AD1, columns.OC3)
"""Tables whose columns stand in HEADER itself; there is a row where any of its own is filled."""
BLOCKS = {
    "AREVIEW": columns.REVIEWS,
    "AMISSING": columns.MISSING,
    "PERMANENCE": columns.PREV_PERM,
    "OC2": columns.OC2,
    "AD_PLACED": columns.PLACED_ADOPTION,
}
OF_HEADER = frozenset({"CHILD", "DOB", "SEX"})


def read(
    path: Path, name: str, checks: Checks, facts: Facts, *, told: elements.Told
) -> dict[str, int]:
    """Read the file into facts; return how many rows of each table there were.

    Errors: ImportRefused, as elements.blocks.
    """
    numbers: Counter[str] = Counter()
    for child in elements.blocks(path, name, root=ROOT, wanted=frozenset({"CHILD"}), told=told):
        identifier = ""
        for table, cells in _rows(child):
            numbers[table.name] += 1
            place = Place(f"{name}, {table.name}", numbers[table.name])
            row = checks.take(table, place, cells)
            if row is None:
                continue
            facts.take(row)
            identifier = row.child
            if table.name == "Header":
                checks.born[row.child] = row.days["DOB"]
        if identifier:
            facts.end_of_child(identifier)
    return dict(numbers)


def _rows(child: Element) -> Iterator[tuple[Table, Mapping[str, str]]]:
    """Yield the rows of one child, Header first."""
    header = next(elements.children_of(child, "HEADER"), None)
    if header is None:
        yield columns.HEADER, dict.fromkeys((c.name for c in columns.HEADER.columns), "")
        header = child
    else:
        yield columns.HEADER, _cells(columns.HEADER, header)
    said = _cells(columns.HEADER, header)
    for table in IN_HEADER:
        cells = _cells(table, header)
        if any(cells[column.name] for column in table.columns if column.name not in OF_HEADER):
            yield table, cells
    for block, table in BLOCKS.items():
        for element in elements.children_of(header, block):
            yield table, _cells(table, element, said)
    for element in elements.children_of(child, "EPISODE"):
        yield columns.EPISODES, _cells(columns.EPISODES, element, said)


def _cells(
    table: Table, element: Element, header: Mapping[str, str] | None = None
) -> Mapping[str, str]:
    """Return the cells of a row; child and date of birth stand in Header alone."""
    cells = {
        column.name: elements.text_of(element, NAMES.get(column.name, column.name))
        for column in table.columns
    }
    for name in OF_HEADER & cells.keys() if header is not None else ():
        cells[name] = header[name] if header is not None else ""
    return cells
