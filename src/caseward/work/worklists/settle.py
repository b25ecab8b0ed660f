"""Writes which role owes which task; called by `entries` alone, after the tasks room."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from caseward.rules.engine.tasks import Evaluation, Role, Task
from caseward.work.tasks import canonical
from caseward.work.tasks import settle as tasks
from caseward.work.worklists.models import NEVER, OwedTask

_ON_LISTS = (Role.STEP, Role.SAY_WHAT_HAPPENED)
_ONE_DAY = timedelta(days=1)


def settle(child: str, evaluation: Evaluation) -> None:
    """Make the child's rows say which roles owe which of its tasks."""
    tasks.replace(OwedTask, child, {row["id"]: row for row in rows_of(evaluation.tasks)})


def settle_new(evaluations: Sequence[Evaluation]) -> None:
    """Write the rows of children that have none yet, many at once (an import, a rebuild)."""
    tasks.fill(OwedTask, (row for each in evaluations for row in rows_of(each.tasks)))


def rows_of(tasks_of_child: Iterable[Task]) -> Iterator[dict[str, Any]]:
    """Return a row for each role that owes a task which may stand on a list of today or later.

    A part stands with its step, a window is nobody's task (M18), and what began before the
    child's first day in Caseward is measured but not listed (M8). Whatever had left every list by
    the day of the latest fact that met a task has no row: no fact lies ahead of today, and a list
    of a day gone by is worked out anew, never read from here.
    """
    every = tuple(tasks_of_child)
    known_on = max((day for task in every if (day := _met_by_a_fact_on(task))), default=date.min)
    for task in every:
        if task.is_listed and task.role in _ON_LISTS:
            yield from _owed(task, known_on)


def _owed(task: Task, known_on: date) -> Iterator[dict[str, Any]]:
    leaves_on = min((day for day in (_met_from(task), task.ended_on) if day), default=NEVER)
    if leaves_on <= known_on:
        return
    task_id = canonical.id_of(task.key)
    number = 0
    for since, until, roles in _spans(task):
        for begins, ends, is_bound in _bound_spans(task, since or task.opened_on, until):
            opens_on, last = max(begins, task.opened_on), min(ends, leaves_on)
            if opens_on >= last or last <= known_on:
                continue
            dated, list_on = _date_of(task, is_bound=is_bound)
            for place, role in enumerate(roles):
                yield {
                    "id": f"{task_id}:{number}",
                    "task_id": task_id,
                    "child": task.child,
                    "role": role,
                    "is_first": place == 0,
                    "procedure": task.procedure,
                    "step": task.step,
                    "opens_on": opens_on,
                    "leaves_on": last,
                    "dated": dated,
                    "list_on": list_on,
                    "opened_on": task.opened_on,
                    "planned_on": task.planned_on,
                }
                number += 1


def _met_by_a_fact_on(task: Task) -> date | None:
    return None if task.is_met_by_silence else task.met_on


def _met_from(task: Task) -> date | None:
    """Return from which day the task counts as met: a silence has spoken when its day is over."""
    if task.met_on is not None and task.is_met_by_silence:
        return task.met_on + _ONE_DAY
    return task.met_on


def _spans(task: Task) -> Iterator[tuple[date | None, date, Sequence[str]]]:
    """Yield the days on which the same roles owe the task: a role may depend on a state."""
    changes = task.owners_from or ((None, task.owner),)
    for number, (since, roles) in enumerate(changes):
        after = changes[number + 1][0] if number + 1 < len(changes) else None
        yield since, after or NEVER, sorted(set(roles))


def _bound_spans(task: Task, since: date, until: date) -> Iterator[tuple[date, date, bool]]:
    """Yield the same days parted by whether the task has a limit on them (M17)."""
    if not task.unbound:
        yield since, until, True
        return
    turns = {day for begins, ends, _ in task.unbound for day in (begins, ends or NEVER)}
    days = [since, *sorted(day for day in turns if since < day < until), until]
    for begins, ends in pairwise(days):
        is_bound = not any(
            first <= begins and (last is None or begins < last) for first, last, _ in task.unbound
        )
        yield begins, ends, is_bound


def _date_of(task: Task, *, is_bound: bool) -> tuple[str, date]:
    """Return what sort of day the task is listed by, and the day."""
    if not is_bound:
        return "no_limit", NEVER
    if task.expected_on is None:
        return ("waiting" if task.waits_for else "no_limit"), NEVER
    if task.is_projected:
        return "projected", task.expected_on
    return ("due" if task.due_on is not None else "usual"), task.expected_on
