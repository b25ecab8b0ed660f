"""Reading the store as it stands at one moment, for as long as a verification takes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def one_moment() -> Iterator[None]:
    """Read the store as it stands at one moment, while others go on writing to it."""
    if connection.in_atomic_block:
        yield
        return
    _begin()
    try:
        yield
    finally:
        _run("ROLLBACK")


def _begin() -> None:
    if connection.vendor == "postgresql":
        _run("BEGIN ISOLATION LEVEL REPEATABLE READ")
    else:
        # Deferred: a reader of the write-ahead log holds up nobody.
        _run("BEGIN DEFERRED")


def begin_again() -> None:
    """Go on after an error: PostgreSQL gives nothing more in a transaction that met one."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        _run("ROLLBACK")
        _begin()


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
