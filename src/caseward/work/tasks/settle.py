"""Writes the rows that follow from an evaluation; called by `entries` alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Any

from django.db import connection, models

from caseward.rules.engine.tasks import Evaluation
from caseward.work.tasks import canonical
from caseward.work.tasks.models import EpisodeRow, SettledChild, TaskRow

ROWS_AT_ONCE = 500

Row = tuple[type[models.Model], dict[str, Any]]
"""A row by the names of its columns, with its table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledTo:
    """The authority's facts that rows follow from: how far they go, and their fingerprint."""

    position: int
    rules: str


def settle(child: str, evaluation: Evaluation, *, to: SettledTo) -> None:
    """Make the child's rows equal the evaluation, writing only what differs.

    Errors: ValueError if the evaluation is another child's, or two of its tasks share a key.
    """
    if evaluation.child != child:
        raise ValueError(f"The evaluation of {evaluation.child} cannot settle {child}.")
    replace(TaskRow, child, rows_of(evaluation.tasks))
    replace(EpisodeRow, child, rows_of(evaluation.episodes))
    note_settled(evaluation, to=to)


def each_row(evaluation: Evaluation, *, to: SettledTo) -> Iterator[Row]:
    """Yield every row of this room that follows from an evaluation, with its table."""
    for row in rows_of(evaluation.tasks).values():
        yield TaskRow, row
    for row in rows_of(evaluation.episodes).values():
        yield EpisodeRow, row
    yield SettledChild, _settled(evaluation, to)


def note_settled(evaluation: Evaluation, *, to: SettledTo) -> None:
    """Note up to which of the authority's entries the child's rows are settled."""
    fill(SettledChild, [_settled(evaluation, to)])


def _settled(evaluation: Evaluation, to: SettledTo) -> dict[str, Any]:
    return {
        "child": evaluation.child,
        "authority_position": to.position,
        "rules": to.rules,
        "no_longer_arise": canonical.text_of(evaluation.no_longer_arise),
    }


def rows_of(values: Iterable[Any]) -> dict[str, dict[str, Any]]:
    """Return the columns of each value by id; two values of one key are an engine's fault."""
    rows: dict[str, dict[str, Any]] = {}
    for value in values:
        columns = canonical.columns_of(value)
        if columns["id"] in rows:
            raise ValueError(f"Two rows have the key {value.key!r}; a key names one.")
        rows[columns["id"]] = columns
    return rows


def replace(model: type[models.Model], child: str, rows: Mapping[str, dict[str, Any]]) -> None:
    """Make the table's rows of the child equal these: insert, change and delete what differs."""
    manager = model._default_manager  # noqa: SLF001 -- Django's name for a model's own rows
    stored = {row["id"]: row for row in manager.filter(child=child).values()}
    gone = [row_id for row_id in stored if row_id not in rows]
    if gone:
        manager.filter(pk__in=gone).delete()
    fill(model, (row for row_id, row in rows.items() if stored.get(row_id) != row))


def fill(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
    """Insert the rows, or put them in the place of those with the same id.

    Written without making an object of each: an import brings tens of thousands.
    """
    values = map(values_of(model), rows)
    while chunk := list(islice(values, ROWS_AT_ONCE)):
        with connection.cursor() as cursor:
            cursor.executemany(_upsert(model), chunk)


def values_of(model: type[models.Model]) -> Callable[[dict[str, Any]], list[Any]]:
    """Return what gives a row's columns, in the table's order, as the database's driver takes them."""
    fields = model._meta.concrete_fields  # noqa: SLF001 -- Django's name for a table's columns
    chosen = itemgetter(*(field.attname for field in fields))
    adapted = [(place, adapt) for place, field in enumerate(fields) if (adapt := _adapter(field))]

    def values(row: dict[str, Any]) -> list[Any]:
        found = list(chosen(row))
        for place, adapt in adapted:
            found[place] = adapt(found[place])
        return found

    return values


def _upsert(model: type[models.Model]) -> str:
    """Return the statement that inserts a row or replaces it; its names are our own models'."""
    quote = connection.ops.quote_name
    fields = model._meta.concrete_fields  # noqa: SLF001 -- Django documents it
    columns = [quote(str(field.column)) for field in fields]
    (key,) = [quote(str(field.column)) for field in fields if field.primary_key]
    marks = ", ".join(["%s"] * len(columns))
    changed = ", ".join(f"{column} = excluded.{column}" for column in columns if column != key)
    table = quote(model._meta.db_table)  # noqa: SLF001 -- Django documents it
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) "  # noqa: S608
        f"ON CONFLICT ({key}) DO UPDATE SET {changed}"
    )


def _adapter(field: Any) -> Callable[[Any], Any] | None:
    """Return what makes a column's value one that the database's driver takes, where one is needed."""
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    return None
