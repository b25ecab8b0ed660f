"""What became of every row, so that nothing is lost unseen: totals that add up, and each row's reason.

The first of each list are kept at hand; `report.csv` in the run's folder has them all.
"""

import csv
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from caseward.work.exchange import safe_csv
from caseward.work.exchange.imports import accounting
from caseward.work.exchange.imports.accounting import Counted
from caseward.work.exchange.imports.staging import ACCEPTED, CHANGED, DUPLICATE, ROWS_A_FILE

VERSION = 2
AT_HAND = 1_000
HEADING = ("file", "row", "outcome", "column", "code", "kind", "reason")
WHY = {
    "typed_here": "it was recorded here otherwise",
    "imported_otherwise": "another import recorded it otherwise",
    "corrected_here": "somebody corrected the entry here since it was last imported",
    "withdrawn_here": "somebody withdrew the entry here since it was last imported",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A row that was not taken in: where it stands, and what to put right.

    `row` counts from 1 with the heading as row 1, as a spreadsheet shows it; `column` is empty
    where the row as a whole is meant. `child` is the number in the files of the child for whose sake the
    row was refused, "" where the row itself is at fault.
    """

    file: str
    row: int
    column: str
    code: str
    reason: str
    child: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateRow:
    """A row that says what is recorded already, by another row, an earlier import or a person."""

    file: str
    row: int
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRow:
    """A row that now says otherwise than it did: the entry is corrected to what it says."""

    file: str
    row: int
    kind: str
    was: Mapping[str, Any]
    says: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRow:
    """A row that says otherwise than people here: they decide. `why` says how it came about."""

    file: str
    row: int
    kind: str
    why: str
    ours: Mapping[str, Any]
    theirs: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vanished:
    """What was imported before and is no longer in the files, though they cover it: left as it is."""

    child: str
    kind: str
    occurred_on: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole import, accounted for to the row. `facts` counts the entries written, by kind."""

    totals: tuple[Counted, ...]
    refused: tuple[RefusedRow, ...] = ()
    duplicates: tuple[DuplicateRow, ...] = ()
    changed: tuple[ChangedRow, ...] = ()
    conflicts: tuple[ConflictRow, ...] = ()
    vanished: tuple[Vanished, ...] = ()
    n_vanished: int = 0
    facts: Mapping[str, int] = field(default_factory=dict)
    children_new: int = 0
    children_touched: int = 0
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def has_changed(self) -> bool:
        """Tell whether anything is recorded because of the import."""
        return bool(self.facts)

    def as_json(self) -> dict[str, Any]:
        """Return the report as the command line and the page publish it."""
        return {
            "version": VERSION,
            "totals": [asdict(one) for one in self.totals],
            "refused": [asdict(one) for one in self.refused],
            "duplicates": [asdict(one) for one in self.duplicates],
            "changed": [asdict(one) for one in self.changed],
            "conflicts": [asdict(one) for one in self.conflicts],
            "vanished": [asdict(one) for one in self.vanished],
            "n_vanished": self.n_vanished,
            "facts": dict(sorted(self.facts.items())),
            "children": {"new": self.children_new, "touched": self.children_touched},
            "notes": [{"file": file, "sentence": sentence} for file, sentence in self.notes],
        }


def of(staging: sqlite3.Connection) -> Report:
    """Return the report of what was compared.

    Errors: ValueError where a row would be counted twice or not at all.
    """
    return Report(
        totals=accounting.count(staging),
        refused=tuple(_first(_refused(staging))),
        duplicates=tuple(_first(_duplicates(staging))),
        changed=tuple(_first(_changed(staging))),
        conflicts=tuple(_first(_conflicts(staging))),
        vanished=tuple(_first(_vanished(staging))),
        n_vanished=_number(staging, "SELECT count(*) FROM vanished"),
        facts=dict(staging.execute(f"SELECT kind, count(*) {_WRITTEN} GROUP BY kind").fetchall()),
        children_new=_number(
            staging,
            "SELECT count(*) FROM known WHERE is_new AND row NOT IN (SELECT row FROM refusal)",
        ),
        children_touched=_number(
            staging,
            f"SELECT count(DISTINCT child) {_WRITTEN} AND stream = 'child'",
        ),
        notes=tuple(staging.execute("SELECT file, sentence FROM note ORDER BY 1, 2").fetchall()),
    )


def from_json(said: Mapping[str, Any]) -> Report:
    """Return a report as it was published."""
    return Report(
        totals=tuple(Counted(**one) for one in said["totals"]),
        refused=tuple(RefusedRow(**one) for one in said["refused"]),
        duplicates=tuple(DuplicateRow(**one) for one in said["duplicates"]),
        changed=tuple(ChangedRow(**one) for one in said["changed"]),
        conflicts=tuple(ConflictRow(**one) for one in said["conflicts"]),
        vanished=tuple(Vanished(**one) for one in said["vanished"]),
        n_vanished=said["n_vanished"],
        facts=said["facts"],
        children_new=said["children"]["new"],
        children_touched=said["children"]["touched"],
        notes=tuple((one["file"], one["sentence"]) for one in said["notes"]),
    )


def write(staging: sqlite3.Connection, report: Report, folder: Path) -> None:
    """Write the report into the folder: as JSON, as text, and every row in it as CSV."""
    said = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
    (folder / "report.json").write_text(said, "utf-8")
    (folder / "report.txt").write_text(as_text(report), "utf-8")
    with (folder / "report.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADING)
        writer.writerows([safe_csv.cell(cell) for cell in row] for row in _all_rows(staging))


def as_text(report: Report) -> str:
    """Return the report in lines to read: the totals, what people must do, and what was left aside."""
    lines = [_total(one) for one in report.totals]
    lines += [f"{sum(report.facts.values()):,} entries, {report.children_new:,} new children."]
    if report.n_vanished:
        lines += [
            (
                f"{report.n_vanished:,} entries of earlier imports are no longer in these files. They "
                "stay as they are: withdraw one on the child's page where it never was."
            )
        ]
    lines += [f"{file}: {sentence}" for file, sentence in report.notes]
    lines += refused_lines(report.refused)
    lines += [f"{row.file}, row {row.row}: to decide, {WHY[row.why]}." for row in report.conflicts]
    return "\n".join(lines) + "\n"


def refused_lines(rows: Sequence[RefusedRow]) -> list[str]:
    """Return a line for each row refused, and one for all that were refused for a child's sake alike."""
    alike: dict[tuple[str, ...], list[RefusedRow]] = {}
    for row in rows:
        own = (row.child, row.reason) if row.child else (row.file, str(row.row))
        alike.setdefault(own, []).append(row)
    return [
        f"{_where(first)}: {first.reason}"
        if not others
        else f"{1 + len(others):,} rows of the child with number {first.child} were refused, the first "
        f"{_where(first)}: {first.reason}"
        for first, *others in alike.values()
    ]


_OF_A_CHILD = """WITH alike AS (SELECT row FROM refusal WHERE code IN ('other_child', 'unknown_child'))
SELECT row, child FROM fact WHERE stream = 'child' AND row IN alike
UNION ALL SELECT row, identifier FROM child WHERE row IN alike"""
_WRITTEN = (
    f"FROM fact WHERE verdict IN ({ACCEPTED}, {CHANGED}) AND row NOT IN (SELECT row FROM refusal)"  # noqa: S608
)


def _total(one: Counted) -> str:
    return (
        f"{one.file}: {one.read:,} read = {one.new:,} accepted + {one.duplicate:,} duplicate + "
        f"{one.changed:,} changed + {one.conflict:,} in conflict + {one.refused:,} refused"
        + (f" + {one.nothing:,} with nothing to record" if one.nothing else "")
    )


def _where(row: RefusedRow) -> str:
    return f"{row.file}, row {row.row}" + (f", {row.column}" if row.column else "")


def _first(rows: Iterator[Any]) -> Iterator[Any]:
    for number, row in enumerate(rows):
        if number == AT_HAND:
            return
        yield row


def _names(staging: sqlite3.Connection) -> dict[int, str]:
    return dict(staging.execute("SELECT number, name FROM file").fetchall())


def _refused(staging: sqlite3.Connection) -> Iterator[RefusedRow]:
    names, children = _names(staging), dict(staging.execute(_OF_A_CHILD).fetchall())
    for row, column, code, reason in staging.execute("SELECT * FROM refusal ORDER BY row"):
        file, number = divmod(row, ROWS_A_FILE)
        yield RefusedRow(
            file=names[file],
            row=number,
            column=column,
            code=code,
            reason=reason,
            child=children.get(row, ""),
        )


def _duplicates(staging: sqlite3.Connection) -> Iterator[DuplicateRow]:
    names = _names(staging)
    rows = staging.execute("SELECT id, of FROM row WHERE verdict = ? ORDER BY id", (DUPLICATE,))
    for row, of_what in rows:
        file, number = divmod(row, ROWS_A_FILE)
        yield DuplicateRow(file=names[file], row=number, of=of_what or "")


def _changed(staging: sqlite3.Connection) -> Iterator[ChangedRow]:
    for file, row, kind, was, says in _of_facts(staging, "change", "was, says"):
        yield ChangedRow(file=file, row=row, kind=kind, was=json.loads(was), says=json.loads(says))


def _conflicts(staging: sqlite3.Connection) -> Iterator[ConflictRow]:
    for file, row, kind, why, ours, theirs in _of_facts(staging, "question", "why, ours, says"):
        yield ConflictRow(
            file=file, row=row, kind=kind, why=why, ours=json.loads(ours), theirs=json.loads(theirs)
        )


def _of_facts(staging: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
    names = _names(staging)
    found = staging.execute(
        f"SELECT fact.row, kind, {columns} FROM {table} JOIN fact ON fact.n = {table}.fact"  # noqa: S608 -- our own words
        " WHERE fact.row NOT IN (SELECT row FROM refusal) ORDER BY fact.row, fact.n"
    )
    for row, *more in found:
        file, number = divmod(row, ROWS_A_FILE)
        yield names[file], number, *more


def _vanished(staging: sqlite3.Connection) -> Iterator[Vanished]:
    rows = staging.execute(
        "SELECT identifier, kind, occurred_on, source FROM vanished ORDER BY 1, 3, 4"
    )
    for child, kind, occurred_on, source in rows:
        yield Vanished(child=child, kind=kind, occurred_on=occurred_on, source=source)


def _all_rows(staging: sqlite3.Connection) -> Iterator[Sequence[object]]:
    for refused in _refused(staging):
        yield (
            refused.file,
            refused.row,
            "refused",
            refused.column,
            refused.code,
            "",
            refused.reason,
        )
    for conflict in _conflicts(staging):
        said = f"{WHY[conflict.why]}: here {_words(conflict.ours)}; in the file {_words(conflict.theirs)}"
        yield (conflict.file, conflict.row, "conflict", "", "conflict", conflict.kind, said)
    for changed in _changed(staging):
        said = f"was {_words(changed.was)}; is {_words(changed.says)}"
        yield (changed.file, changed.row, "changed", "", "changed", changed.kind, said)
    for gone in _vanished(staging):
        said = f"child {gone.child}, {gone.occurred_on}, {gone.source}: no longer in the files"
        yield ("", "", "vanished", "", "vanished", gone.kind, said)
    for double in _duplicates(staging):
        yield (
            double.file,
            double.row,
            "duplicate",
            "",
            "duplicate",
            "",
            f"says the same as {double.of}",
        )


def _words(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def _number(staging: sqlite3.Connection, question: str) -> int:
    answer: int = staging.execute(question).fetchone()[0]
    return answer
