"""A procedure's edition as a machine without dates: its rules, its facts, and what meets what."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from caseward.rules.checking import alphabet, combinations
from caseward.rules.checking.alphabet import Fact
from caseward.rules.checking.moments import Asking, Moment
from caseward.rules.checking.situations import (
    NO,
    UNKNOWN,
    HappenedBits,
    Leaf,
    Rule,
    Rules,
    Situation,
)
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.procedures.conditions import (
    AllOf,
    AnyOf,
    Condition,
    FieldIs,
    Happened,
    Not,
    StateIs,
)
from caseward.rules.procedures.model import (
    Edition,
    EpisodeOpened,
    EventTrigger,
    Force,
    MetBy,
    PassedTrigger,
    StateTrigger,
    Step,
)

OTHER = combinations.OTHER
PASSED, SPAN, SILENCE = ":passed", ":span", ":silence"
BINDING = (Force.LAW, Force.MUST)


class Machine:
    """One edition; `elders` are steps of an earlier one that may still be open (M28)."""

    def __init__(
        self, edition: Edition, rulebook: Rulebook, *, elders: Sequence[Step] = ()
    ) -> None:
        self.edition = edition
        self.rulebook = rulebook
        self.steps: tuple[Step, ...] = (*edition.steps, *elders)
        self.n_own = len(edition.steps)
        self.index = {step.id: n for n, step in enumerate(edition.steps)}
        self.states, self.values = _states(edition, elders, rulebook)
        self.place = {state: n for n, state in enumerate(self.states)}
        self.bits = HappenedBits()
        self.bits.note(alphabet.conditions_of(_with(edition, elders)))
        self.asking = Asking(self.place, self.bits, rulebook.settings)
        self.spans: list[PassedTrigger] = []
        self._sets: dict[Fact, tuple[tuple[str, str], ...]] = {}
        self._make_rules()
        named = {state: self.values[n] for n, state in enumerate(self.states)}
        self.facts = alphabet.facts_of(_with(edition, elders), rulebook.vocabulary, named)
        self.by_kind: dict[str, list[Fact]] = {}
        for fact in self.facts:
            self.by_kind.setdefault(fact.kind, []).append(fact)
        self.rows = [alphabet.rows_of(step) for step in self.steps]
        self.gates: dict[str, int] = {}
        for n, step in enumerate(edition.steps):
            for kind in step.gates:
                self.gates[kind] = self.gates.get(kind, 0) | 1 << n
        self.gating = 0
        for mask in self.gates.values():
            self.gating |= mask
        self.met_by_kind: dict[str, list[tuple[int, MetBy]]] = {}
        for n, step in enumerate(self.steps):
            if not (step.window or step.all_of):
                for row in (*step.met_by, *step.any_of):
                    self.met_by_kind.setdefault(row.event, []).append((n, row))
        kinds = rulebook.vocabulary.kinds
        self.receipt_of = {
            act: fact
            for fact in reversed(self.facts)
            if (act := kinds[fact.kind].follows) is not None
        }
        self.receipt_kinds = frozenset(fact.kind for fact in self.receipt_of.values())

    def is_shut(self, now: Situation, kind: str) -> bool:
        """Say whether the act may not be done yet: a step that gates it has not been met."""
        mask = self.gates.get(kind, 0)
        return mask & ~now.through != 0

    def facts_for(self, n: int) -> list[Fact]:
        """Return the facts that come of doing a step, in every way that its event may come out."""
        found = []
        for row in self.rows[n]:
            for fact in self.by_kind.get(row.event, ()):
                if _can_be(row.where, fact, unsaid=True) and fact not in found:
                    found.append(fact)
        return found

    def meets(self, n: int, fact: Fact) -> bool:
        """Say whether the fact may meet the step, as far as the fact itself goes."""
        return any(self.may_be(row, fact) for row in self.rows[n])

    def may_be(self, row: MetBy, fact: Fact) -> bool:
        """Say whether the fact is one that the row of a `met_by` asks for."""
        return (
            row.event == fact.kind
            and (not row.outcomes or fact.outcome in row.outcomes)
            and _can_be(row.where, fact, unsaid=False)
        )

    def can_pass(self, n: int) -> bool:
        """Say whether the step's last day can pass: it has a limit that binds (M20)."""
        step = self.steps[n]
        return any(limit.force in BINDING for limit in step.limits) or any(
            row.force in BINDING and row.span is not None for row in step.every
        )

    def aims_at(self, n: int) -> frozenset[str]:
        """Return the kinds of event that have to do with how a step starts."""
        step = self.steps[n]
        kinds: set[str] = set()
        states: set[str] = set()
        said = [step.only_if, step.while_]
        for rule in self.rules:
            if rule.purpose == "step" and rule.step == n:
                for leaf in rule.leaves:
                    said.append(only_while(leaf))
                    said.extend(as_conditions(leaf))
                    if isinstance(leaf, EventTrigger):
                        kinds.add(leaf.event)
        for part in (one for condition in said for one in combinations.leaves_of(condition)):
            if isinstance(part, Happened):
                kinds.update(one for one in (part.kind, part.since) if one)
            elif isinstance(part, StateIs):
                states.add(part.state)
        kinds.update(
            fact.kind for fact in self.facts if any(s in states for s, _ in self.sets(fact))
        )
        return frozenset(kinds)

    def is_put_off(self, now: Situation, what: PassedTrigger | str) -> bool:
        """Say whether the passing is put off by what holds now (`unless`, M20)."""
        leaves = [what] if isinstance(what, PassedTrigger) else [
            rule.leaves[at] for rule, at in self.by_time.get((PASSED, what), ())
        ]  # fmt: skip
        moment = Moment(Fact(SPAN), now.happened, list(now.states), now.closed, {})
        unless = [one.unless for one in leaves if isinstance(one, PassedTrigger)]
        return bool(unless) and all(
            said is not None and self.asking.ask(said, moment) is True for said in unless
        )

    def waits_for_a_state(self, n: int) -> bool:
        """Say whether a step that is not open may open (again) when a state of the child changes."""
        leaves = list(combinations.leaves_of(self.steps[n].while_))
        return bool(leaves) and all(isinstance(leaf, StateIs) for leaf in leaves)

    def binds_again(self, n: int) -> bool:
        """Say whether the step is a duty that comes again and again under a limit that binds."""
        return any(row.force in BINDING for row in self.steps[n].every)

    def sets(self, fact: Fact) -> tuple[tuple[str, str], ...]:
        """Return the states that the fact changes among those that matter, each with its new value."""
        found = self._sets.get(fact)
        if found is None:
            found = self._sets[fact] = tuple(self._set_by(fact).items())
        return found

    def may_matter(self, now: Situation, fact: Fact) -> bool:
        """Say whether the fact may change anything in the situation; most facts do not."""
        if fact.kind in self.by_event or any(
            now.states[self.place[state]] != value for state, value in self.sets(fact)
        ):
            return True
        if any(now.open & 1 << n for n, _ in self.met_by_kind.get(fact.kind, ())):
            return True
        return self.bits.after(now.happened, fact.kind, fact.outcome) != now.happened

    def _set_by(self, fact: Fact) -> dict[str, str]:
        kind = self.rulebook.vocabulary.kinds.get(fact.kind)
        found: dict[str, str] = {}
        for one in kind.sets if kind is not None else ():
            if one.state not in self.place:
                continue
            if one.outcomes and fact.outcome not in one.outcomes:
                continue
            if one.when_field and fact.answer(one.when_field) not in one.when_values:
                continue
            found[one.state] = self._value(one.state, _value_of(one.value, fact), ends=one.ends)
        return found

    def _value(self, state: str, value: str | None, *, ends: bool) -> str:
        values = self.values[self.place[state]]
        if ends or value is None:
            return NO
        return value if value in values else OTHER

    # --- how it is made ----------------------------------------------------------------------------

    def _make_rules(self) -> None:
        rules = Rules()
        for n, step in enumerate(self.edition.steps):
            if step.starts_when is not None:
                rules.add("step", step.starts_when, n)
        for step in self.steps:
            self._add_outcomes(rules, step)
        for trigger in self.edition.closes:
            rules.add("close", trigger)
        if self.edition.hold is not None:
            for trigger in self.edition.hold.ends:
                rules.add("release", trigger)
        self.openers = [rules.add("open", opening.trigger) for opening in self.edition.opens]
        self.rules = [rule for rule in rules.all if rule.purpose != "open"]
        self.by_event: dict[str, list[tuple[Rule, int]]] = {}
        self.by_state: dict[str, list[tuple[Rule, int]]] = {}
        self.by_time: dict[tuple[str, str], list[tuple[Rule, int]]] = {}
        self.by_opening: list[tuple[Rule, int]] = []
        for rule in self.rules:
            for at, leaf in enumerate(rule.leaves):
                self._index(rule, at, leaf)

    def _index(self, rule: Rule, at: int, leaf: Leaf) -> None:
        if isinstance(leaf, EventTrigger):
            self.by_event.setdefault(leaf.event, []).append((rule, at))
        elif isinstance(leaf, StateTrigger):
            self.by_state.setdefault(leaf.state, []).append((rule, at))
        elif isinstance(leaf, EpisodeOpened):
            self.by_opening.append((rule, at))
        elif leaf.step is not None:
            self.by_time.setdefault((PASSED, leaf.step), []).append((rule, at))
        else:
            if leaf not in self.spans:
                self.spans.append(leaf)
            key = (SPAN, str(self.spans.index(leaf)))
            self.by_time.setdefault(key, []).append((rule, at))

    def _add_outcomes(self, rules: Rules, step: Step) -> None:
        """What an outcome starts or closes, the event with that outcome does (M26)."""
        for outcome in step.outcomes.values():
            for row in alphabet.rows_of(step):
                trigger = EventTrigger(
                    event=row.event, outcomes=(outcome.outcome,), where=row.where
                )
                for name in outcome.next:
                    if name in self.index:
                        rules.add("step", trigger, self.index[name])
                if outcome.closes:
                    rules.add("close", trigger)
                if outcome.goes_on or outcome.procedure:
                    rules.add("goes_on", trigger)


