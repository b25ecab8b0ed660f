"""The first rows, or the count, of each of many stretches, in one statement that is planned once.

A list has a dozen stretches and a calendar a hundred, and the condition on whose tasks they are is
long: written out for each, the databases would spend longer on reading it than on answering.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet, Value

from caseward.work.worklists.models import OwedTask
from caseward.work.worklists.places import Stretch

# Stands for each stretch in turn while the statement is written: no row lies in it.
_EACH = Stretch(place="unallocated", dated="(each)", first=date(1001, 1, 1), last=date(1001, 1, 2))
_COLUMN_OF = {"(each)": "each.dated", "1001-01-01": "each.first", "1001-01-02": "each.last"}
_MARK = "%s"


def first_of_each(
    rows: QuerySet[OwedTask],
    stretches: Sequence[Stretch],
    *,
    order: Sequence[str],
    columns: Sequence[str],
    limit: int,
) -> list[Sequence[Any]]:
    """Return the first rows of each stretch: its rank, then these columns, in no order.

    Shapes: columns are named as the database has them ("task_id").
    """
    if not stretches:
        return []
    try:
        among, given = _written(
            rows.filter(_EACH.condition()).order_by(*order), columns, limit=limit
        )
    except EmptyResultSet:  # Django sees that no row can be among them.
        return []
    table, said = _table_of(stretches)
    names = ", ".join(f"part.{connection.ops.quote_name(name)}" for name in columns)
    statement = f"{table} SELECT each.rank, {names} FROM each CROSS JOIN {among}"  # noqa: S608
    return _rows_of(statement, [*said, *given])


def count_of_each(
    rows: QuerySet[OwedTask], stretches: Sequence[Stretch], *, at_most: int
) -> list[int]:
    """Return how many rows each stretch has, in the order given; none is counted further."""
    one = rows.filter(_EACH.condition()).order_by().values_list(Value(1))[:at_most]
    try:
        sql, given = _correlated(*one.query.sql_with_params())
    except EmptyResultSet:
        return [0] * len(stretches)
    table, said = _table_of(stretches)
    counted = f"(SELECT COUNT(*) FROM ({sql}) AS counted)"  # noqa: S608
    statement = f"{table} SELECT {counted} FROM each ORDER BY each.number"  # noqa: S608

    return [number for (number,) in _rows_of(statement, [*said, *given])]


def _written(
    rows: QuerySet[OwedTask], columns: Sequence[str], *, limit: int
) -> tuple[str, list[Any]]:
    """Return what to join each stretch with: the rows themselves, or their ids where that must be."""
    if connection.vendor == "postgresql":
        sql, given = _correlated(*rows.values_list(*columns)[:limit].query.sql_with_params())
        return f"LATERAL ({sql}) AS part", given
    sql, given = _correlated(*rows.values_list("id")[:limit].query.sql_with_params())
    table = connection.ops.quote_name(OwedTask._meta.db_table)  # noqa: SLF001 -- Django documents it
    return f"{table} AS part WHERE part.id IN ({sql})", given


def _correlated(sql: str, given: Iterable[Any]) -> tuple[str, list[Any]]:
    """Return a statement about `_EACH` as one about each row of the table of stretches."""
    pieces = sql.split(_MARK)
    kept, written = [], [pieces[0]]
    for value, piece in zip(given, pieces[1:], strict=True):
        column = _COLUMN_OF.get(str(value))
        written += [column or _MARK, piece]
        if column is None:
            kept.append(value)
    return "".join(written), kept


def _table_of(stretches: Sequence[Stretch]) -> tuple[str, list[Any]]:
    adapt = connection.ops.adapt_datefield_value
    row = "(%s, %s, %s, %s, %s)"
    given = [
        value
        for number, part in enumerate(stretches)
        for value in (number, part.rank, part.dated, adapt(part.first), adapt(part.last))
    ]
    rows = ", ".join([row] * len(stretches))
    return f"WITH each(number, rank, dated, first, last) AS (VALUES {rows})", given


def _rows_of(statement: str, given: Sequence[Any]) -> list[Sequence[Any]]:
    # The statements are Django's own and ours: what was asked for comes in as parameters.
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())
