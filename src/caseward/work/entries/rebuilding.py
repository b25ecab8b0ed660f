"""Making every projection again from the ledger alone, and comparing it with what stood (S8).

The rows that stand are copied aside, made again from nothing, and compared row for row over every
column the table has. The new rows take their place if all are equal, or if that is wanted.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.apps import apps
from django.db import connection, models, transaction

from caseward.record.ledger import queries
from caseward.record.ledger.acts import AUTHORITY, StreamRef
from caseward.record.people import kinds as people_kinds
from caseward.record.people import settle as people
from caseward.rules.facts import record as records
from caseward.rules.facts.entries import Entry
from caseward.work.entries import bulk, joining, rulebooks, settling
from caseward.work.entries.joining import Joined
from caseward.work.tasks import settle as tasks
from caseward.work.tasks.models import EpisodeRow, TaskRow
from caseward.work.worklists import settle as worklists
from caseward.work.worklists.models import OwedTask


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """How many rows of each table were made again, and how many differ either way."""

    n_rows: dict[str, int]
    n_differences: dict[str, int]

    @property
    def is_equal(self) -> bool:
        """Return whether every row of every table came out as it stood."""
        return not any(self.n_differences.values())


def rebuild(
    *, on: date, swap: bool = True, progress: Callable[[int], None] | None = None
) -> Rebuilt:
    """Make every projection again from the ledger and compare; keep the new rows if `swap`.

    The rows are those of the rules in force on the day `on`, so children that are behind the
    authority's facts differ until they are settled.
    """
    with transaction.atomic():
        tables = _projections()
        for table in tables:
            _set_aside(table)
        _make_again(on=on, progress=progress)
        rebuilt = Rebuilt(
            n_rows={table: _n_rows(table) for table in tables},
            n_differences={table: _n_differences(table) for table in tables},
        )
        for table in tables:
            _execute(f"DROP TABLE {_aside(table)}")
        if not swap:
            transaction.set_rollback(True)
    return rebuilt


def verify_child(child: str, *, on: date) -> tuple[str, ...]:
    """Return what differs between a child's rows and what its record gives: () if nothing does.

    Each difference names the table and the row's key. Nothing is written.
    """
    rules = rulebooks.rules_at(on=on)
    weighed = settling.weigh_stored(child, rules.rulebook)
    evaluation = weighed.evaluation
    return (
        *people.differing(weighed.record),
        *_differing(TaskRow, child, tasks.rows_of(evaluation.tasks)),
        *_differing(EpisodeRow, child, tasks.rows_of(evaluation.episodes)),
        *_differing(OwedTask, child, {
            row["id"]: row for row in worklists.rows_of(evaluation.tasks)
        }),
    )  # fmt: skip


def _projections() -> list[str]:
    """Return the tables of every model that says it is a projection, in a fixed order."""
    return sorted(
        model._meta.db_table  # noqa: SLF001 -- Django's name for a model's own description
        for model in apps.get_models()
        if getattr(model, "table_class", "") == "projection"
    )


def _make_again(*, on: date, progress: Callable[[int], None] | None) -> None:
    rules = rulebooks.rules_at(on=on)
    people.authority(
        records.as_known(
            queries.entries_of(AUTHORITY, kinds=people_kinds.STAFF_KINDS), child=AUTHORITY.id
        )
    )
    for stream, entries in queries.each_stream("person"):
        people.person(records.as_known(entries, child=stream.id))
    alone = Joined(to={})
    for some in _some(queries.each_stream("child"), bulk.CHILDREN_AT_ONCE):
        kept = {stream.id: entries for stream, entries in some}
        settling.settle_fresh(
            [settling.weigh(child, kept, rules.rulebook, joined=alone) for child in kept],
            rules,
        )
        if progress is not None:
            progress(len(some))
    # Only now is it known which records are joined: those few are settled once more, together.
    joined = joining.now()
    for child in sorted(joined.read_with(joined.to)):
        settling.settle(settling.weigh_stored(child, rules.rulebook), rules, with_people=False)


def _some(
    streams: Iterator[tuple[StreamRef, tuple[Entry, ...]]], count: int
) -> Iterator[list[tuple[StreamRef, tuple[Entry, ...]]]]:
    while some := list(islice(streams, count)):
        yield some


def _differing(
    model: type[models.Model], child: str, rows: dict[str, dict[str, object]]
) -> Iterator[str]:
    table = model._meta.db_table  # noqa: SLF001
    stored = {row["id"]: row for row in model._default_manager.filter(child=child).values()}  # noqa: SLF001
    for row_id in sorted(stored.keys() | rows.keys()):
        if stored.get(row_id) != rows.get(row_id):
            yield f"{table} {row_id}"


# The names of tables are those of our own models: nothing that anybody typed comes into these.


def _aside(table: str) -> str:
    return f"aside_{table}"


def _n_rows(table: str) -> int:
    return _count(f"SELECT COUNT(*) FROM {table}")  # noqa: S608


def _set_aside(table: str) -> None:
    _execute(f"CREATE TEMPORARY TABLE {_aside(table)} AS SELECT * FROM {table}")  # noqa: S608
    _execute(f"DELETE FROM {table}")  # noqa: S608


def _n_differences(table: str) -> int:
    """Return how many rows stand in one of the two and not in the other, over all columns."""
    new, old = f"SELECT * FROM {table}", f"SELECT * FROM {_aside(table)}"  # noqa: S608
    return sum(
        _count(f"SELECT COUNT(*) FROM ({one} EXCEPT {other}) AS differing")  # noqa: S608
        for one, other in ((new, old), (old, new))
    )


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _count(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found: Sequence[int] = cursor.fetchone()
    return found[0]