def _states(
    edition: Edition, elders: Sequence[Step], rulebook: Rulebook
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The states that matter to an edition, each with the values that are told apart."""
    whole = _with(edition, elders)
    named: list[Condition] = list(alphabet.conditions_of(whole))
    for step in whole.steps:
        named.extend(as_conditions(step.starts_when))
        if step.begins is not None:
            named.append(StateIs(state=step.begins.state, values=(step.begins.value,)))
    for trigger in (*(one.trigger for one in edition.opens), *edition.closes):
        named.extend(as_conditions(trigger))
    asked = combinations.asked_by(named, rulebook)
    found = {
        question.state: answers
        for question, answers in asked.answers.items()
        if isinstance(question, combinations.StateOf)
    }
    ended = {
        one.state for kind in rulebook.vocabulary.kinds.values() for one in kind.sets if one.ends
    }
    for state, answers in found.items():
        more = [absent(state, rulebook), *([NO] if state in ended else [])]
        found[state] = tuple(dict.fromkeys((*answers, *more)))
    return tuple(found), tuple(found.values())


def as_conditions(trigger: Any) -> Iterator[Condition]:
    """Yield the states that a trigger waits for, as conditions."""
    if isinstance(trigger, StateTrigger):
        yield StateIs(state=trigger.state, values=trigger.values)
    for part in getattr(trigger, "parts", ()):
        yield from as_conditions(part)


def _with(edition: Edition, elders: Sequence[Step]) -> Edition:
    return replace(edition, steps=(*edition.steps, *elders)) if elders else edition


def _can_be(where: Condition | None, fact: Fact, *, unsaid: bool, so: bool = True) -> bool:
    """Whether the fact's own answers leave it open that a condition is so.

    `unsaid` is what a field counts for of which the fact says nothing: a trigger fires (M1), and
    nothing is met (B3).
    """
    if where is None or isinstance(where, AllOf | AnyOf):
        parts = where.parts if where is not None else ()
        answers = [_can_be(part, fact, unsaid=unsaid, so=so) for part in parts]
        return all(answers) if where is None or isinstance(where, AllOf) is so else any(answers)
    if isinstance(where, FieldIs):
        answer = fact.answer(where.name)
        return unsaid if answer is None else (answer in where.values) is so
    if isinstance(where, Not):
        return _can_be(where.part, fact, unsaid=unsaid, so=not so)
    return True


def fits(leaf: EventTrigger, fact: Fact) -> bool:
    """Say whether the fact is one that the trigger asks for, as far as the fact itself goes."""
    if leaf.outcomes and fact.outcome not in leaf.outcomes:
        return False
    return _can_be(leaf.where, fact, unsaid=True)


def only_while(leaf: Leaf) -> Condition | None:
    """Return what must hold on the day of a trigger."""
    return getattr(leaf, "only_while", None)


def _value_of(value: str, fact: Fact) -> str | None:
    if value.startswith("field."):
        return fact.answer(value.removeprefix("field."))
    if value == "outcome":
        return fact.outcome
    return value


def absent(state: str, rulebook: Rulebook) -> str:
    """Return what holds where nobody has recorded anything."""
    kind = rulebook.vocabulary.states.get(state)
    if kind is None:
        return NO
    return kind.absent if kind.absent in (NO, UNKNOWN) else OTHER
