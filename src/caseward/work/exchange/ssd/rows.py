"""One file taken row by row: each is taken, told as a duplicate, or refused with the reason."""

from dataclasses import dataclass, field

from caseward.work.exchange import separated
from caseward.work.exchange.imports.values import ChildSeen, Fact, ImportRefused, Sink
from caseward.work.exchange.ssd import headings
from caseward.work.exchange.ssd.refusals import RowRefused
from caseward.work.exchange.ssd.scanning import Source
from caseward.work.exchange.ssd.tables import Reading, Row, Shared

EMPTY = "it says nothing in the columns that are read"


@dataclass(slots=True)
class _Seen:
    """The rows taken so far, by a fingerprint of what tells them apart."""

    rows: dict[int, tuple[int, int]] = field(default_factory=dict)

    def earlier(self, identity: str, number: int, cells: list[str]) -> tuple[int, bool] | None:
        """Return the number of an earlier row of this identity, and whether it says the same."""
        said = hash(tuple(cells))
        first = self.rows.setdefault(hash(identity), (number, said))
        return None if first[0] == number else (first[0], first[1] == said)


def take(source: Source, out: Sink, shared: Shared, *, told: separated.Told) -> None:
    """Put every row of a file into the sink, with what is to be said of the file.

    Errors: ImportRefused where the file cannot be read to its end: nothing of it may be kept.
    """
    given = separated.rows(source.path, source.file, told=told)
    first = next(given, None)
    if first is None:
        out.note(source.file, "The file is empty.")
        return
    if len(first[1]) == 1:
        # Columns parted by something else than commas are named, and the file refused.
        separated.heading(source.path, source.file)
    heading = headings.read(first[1], source.table, source.file)
    _refuse_what_is_another_table(heading, source)
    for sentence in headings.notes(heading, source.table):
        out.note(source.file, sentence)
    reading = Reading(
        table=source.table,
        file=source.file,
        places=heading.places,
        width=heading.width,
        shared=shared,
    )
    seen = _Seen()
    last, refused = 1, 0
    for number, cells in given:
        row = Row(reading, number, cells)
        out.read(row.place)
        last = number
        try:
            _take(row, cells, reading, seen, out)
        except RowRefused as problem:
            refused = number
            out.refuse(row.place, problem.column, problem.code, problem.reason, about=row.about())
    if refused == last and not separated.ends_with_a_line(source.path):
        raise ImportRefused(
            f"{source.file} ends in the middle of row {last}: the file has been cut off, and later rows "
            f"may be missing. Export it again. {separated.NOTHING}"
        )
    if last == 1:
        out.note(source.file, "The file has no rows below its heading.")
    for sentence in reading.tally.sentences():
        out.note(source.file, sentence)


def _refuse_what_is_another_table(heading: headings.Heading, source: Source) -> None:
    if not heading.places:
        raise ImportRefused(
            f"{source.file} has none of the columns of {source.table.name} in its first row. Export it with "
            f"its heading row, or take it out, and import again. {separated.NOTHING}"
        )


def _take(row: Row, cells: list[str], reading: Reading, seen: _Seen, out: Sink) -> None:
    _refuse_another_length(cells, reading)
    if row.is_empty():
        row.aside(EMPTY)
        return
    table = reading.table
    if not table.is_of_authority:
        row.child = row.owner()
    row.identifier = _identity(row)
    earlier = seen.earlier(row.identifier, row.place.row, cells)
    if earlier is not None:
        _refuse_unless_the_same(row, earlier)
        out.duplicate(row.place, f"row {earlier[0]} of this file")
        return
    for found in _checked(row, tuple(table.facts(row))):
        if isinstance(found, ChildSeen):
            out.child(found)
        elif not _is_told_by_another_row(row, found):
            out.fact(found)


def _is_told_by_another_row(row: Row, fact: Fact) -> bool:
    """Tell whether a fact that several rows may give was given by one of them, and take note of it."""
    if fact.source not in row.shared_sources:
        return False
    if fact.source in row.links.told:
        return True
    row.links.told.add(fact.source)
    return False


def _refuse_another_length(cells: list[str], reading: Reading) -> None:
    extra = cells[reading.width :]
    if len(cells) < reading.width or any(cell.strip() for cell in extra):
        raise RowRefused(
            "", "length", f"The row has {len(cells)} cells and the heading {reading.width}: a comma is "
            "missing or too many, or the row was cut off.",
        )  # fmt: skip


def _identity(row: Row) -> str:
    """Return the row's own id; without one, child and dates tell it apart, the same each time."""
    said = row.id(row.table.ids[0])
    if said:
        return said
    return "~" + "~".join([row.child, *(row.spelt_alike(column) for column in row.table.dated)])


def _refuse_unless_the_same(row: Row, earlier: tuple[int, bool]) -> None:
    if not earlier[1]:
        raise RowRefused(
            row.table.ids[0], "conflict", f"Row {earlier[0]} has the same number and says something else. "
            "Keep the right one of the two.",
        )  # fmt: skip


def _checked(row: Row, found: tuple[Fact | ChildSeen, ...]) -> tuple[Fact | ChildSeen, ...]:
    """Return what the row says, unless it happened to a born child before the birth."""
    person = row.links.persons.get(row.child)
    if not row.table.is_of_born_children or person is None or person.born_on is None:
        return found
    for fact in found:
        if isinstance(fact, Fact) and not fact.on_sight and fact.occurred_on < person.born_on:
            raise RowRefused(
                row.table.dated[0], "before_birth",
                f"{fact.occurred_on:%d/%m/%Y} is before the child was born, on "
                f"{person.born_on:%d/%m/%Y}.",
            )  # fmt: skip
    return found
