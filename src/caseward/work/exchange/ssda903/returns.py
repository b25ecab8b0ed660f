"""The SSDA903 return: its CSV files or its XML form, read as a stream into facts.

Rows of both forms pass the same checks and become the same facts with the same source ids, so a
child imported from one form is known again in the other.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from caseward.work.exchange import separated
from caseward.work.exchange.imports.values import Format, ImportRefused, Place, Sink
from caseward.work.exchange.ssda903 import columns, marked_up
from caseward.work.exchange.ssda903.checking import Checks
from caseward.work.exchange.ssda903.columns import Table
from caseward.work.exchange.ssda903.events import Facts

SCHEME = "la_child_id"
NOTHING = "Nothing has been imported."


def recognise(names: Sequence[str]) -> bool:
    """Tell whether files of these names are a return: a file of Header or Episodes, or its XML.

    The names alone decide; what the files hold is looked at when they are read.
    """
    plain = [Path(name).name.casefold() for name in names]
    csv = [name for name in plain if name.endswith(".csv") and not name.startswith("ssd_")]
    return any("header" in name or "episodes" in name for name in csv) or any(
        is_named_for_it(name) for name in plain if name.endswith(".xml")
    )


def is_named_for_it(name: str) -> bool:
    """Tell whether a file's name says that it is this return (903, CLA) and not the census."""
    words = re.split(r"[^a-z0-9]+", Path(name).stem.casefold())
    return any("903" in word or word in {"cla", "lac"} for word in words)


def read(files: Mapping[str, Path], out: Sink, *, today: date, options: Mapping[str, Any]) -> None:
    """Read a return; every row is told, and is kept, a duplicate or refused.

    Shapes: files, path by the name to be shown. `options["scheme"]` is the name under which the
    authority's numbers of children and workers are kept.
    Errors: ImportRefused where a file is none of the return's or may be incomplete, or where
    neither Header nor the XML form is among them.
    """
    checks = Checks(out, today)
    facts = Facts(out, scheme=str(options.get("scheme") or SCHEME), today=today)
    tables, marked = _parted(files, out)
    if not marked and not any(table is columns.HEADER for table, _ in tables):
        raise ImportRefused(
            "There is no Header file (header.csv) among the files. It names the children and their "
            f"dates of birth, so nothing can be imported without it. Add it and import again. {NOTHING}"
        )
    progress = _Progress(out, [files[name] for name in (*marked, *(name for _, name in tables))])
    for name in marked:
        found = marked_up.read(files[name], name, checks, facts, told=progress.told)
        for table in columns.TABLES:
            if found.get(table.name):
                _say_what_is_left_aside(out, f"{name}, {table.name}", table)
        progress.end(files[name])
    for table, name in tables:
        _say_what_is_left_aside(out, name, table)
        _read_table(files[name], name, table, checks, facts, told=progress.told)
        progress.end(files[name])
    facts.end()


FORMAT = Format(
    code="ssda903",
    title="SSDA903 return (children looked after)",
    recognise=recognise,
    read=read,
)


class _Progress:
    """Tells how much of all the files has been read."""

    def __init__(self, out: Sink, paths: Iterable[Path]) -> None:
        self._out = out
        self._of = sum(path.stat().st_size for path in paths)
        self._done = 0

    def told(self, n_read: int) -> None:
        self._out.progress(min(self._done + n_read, self._of), self._of)

    def end(self, path: Path) -> None:
        self._done += path.stat().st_size
        self._out.progress(self._done, self._of)


def _parted(files: Mapping[str, Path], out: Sink) -> tuple[list[tuple[Table, str]], list[str]]:
    """Return the CSV files with their tables, Header first, and the XML files."""
    tables: list[tuple[Table, str]] = []
    marked: list[str] = []
    for name in sorted(files):
        ending = name.casefold().rpartition(".")[2]
        if ending == "xml":
            marked.append(name)
            continue
        table = None
        if ending == "csv":
            table = columns.table_of(separated.heading(files[name], name), name)
        if table is None:
            out.note(name, "This file is no table of the return and was left aside.")
        else:
            tables.append((table, name))
    order = {table.name: number for number, table in enumerate(columns.TABLES)}
    tables.sort(key=lambda each: (order[each[0].name], each[1]))
    return tables, marked


def _say_what_is_left_aside(out: Sink, name: str, table: Table) -> None:
    if table.left_aside:
        out.note(
            name,
            f"{table.name} was read and checked, and nothing of it is kept: {table.left_aside}.",
        )


def _read_table(
    path: Path, name: str, table: Table, checks: Checks, facts: Facts, *, told: separated.Told
) -> None:
    place = Place(name, 1)
    for place, cells in _rows(path, name, table, checks.out, told):
        row = checks.take(table, place, cells)
        if row is None:
            continue
        facts.take(row)
        if table is columns.HEADER:
            checks.born[row.child] = row.days["DOB"]
    if not separated.ends_with_a_line(path):
        checks.refuse_if_cut_off(place)


def _rows(
    path: Path, name: str, table: Table, out: Sink, told: separated.Told
) -> Iterator[tuple[Place, Mapping[str, str] | None]]:
    """Yield each row's cells by column name, or None where there are too few or too many."""
    heading: list[str] = []
    for number, cells in separated.rows(path, name, told=told):
        if number == 1:
            heading = _heading(cells, name, table, out)
        elif len(cells) != len(heading):
            yield Place(name, number), None
        else:
            said = dict(zip(heading, cells, strict=True))
            yield Place(name, number), {c.name: said.get(c.name, "") for c in table.columns}


def _heading(cells: Sequence[str], name: str, table: Table, out: Sink) -> list[str]:
    """Return the names of the columns; say which are left aside and which count as empty.

    Errors: ImportRefused for a column that stands twice or is needed and missing.
    """
    heading = [cell.strip().upper() for cell in cells]
    names = [column.name for column in table.columns]
    twice = sorted({cell for cell in heading if cell in names and heading.count(cell) > 1})
    if twice:
        raise ImportRefused(f"{name} has the column {', '.join(twice)} more than once. {NOTHING}")
    lacking = [c.name for c in table.columns if c.required and c.name not in heading]
    if lacking:
        raise ImportRefused(
            f"{name} lacks the column {', '.join(lacking)} of the {table.name} table. Export it with "
            f"all its columns and import again. {NOTHING}"
        )
    unknown = [cell for cell in heading if cell not in names]
    if unknown:
        shown = ", ".join(cell[:40] or "(no heading)" for cell in unknown[:8])
        out.note(name, f"Columns that {table.name} does not have were left aside: {shown}.")
    absent = [column for column in names if column not in heading]
    if absent:
        out.note(name, f"Columns that are not in the file count as empty: {', '.join(absent)}.")
    return heading
