"""A record for tests of comparing: what stands on it, held in memory."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from caseward.interfaces import shipped
from caseward.record.people import kinds as people_kinds
from caseward.rules.facts import reading
from caseward.rules.facts.kinds import EventKind, Vocabulary
from caseward.work.exchange.imports import bringing_in
from caseward.work.exchange.imports.comparing import Comparing
from caseward.work.exchange.imports.standing import KnownChild, OnRecord, Said, Stood, Touched
from caseward.work.imports.kept import Believed

VOCABULARY = reading.read_vocabulary(shipped.law_texts().kinds)


@dataclass
class InMemory:
    """What is known, and a way to take in what an import brings, as the store does."""

    known: dict[str, KnownChild] = field(default_factory=dict)
    events: dict[str, list[Stood]] = field(default_factory=dict)
    believed: dict[str, Believed] = field(default_factory=dict)
    asked: dict[tuple[str, str, str, str], str] = field(default_factory=dict)

    @property
    def vocabulary(self) -> Vocabulary:
        """Return the shipped kinds."""
        return VOCABULARY

    @property
    def authority_kinds(self) -> Mapping[str, EventKind]:
        """Return the kinds of workers and teams."""
        return people_kinds.STAFF_KINDS

    def children(self) -> Mapping[str, KnownChild]:
        """Return the children by number."""
        return self.known

    def numbered(self, numbers: Iterable[str]) -> frozenset[tuple[str, str]]:
        """Return everybody who has one of these numbers."""
        return frozenset(
            (number, self.known[number].child) for number in numbers if number in self.known
        )

    def on_record(self, children: Iterable[str]) -> Mapping[str, OnRecord]:
        """Return what stands."""
        return {
            child: OnRecord(seq=len(self.events[child]), events=tuple(self.events[child]))
            for child in children
            if child in self.events
        }

    def decided(self, children: Iterable[str]) -> Mapping[tuple[str, str, str, str], str]:
        """Return what was decided."""
        del children
        return self.asked

    def rules(self) -> Mapping[str, Believed]:
        """Return who is believed."""
        return self.believed

    def take_in(self, staging: sqlite3.Connection, how: Comparing) -> int:
        """Take in what was compared; return how many entries."""
        numbers = dict(staging.execute("SELECT child, identifier FROM known"))
        count = 0
        for stream, new in bringing_in.batches(staging, how):
            stands = self.events.setdefault(stream.id, [])
            for entry in new:
                count += 1
                said = Said(
                    occurred_on=entry.occurred_on.isoformat(),
                    outcome=entry.outcome,
                    keys=entry.keys,
                    fields=entry.fields,
                    until=entry.until.isoformat() if entry.until else None,
                    time=entry.time.isoformat() if entry.time else None,
                )
                self._take(stands, entry.corrects, entry.kind, str(entry.source), said)
                if entry.kind == "child.born":
                    self.known[numbers[stream.id]] = KnownChild(
                        child=stream.id, born_on=entry.occurred_on
                    )
                elif entry.kind == "birth.expected":
                    expected_on = date.fromisoformat(entry.fields["expected_on"])
                    self.known.setdefault(
                        numbers[stream.id],
                        KnownChild(child=stream.id, born_on=None, expected_on=expected_on),
                    )
        return count

    def type_here(self, child: str, kind: str, said: Said) -> None:
        """Record something by hand."""
        stands = self.events.setdefault(child, [])
        stands.append(Stood(entry=f"{child}/{len(stands)}", kind=kind, source="", standing=said))

    def touch(self, child: str, number: int, touched: Touched, said: Said) -> None:
        """Correct or withdraw an entry by hand."""
        stood = self.events[child][number]
        is_withdrawn = touched == "withdrawn_here"
        self.events[child][number] = replace(
            stood, touched=touched, standing=said, is_withdrawn=is_withdrawn
        )

    def _take(
        self, stands: list[Stood], corrects: str | None, kind: str, source: str, said: Said
    ) -> None:
        for number, stood in enumerate(stands):
            if corrects is not None and stood.entry == corrects:
                stands[number] = replace(
                    stood, standing=said, imported={**stood.imported, source: said}, touched=""
                )
                return
        assert corrects is None, "a correction of nothing"
        entry = f"{source}/{len(stands)}"
        stands.append(
            Stood(entry=entry, kind=kind, source=source, standing=said, imported={source: said})
        )
