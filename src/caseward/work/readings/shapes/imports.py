"""Imports as pages show them: the list, one of them with its report, and what else they lead to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from caseward.work.readings.shapes.askers import Banner


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """One import in the list: who began it and when, of what, and what became of it."""

    run: str
    began_at: datetime
    by_name: str
    format_code: str
    format_title: str
    system: str
    files: tuple[str, ...]
    phase: str
    phase_words: str
    n_read: int
    n_accepted: int
    n_known: int
    n_changed: int
    n_conflict: int
    n_refused: int
    is_trial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherSystems:
    """What was brought in from other systems, and what awaits somebody because of it.

    The numbers are of what the asker may see and do; None where they do none of it.
    """

    banner: Banner
    refreshed_words: str
    may_import: bool
    runs: tuple[ImportLine, ...]
    more_after: str
    n_questions: int | None
    n_overdue: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTotals:
    """One file's rows: read == accepted + duplicate + changed + conflict + refused."""

    file: str
    read: int
    accepted: int
    duplicate: int
    changed: int
    conflict: int
    refused: int
    nothing: int = 0

    @property
    def new(self) -> int:
        """Return how many of the accepted rows hold something to record."""
        return self.accepted - self.nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSaid:
    """What became of one row, in words; `column` and `row` say where, as a spreadsheet shows it.

    `n_rows` counts the rows of which it says the same; `child` is whose page the asker may look at for it.
    """

    file: str
    row: int | None
    column: str
    words: str
    n_rows: int = 1
    child: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPage:
    """One import: how far it is, and once it is checked what it would do or did, row by row.

    `is_own`: the asker began it. Each list holds the first rows; `n_…` counts all. `facts` are the entries, by kind in words.
    """

    banner: Banner
    line: ImportLine
    scheme: str
    options: Mapping[str, Any]
    sentence: str
    ended_at: datetime | None
    has_report: bool
    is_own: bool = False
    totals: tuple[FileTotals, ...] = ()
    all_files: FileTotals | None = None
    refused: tuple[RowSaid, ...] = ()
    n_refused_shown: int = 0
    changed: tuple[RowSaid, ...] = ()
    conflicts: tuple[RowSaid, ...] = ()
    vanished: tuple[RowSaid, ...] = ()
    n_vanished: int = 0
    facts: tuple[tuple[str, int], ...] = ()
    n_facts: int = 0
    n_children_new: int = 0
    n_children: int = 0
    notes: tuple[RowSaid, ...] = ()
