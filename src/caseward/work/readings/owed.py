"""The open tasks that somebody owes on a day, found without reading more of each than a list needs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from caseward.record.access import policy
from caseward.record.people import models
from caseward.record.people import queries as people
from caseward.rules.engine import status
from caseward.rules.engine.tasks import Role, Status, Task
from caseward.work.readings import holders, looks
from caseward.work.readings.holders import Holders
from caseward.work.readings.looks import Asked
from caseward.work.tasks import canonical
from caseward.work.tasks import queries as tasks
from caseward.work.worklists import queries as worklists

AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """An open task: what a list groups and sorts by; `task` where it is worked out already."""

    task_id: str
    key: str
    child: str
    procedure: str
    step: str
    owners: tuple[str, ...]
    opened_on: date
    due_on: date | None
    expected_on: date | None
    is_projected: bool
    is_bound: bool
    is_waiting: bool = False
    task: Task | None = None


def of_worker(asked: Asked, *, role: str = "") -> tuple[Owed, ...]:
    """Return the open tasks that the asker owes on the day, in one role or any (M27)."""
    worker = asked.asker.worker
    if worker is None:
        return ()
    held = people.roles_of(worker, asked.as_of)
    wanted = {row.role for row in held} | _roles_of_teams(held, asked.as_of)
    if role:
        wanted &= {role}
    if not wanted:
        return ()
    found = tuple(_open(asked, _visible(asked), roles=wanted))
    who = holders.on_day(asked.as_of, {each.child for each in found}, position=asked.position)
    return tuple(each for each in found if _owes(worker, each, who, wanted))


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Tasks for those who allocate: nobody is allocated, or all who are are away (B6)."""

    unallocated: tuple[Owed, ...] = ()
    without_cover: tuple[Owed, ...] = ()


def left(asked: Asked) -> Left:
    """Return the open tasks, among children the asker may see, that nobody is there to do."""
    found = tuple(_open(asked, _visible(asked), roles=None))
    who = holders.on_day(asked.as_of, {each.child for each in found}, position=asked.position)
    return Left(
        unallocated=tuple(each for each in found if who.are_missing(each.child, each.owners)),
        without_cover=tuple(
            each for each in found if who.are_without_cover(each.child, each.owners)
        ),
    )


def of_children(asked: Asked, children: Iterable[str]) -> tuple[Owed, ...]:
    """Return the open tasks of these children, whoever owes them."""
    return tuple(_open(asked, sorted(set(children)), roles=None))


def read(owed: Iterable[Owed]) -> dict[str, Task]:
    """Return the whole task of each, by its id."""
    wanted = tuple(owed)
    found = {each.task_id: each.task for each in wanted if each.task is not None}
    stored = [each.task_id for each in wanted if each.task is None]
    return {**found, **tasks.by_id(stored)}


def parts_of(asked: Asked, owed: Iterable[Owed]) -> Mapping[str, list[Task]]:
    """Return the parts of tasks that have them, by the key of the task."""
    wanted = tuple(owed)
    if not asked.is_past:
        return tasks.parts_of((each.key for each in wanted), {each.child for each in wanted})
    keys = {each.key for each in wanted}
    found: dict[str, list[Task]] = {}
    for evaluation in looks.evaluations_of(asked, {each.child for each in wanted}).values():
        for task in evaluation.tasks:
            if task.role is Role.PART and task.parent in keys:
                found.setdefault(task.parent, []).append(task)
    return found


def _visible(asked: Asked) -> list[str]:
    rows: QuerySet[models.Child] = policy.visible_to(asked.asker)
    return list(rows.order_by("id").values_list("id", flat=True))


def _open(asked: Asked, children: list[str], *, roles: set[str] | None) -> Iterator[Owed]:
    if asked.is_past:
        yield from _worked_out(asked, children, roles=roles)
        return
    for start in range(0, len(children), AT_ONCE):
        some = children[start : start + AT_ONCE]
        yield from _stored(asked, some, roles=roles)


def _stored(asked: Asked, children: list[str], *, roles: set[str] | None) -> Iterator[Owed]:
    owners: dict[str, list[str]] = {}
    which = Q(child__in=children) if roles is None else Q(child__in=children, role__in=roles)
    for task_id, role in (
        worklists.standing(asked.as_of).filter(which).values_list("task_id", "role")
    ):
        owners.setdefault(task_id, []).append(role)
    for row in tasks.listed(owners):
        yield Owed(
            task_id=row["id"],
            key=row["key"],
            child=row["child"],
            procedure=row["procedure"],
            step=row["step"],
            owners=tuple(sorted(owners[row["id"]])),
            opened_on=row["opened_on"],
            due_on=row["due_on"],
            expected_on=row["expected_on"],
            is_projected=row["is_projected"],
            is_bound=_is_bound(row, asked.as_of),
            is_waiting=bool(row["waits_for"]),
        )


def _is_bound(row: Mapping[str, Any], as_of: date) -> bool:
    if row["unbound"] == "[]":
        return True
    spans = canonical.spans_of(row["unbound"])
    return not any(since <= as_of and (until is None or as_of < until) for since, until, _ in spans)


def _worked_out(asked: Asked, children: list[str], *, roles: set[str] | None) -> Iterator[Owed]:
    for evaluation in looks.evaluations_of(asked, children).values():
        for task in evaluation.tasks:
            if task.role not in (Role.STEP, Role.SAY_WHAT_HAPPENED):
                continue
            standing = status.standing_on(task, asked.as_of, asked.rulebook.calendar)
            owners = standing.owner or task.owner
            is_open = standing.status in (Status.OPEN, Status.WAITING) and standing.is_listed
            is_begun = task.opened_on <= asked.as_of
            if is_open and is_begun and (roles is None or roles & set(owners)):
                yield _owed(task, owners, is_bound=standing.binds)


def _owed(task: Task, owners: tuple[str, ...], *, is_bound: bool) -> Owed:
    return Owed(
        task_id=canonical.id_of(task.key),
        key=task.key,
        child=task.child,
        procedure=task.procedure,
        step=task.step,
        owners=owners,
        opened_on=task.opened_on,
        due_on=task.due_on,
        expected_on=task.expected_on,
        is_projected=task.is_projected,
        is_bound=is_bound,
        is_waiting=bool(task.waits_for),
        task=task,
    )


def _owes(worker: str, each: Owed, who: Holders, roles: set[str]) -> bool:
    return any(worker in who.workers(each.child, role) for role in set(each.owners) & roles)


def _roles_of_teams(held: Iterable[models.RoleHeld], day: date) -> set[str]:
    """Return the roles that the worker's teams hold for children: they are the pool for them."""
    teams = {row.for_team for row in held if row.for_team}
    return {row.role for row in people.roles_held_on(day) if row.team in teams} if teams else set()
