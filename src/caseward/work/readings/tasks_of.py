"""Every task of every child asked for, as the engine says it: for the command line and exports."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from caseward.record.access import policy
from caseward.record.access.askers import Asker
from caseward.rules.engine import checked, status
from caseward.rules.engine.tasks import Standing, Task
from caseward.work.readings import looks

CHILDREN_AT_ONCE = 250


def answer(
    asker: Asker,
    children: Iterable[str] | None = None,
    *,
    as_of: date,
    known_at: datetime | None = None,
) -> Iterator[tuple[str, Task, Standing, bool]]:
    """Yield child, task, standing and whether its rule is not verified, child by child.

    Every task begun by the day is there.

    Shapes: children by id, or all whom the asker may see; each child's tasks by opening and key.
    The read log is written for a batch of children before the first of their tasks leaves.
    """
    asked = looks.ask(asker, as_of=as_of, known_at=known_at)
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
                    standing = status.standing_on(task, as_of, asked.rulebook.calendar)
                    yield child, task, standing, checked.is_unchecked(task, asked.rulebook)


def _order(task: Task) -> tuple[date, str]:
    return (task.opened_on, task.key)
