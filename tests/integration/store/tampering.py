"""Changing the ledger behind its back, as somebody who runs the database could."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from caseward.record.ledger import acts, canonical, hashing, models, triggers


@contextmanager
def unguarded() -> Iterator[None]:
    """Lift the guards and put them back: what is done meanwhile leaves them as they were."""
    with transaction.atomic():
        triggers.lift(connection)
        yield
        # PostgreSQL alters no table that has foreign keys still to be checked.
        connection.check_constraints()
        triggers.install(connection)


def install_guards_anew() -> None:
    """Put the guards on as the product would on a new store."""
    with unguarded():
        pass


def run(sql: str, *parameters: Any) -> None:
    """Run a statement on the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def behind_its_back(sql: str, *parameters: Any) -> None:
    """Run a statement with the guards lifted."""
    with unguarded():
        run(sql, *parameters)


def cut_tail(count: int) -> None:
    """Remove the last entries and every trace of them inside the database."""
    last = models.Entry.objects.count()
    with unguarded():
        run("DELETE FROM ledger_payload WHERE position > %s", last - count)
        run("DELETE FROM ledger_entry WHERE position > %s", last - count)
        set_streams_right()


def make_anew() -> None:
    """Hash the whole chain again over what now stands, as one who knows how it is made."""
    with unguarded():
        hash_anew()


def hash_anew() -> None:
    """Hash the whole chain again, in a store whose guards are lifted."""
    before = hashing.BEFORE_THE_FIRST
    ends: dict[acts.StreamRef, str] = {}
    rows = models.Entry.objects.select_related("stream", "act", "payload").order_by("position")
    for row in rows:
        ref = acts.stream_of(row.stream.kind, row.stream.public_id)
        commitment = row.commitment
        if hasattr(row, "payload"):
            commitment = hashing.commitment(row.payload.salt, row.payload.text)
        place = hashing.Place(
            position=row.position,
            entry_id=row.entry_id,
            stream=ref,
            seq=row.seq,
            recorded_at=canonical.moment_text(row.recorded_at),
        )
        previous = ends.get(ref, hashing.BEFORE_THE_FIRST)
        ends[ref] = hashing.entry_hash(
            place, act_hash=row.act.hash, commitment=commitment, previous_hash=previous
        )
        before = hashing.store_hash(before, ends[ref])
        models.Entry.objects.filter(pk=row.pk).update(
            commitment=commitment,
            previous_hash=previous,
            hash=ends[ref],
            store_hash=before,
        )
    set_streams_right()


def set_streams_right() -> None:
    """Have each stream's row say that it ends where its entries do."""
    for stream in models.Stream.objects.order_by("number"):
        last = models.Entry.objects.filter(stream=stream).order_by("-seq").first()
        run(
            "UPDATE ledger_stream SET seq = %s, head_hash = %s WHERE number = %s",
            last.seq if last else 0,
            last.hash if last else "",
            stream.number,
        )
