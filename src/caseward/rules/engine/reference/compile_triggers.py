"""Triggers made into leaves and a formula (M9): what is waited for, and how many of it."""

from caseward.rules.engine.reference import telling
from caseward.rules.engine.reference.conditions import Counts, test_of
from caseward.rules.engine.reference.law import Formula, Leaf, Rule
from caseward.rules.procedures.model import (
    AllTrigger,
    AnyTrigger,
    EpisodeOpened,
    EventTrigger,
    PassedTrigger,
    StateTrigger,
    Trigger,
)


def rule_of(purpose: str, trigger: Trigger, counts: Counts) -> Rule:
    """Return the rule that fires with the trigger."""
    rule = Rule(purpose)
    formula = _formula(rule, trigger, counts)
    # A lone leaf, or any of several, needs no memory of what came before.
    rule.formula = formula if _needs_memory(formula) else None
    return rule


def _formula(rule: Rule, trigger: Trigger, counts: Counts) -> Formula:
    if isinstance(trigger, AllTrigger | AnyTrigger):
        word = "all" if isinstance(trigger, AllTrigger) else "any"
        return word, tuple(_formula(rule, part, counts) for part in trigger.parts)
    rule.leaves.append(_leaf(rule, trigger, counts))
    return len(rule.leaves) - 1


def _leaf(
    rule: Rule,
    trigger: EventTrigger | StateTrigger | PassedTrigger | EpisodeOpened,
    counts: Counts,
) -> Leaf:
    number = len(rule.leaves)
    if isinstance(trigger, EventTrigger):
        return Leaf(
            rule,
            number,
            "event",
            kind=trigger.event,
            outcomes=frozenset(trigger.outcomes),
            where=test_of(trigger.where, counts),
            only_while=test_of(trigger.only_while, counts),
        )
    if isinstance(trigger, StateTrigger):
        return Leaf(
            rule,
            number,
            "state",
            kind=trigger.state,
            values=trigger.values,
            ends=trigger.ends,
            only_while=test_of(trigger.only_while, counts),
        )
    if isinstance(trigger, PassedTrigger):
        sort = "span" if trigger.step is None else "passed"
        return Leaf(
            rule,
            number,
            sort,
            kind=trigger.step or "",
            unless=test_of(trigger.unless, counts),
            span=None if trigger.span is None else counts.span(trigger.span),
            anchor=(trigger.anchor or "birth") if trigger.step is None else "",
            asks_daily=not telling.is_told(trigger.unless),
        )
    return Leaf(rule, number, "opened")


def _needs_memory(formula: Formula) -> bool:
    if isinstance(formula, int):
        return False
    word, parts = formula
    if word == "any":
        return any(_needs_memory(part) for part in parts)
    return len(parts) > 1 or any(_needs_memory(part) for part in parts)
