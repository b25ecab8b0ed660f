"""A child's page: who the child is, what is due, what is on the record."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from caseward.record.access.askers import Asker
from caseward.record.ledger import queries
from caseward.record.people import models
from caseward.rules.engine.tasks import Role, Status, Task
from caseward.work.readings import (
    banner,
    episodes,
    family,
    grouping,
    holders,
    lines,
    looks,
    naming,
    roles,
    status_lines,
    timeline,
    words,
)
from caseward.work.readings.lines import Told
from caseward.work.readings.looks import ChildLook
from caseward.work.readings.shapes import ChildPage, Group, Holder, TaskLine

SHOWN_ROLES = ("social_worker", "team_manager", "iro")
NEXT_UP = 5
GROUPS: Mapping[str, tuple[str, tuple[Status, ...]]] = {
    "open": ("To do", (Status.OPEN,)),
    "waiting": ("Waiting for something first", (Status.WAITING,)),
    "done": ("Done", (Status.MET,)),
    "ended": (
        "Ended without being done, or no longer needed",
        (Status.MISSED, Status.NOT_NEEDED, Status.DOES_NOT_APPLY, Status.LAPSED,
         Status.BEFORE_CASEWARD),
    ),
}  # fmt: skip
CLASS_WORDS = {
    "restricted_address": "addresses",
    "third_party": "what is said about other people",
    "privileged": "legal advice",
    "iro_only": "the IRO's own notes",
    "free_text": "free text",
}


def page(
    asker: Asker,
    child_id: str,
    *,
    as_of: date,
    known_at: datetime | None = None,
    n_timeline: int = 50,
) -> ChildPage:
    """Return the child's page as it stands, or stood, on a day.

    Errors: NotFound where there is no such child, or the asker may not know that there is.
    """
    asked = looks.ask(asker, as_of=as_of, known_at=known_at)
    look = looks.look_at(asked, child_id)
    told = told_of(look)
    answer = made(look, told, n_timeline=n_timeline)
    looks.write_log(asked, "child_page", shown(answer))
    return answer


def shown(answer: ChildPage) -> tuple[str, ...]:
    """Return the ids of the children of whom a page says something: brothers and sisters too."""
    return (answer.child_id, *(one.child_id for one in answer.siblings if one.child_id))


def told_of(look: ChildLook) -> Told:
    """Return what the lines of this child's tasks are made with."""
    child = look.child
    return Told(
        rulebook=look.asked.rulebook,
        as_of=look.asked.as_of,
        held=holders.on_day(look.asked.as_of, [child.id], position=look.asked.position),
        names={child.id: looks.called(child)},
        facts={event.entry_id: (event.kind, event.occurred_on) for event in look.record.events},
        asker=look.asked.asker,
        people=naming.people_of(look.asked, look.evaluation.tasks),
        is_past=look.asked.is_past,
    )


def made(look: ChildLook, told: Told, *, n_timeline: int) -> ChildPage:
    """Return the page of a child as looked at; whoever asks for it writes the read log."""
    child, asked = look.child, look.asked
    groups = task_groups(look, told)
    return ChildPage(
        banner=banner.page(asked.asker, as_of=asked.as_of, known_at=asked.known_at),
        child_id=child.id,
        name=looks.called(child),
        working_name=child.name if child.is_working_name else "",
        born_on=child.born_on,
        expected_on=child.expected_on,
        is_unborn=child.born_on is None and child.expected_on is not None,
        has_died=child.died_on is not None and child.died_on <= asked.as_of,
        age_words=words.age(child.born_on, child.expected_on, as_of=asked.as_of),
        outside_ids=tuple((row.scheme, row.value) for row in looks.rows_of(look, models.OutsideId)),
        status=status_lines.of(look),
        holders=_holders(told, child.id),
        involved=family.involved_of(look),
        siblings=family.siblings_of(look),
        next_up=_next_up(groups[0].lines),
        tasks=groups,
        episodes=episodes.of(look, told),
        timeline=timeline.entries_of(look, at_most=n_timeline),
        n_timeline=sum(1 for _ in timeline.chains_of(look)),
        last_recorded_words=_last_recorded(look),
        stream_seq=max((one.seq for one in look.recorded), default=0),
        hidden_words=_hidden(look),
    )


def task_groups(look: ChildLook, told: Told) -> tuple[Group, ...]:
    """Return the child's tasks by what they are on the day, the earliest date first."""
    parts = _parts(look.evaluation.tasks)
    found: dict[str, list[TaskLine]] = {code: [] for code in GROUPS}
    for task in _in_order(look, told):
        line = lines.line(told, task, parts=parts.get(task.key, ()))
        code = next(code for code, (_, kinds) in GROUPS.items() if Status(line.status) in kinds)
        found[code].append(line)
    found["done"].sort(key=lambda line: line.met_on or date.min, reverse=True)
    found["ended"].sort(key=lambda line: line.ended_on or date.min, reverse=True)
    return tuple(
        Group(code=code, heading=GROUPS[code][0], lines=tuple(each), n_all=len(each))
        for code, each in found.items()
    )


def _next_up(open_lines: Sequence[TaskLine]) -> tuple[TaskLine, ...]:
    """Return what comes next; a usual time gone by comes after whatever has a limit.

    What is measured only is nobody's next task.
    """

    def is_only_behind(line: TaskLine) -> bool:
        return any(flag.code == "behind_usual" for flag in line.flags)

    listed = [line for line in open_lines if line.is_listed]
    return tuple(sorted(listed, key=is_only_behind)[:NEXT_UP])


def _in_order(look: ChildLook, told: Told) -> list[Task]:
    """Return what has begun by the day: rights to act (windows) too, parts with their step."""
    safety = grouping.safety_steps(told.rulebook)
    begun = [
        task
        for task in look.evaluation.tasks
        if task.role is not Role.PART and task.opened_on <= told.as_of
    ]
    return sorted(
        begun,
        key=lambda task: (
            (task.procedure, task.step) not in safety,
            task.expected_on or date.max,
            task.opened_on,
            task.key,
        ),
    )


def _parts(tasks: Iterable[Task]) -> dict[str, list[Task]]:
    found: dict[str, list[Task]] = {}
    for task in tasks:
        if task.role is Role.PART:
            found.setdefault(task.parent, []).append(task)
    return found


def _holders(told: Told, child: str) -> tuple[Holder, ...]:
    return tuple(
        Holder(
            role=role,
            role_title=roles.title(role),
            name=name or "Nobody allocated",
            since=since,
            is_unallocated=not name,
        )
        for role, name, since in told.held.shown(child, SHOWN_ROLES)
    )


def _last_recorded(look: ChildLook) -> str:
    if not look.recorded:
        return "Nothing is recorded yet"
    last: queries.Recorded = look.recorded[-1]
    return f"Last recorded on {words.moment(last.act.at)}"


def _hidden(look: ChildLook) -> tuple[str, ...]:
    """Say which classes of content the asker's roles leave closed, if the record may hold any."""
    closed: Sequence[str] = [
        CLASS_WORDS[content] for content in CLASS_WORDS if content not in look.classes
    ]
    return (f"Your role does not open {words.listed(closed, 'or')}.",) if closed else ()
