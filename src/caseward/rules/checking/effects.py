"""What a fact does to a situation: what opens, is met, stops, closes, and what the closing starts.

It does with a fact what the engine does on a day (M7, M9 to M17, M19, M26), but for the dates.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from caseward.rules.checking import alphabet
from caseward.rules.checking.alphabet import Fact
from caseward.rules.checking.machine import PASSED, SILENCE, SPAN, Machine
from caseward.rules.checking.moments import Moment
from caseward.rules.checking.situations import (
    Leaf,
    Rule,
    Situation,
    bits_of,
    is_complete,
    is_one,
)
from caseward.rules.procedures.conditions import Condition
from caseward.rules.procedures.model import EpisodeOpened, Opening, StateTrigger, Step

# Of what cannot be followed, so much is tried the other way.
MOST_GUESSES = 3
Asked = Mapping[Condition, bool]


def after(machine: Machine, now: Situation, fact: Fact, *, done: int = -1) -> Iterator[Situation]:
    """Yield what the situation may become; `done` is a step that the fact completes (`all_of`).

    The first is what comes of it where whatever the machine does not follow is as it mostly is;
    in each of the others one such thing is otherwise.
    """
    usual, asked = _after(machine, now, fact, {}, done)
    yield usual
    for leaf, answer in list(asked.items())[:MOST_GUESSES]:
        yield _after(machine, now, fact, {leaf: not answer}, done)[0]


def begun(
    machine: Machine, before: Situation, fact: Fact, guess: Mapping[Any, bool], opening: Opening
) -> tuple[Situation, Asked]:
    """Return the situation in which the fact opens an episode, and what was guessed for it."""
    return _after(machine, before, fact, guess, -1, opening)


def _after(
    machine: Machine,
    now: Situation,
    fact: Fact,
    guess: Mapping[Any, bool],
    done: int,
    opening: Opening | None = None,
) -> tuple[Situation, Mapping[Condition, bool]]:
    states = list(now.states)
    changes: list[tuple[str, str, str]] = []
    for state, value in machine.sets(fact):
        at = machine.place[state]
        if states[at] != value:
            changes.append((state, states[at], value))
            states[at] = value
    happened = machine.bits.after(now.happened, fact.kind, fact.outcome)
    moment = Moment(fact, happened, states, now.closed, guess)
    there, remembered = _fired(machine, now, fact, changes, moment, opening)
    starts = [rule.step for rule in there if rule.purpose == "step"]
    if opening is not None and opening.enters_at is not None:
        starts.append(machine.index[opening.enters_at])
    closes = opening is None and not now.closed and _closes(machine, there, fact)
    goes_on = now.goes_on or any(rule.purpose == "goes_on" for rule in there)
    standing, dormant, through = now.open, now.dormant, now.through
    if opening is not None and opening.enters_at is not None:
        through |= machine.gating & ((1 << machine.index[opening.enters_at]) - 1)
    fresh = 0
    if not closes and not now.closed:
        fresh, dormant, through, more = _start(machine, starts, standing, dormant, through, moment)
        standing |= fresh
        happened = moment.happened
        remembered |= more
    met = _met(machine, standing & ~fresh, moment, done)
    recurring = sum(1 << n for n in bits_of(met) if _comes_again(machine.steps[n], fact))
    standing &= ~met | recurring
    through |= met & machine.gating
    if moment.happened != now.happened or changes or fresh or opening is not None:
        standing, dormant = _look_again(machine, standing, dormant, moment)
    if closes:
        moment.closed = True
        standing = sum(1 << n for n in bits_of(standing) if machine.steps[n].outlives)
        standing, _ = _look_again(machine, standing, 0, moment)
        fresh, _, through, _ = _start(machine, starts, standing, 0, through, moment)
        standing |= fresh
        dormant = 0
    passed = now.passed
    if fact.kind == SPAN and fact.outcome and fact.outcome.isdigit():
        passed |= 1 << int(fact.outcome)
    after = Situation(standing, dormant, happened, remembered, passed, through,
                      tuple(moment.states), now.closed or closes, goes_on)  # fmt: skip
    return after, moment.asked


def _comes_again(step: Step, fact: Fact) -> bool:
    """A recurring duty, or an outcome that leads to its own step (M16, M26)."""
    outcome = step.outcomes.get(fact.outcome or "")
    return bool(step.every) or (outcome is not None and step.id in outcome.next)


def _fired(
    machine: Machine,
    now: Situation,
    fact: Fact,
    changes: Sequence[tuple[str, str, str]],
    moment: Moment,
    opening: Opening | None,
) -> tuple[list[Rule], int]:
    if now.closed:
        return [], now.remembered
    came: list[tuple[Rule, int]] = []
    if fact.kind in (PASSED, SPAN):
        came.extend(machine.by_time.get((fact.kind, fact.outcome or ""), ()))
    for rule, at in _events(machine, fact):
        leaf = rule.leaves[at]
        if machine.asking.told(leaf.where, moment) and machine.asking.told(leaf.only_while, moment):  # type: ignore[union-attr]
            came.append((rule, at))
    came.extend(_of_changes(machine, changes, moment))
    if opening is not None and opening.enters_at is None:
        came.extend(machine.by_opening)
    return _whole(machine, came, now.remembered, moment)


def _events(machine: Machine, fact: Fact) -> Iterator[tuple[Rule, int]]:
    """The rules that an event of the kind, with its outcome, may set going."""
    if fact.kind == SILENCE:
        step = machine.steps[int(fact.outcome or 0)]
        fact = Fact(alphabet.rows_of(step)[0].event, step.silence)
    for rule, at in machine.by_event.get(fact.kind, ()):
        leaf = rule.leaves[at]
        if not leaf.outcomes or fact.outcome in leaf.outcomes:  # type: ignore[union-attr]
            yield rule, at


def _of_changes(
    machine: Machine, changes: Sequence[tuple[str, str, str]], moment: Moment
) -> Iterator[tuple[Rule, int]]:
    for state, before, value in changes:
        for rule, at in machine.by_state.get(state, ()):
            leaf: Any = rule.leaves[at]
            was, is_now = is_one(before, leaf.values), is_one(value, leaf.values)
            turned = was and not is_now if leaf.ends else is_now and not was
            if turned and machine.asking.told(leaf.only_while, moment):
                yield rule, at


def _whole(
    machine: Machine,
    came: Sequence[tuple[Rule, int]],
    remembered: int,
    moment: Moment,
) -> tuple[list[Rule], int]:
    """The rules that are complete now; of an `all`, what has come is kept until the rest has."""
    found: list[Rule] = []
    for rule, at in came:
        if not rule.needs_memory:
            found.append(rule)
            continue
        remembered |= rule.bits[at]
        there = {
            n: bool(remembered & bit) or _stands(machine, rule.leaves[n], moment)
            for n, bit in enumerate(rule.bits)
        }
        if is_complete(rule.formula, there):
            found.append(rule)
            for bit in rule.bits:
                remembered &= ~bit
    return found, remembered


def _stands(machine: Machine, leaf: Leaf, moment: Moment) -> bool:
    if isinstance(leaf, EpisodeOpened):
        return True
    if isinstance(leaf, StateTrigger) and not leaf.ends:
        return is_one(moment.states[machine.place[leaf.state]], leaf.values)
    return False


def _closes(machine: Machine, there: Sequence[Rule], fact: Fact) -> bool:
    withdraws = machine.edition.hold.withdraws if machine.edition.hold is not None else ()
    return any(
        rule.purpose == "close" or (rule.purpose == "release" and fact.outcome in withdraws)
        for rule in there
    )


def _start(
    machine: Machine,
    starts: Sequence[int],
    standing: int,
    dormant: int,
    through: int,
    moment: Moment,
) -> tuple[int, int, int, int]:
    """Open the steps; a state that one begins may start more."""
    fresh = remembered = 0
    waiting = list(dict.fromkeys(starts))
    while waiting:
        n = waiting.pop(0)
        bit, step = 1 << n, machine.steps[n]
        if (standing | fresh) & bit:
            continue
        if step.only_if is not None and not machine.asking.told(step.only_if, moment):
            through |= bit & machine.gating
            continue
        if step.begins is not None:
            waiting.extend(_begin(machine, step, moment))
        if step.while_ is not None and not machine.asking.told(step.while_, moment):
            dormant |= bit
            continue
        dormant &= ~bit
        fresh |= bit
        through &= ~bit
    return fresh, dormant, through, remembered


def _begin(machine: Machine, step: Step, moment: Moment) -> list[int]:
    begins = step.begins
    if begins is None or begins.state not in machine.place:
        return []
    at = machine.place[begins.state]
    before, moment.states[at] = moment.states[at], begins.value
    if before == begins.value:
        return []
    change = [(begins.state, before, begins.value)]
    return [rule.step for rule, _ in _of_changes(machine, change, moment) if rule.purpose == "step"]


def _met(machine: Machine, standing: int, moment: Moment, done: int) -> int:
    met = 1 << done if done >= 0 and standing & 1 << done else 0
    fact = moment.fact
    if fact.kind == SILENCE:
        return met | (standing & 1 << int(fact.outcome or 0))
    for n, row in machine.met_by_kind.get(fact.kind, ()):
        if (
            standing & 1 << n
            and not (row.outcomes and fact.outcome not in row.outcomes)
            and (row.where is None or machine.asking.ask(row.where, moment))
        ):
            met |= 1 << n
    return met


def _look_again(machine: Machine, standing: int, dormant: int, moment: Moment) -> tuple[int, int]:
    """What must go on holding: what stops ends the step, what begins again opens it."""
    for n in bits_of(standing):
        said = machine.steps[n].while_
        if said is not None and not machine.asking.told(said, moment):
            standing &= ~(1 << n)
            dormant |= 1 << n
    for n in bits_of(dormant):
        said = machine.steps[n].while_
        if said is not None and not moment.closed and machine.asking.told(said, moment):
            dormant &= ~(1 << n)
            standing |= 1 << n
    return standing, dormant
