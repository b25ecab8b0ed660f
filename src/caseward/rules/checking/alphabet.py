"""The facts that matter to a procedure: each kind of event with the answers that make a difference.

Of each kind that an edition speaks of there are as many facts as there are ways in which it can
come out: its outcomes, and the answers to those fields that a condition asks about or that a state
takes its value from. A field that nobody asks about has no answer here.
"""

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from caseward.rules.checking import combinations
from caseward.rules.facts.kinds import EventKind, Vocabulary
from caseward.rules.procedures.conditions import Condition, FieldIs
from caseward.rules.procedures.model import (
    AllTrigger,
    AnyTrigger,
    Edition,
    EventTrigger,
    MetBy,
    Step,
    Trigger,
)

OTHER = combinations.OTHER
YES_NO = ("yes", "no")
UNSAID = ""
# A kind with more ways than this is taken with each answer once, not with all of them together.
MOST_WAYS = 96


@dataclass(frozen=True, slots=True)
class Fact:
    """An event of a kind that came out one way. Kinds of the checker's own begin with a colon."""

    kind: str
    outcome: str | None = None
    answers: tuple[tuple[str, str], ...] = ()

    def answer(self, name: str) -> str | None:
        """Return what the fact says in a field, None where nothing is said of it."""
        found = next((value for field, value in self.answers if field == name), UNSAID)
        return None if found == UNSAID else found


def facts_of(
    edition: Edition, vocabulary: Vocabulary, states: Mapping[str, Collection[str]]
) -> tuple[Fact, ...]:
    """Return every fact that may set anything going in the edition, or change one of the states.

    Shapes: `states` are those that matter, each with the values that conditions name.
    """
    asked: dict[str, dict[str, set[str]]] = {}
    for kind_id, where in _spoken_of(edition):
        fields = asked.setdefault(kind_id, {})
        for leaf in combinations.leaves_of(where):
            if isinstance(leaf, FieldIs):
                fields.setdefault(leaf.name, set()).update(leaf.values)
    _add_hung_on(asked, edition, vocabulary)
    for kind in vocabulary.kinds.values():
        if any(one.state in states for one in kind.sets) or kind.follows in asked:
            asked.setdefault(kind.id, {})
    return tuple(
        fact
        for kind_id, fields in asked.items()
        if kind_id in vocabulary.kinds
        for fact in _ways(vocabulary.kinds[kind_id], fields, states)
    )


def _add_hung_on(
    asked: dict[str, dict[str, set[str]]], edition: Edition, vocabulary: Vocabulary
) -> None:
    """Fields on which a step hangs, asked of every kind that has them."""
    hung_on = [
        leaf
        for said in conditions_of(edition)
        for leaf in combinations.leaves_of(said)
        if isinstance(leaf, FieldIs)
    ]
    for kind_id, fields in asked.items():
        known = vocabulary.kinds.get(kind_id)
        for leaf in hung_on:
            if known is not None and (known.find_field(leaf.name) or leaf.name in known.keys):
                fields.setdefault(leaf.name, set()).update(leaf.values)


def spoken_of(trigger: Trigger | None) -> Iterator[tuple[str, Condition | None]]:
    """Yield the kinds of event that a trigger names, each with what it asks of the event."""
    if isinstance(trigger, EventTrigger):
        yield trigger.event, trigger.where
    elif isinstance(trigger, AllTrigger | AnyTrigger):
        for part in trigger.parts:
            yield from spoken_of(part)


def rows_of(step: Step) -> tuple[MetBy, ...]:
    """Return everything that meets a step or a part of it."""
    return (
        *step.met_by,
        *step.any_of,
        *(row for part in step.all_of for row in part.met_by),
    )


def conditions_of(edition: Edition) -> Iterator[Condition]:
    """Yield every condition of an edition's steps and triggers that is asked of a child."""
    for step in edition.steps:
        for said in (step.only_if, step.while_):
            if said is not None:
                yield said
        yield from _while(step.starts_when)
    for opening in edition.opens:
        yield from _while(opening.trigger)
    for trigger in (*edition.closes, *(edition.hold.begins if edition.hold else ())):
        yield from _while(trigger)


def _while(trigger: Trigger | None) -> Iterator[Condition]:
    for name in ("only_while", "unless", "where"):
        said = getattr(trigger, name, None)
        if said is not None:
            yield said
    for part in getattr(trigger, "parts", ()):
        yield from _while(part)


def _spoken_of(edition: Edition) -> Iterator[tuple[str, Condition | None]]:
    hold = edition.hold
    triggers: list[Trigger | None] = [opening.trigger for opening in edition.opens]
    triggers += [*edition.closes, *(step.starts_when for step in edition.steps)]
    triggers += [*hold.begins, *hold.ends] if hold is not None else []
    for trigger in triggers:
        yield from spoken_of(trigger)
    for step in edition.steps:
        for row in rows_of(step):
            yield row.event, row.where
        for limit in step.limits:
            yield limit.anchor, None
    for said in conditions_of(edition):
        for leaf in combinations.leaves_of(said):
            kind = getattr(leaf, "kind", None)
            if isinstance(kind, str):
                yield kind, None


def _ways(
    kind: EventKind, asked: Mapping[str, set[str]], states: Mapping[str, Collection[str]]
) -> Iterator[Fact]:
    """Every way in which an event of the kind can come out, as far as it matters here."""
    wanted = _asked_of(kind, asked, states)
    names = sorted(wanted)
    answers = [_answers(kind, name, wanted[name]) for name in names]
    outcomes: tuple[str | None, ...] = tuple(kind.outcomes) or (None,)
    number = len(outcomes) * math.prod(len(each) for each in answers)
    if number <= MOST_WAYS:
        for outcome in outcomes:
            for given in product(*answers):
                yield Fact(kind.id, outcome, tuple(zip(names, given, strict=True)))
        return
    first = [each[0] for each in answers]
    for outcome in outcomes:
        for at, each in enumerate(answers):
            for value in each:
                one = [*first[:at], value, *first[at + 1 :]]
                yield Fact(kind.id, outcome, tuple(zip(names, one, strict=True)))


def _asked_of(
    kind: EventKind, asked: Mapping[str, set[str]], states: Mapping[str, Collection[str]]
) -> dict[str, set[str]]:
    """The fields that make a difference: asked about, or a state hangs on them."""
    wanted = {name: set(values) for name, values in asked.items()}
    for one in kind.sets:
        if one.state in states:
            if one.when_field is not None:
                wanted.setdefault(one.when_field, set()).update(one.when_values)
            if one.value.startswith("field."):
                name = one.value.removeprefix("field.")
                wanted.setdefault(name, set()).update(states[one.state])
    return wanted


def _answers(kind: EventKind, name: str, named: set[str]) -> tuple[str, ...]:
    """The answers that are named, one for all the others, and none where none need be given."""
    field = kind.find_field(name)
    unsaid = () if field is not None and field.required else (UNSAID,)
    if field is not None and field.type == "yes_no":
        return (*YES_NO, *unsaid)
    choices = tuple(field.choices) if field is not None else ()
    if choices:
        others = [value for value in choices if value not in named]
        return (*(value for value in choices if value in named), *others[:1], *unsaid)
    return (*sorted(named), OTHER, *unsaid)
