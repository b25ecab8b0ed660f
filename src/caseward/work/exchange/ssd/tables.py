"""What a table of the dataset is to the reader, and one row of it with its cells by name."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from caseward.work.exchange.imports.values import ChildSeen, Fact, Place, Unread
from caseward.work.exchange.ssd import cells
from caseward.work.exchange.ssd.codes import CodeSet
from caseward.work.exchange.ssd.links import Link, Links
from caseward.work.exchange.ssd.refusals import RowRefused

MAX_ID = 100
MAX_TEXT = 4_000
MAX_EXAMPLES = 3
_STAYS = "what an earlier import said of it stays"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: the columns read, those known and not read, and how a row becomes facts.

    `ids` tell two rows apart; where the first is empty the child and `dated` do. `aliases` are other
    names of a column in some case management systems, `elsewhere` their columns that are not read.
    Nothing is said where a column of `optional` is missing.
    """

    name: str
    ids: tuple[str, ...]
    used: tuple[str, ...]
    facts: Callable[["Row"], Iterable[Fact | ChildSeen]]
    person: str = ""
    links: tuple[Link, ...] = ()
    dated: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    optional: tuple[str, ...] = ()
    is_of_born_children: bool = False
    is_of_authority: bool = False
    may_be_adult: bool = False


class Tally:
    """What is said of many rows of a file at once: how many, and a few of their words."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = defaultdict(int)
        self._examples: dict[str, list[str]] = defaultdict(list)

    def count(self, what: str, example: str = "") -> None:
        """Count a row of which `what` is to be said."""
        self._counts[what] += 1
        shown = self._examples[what]
        if example and example not in shown and len(shown) < MAX_EXAMPLES:
            shown.append(example[:60])

    def sentences(self) -> list[str]:
        """Return one sentence for each thing said, in the order first met."""
        return [self._sentence(what) for what in self._counts]

    def _sentence(self, what: str) -> str:
        n, shown = self._counts[what], self._examples[what]
        such = " (" + ", ".join(f"“{word}”" for word in shown) + ")" if shown else ""
        return f"{n:,} {'row' if n == 1 else 'rows'}: {what}{such}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What the rows of all files share: the day, whose numbers they are, the authority's own words."""

    today: date
    scheme: str
    links: Links
    local: Mapping[str, CodeSet] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the rows of one file share: where its columns stand, and what is counted of them."""

    table: Table
    file: str
    places: Mapping[str, int]
    width: int
    shared: Shared
    tally: Tally = field(default_factory=Tally)


class Row:
    """One row: cells by column name, read when asked; what cannot be read refuses the row."""

    __slots__ = ("_cells", "_reading", "child", "identifier", "place", "shared_sources")

    def __init__(self, reading: Reading, number: int, row: list[str]) -> None:
        self._reading, self._cells = reading, row
        self.place = Place(reading.file, number)
        self.child = ""
        self.identifier = ""
        self.shared_sources: set[str] = set()

    @property
    def table(self) -> Table:
        return self._reading.table

    @property
    def today(self) -> date:
        return self._reading.shared.today

    @property
    def scheme(self) -> str:
        return self._reading.shared.scheme

    @property
    def links(self) -> Links:
        return self._reading.shared.links

    def owner(self) -> str:
        """Return the identifier of the child whose row it is.

        Errors: RowRefused where a link leads nowhere, or to another child than the row names.
        """
        person, links = self.table.person, self.table.links
        keys = [(link, self.id(link.column)) for link in links]
        return self.links.child_of(
            self.id(person) if person else "",
            [(link, key) for link, key in keys if key],
            columns=(*filter(None, [person]), *(link.column for link in links)),
            may_be_adult=self.table.may_be_adult,
        )

    def about(self) -> tuple[str, ...]:
        """Return what the sources of its facts begin with, whichever of its ids they are made of.

        None where its cells are too few or too many, so that they may stand in the wrong columns.
        """
        if len(self._cells) != self._reading.width:
            return ()
        ids = {self.text(column) for column in self.table.used if column.endswith("_id")}
        made = {
            self.identifier,
            "~" + "~".join([self.child, *map(self.spelt_alike, self.table.dated)]),
        }
        periods = {
            f"{one}~{self.spelt_alike('clae_entered_care_date')}"
            for one in ids
            if self.table.name == "ssd_cla_episodes"
        }
        return tuple(f"{self.table.name}:{one}" for one in sorted(ids | made | periods) if one)

    def is_empty(self) -> bool:
        """Tell whether no column that is read says anything."""
        return not any(self.text(column) for column in self.table.used)

    def text(self, column: str) -> str:
        place = self._reading.places.get(column)
        return "" if place is None else cells.text(self._cells[place])

    def id(self, column: str) -> str:
        said = self.text(column)
        if len(said) > MAX_ID:
            raise RowRefused(
                column, "length", f"An identifier of {len(said):,} characters cannot be one."
            )
        return said

    def words(self, column: str) -> str:
        said = self.text(column)
        if len(said) > MAX_TEXT:
            raise RowRefused(column, "length", f"The text is longer than {MAX_TEXT:,} characters.")
        return said

    def day(self, column: str) -> date | None:
        """Return a day that may lie ahead."""
        said = self.text(column)
        if not said:
            return None
        try:
            return cells.moment(said)[0]
        except cells.NotADay as error:
            raise RowRefused(column, "date", str(error)) from None

    def spelt_alike(self, column: str) -> str:
        """Return a cell as part of an id: a day however it is written, other words as they stand."""
        said = self.text(column)[:40]
        try:
            return cells.moment(said)[0].isoformat() if said else ""
        except cells.NotADay:
            return said

    def time(self, column: str) -> time | None:
        """Return the time of a day already read; midnight is no time."""
        said = self.text(column)
        return cells.moment(said)[1] if said else None

    def happened(self, column: str) -> date | None:
        """Return a day on which something happened, so that it has come."""
        on = self.day(column)
        if on is not None and on > self.today:
            raise RowRefused(
                column, "future", f"{on:%d/%m/%Y} has not come yet; it cannot have happened."
            )
        return on

    def began(self, column: str) -> date:
        """Return the day without which the row says nothing."""
        on = self.happened(column)
        if on is None:
            raise RowRefused(
                column, "missing", "The date is empty, and without it nothing happened."
            )
        return on

    def ended(self, column: str, *, since: date | None) -> date | None:
        """Return the day of an end that has come; one that lies ahead is told when it comes."""
        on = self.day(column)
        if on is None:
            return None
        if since is not None and on < since:
            raise RowRefused(column, "order", f"It ends on {on:%d/%m/%Y}, before it begins.")
        if on > self.today:
            self.aside("the end lies ahead and is recorded when it has come")
            return None
        return on

    def answer(self, column: str) -> str:
        """Return "yes" or "no"; words that are neither are left unsaid, and that is told."""
        said = self.text(column)
        found = cells.yes_or_no(said)
        if found is None:
            self.aside(f"“{column}” is neither yes nor no and is left unsaid; {_STAYS}", said)
            return Unread()
        return found

    def code(self, column: str, codes: CodeSet) -> str:
        """Return the code that the cell means. The row is refused where it means none."""
        said = self.text(column)
        if not said:
            return ""
        code = self.meaning(said, codes)
        if code is None:
            raise RowRefused(
                column, "code", f"“{said[:60]}” is not {codes.listed()}, nor the words for one of them. "
                "Correct it, or tell the import which of them the words mean.",
            )  # fmt: skip
        return code

    def code_if_known(self, column: str, codes: CodeSet) -> str:
        """Return the code that the cell means; other words are left unsaid, and that is told."""
        said = self.text(column)
        if not said:
            return ""
        code = self.meaning(said, codes)
        if code is None:
            self.aside(
                f"“{column}” holds words that are none of its codes, left unsaid; {_STAYS}", said
            )
            return Unread()
        return code

    def aside(self, what: str, example: str = "") -> None:
        """Say, of all such rows of the file together, what was not recorded."""
        self._reading.tally.count(what, example)

    def meaning(self, said: str, codes: CodeSet) -> str | None:
        """Return the code that words mean, None where they mean none."""
        return self._reading.shared.local.get(codes.name, codes).read(said)

    def fact(self, kind: str, on: date, *, of: str = "", part: str = "", **said: Any) -> Fact:
        """Return a fact of this row; empty keys and fields are left out.

        `of` names what it is a fact of where several rows may give it, a period of care; `part` tells
        two facts of one kind apart.
        """
        source = f"{self.table.name}:{of or self.identifier}:{kind}"
        source = f"{source}:{part}" if part else source
        if of:
            self.shared_sources.add(source)
        unread = {name for name, cell in said.get("fields", {}).items() if isinstance(cell, Unread)}
        if isinstance(said.get("outcome"), Unread):
            unread.add("outcome")
        said["outcome"] = said.get("outcome") or None
        for named in ("keys", "fields"):
            if named in said:
                said[named] = {name: value for name, value in said[named].items() if value}
        return Fact(
            kind=kind,
            occurred_on=on,
            child="" if said.get("stream") == "authority" else self.child,
            source=source,
            place=self.place,
            unread=frozenset(unread),
            **said,
        )
