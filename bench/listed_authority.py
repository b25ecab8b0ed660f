"""A made-up authority for benchmarks of lists: its rows written straight into the projections.

Nothing goes through the engine but one child, whose tasks every other child has too, on days of its
own; so a million tasks are there within a minute or two. Every name is plainly fictional.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, models, transaction

from bench import records
from caseward.record.people import models as people
from caseward.record.people import names, search_words
from caseward.rules.engine import reference
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import Task
from caseward.rules.facts import record as facts
from caseward.work.tasks import canonical
from caseward.work.tasks.models import TaskRow
from caseward.work.worklists import settle
from caseward.work.worklists.models import NEVER, OwedTask

TASKS_A_CHILD = 10
CHILDREN_A_WORKER, WORKERS_A_TEAM, TEAMS_A_SERVICE, CHILDREN_AN_IRO = 17, 8, 5, 60
KEPT_FROM_MOST, ALLOCATED_TO_NOBODY = 100, 80
BEGAN = date(2020, 1, 6)
SEED = 20_260_302
_FIRST = "Amber Basil Clover Daisy Elder Fern Gorse Hazel Ivy Juniper Larch Maple".split()
_LAST = "Example Sample Scenario Instance Premise Likeness Outline Stencil Draft Proposal".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Whom to ask as: one worker of each sort."""

    social_worker: str
    team_manager: str
    iro: str
    service_manager: str
    a_child: str


def fill(n_children: int, rulebook: Rulebook, *, today: date) -> Made:
    """Write an authority of so many children, and return whom to ask as."""
    chance = random.Random(SEED)
    staff = _Staff(n_children)
    with transaction.atomic():
        _write(people.Team, staff.teams())
        _write(people.Worker, staff.workers())
        _write(people.RoleHeld, staff.roles())
        _write(people.Child, (_child(n, chance) for n in range(n_children)))
        _write(people.RoleHeld, (row for n in range(n_children) for row in staff.of_child(n)))
        _write(people.Unheld, _of_nobody(n_children))
        _write(people.NamedAccess, _kept_apart(n_children))
        templates = _templates(rulebook)
        _write(TaskRow, _tasks(n_children, templates, chance=random.Random(SEED), today=today))
        _write(OwedTask, _owed(n_children, templates, chance=random.Random(SEED), today=today))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Made(
        social_worker=_id("worker", 0),
        team_manager=_id("manager", 0),
        iro=_id("iro", 0),
        service_manager=_id("head", 0),
        a_child=_id("child", 1),
    )


