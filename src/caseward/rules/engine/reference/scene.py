"""What a condition is asked of, and a condition ready to be asked (M1)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from caseward.rules.engine.reference.known import Known
from caseward.rules.facts.entries import Event

Need = tuple[str, str]


class Episode(Protocol):
    """What a condition needs to know of the episode it is asked in; `live` has the whole."""

    opened_on: date
    closed_on: date | None

    @property
    def own_states(self) -> frozenset[str]: ...
    @property
    def opening_entries(self) -> tuple[str, ...]: ...
    @property
    def local_key(self) -> str: ...
    def accepts(self, event: Event) -> bool: ...
    def planned_on(self, name: str, keys: Mapping[str, str]) -> date | None: ...


@dataclass(slots=True)
class Scene:
    """What a condition is asked of: the record so far, and the episode, event and day at hand."""

    known: Known
    day: date
    episode: Episode | None = None
    event: Event | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    ordinal: int = 0
    read_on: date | None = None
    missing: list[str] = field(default_factory=list)
    is_open: Callable[[str], bool] = lambda _: False

    @property
    def asked_on(self) -> date:
        """The day whose states and ages count: `read_at` may name an earlier one (M16)."""
        return self.read_on or self.day


Ask = Callable[[Scene], bool | None]
NextChange = Callable[[Scene], date | None]


@dataclass(frozen=True, slots=True)
class Test:
    """A condition ready to be asked."""

    ask: Ask
    needs: frozenset[Need] = frozenset()
    next_change: NextChange | None = None
