"""Whether a task's date comes from a rule that was checked against its source.

A rule that was not read at first hand runs like any other (M22). Wherever its date stands the
reader is told: on lists, on a child's page, in files and on the command line.
"""

from datetime import date

from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.status import BINDING
from caseward.rules.engine.tasks import UNDER, LimitDate, Task
from caseward.rules.procedures.conditions import SettingRef
from caseward.rules.procedures.model import Interval, Limit, Step

EVERY = "every:"


def is_unchecked(task: Task, rulebook: Rulebook) -> bool:
    """Say whether the task has a date whose rule was not read in its source.

    Not what the authority itself decides where the document is silent: that is an assumption, and
    is told as one.
    """
    limit = deciding(task)
    step = _step(rulebook, task.procedure, task.receipt.step, task.receipt.edition_from)
    if limit is None or step is None:
        return False
    rule = rule_of(limit, step, rulebook)
    source = (rule.source if rule is not None else None) or step.source
    if source is None or source.verified:
        return False
    return not (rule is not None and is_own_number(rule) and not _is_national(rulebook, task))


def deciding(task: Task) -> LimitDate | None:
    """Return the limit that gives the task's date: the one that binds, or else the usual one."""
    wanted = task.due_on or task.expected_on
    for limit in task.limits:
        is_of_its_sort = (limit.force in BINDING) == (task.due_on is not None)
        if wanted is not None and limit.due_on == wanted and is_of_its_sort:
            return limit
    return next((one for one in task.limits if wanted is not None and one.due_on), None)


def rule_of(limit: LimitDate, step: Step, rulebook: Rulebook) -> Limit | Interval | None:
    """Return the row of the law file by which a limit was worked out."""
    name = limit.limit
    if name.startswith(UNDER):
        procedure, step_id, name = name.removeprefix(UNDER).split("/", 2)
        covered = _step(rulebook, procedure, step_id)
        return None if covered is None else _row(covered, name)
    return _row(step, name)


def is_own_number(rule: Limit | Interval) -> bool:
    """Say whether the number is the authority's own setting, or an assumption."""
    if isinstance(rule, Interval):
        return rule.span is not None and isinstance(rule.span.count, SettingRef)
    return rule.is_setting or bool(rule.assumption) or isinstance(rule.count, SettingRef)


def _row(step: Step, name: str) -> Limit | Interval | None:
    if name.startswith(EVERY):
        index = int(name.removeprefix(EVERY))
        return step.every[index] if index < len(step.every) else None
    for index, limit in enumerate(step.limits):
        if name == (limit.id or str(index)):
            return limit
    return None


def _step(
    rulebook: Rulebook, procedure_id: str, step_id: str, edition_from: date | None = None
) -> Step | None:
    """Return a step of the edition named, or of the latest that has it."""
    for procedure in rulebook.procedures:
        for edition in reversed(procedure.editions if procedure.id == procedure_id else ()):
            step = edition.step(step_id)
            if step is not None and edition_from in (None, edition.in_force_from):
                return step
    return None


def _is_national(rulebook: Rulebook, task: Task) -> bool:
    return any(one.is_national for one in rulebook.procedures if one.id == task.procedure)
