"""Records of one child that are read as one: joined by an entry, and un-joined by taking it back.

A record that says it is joined to another has no tasks of its own: the other's record is read with
its entries among them (M39).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from caseward.record.ledger import queries
from caseward.record.people import child_rows
from caseward.record.people import queries as people
from caseward.rules.facts import record as records
from caseward.rules.facts.entries import Record

JOINED = "record.joined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Which record is joined to which other."""

    to: Mapping[str, str]

    def main_of(self, child: str) -> str:
        """Return the record that is read for this child: itself, unless it was joined."""
        seen = {child}
        while (other := self.to.get(child, "")) and other not in seen:
            seen.add(other)
            child = other
        return child

    def members_of(self, main: str) -> tuple[str, ...]:
        """Return the records that are read as this one, itself first."""
        if not self.to:
            return (main,)
        others = {child for child in self.to if child != main and self.main_of(child) == main}
        return (main, *sorted(others))

    def read_with(self, children: Iterable[str]) -> frozenset[str]:
        """Return these records with every other that is read as one with them."""
        wanted = set(children)
        for child in tuple(wanted):
            main = self.main_of(child)
            wanted.update(self.members_of(main))
        return frozenset(wanted)

    def after(self, records: Iterable[Record]) -> "Joined":
        """Return what is joined to what once these records stand."""
        to = dict(self.to)
        for record in records:
            to.pop(record.child, None)
            if other := child_rows.child_of(record).joined_to:
                to[record.child] = other
        return Joined(to=to)


def known_at(position: int | None) -> Joined:
    """Return which records were joined, as known at a position: a later joining changes no past."""
    if position is None:
        return now()
    streams = queries.streams_with(JOINED, position=position)
    known = queries.entries_of_all(streams, position=position)
    return Joined(to={}).after(
        records.as_known(entries, child=stream.id) for stream, entries in known.items()
    )


def now() -> Joined:
    """Return which records are joined now."""
    return Joined(to=people.joined_records())
