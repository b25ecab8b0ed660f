"""Three column layouts of a drawn dataset, as three sorts of system would extract it."""

import csv
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tests.builders import ssd_spec
from tests.builders.ssd_lives import DRAWN, TODAY, Coded, Lives, Written

Cell = Callable[[Any], str]


@dataclass
class Folder:
    """The files of one layout: what stands in which row, and what the heading has or lacks."""

    files: dict[str, Path] = field(default_factory=dict)
    rows: dict[tuple[str, int], Written] = field(default_factory=dict)
    extra: dict[str, list[str]] = field(default_factory=dict)
    lacking: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a system writes: names of files and columns, which columns, and each sort of cell."""

    name: str
    file: Callable[[str], str]
    column: Callable[[str], str]
    day: Callable[[date], str]
    code: Callable[[Coded], str]
    yes_no: Mapping[bool, str]
    nothing: str = ""
    is_shuffled: bool = False
    drops: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    adds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mark: str = "utf-8"
    line_end: str = "\r\n"


SPEC_ORDER = Layout(
    name="as the specification has it",
    file=lambda table: f"{table}.csv",
    column=str,
    day=lambda day: f"{day.isoformat()} 00:00:00",
    code=lambda coded: coded.code,
    yes_no={True: "Y", False: "N"},
)
# Another order, other capitals, columns of the authority's own, British dates, codes with words.
SHUFFLED = Layout(
    name="shuffled, with columns of its own",
    file=lambda table: f"extract/{table.upper()}.CSV",
    column=lambda name: f" {name.upper()} ",
    day=lambda day: day.strftime("%d/%m/%Y"),
    code=lambda coded: f"{coded.code}: {coded.words}",
    yes_no={True: "Yes", False: "No"},
    nothing="NULL",
    is_shuffled=True,
    adds={"*": ("zz_local_flag", "zz_loaded_at")},
    line_end="\n",
)
# The tables as some systems are known to have them: no person ids where a link leads to the child,
# identifiers of their own, words for codes, the database's own way to write a day.
OF_A_SYSTEM = Layout(
    name="as one system's tables are",
    file=lambda table: f"dbo.{table}.csv",
    column=lambda name: f"[{name}]",
    day=lambda day: f"{day.strftime('%b')} {day.day:2d} {day.year} 12:00AM",
    code=lambda coded: coded.words,
    yes_no={True: "1", False: "0"},
    nothing="PLACEHOLDER_DATA",
    mark="utf-8-sig",
    drops={
        "ssd_person": ("pers_common_child_id",),
        "ssd_cla_placement": ("clap_person_id",),
        "ssd_cp_visits": ("cppv_person_id",),
        "ssd_involvements": ("invo_person_id",),
    },
    adds={"ssd_person": ("pers_upn", "pers_single_unique_id")},
)
ALL = (SPEC_ORDER, SHUFFLED, OF_A_SYSTEM)


def write(
    lives: Lives, layout: Layout, folder: Path, chance: Random, *, only: Collection[str] = ()
) -> Folder:
    """Write every table of the specification, or some, in one layout; one that is not read has a row."""
    made = Folder()
    for table, fields in ssd_spec.tables().items():
        if only and table not in only:
            continue
        dropped = layout.drops.get(table, ())
        own = [f for f in fields if f.name not in dropped]
        names = [f.name for f in own]
        added = [*layout.adds.get(table, ()), *layout.adds.get("*", ())]
        order = [*names, *added]
        if layout.is_shuffled:
            chance.shuffle(order)
        file = layout.file(table)
        path = folder / f"{len(made.files):02d}.csv"
        rows = [[layout.column(name) for name in order]]
        by_name = {f.name: f for f in own}
        for number, row in enumerate(lives.rows.get(table, _not_drawn(table)), start=2):
            made.rows[file, number] = row
            rows.append([_cell(name, row, by_name, layout, chance) for name in order])
        _save(path, rows, layout)
        made.files[file] = path
        made.extra[file] = [] if table == "ssd_person" and layout is OF_A_SYSTEM else added
        made.lacking[file] = list(dropped)
    return made


def _not_drawn(table: str) -> list[Written]:
    return [] if table in DRAWN else [Written(table, {})]


def _cell(
    name: str,
    row: Written,
    fields: Mapping[str, ssd_spec.SpecField],
    layout: Layout,
    chance: Random,
) -> str:
    if name not in fields:
        return chance.choice(("", "local", "2026-01-01"))
    if name in row.cells:
        return _written(row.cells[name], layout)
    return _filled(fields[name], layout, chance)


def _written(value: Any, layout: Layout) -> str:
    if value is None:
        return layout.nothing
    if isinstance(value, bool):
        return layout.yes_no[value]
    if isinstance(value, Coded):
        return layout.code(value)
    return layout.day(value) if isinstance(value, date) else str(value)


def _filled(wanted: ssd_spec.SpecField, layout: Layout, chance: Random) -> str:
    """Return a cell for a field that nothing was drawn for, of the type that it has."""
    if "PLACEHOLDER_DATA" in wanted.guidance and not wanted.is_key:
        return "PLACEHOLDER_DATA"
    if wanted.type.startswith("date"):
        return layout.day(TODAY - timedelta(days=chance.randrange(2_000)))
    if wanted.type in {"int", "float", "bit"}:
        return str(chance.randrange(10))
    if wanted.type == "nchar":
        return chance.choice(("Y", "N", ""))
    return chance.choice(("", "Words, with a comma", "O’Neill", "“quoted”", "Llŷr"))


def _save(path: Path, rows: list[list[str]], layout: Layout) -> None:
    with path.open("w", encoding=layout.mark, newline="") as file:
        csv.writer(file, lineterminator=layout.line_end).writerows(rows)
