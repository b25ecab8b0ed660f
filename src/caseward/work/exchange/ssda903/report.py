"""What became of every row, so that nothing is lost unseen: totals that add up."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Code = Literal[
    "length", "missing", "date", "code", "future", "order", "conflict",
    "unknown_child", "other_child", "before_birth", "changed",
]  # fmt: skip
"""Why a row is refused, for programs; docs/reference/import-ssda903.md says what each means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A row that was not taken in: where it stands, and what to put right.

    `row` counts from 1 with the heading as row 1, as a spreadsheet shows it; `column` is empty
    where the row as a whole is meant.
    """

    file: str
    row: int
    column: str
    code: Code
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateRow:
    """A row that says what is recorded already, by another row or an earlier import."""

    file: str
    row: int
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTotals:
    """One file's count of rows; always `read == accepted + duplicate + refused`."""

    file: str
    read: int
    accepted: int
    duplicate: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole import, accounted for to the row. `facts` counts the entries written by kind."""

    totals: tuple[TableTotals, ...]
    refused: tuple[RefusedRow, ...]
    duplicates: tuple[DuplicateRow, ...]
    facts: Mapping[str, int] = field(default_factory=dict)
    children_new: int = 0
    children_touched: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the report as the command line and the page publish it."""
        return {
            "version": 1,
            "totals": [
                {
                    "file": t.file,
                    "read": t.read,
                    "accepted": t.accepted,
                    "duplicate": t.duplicate,
                    "refused": t.refused,
                }
                for t in self.totals
            ],
            "refused": [
                {
                    "file": r.file,
                    "row": r.row,
                    "column": r.column,
                    "code": r.code,
                    "reason": r.reason,
                }
                for r in self.refused
            ],
            "duplicates": [{"file": d.file, "row": d.row, "of": d.of} for d in self.duplicates],
            "facts": dict(sorted(self.facts.items())),
            "children": {"new": self.children_new, "touched": self.children_touched},
        }


def totals(
    read: Mapping[str, int],
    refused: Iterable[RefusedRow],
    duplicates: Iterable[DuplicateRow],
) -> tuple[TableTotals, ...]:
    """Count each file's rows.

    Errors: ValueError when a file has more rows refused and duplicate than were read, which would
    mean that a row was counted twice.
    """
    n_refused = Counter(row.file for row in refused)
    n_duplicate = Counter(row.file for row in duplicates)
    answer = []
    for file, n_read in read.items():
        accepted = n_read - n_refused[file] - n_duplicate[file]
        if accepted < 0:
            raise ValueError(f"{file}: more rows were turned away than were read")
        answer.append(
            TableTotals(
                file=file,
                read=n_read,
                accepted=accepted,
                duplicate=n_duplicate[file],
                refused=n_refused[file],
            )
        )
    return tuple(answer)
