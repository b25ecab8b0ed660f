"""Every way in which an episode may begin: the fact that opens it, and what held before."""

from collections.abc import Iterator
from itertools import combinations as some_of
from itertools import product

from caseward.rules.checking import effects
from caseward.rules.checking.alphabet import Fact
from caseward.rules.checking.machine import SPAN, Machine, absent, fits, only_while
from caseward.rules.checking.moments import Moment
from caseward.rules.checking.situations import Rule, Situation, is_one
from caseward.rules.procedures.model import EventTrigger, Opening, PassedTrigger, StateTrigger

# States that may hold before an episode begins are taken all together up to so many ways.
MOST_BEGINNINGS = 48
# Where that is more, up to so many hold that nobody need have recorded.
MOST_BEFORE = 3


def openings(machine: Machine) -> Iterator[tuple[int, Fact, Situation]]:
    """Yield every situation in which an episode may begin, with the fact that opens it.

    The number says how many states held before that nobody need have recorded.
    """
    nothing = [absent(state, machine.rulebook) for state in machine.states]
    for opening, rule in zip(machine.edition.opens, machine.openers, strict=True):
        for states in _beginnings(machine):
            odd = sum(one != other for one, other in zip(states, nothing, strict=True))
            for fact in _opening_facts(machine, rule):
                for after in _opened(machine, opening, rule, fact, states):
                    yield odd, fact, after


def _beginnings(machine: Machine) -> Iterator[tuple[str, ...]]:
    """The states that may hold before: all together, or one after another where that is much."""
    number = 1
    for values in machine.values:
        number *= len(values)
    if number <= MOST_BEGINNINGS:
        yield from product(*machine.values)
        return
    nothing = tuple(absent(state, machine.rulebook) for state in machine.states)
    changes = [
        (at, value)
        for at, values in enumerate(machine.values)
        for value in values
        if value != nothing[at]
    ]
    for number in range(MOST_BEFORE + 1):
        for some in some_of(changes, number):
            if len({at for at, _ in some}) == number:
                states = list(nothing)
                for at, value in some:
                    states[at] = value
                yield tuple(states)


def _opening_facts(machine: Machine, rule: Rule) -> Iterator[Fact]:
    for leaf in rule.leaves:
        if isinstance(leaf, EventTrigger):
            for fact in machine.by_kind.get(leaf.event, ()):
                if fits(leaf, fact):
                    yield fact
        elif isinstance(leaf, StateTrigger):
            yield from _changing(machine, leaf)
        elif isinstance(leaf, PassedTrigger):
            yield Fact(SPAN, "opening")


def _changing(machine: Machine, leaf: StateTrigger) -> Iterator[Fact]:
    """The facts that may begin (or end) the state."""
    for fact in machine.facts:
        for state, value in machine.sets(fact):
            if state == leaf.state and is_one(value, leaf.values) != leaf.ends:
                yield fact
                break


def _opened(
    machine: Machine, opening: Opening, rule: Rule, fact: Fact, states: tuple[str, ...]
) -> Iterator[Situation]:
    before = Situation(0, 0, 0, 0, 0, 0, states)
    leaf = rule.leaves[0]
    after = list(states)
    for state, value in machine.sets(fact):
        after[machine.place[state]] = value
    if len(rule.leaves) == 1 and isinstance(leaf, StateTrigger):
        at = machine.place[leaf.state]
        begins = is_one(after[at], leaf.values) and not is_one(states[at], leaf.values)
        ends = is_one(states[at], leaf.values) and not is_one(after[at], leaf.values)
        if not (ends if leaf.ends else begins):
            return
    moment = Moment(fact, 0, after, False, {})
    opens = machine.asking.told(only_while(leaf), moment)
    usual, asked = effects.begun(machine, before, fact, {}, opening)
    if opens:
        yield usual
    for one, answer in (moment.asked | dict(asked)).items():
        moment.guess = {one: not answer}
        if machine.asking.told(only_while(leaf), moment):
            yield effects.begun(machine, before, fact, moment.guess, opening)[0]
