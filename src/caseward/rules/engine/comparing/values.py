"""What a comparison says, as values."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Which procedure stands on one side, and in which edition."""

    procedure: str
    title: str
    authority: str
    edition_from: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSaid:
    """A step on its own: what it asks, of whom, by when, with which papers."""

    id: str
    stage: str
    title: str
    owner: tuple[str, ...]
    clock: tuple[str, ...]
    papers: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that the two sides say differently, each with what it alone says; `both` is alike."""

    what: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    both: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPair:
    """Two steps that answer each other, why they are held to, and what differs between them."""

    one: StepSaid
    other: StepSaid
    why: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything that differs: the whole first, then pair by pair, then what one side has alone."""

    one: Side
    other: Side
    whole: tuple[Difference, ...]
    pairs: tuple[StepPair, ...]
    only_one: tuple[StepSaid, ...]
    only_other: tuple[StepSaid, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not (
            self.whole
            or self.only_one
            or self.only_other
            or any(pair.differences for pair in self.pairs)
        )
