"""A sink that keeps everything it is told, and holds the reader to what a reader owes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from caseward.work.exchange.imports.values import ChildSeen, Code, Fact, Format, Place


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was turned away."""

    place: Place
    column: str
    code: Code
    reason: str


@dataclass
class CollectingSink:
    """What a reader told, in lists.

    A place told twice, or spoken of without having been read, is the reader's fault and fails.
    """

    places: dict[Place, None] = field(default_factory=dict)
    children: list[ChildSeen] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    duplicates: list[tuple[Place, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    steps: list[tuple[int, int]] = field(default_factory=list)

    def read(self, place: Place) -> None:
        assert place not in self.places, f"{place} was told twice"
        assert place.row > 0
        self.places[place] = None

    def child(self, seen: ChildSeen) -> None:
        assert seen.place in self.places
        self.children.append(seen)

    def fact(self, fact: Fact) -> None:
        assert fact.place in self.places
        self.facts.append(fact)

    def refuse(
        self, place: Place, column: str, code: Code, reason: str, *, about: Sequence[str] = ()
    ) -> None:
        del about
        assert place in self.places
        self.refused.append(Refused(place, column, code, reason))

    def duplicate(self, place: Place, of: str) -> None:
        assert place in self.places
        self.duplicates.append((place, of))

    def note(self, file: str, sentence: str) -> None:
        self.notes.append((file, sentence))

    def progress(self, done: int, of: int) -> None:
        self.steps.append((done, of))

    def accounts(self) -> dict[str, tuple[int, int, int, int]]:
        """Return read, accepted, duplicate and refused of each file; the last three add up to read."""
        read = Counter(place.file for place in self.places)
        duplicate = Counter(place.file for place, _ in self.duplicates)
        refused = Counter({row.place.file: 0 for row in self.refused})
        refused.update(row.place.file for row in {row.place: row for row in self.refused}.values())
        both = {row.place for row in self.refused} & {place for place, _ in self.duplicates}
        assert not both, f"refused and duplicate at once: {sorted(both)[:3]}"
        return {
            file: (n, n - duplicate[file] - refused[file], duplicate[file], refused[file])
            for file, n in read.items()
        }


def told_by(
    of: Format, files: Mapping[str, bytes], folder: Path, *, today: date, **options: Any
) -> CollectingSink:
    """Return what the reader of a format tells of some files, given by name and content.

    The account is asked for, so that a row told twice or in two ways fails whatever the test is of.
    """
    paths = {}
    for number, (name, content) in enumerate(files.items()):
        paths[name] = folder / f"{number:04}"
        paths[name].write_bytes(content)
    sink = CollectingSink()
    of.read(paths, sink, today=today, options=dict(of.options) | options)
    sink.accounts()
    return sink
