"""What a condition is asked of, and a condition ready to be asked (M1).

`Test.fields` are the fields asked for where the whole condition is of fields of the event at hand.
"""

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
    fields: tuple[tuple[str, frozenset[str]], ...] = ()

    def by_fields(self, event: Event) -> bool | None:
        """Answer from the event's own words alone; None where these do not tell.

        Most of what meets a step asks only what the event says of itself (seen, quorate, whole), and
        that needs no look at the record.
        """
        for name, values in self.fields:
            value = event.fields.get(name)
            if type(value) is not str or value == "" or name in event.keys:
                return None
            if value not in values:
                return False
        return True if self.fields else None
