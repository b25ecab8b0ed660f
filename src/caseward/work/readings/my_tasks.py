"""One worker's tasks, grouped by when they are due."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from caseward.record.access.askers import Asker
from caseward.work.readings import (
    banner,
    drafts,
    grouping,
    holders,
    lines,
    looks,
    naming,
    owed,
    roles,
)
from caseward.work.readings.grouping import HEADINGS, UNALLOCATED
from caseward.work.readings.lines import Told
from caseward.work.readings.looks import Asked
from caseward.work.readings.owed import Owed
from caseward.work.readings.shapes import Group, MyTasks
from caseward.work.worklists.places import Place

# Those who allocate see what nobody is allocated to.
ALLOCATES = frozenset({
    "team_manager", "service_manager", "district_manager", "safeguarding_team_manager",
    "iro_service_manager",
})  # fmt: skip


def page(
    asker: Asker,
    *,
    as_of: date,
    known_at: datetime | None = None,
    role: str = "",
    group: str = "",
    limit: int = 50,
) -> MyTasks:
    """Return the asker's tasks: in one of their roles or all, in one group or all.

    Each group shows at most `limit` lines (all of them, if the group is asked for by name), and
    counts every one.
    """
    asked = looks.ask(asker, as_of=as_of, known_at=known_at)
    found = owed.of_worker(asked, role=role)
    unallocated = owed.unallocated(asked) if ALLOCATES & set(asker.roles) else ()
    placed = {
        **grouping.placed(found, asked.rulebook, as_of=as_of),
        UNALLOCATED: grouping.in_order(unallocated, asked.rulebook),
    }
    groups = _groups(asked, placed, group=group, limit=limit)
    begun = drafts.lines_of(asked)
    children = {line.child_id for each in groups for line in each.lines}
    children |= {line.child_id for line in begun}
    looks.write_log(asked, "my_tasks", children, role=role, group=group)
    return MyTasks(
        banner=banner.page(asker, as_of=as_of, known_at=known_at),
        groups=groups,
        counts={code: len(tasks) for code, tasks in placed.items()},
        roles=tuple((held, roles.title(held)) for held in asker.roles),
        chosen_role=role,
        n_children=len({each.child for each in found}),
        empty_words="" if found or unallocated else _empty_words(role),
        drafts=begun,
    )


def _groups(
    asked: Asked, placed: Mapping[Place, Sequence[Owed]], *, group: str, limit: int
) -> tuple[Group, ...]:
    shown = {
        code: tuple(tasks if code == group else tasks[:limit])
        for code, tasks in placed.items()
        if group in ("", code) and (tasks or code != UNALLOCATED)
    }
    children = {each.child for tasks in shown.values() for each in tasks}
    every = [each for tasks in shown.values() for each in tasks]
    parts, tasks_of = owed.parts_of(asked, every), owed.read(every)
    read = [*tasks_of.values(), *(part for each in parts.values() for part in each)]
    told = Told(
        rulebook=asked.rulebook,
        as_of=asked.as_of,
        held=holders.on_day(asked.as_of, children, position=asked.position),
        names=looks.names_of(children),
        facts=looks.facts_behind(read),
        asker=asked.asker,
        people=naming.people_of(asked.asker, read),
        is_past=asked.is_past,
    )
    return tuple(
        Group(
            code=code,
            heading=HEADINGS[code],
            lines=tuple(
                lines.line(told, tasks_of[each.task_id], parts=parts.get(each.key, ()))
                for each in tasks
            ),
            n_all=len(placed[code]),
        )
        for code, tasks in shown.items()
    )


def _empty_words(role: str) -> str:
    if role:
        return f"Nothing is waiting for you as {roles.title(role)}."
    return "Nothing is waiting for you. New tasks appear here as soon as something is recorded."
