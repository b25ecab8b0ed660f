"""The record as an import is held against it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from caseward.record.ledger import queries as ledger
from caseward.record.ledger.acts import AUTHORITY, StreamRef, child_stream
from caseward.record.ledger.queries import Recorded
from caseward.record.people import kinds as people_kinds
from caseward.record.people import queries as people
from caseward.rules.facts import record
from caseward.rules.facts.entries import Entry, Event
from caseward.rules.facts.kinds import EventKind, Vocabulary
from caseward.work import entries
from caseward.work.exchange.imports.standing import KnownChild, OnRecord, Said, Stood, Touched
from caseward.work.imports import queries as imports
from caseward.work.imports.kept import Believed

USUAL_SCHEME = "la_child_id"
"""An authority's own number of the child, whichever system or return names it."""
EARLIER_SCHEMES: Mapping[str, tuple[str, ...]] = {USUAL_SCHEME: ("ssda903",)}
"""Schemes under which children were kept before, who go on being found."""
_EARLIER = "ssda903"
"""Sources used to begin with this alone, scheme and format in one."""


@dataclass(frozen=True)
class InStore:
    """What stands in the store, for the import of one format under one scheme of numbers."""

    scheme: str
    format_code: str

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Return the kinds of event in use."""
        return entries.vocabulary_now()

    @property
    def authority_kinds(self) -> Mapping[str, EventKind]:
        """Return the kinds that say who works here and in which team; no import adopts law."""
        return people_kinds.STAFF_KINDS

    def children(self) -> Mapping[str, KnownChild]:
        """Return every child by number; a number of the scheme goes before one of an earlier one."""
        found: dict[str, KnownChild] = {}
        for scheme in (*EARLIER_SCHEMES.get(self.scheme, ()), self.scheme):
            for number, child in people.outside_children(scheme).items():
                found[number] = KnownChild(
                    child=child.child_id, born_on=child.born_on, expected_on=child.expected_on
                )
        return found

    def numbered(self, numbers: Iterable[str]) -> frozenset[tuple[str, str]]:
        """Return everybody, as (number, child), who has one of these numbers now."""
        wanted = tuple(numbers)
        schemes = (self.scheme, *EARLIER_SCHEMES.get(self.scheme, ()))
        return frozenset(pair for scheme in schemes for pair in people.numbered(scheme, wanted))

    def on_record(self, children: Iterable[str]) -> Mapping[str, OnRecord]:
        """Return what stands on these streams, one portion of children in memory at a time."""
        wanted = [AUTHORITY if child == AUTHORITY.id else child_stream(child) for child in children]
        return {
            stream.id: self._stream(stream, recorded)
            for stream, recorded in ledger.recorded_of_all(wanted).items()
        }

    def decided(self, children: Iterable[str]) -> Mapping[tuple[str, str, str, str], str]:
        """Return what was decided of questions about these children."""
        return imports.asked_of(children)

    def rules(self) -> Mapping[str, Believed]:
        """Return who is believed of a kind of event, where there is a rule."""
        return self._rules

    @cached_property
    def _rules(self) -> Mapping[str, Believed]:
        return imports.rules()

    def _stream(self, stream: StreamRef, recorded: Sequence[Recorded]) -> OnRecord:
        said = [
            (one.entry, one.seq, source_now(one.source, scheme=self.scheme)) for one in recorded
        ]
        if stream == AUTHORITY:
            said = [one for one in said if one[0].kind in people_kinds.STAFF_KINDS]
        return OnRecord(
            seq=max((one.seq for one in recorded), default=0),
            events=tuple(sorted(_events(said, stream.id), key=lambda one: not one.is_withdrawn)),
        )


def source_now(source: str, *, scheme: str) -> str:
    """Return a source as it is written now: that of an earlier release under today's form."""
    is_todays = source.startswith(f"{_EARLIER}:{_EARLIER}:")
    if not source.startswith(f"{_EARLIER}:") or is_todays or scheme not in (USUAL_SCHEME, _EARLIER):
        return source
    said = source.removeprefix(f"{_EARLIER}:")
    if said.startswith("Header:"):
        said = "child:" + said.removeprefix("Header:")
    return f"{scheme}:{_EARLIER}:{said}"


def _events(recorded: Sequence[tuple[Entry, int, str]], child: str) -> Iterator[Stood]:
    """Yield each event first recorded on a stream, with what imports and people said of it since."""
    by_id = {entry.entry_id: entry for entry, _, _ in recorded}
    chains: dict[str, list[tuple[Entry, str]]] = {}
    for entry, _, source in recorded:
        chains.setdefault(_root(entry, by_id), []).append((entry, source))
    known = record.as_known([entry for entry, _, _ in recorded], child=child)
    standing = {event.entry_id: event for event in known.events}
    for root, chain in chains.items():
        first, first_source = chain[0]
        event = standing.get(root)
        said = _said(event if event is not None else first)
        # Most entries were imported once and never touched: they stand as they were imported.
        is_alone = len(chain) == 1
        yield Stood(
            entry=root,
            kind=first.kind,
            source=first_source,
            standing=said,
            imported={
                source: said if is_alone else _said(entry) for entry, source in chain if source
            },
            touched=_touched(chain),
            is_withdrawn=event is None,
        )


def _root(entry: Entry, by_id: Mapping[str, Entry]) -> str:
    """Follow corrections and withdrawals back to the entry first recorded."""
    seen = {entry.entry_id}
    while target := entry.corrects or entry.withdraws:
        before = by_id.get(target)
        if before is None or before.entry_id in seen:
            break
        seen.add(before.entry_id)
        entry = before
    return entry.entry_id


def _touched(chain: Sequence[tuple[Entry, str]]) -> Touched:
    """Tell what a person did to an entry after it was last imported, the latest of it."""
    touched: Touched = ""
    for entry, source in chain:
        if source:
            touched = ""
        elif entry.withdraws:
            touched = "withdrawn_here"
        elif entry.corrects:
            touched = "corrected_here"
    return touched


def _said(entry: Entry | Event) -> Said:
    return Said(
        occurred_on=entry.occurred_on.isoformat(),
        outcome=entry.outcome,
        keys=entry.keys,
        fields=entry.fields,
        until=entry.until.isoformat() if entry.until else None,
        time=entry.time.isoformat() if entry.time else None,
    )