@dataclass(frozen=True, slots=True)
class _Staff:
    n_children: int

    @property
    def n_workers(self) -> int:
        return -(-self.n_children // CHILDREN_A_WORKER)

    @property
    def n_teams(self) -> int:
        return -(-self.n_workers // WORKERS_A_TEAM)

    @property
    def n_services(self) -> int:
        return -(-self.n_teams // TEAMS_A_SERVICE)

    @property
    def n_iros(self) -> int:
        return -(-self.n_children // CHILDREN_AN_IRO)

    def teams(self) -> Iterator[dict[str, Any]]:
        for number in range(self.n_services):
            yield _team("service", number, "")
        for number in range(self.n_teams):
            yield _team("team", number, _id("service", number // TEAMS_A_SERVICE))
        yield _team("reviewing", 0, "")

    def workers(self) -> Iterator[dict[str, Any]]:
        for sort, count in self._sorts():
            for number in range(count):
                name = f"{sort.title()} Example {number}"
                yield {
                    "id": _id(sort, number), "name": name, "family_name": "",
                    "sort_key": names.sort_key(name), "from_on": BEGAN, "left_on": None,
                }  # fmt: skip

    def _sorts(self) -> tuple[tuple[str, int], ...]:
        return (
            ("worker", self.n_workers),
            ("manager", self.n_teams),
            ("head", self.n_services),
            ("iro", self.n_iros),
            ("support", self.n_services),
        )

    def roles(self) -> Iterator[dict[str, Any]]:
        for n in range(self.n_workers):
            yield _role("social_worker", _id("worker", n), team=_id("team", n // WORKERS_A_TEAM))
        for n in range(self.n_teams):
            yield _role("team_manager", _id("manager", n), team=_id("team", n))
        for n in range(self.n_services):
            yield _role("service_manager", _id("head", n), team=_id("service", n))
            yield _role("business_support", _id("support", n), team=_id("service", n))
        for n in range(self.n_iros):
            yield _role("iro", _id("iro", n), team=_id("reviewing", 0))

    def of_child(self, n: int) -> Iterator[dict[str, Any]]:
        if n % ALLOCATED_TO_NOBODY:
            worker = n // CHILDREN_A_WORKER
            yield _role("social_worker", _id("worker", worker), child=_id("child", n))
            yield _role("iro", _id("iro", n // CHILDREN_AN_IRO), child=_id("child", n))


def _child(n: int, chance: random.Random) -> dict[str, Any]:
    name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)} {n}"
    born = date(2009, 1, 1) + timedelta(days=chance.randrange(6_000))
    return {
        "id": _id("child", n), "name": name, "family_name": "", "known_as": "",
        "sort_key": names.sort_key(name), "search_words": search_words.of(name, born_on=born),
        "search_number": search_words.number_of(_id("child", n)), "is_working_name": False,
        "sex": "", "born_on": born, "expected_on": None, "died_on": None,
        "registered_on": BEGAN, "closed_on": None, "joined_to": "",
    }  # fmt: skip


def _of_nobody(n_children: int) -> Iterator[dict[str, Any]]:
    for n in range(0, n_children, ALLOCATED_TO_NOBODY):
        yield {
            "id": f"{_id('child', n)}.0", "child": _id("child", n), "from_on": BEGAN,
            "until_on": NEVER,
        }  # fmt: skip


def _kept_apart(n_children: int) -> Iterator[dict[str, Any]]:
    for n in range(5, n_children, KEPT_FROM_MOST):
        yield {
            "id": f"{_id('named', n)}.0", "child": _id("child", n), "from_on": BEGAN,
            "until_on": None, "worker": _id("head", 0),
        }  # fmt: skip


def _templates(rulebook: Rulebook) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return the columns of a child's open tasks, each with the row of the list it stands on."""
    entries = records.child_of(200)[:40]
    tasks = reference.evaluate(facts.as_known(entries, child="bench"), rulebook).tasks
    by_id: dict[str, Task] = {canonical.id_of(task.key): task for task in tasks}
    owed = list(settle.rows_of(tasks))[:TASKS_A_CHILD]
    return [(canonical.columns_of(by_id[row["task_id"]]), row) for row in owed]


def _tasks(
    n_children: int,
    templates: list[tuple[dict[str, Any], dict[str, Any]]],
    *,
    chance: random.Random,
    today: date,
) -> Iterator[dict[str, Any]]:
    for n in range(n_children):
        for place, (task, owed) in enumerate(templates):
            due = _day(chance, today)
            opened = due - timedelta(days=30)
            dated = {name: due for name in ("first_due_on", "due_on", "expected_on") if task[name]}
            yield {
                **task, **dated, "id": _id(f"task{place}", n), "key": f"{task['key']}/{n}",
                "child": _id("child", n), "opened_on": opened, "trigger_on": opened,
                "step": owed["step"],
            }  # fmt: skip


def _owed(
    n_children: int,
    templates: list[tuple[dict[str, Any], dict[str, Any]]],
    *,
    chance: random.Random,
    today: date,
) -> Iterator[dict[str, Any]]:
    for n in range(n_children):
        for place, (_, owed) in enumerate(templates):
            due = _day(chance, today)
            opened = due - timedelta(days=30)
            yield {
                **owed, "id": f"{_id(f'task{place}', n)}:0", "task_id": _id(f"task{place}", n),
                "child": _id("child", n), "opened_on": opened, "opens_on": BEGAN,
                "leaves_on": NEVER, "list_on": due if owed["list_on"] < NEVER else NEVER,
            }  # fmt: skip


def _day(chance: random.Random, today: date) -> date:
    """Return a day as work lies: one in twenty late, one in twenty this week, the rest ahead."""
    throw = chance.random()
    if throw < 0.05:  # noqa: PLR2004
        return today - timedelta(days=chance.randint(1, 60))
    if throw < 0.1:  # noqa: PLR2004
        return today + timedelta(days=chance.randint(0, 7))
    return today + timedelta(days=chance.randint(8, 240))


def _team(sort: str, number: int, part_of: str) -> dict[str, Any]:
    name = f"{sort.title()} {number}"
    return {
        "id": _id(sort, number), "name": name, "sort_key": names.sort_key(name),
        "kind": "team" if part_of else "service", "part_of": part_of, "from_on": BEGAN,
        "closed_on": None,
    }  # fmt: skip


def _role(role: str, worker: str, *, team: str = "", child: str = "") -> dict[str, Any]:
    return {
        "id": _id(f"{role}{team}", int((child or worker)[:8], 16)), "role": role,
        "worker": worker, "team": "", "child": child, "for_team": team, "stands_in_for": "",
        "from_on": BEGAN, "until_on": None,
    }  # fmt: skip


def _id(sort: str, number: int) -> str:
    """Return an id that looks like any other and follows from its sort and number."""
    mark = search_words.number_of(sort) % 16**12
    return f"{number % 16**8:08x}-0000-4000-8000-{mark:012x}"


def _write(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
    """Write rows by the fastest way that each database has."""
    fields = model._meta.concrete_fields  # noqa: SLF001 -- Django's name for a table's columns
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = model._meta.db_table  # noqa: SLF001
    values = (tuple(row[field.attname] for field in fields) for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copied:
                for each in values:
                    copied.write_row(each)
            return
        marks = ", ".join(["?"] * len(fields))
        cursor.connection.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608
            ([str(v) if isinstance(v, date) else v for v in each] for each in values),
        )
