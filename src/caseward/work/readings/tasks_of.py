"""Every task of every child asked for, as the engine says it: for the command line and exports."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from caseward.record.access import policy
from caseward.record.access.askers import Asker
from caseward.rules.engine import checked, published, status
from caseward.rules.engine.tasks import Standing, Task
from caseward.work.readings import looks

CHILDREN_AT_ONCE = 250


def answer(
    asker: Asker,
    children: Iterable[str] | None = None,
    *,
    as_of: date,
    known_at: datetime | None = None,
) -> Iterator[tuple[str, Task, Standing]]:
    """Yield child, task and standing for every task begun by the day, child by child.

    Shapes: children by id, or all whom the asker may see; each child's tasks by opening and key.
    The read log is written for a batch of children before the first of their tasks leaves.
    """
    yield from _told(looks.ask(asker, as_of=as_of, known_at=known_at), asker, children, as_of)


def in_published_shape(
    asker: Asker,
    children: Iterable[str] | None = None,
    *,
    as_of: date,
    known_at: datetime | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield the same tasks as plain values, each with whether its rule was read in its source."""
    asked = looks.ask(asker, as_of=as_of, known_at=known_at)
    for _, task, standing in _told(asked, asker, children, as_of):
        is_unverified = checked.is_unchecked(task, asked.rulebook)
        yield published.published(task, standing, as_of=as_of, is_unverified=is_unverified)


def _told(
    asked: looks.Asked, asker: Asker, children: Iterable[str] | None, as_of: date
) -> Iterator[tuple[str, Task, Standing]]:
    seen = policy.visible_to(asker)
    if children is not None:
        seen = seen.filter(pk__in=list(children))
    wanted = list(seen.order_by("sort_key", "id").values_list("id", flat=True))
    for start in range(0, len(wanted), CHILDREN_AT_ONCE):
        some = wanted[start : start + CHILDREN_AT_ONCE]
        evaluations = looks.evaluations_of(asked, some)
        looks.write_log(asked, "tasks_of", some)
        for child in some:
            tasks = evaluations[child].tasks if child in evaluations else ()
            for task in sorted(tasks, key=_order):
                if task.opened_on <= as_of:
                    yield child, task, status.standing_on(task, as_of, asked.rulebook.calendar)


def _order(task: Task) -> tuple[date, str]:
    return (task.opened_on, task.key)
