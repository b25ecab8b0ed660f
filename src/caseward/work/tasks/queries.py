"""What other rooms, casework and readings ask of the tasks."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Min, Q, QuerySet

from caseward.rules.engine.tasks import Episode, Evaluation, Role, Task
from caseward.work.tasks import canonical
from caseward.work.tasks.models import EpisodeRow, SettledChild, TaskRow
from caseward.work.tasks.settle import SettledTo

AT_ONCE = 500
LISTED = (
    "id", "key", "child", "procedure", "step", "opened_on", "due_on", "expected_on",
    "is_projected", "unbound", "waits_for",
)  # fmt: skip


def of_child(child: str) -> tuple[Task, ...]:
    """Return every task of the child, in the order opened, then by key."""
    rows = TaskRow.objects.filter(child=child).order_by("opened_on", "key").values()
    return tuple(canonical.value_of(Task, row) for row in rows)


def of_steps(children: Iterable[str], steps: Iterable[tuple[str, str]]) -> Iterator[Task]:
    """Yield the tasks of these children that are occurrences of some steps, (procedure, step)."""
    wanted = set(steps)
    for some in _some(children):
        rows = TaskRow.objects.filter(
            child__in=some,
            procedure__in={procedure for procedure, _ in wanted},
            step__in={step for _, step in wanted},
            role=Role.STEP.value,
        )
        for row in rows.order_by("child", "opened_on", "key").values():
            if (row["procedure"], row["step"]) in wanted:
                yield canonical.value_of(Task, row)


def episodes_of(child: str) -> tuple[Episode, ...]:
    """Return every episode of the child, in the order opened, then by key."""
    rows = EpisodeRow.objects.filter(child=child).order_by("opened_on", "key").values()
    return tuple(canonical.value_of(Episode, row) for row in rows)


def evaluation_of(child: str) -> Evaluation:
    """Return what was settled of the child, as an evaluation."""
    settled = SettledChild.objects.filter(pk=child).first()
    return Evaluation(
        child=child,
        episodes=episodes_of(child),
        tasks=of_child(child),
        no_longer_arise=tuple(json.loads(settled.no_longer_arise)) if settled else (),
    )


def find(task_id: str) -> Task | None:
    """Return the task with this id, or None where there is none (any longer)."""
    row = TaskRow.objects.filter(pk=task_id).values().first()
    return None if row is None else canonical.value_of(Task, row)


def by_id(task_ids: Iterable[str]) -> dict[str, Task]:
    """Return the tasks with these ids; those that are not there are left out."""
    found = {}
    for some in _some(task_ids):
        for row in TaskRow.objects.filter(pk__in=some).values():
            found[row["id"]] = canonical.value_of(Task, row)
    return found


def listed(task_ids: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Return, for the tasks with these ids, the columns that a list groups and sorts by."""
    for some in _some(task_ids):
        yield from TaskRow.objects.filter(pk__in=some).values(*LISTED)


def standing(as_of: date) -> QuerySet[TaskRow]:
    """Return the tasks opened and neither met nor ended on the day."""
    return TaskRow.objects.filter(
        Q(opened_on__lte=as_of),
        Q(met_on=None) | Q(met_on__gt=as_of),
        Q(ended_on=None) | Q(ended_on__gt=as_of),
    )


def standing_of(
    procedure: str, step: str, *, as_of: date, among: QuerySet[Any, Any]
) -> Iterator[Task]:
    """Yield the standing tasks of a step, of the children that a query gives."""
    rows = standing(as_of).filter(
        procedure=procedure, step=step, role=Role.STEP.value, child__in=among
    )
    for row in rows.order_by("child", "key").values():
        yield canonical.value_of(Task, row)


def overdue_before(day: date, *, as_of: date) -> QuerySet[TaskRow]:
    """Return the steps due before a day that stand on another day, neither met nor ended."""
    steps = (Role.STEP.value, Role.SAY_WHAT_HAPPENED.value)
    return standing(as_of).filter(due_on__lt=day, role__in=steps, is_projected=False)


def parts_of(keys: Iterable[str], children: Iterable[str]) -> dict[str, list[Task]]:
    """Return the parts of the tasks with these keys, by the key of the task."""
    wanted = set(keys)
    found: dict[str, list[Task]] = {}
    for some in _some(children):
        rows = TaskRow.objects.filter(child__in=some, role=Role.PART.value)
        for row in rows.order_by("key").values():
            if row["parent"] in wanted:
                found.setdefault(row["parent"], []).append(canonical.value_of(Task, row))
    return found


def settled_to(children: Iterable[str]) -> dict[str, SettledTo]:
    """Return which rules each child's rows follow; a child never settled is absent."""
    found = {}
    for some in _some(children):
        rows = SettledChild.objects.filter(pk__in=some)
        for child, position, rules in rows.values_list("child", "authority_position", "rules"):
            found[child] = SettledTo(position=position, rules=rules)
    return found


def _some(ids: Iterable[str]) -> Iterator[list[str]]:
    """Yield the ids in lists that a database takes at once (S10)."""
    wanted = list(ids)
    for start in range(0, len(wanted), AT_ONCE):
        yield wanted[start : start + AT_ONCE]


def behind(current: SettledTo) -> QuerySet[SettledChild]:
    """Return the children whose rows do not yet follow these rules."""
    return SettledChild.objects.exclude(authority_position=current.position, rules=current.rules)


def every_child() -> tuple[str, ...]:
    """Return every child whose rows were settled, in order of id."""
    return tuple(SettledChild.objects.order_by("child").values_list("child", flat=True))


def late_first(children: Iterable[str], as_of: date) -> list[str]:
    """Return children ordered by the earliest date that stands open for each; without one, last."""
    wanted = list(children)
    due: dict[str, date] = {}
    for some in _some(wanted):
        rows = standing(as_of).filter(child__in=some, due_on__isnull=False)
        found = rows.order_by("child").values("child").annotate(earliest=Min("due_on"))
        due |= {row["child"]: row["earliest"] for row in found}
    return sorted(wanted, key=lambda child: (due.get(child, date.max), child))
