"""Rows of a tracker become facts, by the mapping of its columns; a row goes in whole or not at all."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from caseward.work.exchange import workbooks
from caseward.work.exchange.imports.values import (
    ChildSeen,
    Code,
    Fact,
    Format,
    ImportRefused,
    Place,
    Sink,
)
from caseward.work.exchange.tracker import cells, columns, days, sheets
from caseward.work.exchange.tracker.columns import Column, Mapped
from caseward.work.exchange.tracker.sheets import Cell, Row

NOTE = "tracker_note.recorded"
_SHOWN_EVERY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Problem:
    """What is wrong with one cell."""

    column: str
    code: Code
    sentence: str


@dataclass(slots=True)
class _Case:
    """One row as it is read: the child it names, its dates, what is wrong with its cells.

    `told` holds the outcomes and fields that cells say, by column: as kept, and as written.
    """

    place: Place
    child: str
    said: dict[str, Any] = field(default_factory=dict)
    dated: dict[int, tuple[Column, days.Dated]] = field(default_factory=dict)
    told: dict[int, tuple[str, str]] = field(default_factory=dict)
    notes: list[tuple[int, str]] = field(default_factory=list)
    problems: list[_Problem] = field(default_factory=list)


@dataclass(slots=True)
class _Seen:
    """What the rows before said: which they were, how many each child has, when it was born."""

    rows: dict[tuple[str, ...], int] = field(default_factory=dict)
    cases: Counter[str] = field(default_factory=Counter)
    born: dict[str, date] = field(default_factory=dict)


def recognise(_names: Sequence[str]) -> bool:
    """A tracker is never told by the names of its files: somebody says so, and maps its columns."""
    return False


def read(files: Mapping[str, Path], out: Sink, *, today: date, options: Mapping[str, Any]) -> None:
    """Read the one file by the mapping that `options` hold (`columns.from_options`).

    Errors: ImportRefused where the file cannot be read or lacks a heading that was mapped.
    """
    if len(files) != 1:
        raise ImportRefused(sheets.ONE_FILE)
    if not options.get("columns"):
        raise ImportRefused(
            "Nobody has said what the columns of this tracker hold. Map them first."
        )
    name, path = next(iter(files.items()))
    mapped = columns.from_options(options)
    sheet = sheets.read(path, name, mapped.sheet)
    file = f"{name}, {sheet.name}" if sheet.name else name
    at, order = _headings(sheet, mapped, out, file)
    seen = _Seen()
    width, n_rows = len(sheet.rows[at][1]), len(sheet.rows)
    for done, (number, row) in enumerate(sheet.rows[at + 1 :], start=at + 1):
        if done % _SHOWN_EVERY == 0:
            out.progress(done, n_rows)
        place = Place(file=file, row=number)
        out.read(place)
        if sheet.is_text and len(row) != width:
            out.refuse(place, "", "length", _wrong_length(len(row), width))
        else:
            _row(_Reading(mapped, order, today, out), place, row, seen)
    out.progress(n_rows, n_rows)


FORMAT = Format(
    code="tracker", title="Tracker spreadsheet", recognise=recognise, read=read
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Reading:
    """What every row is read by; `order` gives a mapped column's place in the file's rows."""

    mapped: Mapped
    order: Mapping[int, int]
    today: date
    out: Sink


def _headings(
    sheet: sheets.Sheet, mapped: Mapped, out: Sink, file: str
) -> tuple[int, Mapping[int, int]]:
    """Return the row of the headings and where each mapped column stands in the rows."""
    wanted = [column.heading for column in mapped.columns if column.use != "aside"]
    at = sheets.find_headings(sheet, wanted)
    if at is None:
        raise ImportRefused(_lacking(sheet, wanted))
    places = {
        columns.folded(heading): place
        for place, heading in enumerate(sheets.headings_of(sheet.rows[at][1]))
    }
    known = {columns.folded(column.heading): column for column in mapped.columns}
    aside = [
        heading
        for heading in sheets.headings_of(sheet.rows[at][1])
        if columns.folded(heading) not in known or known[columns.folded(heading)].use == "aside"
    ]
    if aside:
        out.note(file, f"Left aside: {', '.join(f'“{heading}”' for heading in aside)}.")
    return at, {
        number: places[columns.folded(column.heading)]
        for number, column in enumerate(mapped.columns)
        if column.use != "aside"
    }


def _lacking(sheet: sheets.Sheet, wanted: Sequence[str]) -> str:
    there = {
        columns.folded(heading)
        for row in sheets.near_the_top(sheet)
        for heading in sheets.headings_of(row)
    }
    lost = [heading for heading in wanted if columns.folded(heading) not in there] or wanted
    return (
        f"The tracker has no row with the headings {', '.join(f'“{one}”' for one in lost)}, which its "
        "mapping names. Map its columns anew, or choose the sheet that holds them. "
        + sheets.NOTHING
    )


def _wrong_length(found: int, wanted: int) -> str:
    return (
        f"This row has {found} cells and the headings are {wanted}: the file is cut off here, or a "
        "separator stands inside a cell. Save the tracker as CSV again."
    )


def _row(reading: _Reading, place: Place, row: Row, seen: _Seen) -> None:
    said = tuple(sheets.shown(cell) for cell in row)
    if said in seen.rows:
        reading.out.duplicate(place, f"row {seen.rows[said]}")
        return
    case = _case(reading, place, row)
    if not case.problems:
        _agree(case, seen)
    if case.problems:
        first = case.problems[0]
        told = " ".join(f"{one.column}: {one.sentence}" for one in case.problems)
        sentence = first.sentence if len(case.problems) == 1 else told
        reading.out.refuse(place, first.column, first.code, sentence)
        return
    seen.rows[said] = place.row
    seen.cases[case.child] += 1
    reading.out.child(_child(case))
    for fact in _facts(reading, case, number=seen.cases[case.child]):
        reading.out.fact(fact)


def _case(reading: _Reading, place: Place, row: Row) -> _Case:
    case = _Case(place=place, child="")
    for number, at in reading.order.items():
        column = reading.mapped.columns[number]
        cell = row[at] if at < len(row) else None
        try:
            _take(reading, case, number, column, cell)
        except days.NotADay as error:
            _note_problem(case, column, "date", str(error))
        except cells.Unreadable as error:
            _note_problem(case, column, error.code, str(error))
    if not case.child and not case.problems:
        number_column = next(one for one in reading.mapped.columns if one.use == "number")
        _note_problem(
            case,
            number_column,
            "missing",
            "This row has no number for the child, so it cannot be told whose it is.",
        )
    return case


def _note_problem(case: _Case, column: Column, code: Code, sentence: str) -> None:
    case.problems.append(_Problem(column=column.heading, code=code, sentence=sentence))


def _take(reading: _Reading, case: _Case, number: int, column: Column, cell: Cell) -> None:
    """Take one cell: a date is kept by its column, everything else under what it is."""
    if cell == workbooks.NO_RESULT:
        raise cells.Unreadable(
            "The formula in this cell was saved without its result. Open the tracker in a spreadsheet, "
            "save it and import it again.",
            code="formula",
        )
    if column.use == "number":
        case.child = "" if days.is_empty(cell) else sheets.shown(cell)
    elif column.use == "name":
        case.said["name"] = sheets.shown(cell)
    elif column.use in ("born_on", "expected_on"):
        found = days.read(cell, today=reading.today, is_plan=column.use == "expected_on")
        if found is not None:
            case.said[column.use] = found.day
            _refuse_future(column, found.day, reading.today)
    elif column.use in columns.DATED:
        _take_day(reading, case, number, column, cell)
    elif column.use == "note" and not days.is_empty(cell):
        case.notes.append((number, sheets.shown(cell)))
    elif column.use in ("outcome", "field"):
        said = cells.said(column, cell, today=reading.today)
        if said:
            case.told[number] = (said, sheets.shown(cell))


def _take_day(reading: _Reading, case: _Case, number: int, column: Column, cell: Cell) -> None:
    found = days.read(cell, today=reading.today, is_plan=column.use == "planned")
    if found is None:
        if not days.is_empty(cell):
            case.notes.append((number, sheets.shown(cell)))
        elif days.is_not_yet(cell):
            said = f"“{sheets.shown(cell)}” in “{column.heading}” is no date yet: nothing was made of it."
            reading.out.note(case.place.file, said)
        return
    _refuse_future(column, found.day, reading.today)
    case.dated[number] = (column, found)
    if found.words:
        case.notes.append((number, found.words))


def _refuse_future(column: Column, day: date, today: date) -> None:
    if column.use in ("event", "born_on") and day > today:
        raise cells.Unreadable(
            f"{day:%d/%m/%Y} lies ahead, so it has not happened. Map the column as a planned date, or "
            "put the date right.",
            code="future",
        )


def _agree(case: _Case, seen: _Seen) -> None:
    """Refuse a row that says another birthday of a child than a row before it."""
    born_on = case.said.get("born_on")
    if born_on is not None and seen.born.setdefault(case.child, born_on) != born_on:
        case.problems.append(
            _Problem(
                column="",
                code="conflict",
                sentence=f"Another row gives {seen.born[case.child]:%d/%m/%Y} as the date of birth of "
                f"child {case.child}, this one {born_on:%d/%m/%Y}. Put one of them right.",
            )
        )


def _child(case: _Case) -> ChildSeen:
    return ChildSeen(
        identifier=case.child,
        place=case.place,
        born_on=case.said.get("born_on"),
        expected_on=None if case.said.get("born_on") else case.said.get("expected_on"),
        name=case.said.get("name", ""),
    )


def _facts(reading: _Reading, case: _Case, *, number: int) -> Iterator[Fact]:
    for place in sorted(case.dated):
        yield _dated(reading, case, place, number=number)
    for place, text in (*case.notes, *_homeless(reading, case)):
        column = reading.mapped.columns[place]
        beside = case.dated.get(place)
        yield Fact(
            kind=NOTE,
            occurred_on=beside[1].day
            if beside and beside[1].day <= reading.today
            else reading.today,
            on_sight=beside is None or beside[1].day > reading.today,
            child=case.child,
            source=_source(reading, case, column, number, NOTE),
            place=case.place,
            fields={"column": column.heading, "text": text},
        )


def _dated(
    reading: _Reading,
    case: _Case,
    place: int,
    *,
    number: int,
) -> Fact:
    column, day = case.dated[place][0], case.dated[place][1].day
    is_plan = column.use == "planned" or (column.use == "meeting" and day > reading.today)
    kind = column.planned_kind if column.use == "meeting" and is_plan else column.kind
    outcome, fields = _told_beside(reading, case, place)
    source = _source(reading, case, column, number, kind)
    if is_plan:
        # Each day planned is a fact of its own: a meeting that was moved keeps its first day.
        fields = {**fields, column.field_name or "planned_on": day.isoformat()}
        source = f"{source}:{day.isoformat()}"
    return Fact(
        kind=kind,
        occurred_on=reading.today if is_plan else day,
        on_sight=is_plan,
        child=case.child,
        source=source,
        place=case.place,
        fields=fields,
        outcome=None if is_plan else outcome or column.outcome or None,
    )


def _told_beside(reading: _Reading, case: _Case, place: int) -> tuple[str, dict[str, str]]:
    """Return the outcome and the fields that other columns say of this column's entry."""
    outcome, fields = "", {}
    for other, (said, _) in case.told.items():
        column = reading.mapped.columns[other]
        if columns.home_of(reading.mapped.columns, other) != place:
            continue
        if column.use == "outcome":
            outcome = said
        else:
            fields[column.field_name] = said
    return outcome, fields


def _homeless(reading: _Reading, case: _Case) -> Iterator[tuple[int, str]]:
    """Yield what cells say of an entry whose date is empty in this row: it is kept as a note."""
    for place, (_, written) in case.told.items():
        if columns.home_of(reading.mapped.columns, place) not in case.dated:
            yield place, written


def _source(reading: _Reading, case: _Case, column: Column, number: int, kind: str) -> str:
    named = f"{cells.slug(reading.mapped.name)}:{case.child}:{cells.slug(column.heading)}:{kind}"
    return named if number == 1 else f"{named}:{number}"
