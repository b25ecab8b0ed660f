"""The plain file of facts, version 1: CSV or JSON lines become entries.

A contract with others, described in docs/reference/plain-file.md: columns are never renamed, and
one that is not known is refused by its name.
"""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any, Literal, TypeVar

from caseward.rules.facts import plain_checks, values
from caseward.rules.facts.entries import Entry
from caseward.rules.facts.kinds import Vocabulary
from caseward.rules.facts.plain_checks import CellProblem
from caseward.rules.facts.record import LONDON
from caseward.rules.texts.problems import suggestion

VERSION = 1
REQUIRED = ("child", "kind", "occurred_on")
COLUMNS = (
    *REQUIRED, "time", "outcome", "keys", "until", "fields", "id", "corrects", "withdraws",
    "recorded_at", "born_on",
)  # fmt: skip
BORN = "child.born"
_TOLD = 50
_T = TypeVar("_T")
_FROM_THE_START = datetime.min.replace(tzinfo=UTC)


class PlainFileError(Exception):
    """The file could not be taken; `problems` tells every bad cell, by row and column."""

    def __init__(self, file: str, problems: Sequence[CellProblem]) -> None:
        self.file = file
        self.problems = tuple(sorted(problems))
        self.row, self.column, self.sentence = self.problems[0]
        super().__init__("\n".join(self._lines()))

    def _lines(self) -> Iterator[str]:
        file = f"{self.file}, " if self.file else ""
        for row, column, sentence in self.problems[:_TOLD]:
            where = f", column {column}" if column else ""
            yield f"{file}row {row}{where}: {sentence}"
        if len(self.problems) > _TOLD:
            yield f"… and {len(self.problems) - _TOLD} more."


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: Mapping[str, Any]


def read_plain(
    text: str,
    *,
    form: Literal["csv", "jsonl"] = "csv",
    path: str = "",
    vocabulary: Vocabulary | None = None,
) -> tuple[Entry, ...]:
    """Return the entries that a plain file of facts states, in the order of their recording.

    Shapes: text, the whole file; `position` runs from 1 without a gap; a child's `born_on` comes
    first, as an event child.born with the id "born:<child>". `vocabulary` has the rows asked too
    whether they say anything that no kind of event allows.
    Errors: PlainFileError with every bad cell; nothing is returned of a file with a bad cell.
    Source: docs/reference/plain-file.md.
    """
    problems: list[CellProblem] = []
    rows = _csv_rows(text, problems) if form == "csv" else _json_rows(text, problems)
    reading = _Reading(problems)
    for row in rows:
        reading.take(row)
    reading.check_ids()
    if vocabulary is not None and not problems:
        problems += plain_checks.problems(reading.rows(), vocabulary)
    if problems:
        raise PlainFileError(path, problems)
    return reading.in_order()


# --- rows -----------------------------------------------------------------------------------------


def _csv_rows(text: str, problems: list[CellProblem]) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        heading = [name.strip() for name in next(reader, [])]
        if not _heading_stands(heading, problems):
            return
        for number, cells in enumerate(reader, start=2):
            if not any(cells):
                continue
            if len(cells) != len(heading):
                problems.append(
                    CellProblem(
                        number,
                        "",
                        f"The row has {len(cells)} cells and the heading {len(heading)}. A comma "
                        "inside a cell needs quotes around the cell.",
                    )
                )
                continue
            yield _Row(number, dict(zip(heading, cells, strict=True)))
    except csv.Error as error:
        problems.append(
            CellProblem(reader.line_num, "", f"The file breaks off or a quote is wrong: {error}.")
        )


def _heading_stands(heading: list[str], problems: list[CellProblem]) -> bool:
    found = [CellProblem(1, name, _unknown(name)) for name in heading if name not in COLUMNS]
    found += [
        CellProblem(1, name, f"The column “{name}” is missing.")
        for name in REQUIRED
        if name not in heading
    ]
    found += [
        CellProblem(1, name, f"The column “{name}” stands there twice.")
        for name in sorted({name for name in heading if heading.count(name) > 1})
    ]
    problems += found
    return not found


