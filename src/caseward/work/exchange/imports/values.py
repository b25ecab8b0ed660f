"""What passes from the reader of a format to the core: rows, facts and children, each with its place."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from datetime import time as time_of_day
from typing import Any, Literal, Protocol, runtime_checkable

Code = Literal[
    "length", "missing", "date", "code", "future", "order", "conflict",
    "unknown_child", "other_child", "before_birth", "changed", "formula", "link",
]  # fmt: skip
"""Why a row is refused, for programs; the import pages of docs/reference say what each means."""


class Unread(str):
    """An empty value of which the file says something that nobody can read: what was known stays."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a row stands: the file as its reader would name it, and the row from 1.

    The heading of a CSV file or sheet is row 1. Of a workbook or an XML file `file` names the sheet
    or block too ("cin.xml, Section47"), and of a block `row` is its number: a line may hold several.
    """

    file: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One event to record, and where it comes from.

    `child` is the child's identifier in the file. `source` names the row's table, its own id and
    what of it this is: the same row imported again has the same source, so nothing is recorded twice.
    `on_sight` says that the file gives no day of its own (a plan, a note in a snapshot):
    `occurred_on` is then the day of the import, and a later import of the same is no change.
    `unread` names the fields whose cells cannot be read: what was known of them stays.
    """

    kind: str
    occurred_on: date
    child: str
    source: str
    place: Place
    keys: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    outcome: str | None = None
    until: date | None = None
    time: time_of_day | None = None
    stream: Literal["child", "authority"] = "child"
    on_sight: bool = False
    unread: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildSeen:
    """A child that the files name: registered where the store does not know the identifier."""

    identifier: str
    place: Place
    born_on: date | None = None
    expected_on: date | None = None
    died_on: date | None = None
    name: str = ""
    family_name: str = ""
    sex: str = ""


class Sink(Protocol):
    """Where a reader puts what it reads; every data row is told by `read` exactly once."""

    def read(self, place: Place) -> None:
        """Take note that a data row was read."""

    def child(self, seen: ChildSeen) -> None:
        """Take a child."""

    def fact(self, fact: Fact) -> None:
        """Take a fact."""

    def refuse(
        self, place: Place, column: str, code: Code, reason: str, *, about: Sequence[str] = ()
    ) -> None:
        """Turn a row away, with the sentence that says what to put right.

        `about` are the beginnings of the sources that its facts would have had: what was recorded
        of them is still in the files. Where a reader cannot say, nothing of the file is told gone.
        """

    def duplicate(self, place: Place, of: str) -> None:
        """Take note that the row says what another row of these files says."""

    def note(self, file: str, sentence: str) -> None:
        """Say what of a file was left aside: extra columns, missing ones, tables not used."""

    def progress(self, done: int, of: int) -> None:
        """Say how far the reading is."""


@runtime_checkable
class HearsAuthority(Protocol):
    """A sink that takes note of which local authority a file is of, where its reader can tell."""

    def authority(self, file: str, code: str) -> None:
        """Take note of the code that the file gives the authority it is of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format that can be imported: how its files are told from others', and its reader.

    `read(files by name, out, today=, options=)` yields nothing and puts everything into `out`.
    Errors: ImportRefused where the files cannot be read at all.
    """

    code: str
    title: str
    recognise: Callable[[Sequence[str]], bool]
    read: Callable[..., None]
    options: Mapping[str, Any] = field(default_factory=dict)


class ImportRefused(Exception):
    """The files cannot be imported at all; the sentence says why and what to do."""
