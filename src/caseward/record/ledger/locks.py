"""The locks under which the ledger is written: key, streams in id order, then the append (S2).

On SQLite the transaction is IMMEDIATE and is the one writer already, so these take nothing there.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, transaction

from caseward.record.ledger import models
from caseward.record.ledger.acts import StreamRef, stream_of

KEYS = 4_711
APPEND = 4_712
AT_ONCE = 500
# A PostgreSQL database that was copied and then crashed counts its rows' numbers again from the copy's,
# up to the 32 that it notes at a time. A number that is taken makes no stream, and the next is tried.
TRIES = 40


def take_key(key: str) -> None:
    """Hold this idempotency key until the transaction ends, so that a twin waits for the answer."""
    _need_transaction()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [KEYS, key])


def take_streams(streams: Iterable[StreamRef]) -> dict[StreamRef, models.Stream]:
    """Lock these streams until the transaction ends, making those that do not exist yet.

    Missing ones are made first, in id order, and then all are locked in number order: two acts
    over the same children wait for one another and never in a ring.
    """
    _need_transaction()
    wanted = sorted(set(streams))
    numbers = _numbers(wanted)
    for _ in range(TRIES):
        absent = [ref for ref in wanted if ref not in numbers]
        if not absent:
            break
        _make(absent)
        numbers |= _numbers(absent)
    return _locked(sorted(numbers.values()))


def seen_streams(streams: Iterable[StreamRef]) -> dict[StreamRef, models.Stream]:
    """Return these streams as they stand, unlocked; one that does not exist yet is at its start."""
    found = {ref: models.Stream(kind=ref.kind, public_id=ref.id) for ref in streams}
    numbers = _numbers(sorted(found))
    for chunk in _chunks(sorted(numbers.values())):
        for row in models.Stream.objects.filter(number__in=chunk).order_by("number"):
            found[stream_of(row.kind, row.public_id)] = row
    return found


def take_append() -> None:
    """Hold the right to append until the transaction ends: positions follow commits."""
    _need_transaction()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [APPEND])


def _numbers(refs: list[StreamRef]) -> dict[StreamRef, int]:
    found: dict[StreamRef, int] = {}
    for chunk in _chunks(refs):
        # The kind is named too: the index begins with it.
        rows = models.Stream.objects.filter(
            kind__in=sorted({ref.kind for ref in chunk}), public_id__in=[ref.id for ref in chunk]
        )
        for number, kind, public_id in rows.values_list("number", "kind", "public_id"):
            found[stream_of(kind, public_id)] = number
    return {ref: found[ref] for ref in refs if ref in found}


def _make(absent: list[StreamRef]) -> None:
    rows = [models.Stream(kind=ref.kind, public_id=ref.id) for ref in absent]
    models.Stream.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)


def _locked(numbers: list[int]) -> dict[StreamRef, models.Stream]:
    locked: dict[StreamRef, models.Stream] = {}
    for chunk in _chunks(numbers):
        rows = models.Stream.objects.select_for_update().filter(number__in=chunk)
        for row in rows.order_by("number"):
            locked[stream_of(row.kind, row.public_id)] = row
    return locked


def _chunks(values: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


def _need_transaction() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "The ledger is written inside one transaction: open transaction.atomic() first."
        )
