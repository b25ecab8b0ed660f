"""What each column of a tracker holds, as a person said on the page, and what that leaves unsaid."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Use = Literal[
    "number", "name", "born_on", "expected_on", "event", "meeting", "planned", "outcome", "field",
    "note", "aside",
]  # fmt: skip
ONCE: Mapping[str, str] = {
    "number": "the child's number",
    "name": "the child's name",
    "born_on": "the date of birth",
    "expected_on": "the day the birth is expected",
}
DATED = frozenset({"event", "meeting", "planned"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its heading and its use.

    `kind` is the kind of entry that its date, outcome or field belongs to. For a `meeting`, `kind`
    is what is recorded when its day is past and `planned_kind` when it lies ahead; `field_name`
    names the field that a plan's day, or a field's cell, goes into. `choices` are the words that a cell may
    say, in lower case, with the code of each.
    """

    heading: str
    use: Use = "aside"
    kind: str = ""
    outcome: str = ""
    field_name: str = ""
    field_type: str = ""
    planned_kind: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """A tracker as it was mapped: its name, which sheet, and its columns in order."""

    name: str
    sheet: str = ""
    columns: tuple[Column, ...]

    def as_options(self) -> dict[str, Any]:
        """Return the mapping as it is kept: JSON, read back by `from_options`."""
        return {
            "name": self.name,
            "sheet": self.sheet,
            "columns": [asdict(column) for column in self.columns],
        }


def from_options(options: Mapping[str, Any]) -> Mapped:
    """Return the mapping that was kept."""
    return Mapped(
        name=str(options["name"]),
        sheet=str(options.get("sheet", "")),
        columns=tuple(Column(**column) for column in options["columns"]),
    )


def folded(heading: str) -> str:
    """Return a heading as it is compared: case and spaces make no difference."""
    return " ".join(heading.lower().split())


def faults(columns: Sequence[Column]) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with a mapping: the column's place (-1 for the whole) and a sentence."""
    uses = Counter(column.use for column in columns)
    if not uses["number"]:
        yield (
            -1,
            (
                "Say which column holds the child's number in the other system: rows find their "
                "children by it."
            ),
        )
    if not uses.keys() & DATED and not uses["note"]:
        yield -1, "Say of at least one column which entry its dates are."
    seen: set[str] = set()
    for place, column in enumerate(columns):
        if column.use in ONCE:
            if column.use in seen:
                yield place, f"Two columns cannot both be {ONCE[column.use]}."
            seen.add(column.use)
        if column.use in ("outcome", "field") and home_of(columns, place) is None:
            yield (
                place,
                (
                    f"“{column.heading}” belongs to an entry whose date no column holds. Map that "
                    "column first."
                ),
            )


def home_of(columns: Sequence[Column], place: int) -> int | None:
    """Return which dated column an outcome or a field belongs to: the nearest one of its kind.

    One to the left wins over one to the right: a tracker says the day and then what came of it.
    """
    kind = columns[place].kind
    dated = [
        other
        for other, column in enumerate(columns)
        if column.use in DATED and kind in (column.kind, column.planned_kind)
    ]
    before = [other for other in dated if other < place]
    return max(before) if before else min(dated, default=None)