def _json_rows(text: str, problems: list[CellProblem]) -> Iterator[_Row]:
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            cells = json.loads(line)
        except ValueError as error:
            problems.append(CellProblem(number, "", f"The line is not JSON: {error}."))
            continue
        if not isinstance(cells, dict):
            problems.append(CellProblem(number, "", 'The line must be one object: {"child": …}.'))
            continue
        unknown = [name for name in cells if name not in COLUMNS]
        problems += [CellProblem(number, name, _unknown(name)) for name in unknown]
        if not unknown:
            yield _Row(number, cells)


def _unknown(name: str) -> str:
    shown = name or "(without a name)"
    return f"“{shown}” is not a column of the plain file.{suggestion(name, COLUMNS)}"


# --- cells ----------------------------------------------------------------------------------------


class _Reading:
    """Rows become entries; what is wrong is told by cell."""

    def __init__(self, problems: list[CellProblem]) -> None:
        self._problems = problems
        self._entries: list[tuple[int, Entry]] = []
        self._born: dict[str, tuple[int, date]] = {}
        self._days: dict[str, date] = {}
        self._same: dict[str, int] = {}

    def take(self, row: _Row) -> None:
        child, kind = self._needed(row, "child"), self._needed(row, "kind")
        born_on = self._cell(row, "born_on", self._day)
        if child and born_on is not None:
            self._take_birth(row, child, born_on)
        occurred_on = self._cell(row, "occurred_on", self._day)
        if occurred_on is None and not row.cells.get("occurred_on"):
            self._problems.append(CellProblem(row.number, "occurred_on", "The cell is empty."))
        entry = Entry(
            entry_id=_text(row.cells.get("id")),
            child=child,
            kind=kind,
            occurred_on=occurred_on or date.min,
            position=0,
            time=self._cell(row, "time", _as_time),
            outcome=_text(row.cells.get("outcome")) or None,
            keys=self._cell(row, "keys", _as_keys) or {},
            fields=self._cell(row, "fields", _as_fields) or {},
            until=self._cell(row, "until", self._day),
            corrects=_text(row.cells.get("corrects")) or None,
            withdraws=_text(row.cells.get("withdraws")) or None,
            recorded_at=self._cell(row, "recorded_at", _as_moment),
        )
        if entry.corrects and entry.withdraws:
            self._problems.append(
                CellProblem(row.number, "withdraws", "A row corrects or withdraws, not both.")
            )
        if not entry.entry_id:
            entry = replace(entry, entry_id=self._made_id(entry))
        self._entries.append((row.number, entry))

    def check_ids(self) -> None:
        """Refuse an id used twice, and a correction or withdrawal of what is not there."""
        first: dict[str, tuple[int, str]] = {}
        for number, entry in self._entries:
            if entry.entry_id in first:
                self._problems.append(
                    CellProblem(
                        number,
                        "id",
                        f"The id “{entry.entry_id}” stands in row {first[entry.entry_id][0]} too.",
                    )
                )
            else:
                first[entry.entry_id] = (number, entry.child)
        for number, entry in self._entries:
            for column, named in (("corrects", entry.corrects), ("withdraws", entry.withdraws)):
                if named is not None and first.get(named, (0, ""))[1] != entry.child:
                    self._problems.append(
                        CellProblem(number, column, f"This child has no row with the id “{named}”.")
                    )

    def rows(self) -> list[tuple[int, Entry]]:
        """Return every entry with its row, a birth stated by `born_on` with the row that did."""
        stated = {
            entry.child
            for _, entry in self._entries
            if entry.kind == BORN and entry.corrects is None
        }
        births = [
            (
                number,
                Entry(
                    entry_id=f"born:{child}",
                    child=child,
                    kind=BORN,
                    occurred_on=born_on,
                    position=0,
                ),
            )
            for child, (number, born_on) in self._born.items()
            if child not in stated
        ]
        return [*births, *self._entries]

    def in_order(self) -> tuple[Entry, ...]:
        """Return births first, then by recorded_at and row: what does not say counts as first."""
        in_time = sorted(self.rows(), key=lambda row: row[1].recorded_at or _FROM_THE_START)
        return tuple(
            replace(entry, position=position)
            for position, (_, entry) in enumerate(in_time, start=1)
        )

    def _take_birth(self, row: _Row, child: str, born_on: date) -> None:
        number, before = self._born.setdefault(child, (row.number, born_on))
        if before != born_on:
            self._problems.append(
                CellProblem(
                    row.number,
                    "born_on",
                    f"Row {number} says that this child was born on {before.isoformat()}. A child "
                    "has one date of birth.",
                )
            )

    def _needed(self, row: _Row, column: str) -> str:
        value = _text(row.cells.get(column))
        if not value:
            self._problems.append(CellProblem(row.number, column, "The cell is empty."))
        return value

    def _cell(self, row: _Row, column: str, read: Callable[[Any], _T]) -> _T | None:
        value = row.cells.get(column)
        if value is None or value == "":
            return None
        try:
            return read(value)
        except ValueError as wrong:
            self._problems.append(CellProblem(row.number, column, str(wrong)))
            return None

    def _day(self, value: Any) -> date:
        # The same few thousand days stand in every file: each is read once.
        text = _text(value)
        day = self._days.get(text)
        if day is None:
            day = self._days[text] = values.read_day(text)
        return day

    def _made_id(self, entry: Entry) -> str:
        """An id made of what the row says, so that the order of rows does not change it."""
        said = json.dumps(
            [
                entry.child, entry.kind, str(entry.occurred_on), str(entry.time), entry.outcome,
                dict(entry.keys), dict(entry.fields), str(entry.until), entry.corrects,
                entry.withdraws,
            ],
            sort_keys=True,
            default=str,
        )  # fmt: skip
        made = hashlib.sha256(said.encode("utf-8")).hexdigest()[:12]
        nth = self._same[made] = self._same.get(made, 0) + 1
        again = f"-{nth}" if nth > 1 else ""
        return f"{entry.kind}:{entry.occurred_on}:{made}{again}"


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _as_time(value: Any) -> time:
    text = _text(value)
    try:
        found = time.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or ":" not in text:
        raise ValueError(f"“{text}” is not a time of day. Write it as 16:00.")
    return found


def _as_moment(value: Any) -> datetime:
    text = _text(value)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"“{text}” is not a moment. Write it as 2025-12-04T16:00, in London's time or with "
            "an offset."
        ) from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=LONDON)


def _as_table(value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            value = None
    if not isinstance(value, dict):
        sentence = 'The cell must be a JSON object, like {"meeting": "m1"}.'
        raise ValueError(sentence)  # noqa: TRY004 -- a wrong cell, told like the others
    return value


def _as_keys(value: Any) -> dict[str, str]:
    return {name: _text(held) for name, held in _as_table(value).items() if held is not None}


def _as_fields(value: Any) -> dict[str, Any]:
    return {name: _as_value(held) for name, held in _as_table(value).items() if held is not None}


def _as_value(held: Any) -> Any:
    """A field holds text or a list of texts: true is “yes”, 1 is “1”, as conditions compare."""
    if isinstance(held, bool):
        return "yes" if held else "no"
    if isinstance(held, int):
        return str(held)
    if isinstance(held, float):
        sentence = f"{held} is not a whole number. Fields hold texts and whole numbers."
        raise ValueError(sentence)  # noqa: TRY004 -- a wrong cell, told like the others
    if isinstance(held, list):
        return [_as_value(each) for each in held]
    return held
