"""A situation while a fact is at work in it, and what conditions say of it (M1, M17).

What nobody recorded is neither yes nor no. What the machine does not follow (an age, how long ago
something was, another procedure) is taken as it mostly is, and noted, so that it can be tried the
other way.
"""

from collections.abc import Mapping
from typing import Any

from caseward.rules.checking import combinations
from caseward.rules.checking.alphabet import Fact
from caseward.rules.checking.situations import UNKNOWN, HappenedBits, is_one
from caseward.rules.procedures.conditions import (
    Age,
    AllOf,
    AnyOf,
    Condition,
    EpisodeIs,
    FieldIs,
    Happened,
    Not,
    Otherwise,
    SettingIs,
    StateIs,
)


class Moment:
    """A situation while a fact is at work in it."""

    __slots__ = ("asked", "closed", "fact", "guess", "happened", "states")

    def __init__(self, fact: Fact, happened: int, states: list[str], closed: bool,
                 guess: Mapping[Any, bool]) -> None:  # fmt: skip
        self.fact = fact
        self.happened = happened
        self.states = states
        self.closed = closed
        self.guess = guess
        self.asked: dict[Condition, bool] = {}


class Asking:
    """What is needed to answer conditions: where each state stands, what has which bit, settings."""

    def __init__(
        self, place: Mapping[str, int], bits: HappenedBits, settings: Mapping[str, Any]
    ) -> None:
        self.place = place
        self.bits = bits
        self.settings = settings
        self._wanted: dict[StateIs, tuple[str, ...]] = {}

    def told(self, said: Condition | None, moment: Moment) -> bool:
        """Say whether it is true or cannot be told: what nobody recorded is not no (M1)."""
        return said is None or self.ask(said, moment) is not False

    def ask(self, said: Condition, moment: Moment) -> bool | None:
        """Return what the condition says: yes, no, or that it cannot be told."""
        if isinstance(said, Otherwise):
            return True
        if isinstance(said, AllOf | AnyOf):
            decides = isinstance(said, AnyOf)
            answers = [self.ask(part, moment) for part in said.parts]
            if decides in answers:
                return decides
            return None if None in answers else not decides
        if isinstance(said, Not):
            answer = self.ask(said.part, moment)
            return None if answer is None else not answer
        return self._leaf(said, moment)

    def _leaf(self, said: Condition, moment: Moment) -> bool | None:
        if isinstance(said, StateIs) and said.state in self.place:
            value = moment.states[self.place[said.state]]
            wanted = self._wanted.get(said)
            if wanted is None:
                wanted = self._wanted[said] = combinations.values_of(said.values, self.settings)
            return None if value == UNKNOWN else is_one(value, wanted)
        if isinstance(said, FieldIs):
            answer = moment.fact.answer(said.name)
            return None if answer is None else answer in said.values
        if isinstance(said, SettingIs):
            # An authority may choose otherwise.
            return self._guessed(said, moment, str(self.settings.get(said.name)) in said.values)
        if isinstance(said, EpisodeIs) and said.procedure is None:
            return moment.closed is not said.is_open
        if isinstance(said, Happened):
            is_there = bool(moment.happened & self.bits.of(said))
            if said.within is None and said.before is None:
                return is_there
            return self._guessed(said, moment, is_there)
        return self._guessed(said, moment, not isinstance(said, Age))

    def _guessed(self, said: Condition, moment: Moment, usual: bool) -> bool:
        """What the machine does not follow: as it mostly is, and once each the other way."""
        if said in moment.guess:
            return moment.guess[said]
        moment.asked[said] = usual
        return usual
