"""A list that is few enough to be sorted whole: its rows, counts and children in one statement.

Whose tasks they are is the dear part of the question, so it is asked once and the answer kept for
the length of the statement.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from caseward.work.worklists import places
from caseward.work.worklists.models import OwedTask

_KEPT = ("rank", "list_on", "opened_on", "id", "task_id", "child", "role")
_ORDER = "list_on, opened_on, id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The first rows, in no order, and of the whole list the tasks by rank, and the children."""

    rows: list[Sequence[Any]]
    counts: dict[int, int]
    children: int


def read(
    rows: QuerySet[OwedTask],
    *,
    as_of: date,
    ranks: Collection[int],
    after: tuple[int, date, date, str] | None,
    limit: int,
    is_of_each: bool,
) -> Whole:
    """Read a list once: so many rows of these ranks after a spot, or so many of each rank."""
    ranked = rows.annotate(rank=places.rank_on(as_of)).order_by().values_list(*_KEPT)
    try:
        sql, given = ranked.query.sql_with_params()
    except EmptyResultSet:  # Django sees that no row can be among them.
        return Whole(rows=[], counts={}, children=0)
    columns = ", ".join(_KEPT)
    wanted, asked = _wanted(ranks, after)
    place = f"PARTITION BY rank ORDER BY {_ORDER}" if is_of_each else f"ORDER BY rank, {_ORDER}"
    # Our own words and Django's: what was asked for comes in as parameters.
    statement = (
        f"WITH found ({columns}) AS MATERIALIZED ({sql}),"  # noqa: S608
        f" placed AS (SELECT found.*, ROW_NUMBER() OVER ({place}) AS place FROM found WHERE {wanted})"
        f" SELECT {columns}, 0 FROM placed WHERE place <= %s"
        " UNION ALL SELECT rank, NULL, NULL, NULL, NULL, NULL, NULL, COUNT(DISTINCT task_id)"
        " FROM found GROUP BY rank"
        " UNION ALL SELECT -1, NULL, NULL, NULL, NULL, NULL, NULL, COUNT(DISTINCT child)"
        " FROM found"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, *asked, limit])
        every = list(cursor.fetchall())
    said = {row[0]: row[7] for row in every if row[3] is None}
    return Whole(
        rows=[row[:7] for row in every if row[3] is not None],
        counts={rank: number for rank, number in said.items() if rank >= 0},
        children=said.get(-1, 0),
    )


def _wanted(
    ranks: Collection[int], after: tuple[int, date, date, str] | None
) -> tuple[str, list[Any]]:
    among = ", ".join(str(int(rank)) for rank in sorted(ranks)) or "-1"
    if after is None:
        return f"rank IN ({among})", []
    rank, list_on, opened_on, row_id = after
    adapt = connection.ops.adapt_datefield_value
    beyond = "(rank, list_on, opened_on, id) > (%s, %s, %s, %s)"
    return f"rank IN ({among}) AND {beyond}", [rank, adapt(list_on), adapt(opened_on), row_id]
