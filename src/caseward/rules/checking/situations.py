"""Where a child may stand in a procedure, without dates: what is open, what holds, what has happened."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from caseward.rules.checking.combinations import leaves_of
from caseward.rules.procedures.conditions import Condition, Happened
from caseward.rules.procedures.model import (
    AllTrigger,
    AnyTrigger,
    EpisodeOpened,
    EventTrigger,
    PassedTrigger,
    StateTrigger,
    Trigger,
)

NO, UNKNOWN = "no", "unknown"
Leaf = EventTrigger | StateTrigger | PassedTrigger | EpisodeOpened
Formula = int | tuple[str, tuple["Formula", ...]]


class Situation(NamedTuple):
    """One situation. Sets of steps, of parts of `all` and of what happened are bits of a number.

    `goes_on` says that an outcome was taken of which the file says that what is open goes on.
    """

    open: int
    dormant: int
    happened: int
    remembered: int
    passed: int
    through: int
    states: tuple[str, ...]
    closed: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """What one trigger does: starts a step, closes the episode, holds or releases it."""

    purpose: str
    step: int
    leaves: tuple[Leaf, ...]
    formula: Formula
    bits: tuple[int, ...]

    @property
    def needs_memory(self) -> bool:
        """Whether it waits for several parts."""
        return _has_all(self.formula)


class Rules:
    """Rules made of triggers, each part of an `all` with a bit of its own."""

    def __init__(self) -> None:
        self.all: list[Rule] = []
        self.n_bits = 0

    def add(self, purpose: str, trigger: Trigger, step: int = -1) -> Rule:
        """Make the trigger a rule."""
        leaves: list[Leaf] = []
        formula = _formula(trigger, leaves)
        bits: tuple[int, ...] = ()
        if _has_all(formula):
            bits = tuple(1 << (self.n_bits + n) for n in range(len(leaves)))
            self.n_bits += len(leaves)
        rule = Rule(purpose, step, tuple(leaves), formula, bits)
        self.all.append(rule)
        return rule


class HappenedBits:
    """What conditions ask to have happened, each with a bit."""

    def __init__(self) -> None:
        self.bits: dict[tuple[str, tuple[str, ...], str | None], int] = {}

    def note(self, conditions: Iterable[Condition]) -> None:
        """Give everything that conditions ask for its bit, before anything has happened."""
        for said in conditions:
            for leaf in leaves_of(said):
                if isinstance(leaf, Happened):
                    self.of(leaf)

    def of(self, asked: Happened) -> int:
        """Return the bit of what is asked."""
        since = None if asked.since == "episode_opened" else asked.since
        key = (asked.kind, asked.outcomes, since)
        return self.bits.setdefault(key, 1 << len(self.bits))

    def after(self, happened: int, kind: str, outcome: str | None) -> int:
        """Return what has happened once an event has."""
        for (asked, outcomes, since), bit in self.bits.items():
            if since == kind:
                happened &= ~bit
            if asked == kind and (not outcomes or outcome in outcomes):
                happened |= bit
        return happened


def is_one(value: str, values: tuple[str, ...]) -> bool:
    """Say whether a state's value is one of those asked for; none asked: that it holds at all."""
    return value in values if values else value not in (NO, UNKNOWN)


def is_complete(formula: Formula, there: Mapping[int, bool]) -> bool:
    """Say whether the parts that are there make the whole trigger."""
    if isinstance(formula, int):
        return there.get(formula, False)
    word, parts = formula
    together = all if word == "all" else any
    return together(is_complete(part, there) for part in parts)


def bits_of(number: int) -> Iterator[int]:
    """Yield the places of the bits that are set, lowest first."""
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low


def _formula(trigger: Trigger, leaves: list[Leaf]) -> Formula:
    if isinstance(trigger, AllTrigger | AnyTrigger):
        word = "all" if isinstance(trigger, AllTrigger) else "any"
        return word, tuple(_formula(part, leaves) for part in trigger.parts)
    leaves.append(trigger)
    return len(leaves) - 1


def _has_all(formula: Formula) -> bool:
    if isinstance(formula, int):
        return False
    word, parts = formula
    return (word == "all" and len(parts) > 1) or any(_has_all(part) for part in parts)
