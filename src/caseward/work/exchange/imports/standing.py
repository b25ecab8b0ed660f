"""What is recorded already, as an import is held against it; and where it is asked for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol

from caseward.rules.facts.kinds import EventKind, Vocabulary
from caseward.work.imports.kept import Believed

Touched = Literal["", "corrected_here", "withdrawn_here"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a fact says. Days and times are ISO text, as files and the record both hold them."""

    occurred_on: str
    outcome: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    until: str | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """One event on the record: what stands, and what imports last said of it, by their source.

    `source` is the first entry's, "" where it was typed here. `touched` says that a person corrected
    or withdrew it after it was last imported.
    """

    entry: str
    kind: str
    source: str
    standing: Said
    imported: Mapping[str, Said] = field(default_factory=dict)
    touched: Touched = ""
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownChild:
    """A child whom the store knows by the number in the files."""

    child: str
    born_on: date | None
    expected_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRecord:
    """A stream as it was looked at: what stood on it, and how far it had come."""

    seq: int = 0
    events: Sequence[Stood] = ()


class Known(Protocol):
    """What an import is held against: the record, or nothing at all."""

    @property
    def vocabulary(self) -> Vocabulary:
        """Return the kinds of event that children's records may hold."""

    @property
    def authority_kinds(self) -> Mapping[str, EventKind]:
        """Return the kinds of entry of the authority's own stream."""

    def children(self) -> Mapping[str, KnownChild]:
        """Return every child by the number that the other system gives them."""

    def numbered(self, numbers: Iterable[str]) -> Collection[tuple[str, str]]:
        """Return everybody, as (number, child), who has one of these numbers now."""

    def on_record(self, children: Iterable[str]) -> Mapping[str, OnRecord]:
        """Return what stands on these children's streams ("authority" for the authority's own)."""

    def decided(self, children: Iterable[str]) -> Mapping[tuple[str, str, str, str], str]:
        """Return what was decided of questions: (child, source, digest, entry) -> decision or ""."""

    def rules(self) -> Mapping[str, Believed]:
        """Return who is believed of a kind of event, where there is a rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingKnown:
    """An empty record: what an import into it would be, without a store."""

    vocabulary: Vocabulary
    authority_kinds: Mapping[str, EventKind] = field(default_factory=dict)

    def children(self) -> Mapping[str, KnownChild]:
        """Return no child."""
        return {}

    def numbered(self, numbers: Iterable[str]) -> Collection[tuple[str, str]]:
        """Return nobody."""
        del numbers
        return ()

    def on_record(self, children: Iterable[str]) -> Mapping[str, OnRecord]:
        """Return that nothing stands anywhere."""
        return {child: OnRecord() for child in children}

    def decided(self, children: Iterable[str]) -> Mapping[tuple[str, str, str, str], str]:
        """Return that nothing was decided."""
        del children
        return {}

    def rules(self) -> Mapping[str, Believed]:
        """Return no rule."""
        return {}
