"""One worker's tasks, grouped by when they are due."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from caseward.record.access.askers import Asker
from caseward.work.readings import (
    banner,
    drafts,
    grouping,
    lines,
    listed,
    looks,
    owed,
    roles,
    sources,
)
from caseward.work.readings.grouping import HEADINGS, UNALLOCATED, WITHOUT_COVER
from caseward.work.readings.looks import Asked
from caseward.work.readings.owed import Owed
from caseward.work.readings.shapes import Group, MyTasks, TaskLine
from caseward.work.readings.sources import ALLOCATES, Choice
from caseward.work.worklists import queries
from caseward.work.worklists.places import IN_ORDER, Place
from caseward.work.worklists.queries import Found


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
    placed = (_then if asked.is_past else _today)(asked, role, group=group, limit=limit)
    begun = drafts.lines_of(asked)
    children = {line.child_id for each in placed.groups for line in each.lines}
    children |= {line.child_id for line in begun}
    looks.write_log(asked, "my_tasks", children, role=role, group=group)
    return MyTasks(
        banner=banner.page(asker, as_of=as_of, known_at=known_at),
        groups=placed.groups,
        counts=dict(placed.counts.items()),
        roles=tuple((held, roles.title(held)) for held in asker.roles),
        chosen_role=role,
        n_children=placed.n_children,
        empty_words="" if any(placed.counts.values()) else _empty_words(role),
        drafts=begun,
    )


def _today(asked: Asked, role: str, *, group: str, limit: int) -> "_Placed":
    """Read the heads of the lists from their rows, and no more of each than is shown."""
    most = queries.MOST_COUNTED if group else limit
    mine = queries.read(
        sources.of(asked, Choice(whose="mine", role=role)),
        as_of=asked.as_of,
        among=[place for place in IN_ORDER if group in ("", place)],
        limit=most,
        is_of_each=True,
    )
    counts: dict[Place, int] = {**mine.counts, UNALLOCATED: 0, WITHOUT_COVER: 0}
    found: dict[Place, list[Found]] = {
        place: [each for each in mine.rows if each.place == place]
        for place in IN_ORDER
        if group in ("", place)
    }
    if ALLOCATES & set(asked.asker.roles):
        for code, whose in ((UNALLOCATED, "unallocated"), (WITHOUT_COVER, "uncovered")):
            left = queries.read(
                sources.of(asked, Choice(whose=whose)), as_of=asked.as_of, limit=most
            )
            counts[code] = min(sum(left.counts.values()), queries.MOST_COUNTED + 1)
            if group in ("", code) and left.rows:
                found[code] = left.rows
    made = listed.lines_of(asked, (each.task_id for rows in found.values() for each in rows))
    safety = grouping.safety_steps(asked.rulebook)
    return _Placed(
        groups=tuple(
            Group(
                code=place,
                heading=HEADINGS[place],
                lines=_safety_first(rows, made, safety),
                n_all=counts[place],
            )
            for place, rows in found.items()
        ),
        counts=counts,
        n_children=mine.n_children,
    )


def _safety_first(
    rows: Iterable[Found], made: Mapping[str, TaskLine], safety: frozenset[tuple[str, str]]
) -> tuple[TaskLine, ...]:
    ids = dict.fromkeys(each.task_id for each in rows)
    shown = [made[task_id] for task_id in ids if task_id in made]
    return tuple(sorted(shown, key=lambda line: (line.procedure, line.step) not in safety))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """Groups of lines, how many tasks each has in all, and of how many children they are."""

    groups: tuple[Group, ...]
    counts: Mapping[Place, int]
    n_children: int


def _then(asked: Asked, role: str, *, group: str, limit: int) -> "_Placed":
    """Work out the lists of a day gone by, which no row holds."""
    found = owed.of_worker(asked, role=role)
    left = owed.left(asked) if ALLOCATES & set(asked.asker.roles) else owed.Left()
    placed: Mapping[Place, Sequence[Owed]] = {
        **grouping.placed(found, asked.rulebook, as_of=asked.as_of),
        UNALLOCATED: grouping.in_order(left.unallocated, asked.rulebook),
        WITHOUT_COVER: grouping.in_order(left.without_cover, asked.rulebook),
    }
    return _Placed(
        groups=_groups_then(asked, placed, group=group, limit=limit),
        counts={code: len(tasks) for code, tasks in placed.items()},
        n_children=len({each.child for each in found}),
    )


def _groups_then(
    asked: Asked, placed: Mapping[Place, Sequence[Owed]], *, group: str, limit: int
) -> tuple[Group, ...]:
    shown = {
        code: tuple(tasks if code == group else tasks[:limit])
        for code, tasks in placed.items()
        if group in ("", code) and (tasks or code not in grouping.FOR_MANAGERS)
    }
    every = [each for tasks in shown.values() for each in tasks]
    parts, tasks_of = owed.parts_of(asked, every), owed.read(every)
    told = listed.told_of(asked, tasks_of.values(), parts)
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
