"""Tasks found by a list as the lines that it shows: read, with their parts and holders, once a page."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from caseward.rules.engine.tasks import Task
from caseward.work.readings import holders, lines, looks, naming
from caseward.work.readings.lines import Told
from caseward.work.readings.looks import Asked
from caseward.work.readings.shapes import TaskLine
from caseward.work.tasks import queries as tasks


def lines_of(asked: Asked, task_ids: Iterable[str]) -> dict[str, TaskLine]:
    """Return the line of each task by its id; one that is no longer there is left out."""
    found = tasks.by_id(dict.fromkeys(task_ids))
    parts = tasks.parts_of(
        (task.key for task in found.values()), {task.child for task in found.values()}
    )
    told = told_of(asked, found.values(), parts)
    return {
        task_id: lines.line(told, task, parts=parts.get(task.key, ()))
        for task_id, task in found.items()
    }


def told_of(asked: Asked, shown: Collection[Task], parts: Mapping[str, Sequence[Task]]) -> Told:
    """Return what the lines of these tasks are made with, looked up once for all of them."""
    children = {task.child for task in shown}
    read = [*shown, *(part for each in parts.values() for part in each)]
    return Told(
        rulebook=asked.rulebook,
        as_of=asked.as_of,
        held=holders.on_day(asked.as_of, children, position=asked.position),
        names=looks.names_of(children),
        facts=looks.facts_behind(read),
        asker=asked.asker,
        people=naming.people_of(asked, read),
        is_past=asked.is_past,
    )
