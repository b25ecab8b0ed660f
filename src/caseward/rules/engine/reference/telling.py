"""When a condition that did not hold must be asked again: not before something it hangs on changes."""

from caseward.rules.engine.reference.conditions import PLANNED
from caseward.rules.engine.reference.scene import Need, Test
from caseward.rules.procedures.conditions import Age, AllOf, AnyOf, Condition, Happened, Not


def is_told(condition: Condition | None) -> bool:
    """Say whether the test's `needs` and `next_change` tell of every day on which it may turn.

    They do not where time alone carries a look-back past another event or a planned day.
    """
    if isinstance(condition, AllOf | AnyOf):
        return all(is_told(part) for part in condition.parts)
    if isinstance(condition, Not):
        return is_told(condition.part)
    if isinstance(condition, Happened):
        return condition.before is None and not (condition.since or "").endswith(PLANNED)
    return not (isinstance(condition, Age) and (condition.at or "").endswith(PLANNED))


def may_have_turned(test: Test, asked: frozenset[Need]) -> bool:
    """Say whether something that the test hangs on is among what changed."""
    return not test.needs.isdisjoint(asked)
