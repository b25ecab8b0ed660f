"""The rooms' tables in a staging file: the same columns, and the way into the store (S6)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

from django.db import connection, models

from caseward.record.ledger.staging import Beside, File
from caseward.record.people import child_rows
from caseward.record.people.models import Child, RoleHeld
from caseward.work.tasks import settle as tasks
from caseward.work.tasks.models import EpisodeRow, SettledChild, TaskRow
from caseward.work.worklists.models import OwedTask

AT_ONCE = 500
# In the order in which the rooms are settled.
MODELS: tuple[type[models.Model], ...] = (
    Child, *child_rows.MODELS, RoleHeld, TaskRow, EpisodeRow, SettledChild, OwedTask
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A room's table: its name, its columns, which one names the child, and a row's values."""

    name: str
    columns: tuple[str, ...]
    of_child: str
    values: Callable[[dict[str, Any]], Sequence[Any]]


@cache
def of(model: type[models.Model]) -> Table:
    """Return the table of a model."""
    described = model._meta  # noqa: SLF001 -- Django's name for a model's own description
    columns = tuple(str(field.column) for field in described.concrete_fields)
    return Table(
        name=described.db_table,
        columns=columns,
        of_child="child" if "child" in columns else "id",
        values=_kept(tasks.values_of(model)),
    )


def make(file: File) -> None:
    """Make every room's table in a staging file."""
    for table in map(of, MODELS):
        file.run(f"CREATE TABLE staged.{table.name} ({_listed(table.columns)})")


def put(file: File, rows: dict[str, list[Sequence[Any]]]) -> None:
    """Add rows to the tables of a staging file, by the tables' names."""
    for table in map(of, MODELS):
        file.put(table.name, len(table.columns), rows.get(table.name, ()))


def copy(source: Beside) -> None:
    """Copy every room's rows into the store; those that its children had before give way to them."""
    rows = source.file.run(
        f"SELECT public_id FROM staged.stream JOIN staged.{of(SettledChild).name}"  # noqa: S608
        " ON child = public_id WHERE kind = 'child' AND seq > 0"
    )
    known = [child for (child,) in rows]
    for table in map(of, reversed(MODELS)):
        _remove(table, known)
    for table in map(of, MODELS):
        columns = _listed(table.columns)
        # The names are those of our own models: nothing that anybody typed comes into these.
        select = f"SELECT {columns} FROM staged.{table.name} WHERE rowid BETWEEN ? AND ?"  # noqa: S608
        for span in source.spans(table.name):
            source.copy(table.name, columns, select, *span)


def _remove(table: Table, children: Iterable[str]) -> None:
    for some in _some(children):
        marks = ", ".join(["%s"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table.name} WHERE {table.of_child} IN ({marks})", some)  # noqa: S608


def _kept(values: Callable[[dict[str, Any]], list[Any]]) -> Callable[[dict[str, Any]], list[Any]]:
    """Return the same values as a staging file keeps them: days and moments as text, as on SQLite."""
    if connection.vendor == "sqlite":
        return values
    return lambda row: [str(value) if isinstance(value, date) else value for value in values(row)]


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _some(children: Iterable[str]) -> Iterator[list[str]]:
    coming = iter(children)
    while some := list(islice(coming, AT_ONCE)):
        yield some
