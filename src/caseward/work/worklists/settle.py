"""Writes which role owes which task; called by `entries` alone, after the tasks room."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from caseward.rules.engine.tasks import Evaluation, Role, Task
from caseward.work.tasks import canonical
from caseward.work.tasks import settle as tasks
from caseward.work.worklists.models import OwedTask


def settle(child: str, evaluation: Evaluation) -> None:
    """Make the child's rows say which roles owe which of its tasks."""
    tasks.replace(OwedTask, child, {row["id"]: row for row in rows_of(evaluation.tasks)})


def settle_new(evaluations: Sequence[Evaluation]) -> None:
    """Write the rows of children that have none yet, many at once (an import, a rebuild)."""
    tasks.fill(OwedTask, (row for each in evaluations for row in rows_of(each.tasks)))


def rows_of(tasks_of_child: Iterable[Task]) -> Iterable[dict[str, Any]]:
    """Return a row for each role that owes a task which may stand on a list.

    A part stands with its step, a window is nobody's task (M18), and what began before the
    child's first day in Caseward is measured but not listed (M8).
    """
    for task in tasks_of_child:
        if task.is_listed and task.role in (Role.STEP, Role.SAY_WHAT_HAPPENED):
            yield from _owed(task)


def _owed(task: Task) -> Iterable[dict[str, Any]]:
    task_id = canonical.id_of(task.key)
    leaves_on = min((day for day in (_met_from(task), task.ended_on) if day), default=None)
    for number, (since, until, role) in enumerate(_spans(task)):
        opens_on = max(since, task.opened_on) if since else task.opened_on
        last = min((day for day in (until, leaves_on) if day is not None), default=None)
        if last is None or opens_on <= last:
            yield {
                "id": f"{task_id}:{number}",
                "task_id": task_id,
                "child": task.child,
                "role": role,
                "opens_on": opens_on,
                "leaves_on": last,
            }


def _met_from(task: Task) -> date | None:
    """Return from which day the task counts as met: a silence has spoken when its day is over."""
    if task.met_on is not None and task.is_met_by_silence:
        return task.met_on + timedelta(days=1)
    return task.met_on


def _spans(task: Task) -> Iterable[tuple[date | None, date | None, str]]:
    """Yield each role with the days on which it owes the task: a role may depend on a state."""
    changes = task.owners_from or ((None, task.owner),)
    for number, (since, roles) in enumerate(changes):
        until = changes[number + 1][0] if number + 1 < len(changes) else None
        for role in sorted(set(roles)):
            yield since, until, role
