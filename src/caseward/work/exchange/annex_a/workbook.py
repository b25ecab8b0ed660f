"""Reads an Annex A workbook: each row of each list is checked, told once, and kept or refused.

The day of the extract is asked for, since the workbook does not say it: nothing in it can have
happened later, and the run keeps it as the mark that these facts come from a snapshot of that day.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from caseward.work.exchange import workbooks
from caseward.work.exchange.annex_a import answers, events, lists
from caseward.work.exchange.annex_a.events import Row
from caseward.work.exchange.annex_a.lists import AnnexList, Column
from caseward.work.exchange.checked_cells import Repeats
from caseward.work.exchange.imports.values import Code, Format, ImportRefused, Place, Sink
from caseward.work.exchange.workbooks import Cell, Sheet

HEADING_WITHIN = 10
"""The heading is among the first rows: some authorities put a title above it."""
NOTHING = "Nothing has been imported."

Cells = list[Cell]
Problem = tuple[str, Code, str]


def recognise(names: Sequence[str]) -> bool:
    """Tell whether files of these names are an Annex A: workbooks alone, one of them named for it."""
    plain = [Path(name).stem.casefold() for name in names if name.casefold().endswith(".xlsx")]
    told = ("annex", "ilacs", "chat")
    return len(plain) == len(names) > 0 and any(word in name for name in plain for word in told)


def read(files: Mapping[str, Path], out: Sink, *, today: date, options: Mapping[str, Any]) -> None:
    """Read the workbooks of one snapshot.

    Shapes: files, path by the name to be shown. `options["extract_day"]` is the day of the
    extract, a date or ISO text.
    Errors: ImportRefused without that day, for a day to come, and where a workbook has no list,
    lacks a needed column, or is damaged.
    """
    extract_day = _extract_day(options.get("extract_day"), today)
    marked = sorted(name for name in files if name.casefold().endswith(".xlsx"))
    for name in sorted(set(files) - set(marked)):
        out.note(name, "This file is no workbook and was left aside.")
    n_lists = 0
    for done, name in enumerate(marked):
        out.progress(done, len(marked))
        with workbooks.opened(files[name], name) as sheets:
            for sheet in sheets:
                each = lists.list_of(sheet.name)
                if each is None:
                    out.note(f"{name}, {sheet.name}", "This sheet is no list and was left aside.")
                    continue
                n_lists += 1
                _Reading(f"{name}, List {each.number}", each, out, extract_day).read(sheet)
    out.progress(len(marked), len(marked))
    if not n_lists:
        raise ImportRefused(
            "There is no sheet named “List 1” to “List 11” in these files, so they are no Annex A. "
            f"{NOTHING}"
        )


FORMAT = Format(
    code="annex_a",
    title="Annex A (lists for an Ofsted inspection)",
    recognise=recognise,
    read=read,
    options={"extract_day": "", "is_snapshot": True},
)


def _extract_day(said: object, today: date) -> date:
    if isinstance(said, date):
        day = said
    else:
        try:
            day = date.fromisoformat(str(said or ""))
        except ValueError as error:
            raise ImportRefused(
                "An Annex A shows one day and does not say which. Give the day on which it was "
                f"extracted (--option extract_day=2026-03-31). {NOTHING}"
            ) from error
    if day > today:
        raise ImportRefused(
            f"The day of the extract, {day:%d/%m/%Y}, has not come yet. Give the right one. {NOTHING}"
        )
    return day


class _Reading:
    """Reads one list."""

    def __init__(self, file: str, each: AnnexList, out: Sink, extract_day: date) -> None:
        self._file, self._list, self._out = file, each, out
        self._extract_day = extract_day
        self._places: dict[str, int] = {}
        self._headings: dict[str, str] = {}
        self._repeats = Repeats()

    def read(self, sheet: Sheet) -> None:
        rows = sheet.rows
        if self._list.left_aside:
            self._count(rows)
            return
        if not self._find_heading(rows):
            raise ImportRefused(
                f"{self._file}: none of its first {HEADING_WITHIN} rows has the headings of this list "
                f"({self._list.subject}). Export it with its headings and import again. {NOTHING}"
            )
        for number, cells in rows:
            self._take(Place(self._file, number), cells)

    def _count(self, rows: Iterator[tuple[int, Cells]]) -> None:
        next(rows, None)
        for number, _ in rows:
            self._out.read(Place(self._file, number))
        why = self._list.left_aside
        self._out.note(
            self._file,
            f"List {self._list.number} ({self._list.subject}) was read through, and nothing of it is "
            f"kept: {why}.",
        )

    def _find_heading(self, rows: Iterator[tuple[int, Cells]]) -> bool:
        """Find the row of headings and where each column stands; say what is left aside."""
        for _, cells in islice(rows, HEADING_WITHIN):
            shown = [str(cell).strip() for cell in cells]
            folded = [lists.folded(heading) for heading in shown]
            found = {c.name: place for c in self._list.columns for place in _where(c, folded)}
            if "child" not in found:
                continue
            self._places = found
            self._headings = {name: shown[place] for name, place in found.items()}
            self._refuse_lacking()
            used = set(found.values())
            aside = [h[:60] for place, h in enumerate(shown) if h and place not in used]
            if aside:
                self._out.note(self._file, f"Columns left aside: {'; '.join(aside[:40])}.")
            return True
        return False

    def _refuse_lacking(self) -> None:
        lacking = [c for c in self._list.columns if c.required and c.name not in self._places]
        if lacking:
            raise ImportRefused(
                f"{self._file} lacks a column that is needed ({lacking[0].pattern.pattern}). Export it "
                f"with all its columns and import again. {NOTHING}"
            )
        absent = [c.name for c in self._list.columns if c.name not in self._places]
        if absent:
            self._out.note(
                self._file, f"Columns that are not in the list count as empty: {', '.join(absent)}."
            )

    def _take(self, place: Place, cells: Cells) -> None:
        self._out.read(place)
        said: dict[str, str] = {}
        days: dict[str, date] = {}
        for column in self._list.columns:
            at = self._places.get(column.name)
            cell = cells[at] if at is not None and at < len(cells) else ""
            problem = _taken(column, cell, said, days)
            if problem is not None:
                self._refuse(place, column.name, *problem)
                return
        row = Row(list=self._list, place=place, child=said["child"], said=said, days=days)
        unfit = self._unfit(row)
        if unfit is not None:
            self._refuse(place, *unfit)
        elif not self._is_repeated(row):
            try:
                events.told(row, self._out)
            except events.Unclear as unclear:
                self._refuse(place, unclear.column, "code", str(unclear))

    def _unfit(self, row: Row) -> Problem | None:
        may_come = {column.name for column in self._list.columns if column.may_come}
        for name, day in row.days.items():
            if day > self._extract_day and name not in may_come:
                return (
                    name,
                    "future",
                    f"{day:%d/%m/%Y} is after the day of the extract; it cannot have happened.",
                )
        for first, last in self._list.order:
            if first in row.days and last in row.days and row.days[last] < row.days[first]:
                reason = (
                    f"{row.days[last]:%d/%m/%Y} is before {self._headings[first]} "
                    f"({row.days[first]:%d/%m/%Y})."
                )
                return (last, "order", reason)
        return None

    def _is_repeated(self, row: Row) -> bool:
        key = [row.days[name].isoformat() for name in self._list.key if name in row.days]
        content = [*row.said.values(), *(day.isoformat() for day in row.days.values())]
        earlier = self._repeats.earlier(
            str(self._list.number), row.place, key=(row.child, *key), content=content
        )
        if earlier is None:
            return False
        where, is_same = earlier
        if is_same:
            self._out.duplicate(row.place, where)
        else:
            reason = (
                f"{where.capitalize()} is about the same child and day and says something else. Keep "
                "the right one of the two."
            )
            self._refuse(row.place, (self._list.key or ("child",))[0], "conflict", reason)
        return True

    def _refuse(self, place: Place, column: str, code: Code, reason: str) -> None:
        self._out.refuse(place, self._headings.get(column, column), code, reason)


def _where(column: Column, folded: list[str]) -> Iterator[int]:
    """Yield the first place whose heading the column's pattern knows."""
    for place, heading in enumerate(folded):
        if column.pattern.search(heading):
            yield place
            return


def _taken(
    column: Column, cell: Cell, said: dict[str, str], days: dict[str, date]
) -> tuple[Code, str] | None:
    """Put what a cell says where it belongs; return what is wrong with it, or None."""
    try:
        if column.type == "date":
            day = answers.day(cell)
            if day is not None:
                days[column.name] = day
            is_empty = day is None
        else:
            turn = {"child": answers.child, "yes_no": answers.yes_no, "text": answers.text}
            said[column.name] = turn[column.type](cell)
            is_empty = not said[column.name]
    except answers.NotSaid as error:
        return error.code, error.reason
    if column.required and is_empty:
        return "missing", "The cell is empty and is needed."
    return None
