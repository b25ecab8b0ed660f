"""What readings ask of the worklists: one page of a list, its counts, its days.

A list is made of sources, which share no row. A source that is narrow (a worker's, a team's, a
child's) is sorted whole; of any other only as much is read as a page shows, heading by heading, in
the order of an index. A page begins after the last row of the one before, never at a number.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, IntegerField, Q, QuerySet, Value

from caseward.work.worklists import places, sorted_whole, stretched
from caseward.work.worklists.models import OwedTask
from caseward.work.worklists.places import IN_ORDER, Place, Stretch

# Beyond this a list says "more than": nobody works through it by its number.
MOST_COUNTED = 1_000
_ORDER = ("list_on", "opened_on", "id")
# The sorts of row that have a day.
DATED = ("due", "projected", "usual")
_COLUMNS = (*_ORDER, "task_id", "child", "role")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Rows that a list may hold, and whether they are few enough to be sorted whole.

    `may_be_long` says that nothing yet narrows whose they are.
    """

    rows: QuerySet[OwedTask]
    is_narrow: bool
    may_be_long: bool = False


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Rows of a list in its order; of the whole list the tasks by heading, and the children.

    The children of what is owed everywhere are not counted: that would take reading it all.
    """

    rows: list[Found]
    counts: dict[Place, int]
    n_children: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDay:
    """How many tasks a list has on a day, and the first of them."""

    count: int
    rows: tuple[Found, ...]


def standing(as_of: date) -> QuerySet[OwedTask]:
    """Return the tasks that may stand on a list on the day, once for each role that owes them."""
    return OwedTask.objects.filter(places.standing_on(as_of)).order_by("id")


def every_task() -> QuerySet[OwedTask]:
    """Return every row there is, to be narrowed."""
    return OwedTask.objects.all()


def read(
    sources: Iterable[Source],
    *,
    as_of: date,
    among: Collection[Place] = IN_ORDER,
    after: Spot | None = None,
    limit: int,
    is_of_each: bool = False,
) -> Listing:
    """Return the next rows of a list in its order, with the counts of the whole of it.

    Shapes: at most `limit` rows (of each heading, where that is asked) of the headings named,
    after the spot of the last row shown; a count of MOST_COUNTED + 1 says "more than".
    """
    found: list[Found] = []
    totals, n_children = dict.fromkeys(IN_ORDER, 0), 0
    for source in sources:
        rows = source.rows.filter(places.standing_on(as_of))
        if source.is_narrow:
            whole = sorted_whole.read(
                rows,
                as_of=as_of,
                ranks=[places.RANK[place] for place in among],
                after=None if after is None else astuple(after),
                limit=limit,
                is_of_each=is_of_each,
            )
            found += [_found(row) for row in whole.rows]
            n_children += whole.children
            numbers = [(IN_ORDER[rank], number) for rank, number in whole.counts.items()]
        else:
            found += _read_in_order(rows, as_of=as_of, among=among, after=after, limit=limit)
            numbers = list(_counted_in_order(rows, as_of))
        for place, number in numbers:
            totals[place] += number
    ordered = sorted(found, key=lambda each: each.at)
    return Listing(
        rows=ordered if is_of_each else ordered[:limit],
        counts={place: min(number, MOST_COUNTED + 1) for place, number in totals.items()},
        n_children=n_children,
    )


def page(
    sources: Iterable[Source],
    *,
    as_of: date,
    among: Collection[Place] = IN_ORDER,
    after: Spot | None = None,
    limit: int,
) -> list[Found]:
    """Return the same rows without the counts, for whoever goes through a whole list."""
    found: list[Found] = []
    for source in sources:
        rows = source.rows.filter(places.standing_on(as_of))
        if source.is_narrow:
            found += _sorted_whole(rows, as_of=as_of, among=among, after=after, limit=limit)
        else:
            found += _read_in_order(rows, as_of=as_of, among=among, after=after, limit=limit)
    return sorted(found, key=lambda each: each.at)[:limit]


def n_late(sources: Iterable[Source], *, as_of: date) -> int:
    """Return how many tasks of a list are late; MOST_COUNTED + 1 says "more than"."""
    late = [part for part in places.stretches(as_of) if part.place == "late"]
    number = 0
    for source in sources:
        rows = source.rows.filter(places.standing_on(as_of))
        if source.is_narrow:
            late_rows = rows.filter(late[0].condition()).order_by("task")
            number += late_rows.values("task").distinct()[: MOST_COUNTED + 1].count()
        else:
            number += sum(stretched.count_of_each(rows, late, at_most=MOST_COUNTED + 1))
    return min(number, MOST_COUNTED + 1)


def by_day(
    sources: Iterable[Source], *, as_of: date, first: date, last: date, at_most: int
) -> dict[date, "OnDay"]:
    """Return, for each day between two that has any, how many tasks it has and the first of them.

    Shapes: at most `at_most` rows a day; a count of MOST_COUNTED + 1 says "more than".
    """
    found: dict[date, OnDay] = {}
    for source in sources:
        rows = source.rows.filter(places.standing_on(as_of))
        days = _days_whole if source.is_narrow else _days_in_order
        for day, number, some in days(rows, first, last, at_most):
            known = found.get(day, OnDay(count=0, rows=()))
            every = sorted((*known.rows, *some), key=lambda each: each.at)
            count = min(known.count + number, MOST_COUNTED + 1)
            found[day] = OnDay(count=count, rows=tuple(every[:at_most]))
    return found


def planned(
    sources: Iterable[Source], *, as_of: date, first: date, last: date, at_most: int
) -> list[tuple[date, str]]:
    """Return the tasks whose meeting is planned between two days, by day: the day and the task."""
    found: set[tuple[date, str]] = set()
    for source in sources:
        rows = source.rows.filter(places.standing_on(as_of), planned_on__range=(first, last))
        pairs = rows.order_by("planned_on", "id").values_list("planned_on", "task_id")[:at_most]
        found |= {(day, task_id) for day, task_id in pairs if day is not None}
    return sorted(found)[:at_most]


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
    columns = ranked.order_by("rank", *_ORDER).values_list("rank", *_COLUMNS)
    return [_found(row) for row in columns[:limit]]


def _read_in_order(
    rows: QuerySet[OwedTask],
    *,
    as_of: date,
    among: Collection[Place],
    after: Spot | None,
    limit: int,
) -> list[Found]:
    asked = [each for each in places.stretches(as_of) if each.place in among]
    found = []
    if after is not None:
        begun = rows.filter(_beyond(after), list_on__gte=after.list_on)
        same = [stretch for stretch in asked if stretch.rank == after.rank]
        found += stretched.first_of_each(begun, same, order=_ORDER, columns=_COLUMNS, limit=limit)
        asked = [stretch for stretch in asked if stretch.rank > after.rank]
    found += stretched.first_of_each(rows, asked, order=_ORDER, columns=_COLUMNS, limit=limit)
    return [_found(row) for row in found]


def _counted_in_order(rows: QuerySet[OwedTask], as_of: date) -> Iterator[tuple[Place, int]]:
    stretches = places.stretches(as_of)
    numbers = stretched.count_of_each(rows, stretches, at_most=MOST_COUNTED + 1)
    yield from ((stretch.place, n) for stretch, n in zip(stretches, numbers, strict=True))


def _days_whole(
    rows: QuerySet[OwedTask], first: date, last: date, at_most: int
) -> Iterator[tuple[date, int, list[Found]]]:
    among = rows.filter(dated__in=DATED, list_on__range=(first, last))
    counted = among.order_by().values("list_on").annotate(n=Count("task", distinct=True))
    ranked = among.annotate(rank=Value(places.RANK["later"], output_field=IntegerField()))
    some: dict[date, list[Found]] = {}
    for row in ranked.order_by(*_ORDER).values_list("rank", *_COLUMNS)[:MOST_COUNTED]:
        each = _found(row)
        on_day = some.setdefault(each.at.list_on, [])
        if len(on_day) < at_most and all(each.task_id != known.task_id for known in on_day):
            on_day.append(each)
    for row in counted.order_by("list_on"):
        yield row["list_on"], row["n"], some.get(row["list_on"], [])


def _days_in_order(
    rows: QuerySet[OwedTask], first: date, last: date, at_most: int
) -> Iterator[tuple[date, int, list[Found]]]:
    days = [
        Stretch(place="later", dated=dated, first=day, last=day)
        for n in range((last - first).days + 1)
        for day in (first + timedelta(days=n),)
        for dated in DATED
    ]
    some: dict[date, list[Found]] = {}
    for row in stretched.first_of_each(rows, days, order=_ORDER, columns=_COLUMNS, limit=at_most):
        each = _found(row)
        some.setdefault(each.at.list_on, []).append(each)
    totals: dict[date, int] = {}
    numbers = stretched.count_of_each(rows, days, at_most=MOST_COUNTED + 1)
    for part, number in zip(days, numbers, strict=True):
        totals[part.first] = totals.get(part.first, 0) + number
    for day, number in totals.items():
        if number:
            yield day, number, some.get(day, [])


def _beyond(spot: Spot) -> Q:
    """Return the condition that a row of the same heading comes after the spot."""
    return (
        Q(list_on__gt=spot.list_on)
        | Q(list_on=spot.list_on, opened_on__gt=spot.opened_on)
        | Q(list_on=spot.list_on, opened_on=spot.opened_on, id__gt=spot.id)
    )


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
