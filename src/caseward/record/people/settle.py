"""Writes the rows of people that follow from a stream as it now stands; called by `work.entries`.

The rows wanted are worked out whole and compared with the rows stored, and only what differs is
written: settling twice changes nothing, and a rebuild gives the same rows (S8).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from caseward.record.people import child_rows, models, person_rows, staff_rows
from caseward.rules.facts.entries import Record

AT_ONCE = 500


def child(record: Record) -> None:
    """Settle the rows of one child from the record as known now."""
    _settle(_stored_of(record.child), child_rows.rows_of(record))


def differing(record: Record) -> tuple[str, ...]:
    """Return which rows of one child are not as the record gives them: table and id of each."""
    standing = _by_place(row for rows in _stored_of(record.child) for row in rows)
    coming = _by_place(child_rows.rows_of(record))
    return tuple(
        sorted(
            f"{table} {row_id}"
            for table, row_id in standing.keys() | coming.keys()
            if not _are_equal(standing.get((table, row_id)), coming.get((table, row_id)))
        )
    )


def person(record: Record) -> None:
    """Settle the rows of one adult; the record's `child` is the adult's id."""
    stored: list[QuerySet[Any]] = [
        models.Person.objects.filter(id=record.child),
        *(model.objects.filter(person=record.child) for model in person_rows.MODELS),
    ]
    _settle(stored, person_rows.rows_of(record))


def authority(record: Record) -> None:
    """Settle workers, teams and roles from the authority's entries of `kinds.STAFF_KINDS`."""
    stored: list[QuerySet[Any]] = [
        models.Worker.objects.all(),
        models.Team.objects.all(),
        models.RoleHeld.objects.filter(child=""),
        models.Absence.objects.all(),
    ]
    _settle(stored, staff_rows.rows_of(record))


def each_row(record: Record) -> Iterator[tuple[type[models.Projection], dict[str, Any]]]:
    """Yield every row of people that a child's record makes, by the names of its columns."""
    for row in child_rows.rows_of(record):
        fields = row._meta.concrete_fields  # noqa: SLF001 -- Django documents it
        yield type(row), {field.attname: getattr(row, field.attname) for field in fields}


def empty() -> None:
    """Remove every row of people: the first half of a rebuild, in the same transaction."""
    for model in _all_models():
        model.objects.all().delete()


def _all_models() -> tuple[type[models.Projection], ...]:
    return (
        models.Child,
        models.Person,
        models.Worker,
        models.Team,
        models.RoleHeld,
        models.Absence,
        *child_rows.MODELS,
        *person_rows.MODELS,
    )


def _settle(stored: Iterable[QuerySet[Any]], wanted: Iterable[models.Projection]) -> None:
    """Make the stored rows equal to the wanted: remove, change and add what differs."""
    standing = _by_place(row for rows in stored for row in rows)
    coming = _by_place(wanted)
    for place, row in standing.items():
        if place not in coming:
            row.delete()
    for place, row in coming.items():
        old = standing.get(place)
        if old is not None and not _are_equal(old, row):
            row.save(force_update=True)
    _create([row for place, row in coming.items() if place not in standing])


def _stored_of(child_id: str) -> list[QuerySet[Any]]:
    return [
        models.Child.objects.filter(id=child_id),
        models.RoleHeld.objects.filter(child=child_id),
        *(model.objects.filter(child=child_id) for model in child_rows.MODELS),
    ]


def _by_place(rows: Iterable[models.Projection]) -> dict[tuple[str, str], models.Projection]:
    return {(row._meta.db_table, row.pk): row for row in rows}  # noqa: SLF001 -- Django documents it


def _are_equal(one: models.Projection | None, other: models.Projection | None) -> bool:
    return one is not None and other is not None and _values(one) == _values(other)


def _create(rows: Iterable[models.Projection]) -> None:
    by_model: dict[type[models.Projection], list[models.Projection]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    for model, new in by_model.items():
        model.objects.bulk_create(new, batch_size=AT_ONCE)


def _values(row: models.Projection) -> tuple[Any, ...]:
    return tuple(getattr(row, field.attname) for field in row._meta.concrete_fields)  # noqa: SLF001 -- Django documents it
