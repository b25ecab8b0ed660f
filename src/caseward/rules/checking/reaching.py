"""Why a step can never come up: what it waits for, and the steps that wait for each other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from caseward.rules.checking import alphabet, stories
from caseward.rules.checking.machine import Machine
from caseward.rules.checking.messages import Message
from caseward.rules.checking.outcomes import Place, kind_words
from caseward.rules.checking.situations import Leaf, is_one
from caseward.rules.engine import law_words, wording
from caseward.rules.procedures.model import (
    EventTrigger,
    PassedTrigger,
    StateTrigger,
    Step,
)

# So many of the steps that never come up because of others are named.
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class _Wait:
    """What one way of starting waits for: the steps that alone bring it about, and in words."""

    steps: tuple[int, ...]
    kinds: tuple[str, ...] = ()
    words: str = ""


def errors(
    place: Place,
    machine: Machine,
    unopened: frozenset[int],
    shut: frozenset[int],
    is_free: Mapping[str, bool],
) -> Iterator[Message]:
    """Yield one error for each cause for which steps never come up; those that follow are named.

    Shapes: `shut` are steps that come up and are never done, of which something else is told.
    """
    waits = {n: list(_waits(machine, n, unopened | shut, is_free)) for n in unopened}
    told: set[int] = set(shut)
    for cycle in _cycles(waits):
        told.update(cycle)
        yield _wait_for_each_other(place, machine, cycle, waits)
    hanging = {n for n in unopened if _hangs_on(machine, n, unopened | shut, is_free)}
    alone = sorted(unopened - told - hanging if told else unopened)
    roots = [n for n in alone if not any(one.steps for one in waits[n])]
    told.update(roots)
    for n in roots:
        step = machine.steps[n]
        because = next((one.words for one in waits[n] if one.words), _never_together(machine, step))
        yield place.error(
            "sound",
            step,
            f"{stories.called(step)} never comes up: {because}.{_with(machine, n, waits)}",
        )
    left = _left(unopened - told - (hanging if told else set()), waits, told)
    for n in left:
        yield place.error(
            "sound",
            machine.steps[n],
            f"{stories.called(machine.steps[n])} never comes up in any course of facts: "
            f"{_never_together(machine, machine.steps[n])}.",
        )


def _never_together(machine: Machine, step: Step) -> str:
    """What starts the step, and what must hold then, which it never does."""
    starts = law_words.starts(step.starts_when, machine.edition, machine.rulebook)
    only = law_words.only(step, machine.rulebook)
    started = (
        f"it starts with {wording.listed([f'“{one}”' for one in starts], 'or')}" if starts else ""
    )
    if not only:
        return f"{started}, which does not come while the procedure is open" if started else (
            "nothing starts it"
        )  # fmt: skip
    return f"{started or 'it starts'} {' and '.join(only)}, and the two never come together"


def _waits(
    machine: Machine, n: int, unopened: frozenset[int], is_free: Mapping[str, bool]
) -> Iterator[_Wait]:
    for rule in machine.rules:
        if rule.purpose == "step" and rule.step == n:
            for leaf in rule.leaves:
                found = _wait(machine, leaf, unopened, is_free)
                if found is not None:
                    yield found


def _hangs_on(
    machine: Machine, n: int, unopened: frozenset[int], is_free: Mapping[str, bool]
) -> bool:
    """Whether a condition asks for what only steps bring about that never come up either."""
    kinds = machine.aims_at(n) & {fact.kind for fact in machine.facts}
    return any(_for_kinds(machine, [kind], unopened - {n}, is_free) for kind in kinds)


def _wait(
    machine: Machine, leaf: Leaf, unopened: frozenset[int], is_free: Mapping[str, bool]
) -> _Wait | None:
    if isinstance(leaf, EventTrigger):
        return _for_kinds(machine, [leaf.event], unopened, is_free)
    if isinstance(leaf, StateTrigger):
        kinds = sorted({fact.kind for fact in machine.facts for state, value in machine.sets(fact)
                        if state == leaf.state and is_one(value, leaf.values) != leaf.ends})  # fmt: skip
        begun = [n for n, step in enumerate(machine.steps) if step.begins is not None
                 and step.begins.state == leaf.state]  # fmt: skip
        if not kinds and not begun:
            title = machine.rulebook.vocabulary.states.get(leaf.state)
            called = title.title if title is not None else leaf.state
            values = ", ".join(title.values.get(v, v) if title else v for v in leaf.values)
            how = "ends" if leaf.ends else "begins"
            return _Wait((), (), f"no fact {how} “{called}”{f' ({values})' if values else ''}")
        if begun:
            return _Wait(tuple(begun)) if set(begun) <= unopened else None
        return _for_kinds(machine, kinds, unopened, is_free)
    if isinstance(leaf, PassedTrigger) and leaf.step is not None:
        at = machine.index.get(leaf.step)
        if at is None:
            return None
        if not machine.can_pass(at):
            called = stories.called(machine.steps[at])
            return _Wait((), (), f"it waits for the last day of {called} to pass, and that has none "
                         "that binds")  # fmt: skip
        return _Wait((at,)) if at in unopened else None
    return None


def _for_kinds(
    machine: Machine, kinds: list[str], unopened: frozenset[int], is_free: Mapping[str, bool]
) -> _Wait | None:
    """Facts that only steps bring about which themselves never come up."""
    acts = machine.rulebook.vocabulary.kinds
    brought: set[int] = set()
    for kind in kinds:
        source = kind
        if acts[kind].follows and not is_free.get(kind, True):
            source = acts[kind].follows or kind
        if is_free.get(source, True):
            return None
        owing = {n for n in range(machine.n_own) if any(r.event == source for r in machine.rows[n])}
        if not owing <= unopened:
            return None
        brought |= owing
    return _Wait(tuple(sorted(brought)), tuple(kinds))


def _cycles(waits: Mapping[int, list[_Wait]]) -> list[tuple[int, ...]]:
    """The smallest rings of steps that wait for one another, each once."""
    found: dict[frozenset[int], tuple[int, ...]] = {}
    for start in sorted(waits):
        paths: list[tuple[int, ...]] = [(start,)]
        seen = {start}
        while paths:
            path = paths.pop(0)
            # A step that others could start as well is not what it waits for itself.
            nexts = [
                n
                for wait in waits.get(path[-1], ())
                for n in wait.steps
                if n != path[-1] or len(wait.steps) == 1
            ]
            if start in nexts:
                found.setdefault(frozenset(path), path)
                break
            for n in nexts:
                if n not in seen and n in waits:
                    seen.add(n)
                    paths.append((*path, n))
    rings = sorted(found.values(), key=lambda ring: (len(ring), ring))
    told: set[int] = set()
    kept = []
    for ring in rings:
        if not told & set(ring):
            told |= set(ring)
            kept.append(ring)
    return kept


def _wait_for_each_other(
    place: Place, machine: Machine, ring: tuple[int, ...], waits: Mapping[int, list[_Wait]]
) -> Message:
    parts = []
    for n, after in zip(ring, (*ring[1:], ring[0]), strict=True):
        wait = next(one for one in waits[n] if after in one.steps)
        what = kind_words(machine.rulebook, list(wait.kinds)) if wait.kinds else "it"
        parts.append(
            f"{stories.called(machine.steps[n])} waits for {what}, which only "
            f"{stories.called(machine.steps[after])} brings about"
        )
    each = "itself" if len(ring) == 1 else "each other" if len(ring) == 2 else "one another"  # noqa: PLR2004
    first = machine.steps[ring[0]]
    story = tuple(parts)
    return place.error(
        "sound",
        first,
        f"{_names(machine, ring)} wait{'s' if len(ring) == 1 else ''} for {each}: "
        f"{', and '.join(parts)}. So nobody is ever asked for {'it' if len(ring) == 1 else 'any'}."
        f"{_with(machine, ring[0], waits, ring)}",
        story=story,
    )


def _names(machine: Machine, ring: tuple[int, ...]) -> str:
    called = [stories.called(machine.steps[n]) for n in ring]
    return called[0] if len(called) == 1 else f"{', '.join(called[:-1])} and {called[-1]}"


def _with(
    machine: Machine,
    root: int,
    waits: Mapping[int, list[_Wait]],
    ring: tuple[int, ...] = (),
) -> str:
    """The steps that never come up because these do not."""
    follows = _followers({root, *ring}, waits)
    if not follows:
        return ""
    called = [stories.called(machine.steps[n]) for n in sorted(follows)]
    more = f" and {len(called) - MOST_NAMED} more" if len(called) > MOST_NAMED else ""
    return f" Neither, then, {'does' if len(called) == 1 else 'do'} {', '.join(called[:MOST_NAMED])}{more}."


def _followers(roots: set[int], waits: Mapping[int, list[_Wait]]) -> set[int]:
    found: set[int] = set()
    grew = True
    while grew:
        more = {
            n
            for n, ways in waits.items()
            if n not in roots | found and any(set(one.steps) & (roots | found) for one in ways)
        }
        found |= more
        grew = bool(more)
    return found


def _left(rest: frozenset[int], waits: Mapping[int, list[_Wait]], told: set[int]) -> list[int]:
    followers = _followers(set(told), waits)
    return sorted(n for n in rest if n not in followers)


def needs_each_other(place: Place) -> Iterator[Message]:
    """Yield rings of steps that say of one another that they need them first (M25)."""
    by_id = {step.id: step for step in place.edition.steps}
    producing: dict[str, list[str]] = {}
    for step in place.edition.steps:
        for row in alphabet.rows_of(step):
            producing.setdefault(row.event, []).append(step.id)
    needs = {
        step.id: [
            other
            for name in step.needs
            for other in ([name] if name in by_id else producing.get(name, []))
        ]
        for step in place.edition.steps
    }
    seen: set[frozenset[str]] = set()
    for start in needs:
        ring = _ring(start, needs)
        if ring and frozenset(ring) not in seen:
            seen.add(frozenset(ring))
            steps: list[Step] = [by_id[name] for name in ring]
            says = [
                f"{stories.called(one)} needs {stories.called(other)} first"
                for one, other in zip(steps, [*steps[1:], steps[0]], strict=True)
            ]
            yield place.error(
                "sound",
                steps[0],
                f"{' and '.join(stories.called(one) for one in steps)} wait for each other: "
                f"{', and '.join(says)}. So neither can be done.",
                story=tuple(says),
            )


def _ring(start: str, needs: Mapping[str, list[str]]) -> tuple[str, ...]:
    paths: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while paths:
        path = paths.pop(0)
        for name in needs[path[-1]]:
            if name == start:
                return path
            if name not in seen:
                seen.add(name)
                paths.append((*path, name))
    return ()
