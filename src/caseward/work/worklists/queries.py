"""What readings ask of the worklists: one page of a list, its counts, its days.

A list is made of sources, which share no row. A source that is narrow (a worker's, a team's, a
child's) is sorted whole; of any other only as much is read as a page shows, heading by heading, in
the order of an index. A page begins after the last row of the one before, never at a number.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, IntegerField, Q, QuerySet, Value

from caseward.work.worklists import places
from caseward.work.worklists.models import OwedTask
from caseward.work.worklists.places import IN_ORDER, Place, Stretch

# Beyond this a list says "more than": nobody works through it by its number.
MOST_COUNTED = 1_000
_ORDER = ("list_on", "opened_on", "id")
_COLUMNS = ("rank", *_ORDER, "task_id", "child", "role")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Rows that a list may hold, and whether they are few enough to be sorted whole."""

    rows: QuerySet[OwedTask]
    is_narrow: bool


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Where a row stands in the order of a list."""

    rank: int
    list_on: date
    opened_on: date
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A row of a list: where it stands, its task and child, and the role by which it was found."""

    at: Spot
    task_id: str
    child: str
    role: str

    @property
    def place(self) -> Place:
        """Return the heading under which it stands."""
        return IN_ORDER[self.at.rank]


def standing(as_of: date) -> QuerySet[OwedTask]:
    """Return the tasks that may stand on a list on the day, once for each role that owes them."""
    return OwedTask.objects.filter(places.standing_on(as_of)).order_by("id")


def every_task() -> QuerySet[OwedTask]:
    """Return every row there is, to be narrowed."""
    return OwedTask.objects.all()


def page(
    sources: Iterable[Source],
    *,
    as_of: date,
    among: Collection[Place] = IN_ORDER,
    after: Spot | None = None,
    limit: int,
) -> list[Found]:
    """Return the next rows of a list, in its order: by heading, by day, by when they opened.

    Shapes: at most `limit` rows, of the headings named, after the spot of the last row shown.
    """
    found: list[Found] = []
    for source in sources:
        rows = source.rows.filter(places.standing_on(as_of))
        if source.is_narrow:
            found += _sorted_whole(rows, as_of=as_of, among=among, after=after, limit=limit)
        else:
            found += _read_in_order(rows, as_of=as_of, among=among, after=after, limit=limit)
    return sorted(found, key=lambda each: each.at)[:limit]


def counts(sources: Iterable[Source], *, as_of: date) -> dict[Place, int]:
    """Return how many rows stand under each heading; MOST_COUNTED + 1 says "more than"."""
    totals = dict.fromkeys(IN_ORDER, 0)
    for source in sources:
        rows = source.rows.filter(places.standing_on(as_of))
        count = _counted_whole if source.is_narrow else _counted_in_order
        for place, number in count(rows, as_of):
            totals[place] += number
    return {place: min(number, MOST_COUNTED + 1) for place, number in totals.items()}


def steps(as_of: date) -> tuple[tuple[str, str], ...]:
    """Return procedure and step of every task that may stand on a list on the day, each once."""
    rows = OwedTask.objects.filter(places.standing_on(as_of)).order_by("procedure", "step")
    return tuple(rows.values_list("procedure", "step").distinct())


def _sorted_whole(
    rows: QuerySet[OwedTask],
    *,
    as_of: date,
    among: Collection[Place],
    after: Spot | None,
    limit: int,
) -> list[Found]:
    ranked = rows.annotate(rank=places.rank_on(as_of))
    if set(among) != set(IN_ORDER):
        ranked = ranked.filter(rank__in=[places.RANK[place] for place in among])
    if after is not None:
        ranked = ranked.filter(Q(rank__gt=after.rank) | Q(rank=after.rank) & _beyond(after))
    columns = ranked.order_by("rank", *_ORDER).values_list(*_COLUMNS)
    return [_found(row) for row in columns[:limit]]


def _read_in_order(
    rows: QuerySet[OwedTask],
    *,
    as_of: date,
    among: Collection[Place],
    after: Spot | None,
    limit: int,
) -> list[Found]:
    parts = []
    for stretch in places.stretches(as_of):
        if stretch.place not in among or (after is not None and stretch.rank < after.rank):
            continue
        part = _stretch_of(rows, stretch)
        if after is not None and stretch.rank == after.rank:
            part = part.filter(_beyond(after), list_on__gte=after.list_on)
        ranked = part.annotate(rank=Value(stretch.rank, output_field=IntegerField()))
        parts.append(ranked.order_by(*_ORDER).values_list(*_COLUMNS)[:limit])
    return [_found(row) for row in _all_of(parts)]


def _counted_whole(rows: QuerySet[OwedTask], as_of: date) -> Iterator[tuple[Place, int]]:
    ranked = rows.order_by().values(rank=places.rank_on(as_of)).annotate(n=Count("pk"))
    for row in ranked.order_by("rank"):
        yield IN_ORDER[row["rank"]], row["n"]


def _counted_in_order(rows: QuerySet[OwedTask], as_of: date) -> Iterator[tuple[Place, int]]:
    stretches = places.stretches(as_of)
    counted = [
        _stretch_of(rows, each).order_by().values_list(Value(1))[: MOST_COUNTED + 1]
        for each in stretches
    ]
    compiled = [each.query.sql_with_params() for each in counted]
    columns = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) AS counted)" for sql, _ in compiled)  # noqa: S608
    with connection.cursor() as cursor:
        # The statements are Django's own: what was asked for comes in as parameters.
        cursor.execute(f"SELECT {columns}", [each for _, given in compiled for each in given])
        numbers: Sequence[int] = cursor.fetchone()
    yield from ((stretch.place, n) for stretch, n in zip(stretches, numbers, strict=True))


def _stretch_of(rows: QuerySet[OwedTask], stretch: Stretch) -> QuerySet[OwedTask]:
    return rows.filter(stretch.condition())


def _beyond(spot: Spot) -> Q:
    """Return the condition that a row of the same heading comes after the spot."""
    return (
        Q(list_on__gt=spot.list_on)
        | Q(list_on=spot.list_on, opened_on__gt=spot.opened_on)
        | Q(list_on=spot.list_on, opened_on=spot.opened_on, id__gt=spot.id)
    )


def _all_of(parts: Sequence[QuerySet[OwedTask, Any]]) -> list[Sequence[Any]]:
    """Return the rows of several limited queries in one asking, which both databases take so."""
    if not parts:
        return []
    compiled = [each.query.sql_with_params() for each in parts]
    statement = " UNION ALL ".join(
        f"SELECT * FROM ({sql}) AS part_{number}"  # noqa: S608
        for number, (sql, _) in enumerate(compiled)
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [each for _, given in compiled for each in given])
        return list(cursor.fetchall())


def _found(row: Sequence[Any]) -> Found:
    rank, list_on, opened_on, row_id, task_id, child, role = row
    return Found(
        at=Spot(rank, _day(list_on), _day(opened_on), row_id),
        task_id=task_id,
        child=child,
        role=role,
    )


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
