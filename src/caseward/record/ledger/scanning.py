"""Tells whether the ledger's tables hold what their indexes say, and reads the tables if not.

Somebody who patches the files of a database can put in a row that no index knows, or leave an index
that knows a row which is gone. What is read by an index alone would miss the one and break over the
other, so the tables are counted by walking them, and copied by walking them where that differs.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import Error, connection

from caseward.record.ledger import moments

TABLES = {"entry": "ledger_entry", "payload": "ledger_payload"}
AS_SCANS = "SET enable_indexscan = off; SET enable_indexonlyscan = off;"
AS_INDEX = "SET enable_seqscan = off;"
RESET = "RESET enable_indexscan; RESET enable_indexonlyscan; RESET enable_seqscan;"


@contextmanager
def tables() -> Iterator[Mapping[str, str]]:
    """Give the names of the tables to read: the ledger's own, or copies made by walking them."""
    try:
        is_safe = not disagreeing()
    except Error:
        is_safe = True
    if is_safe:
        yield TABLES
        return
    try:
        copies = _copied()
    except Error:
        moments.begin_again()
        yield TABLES
        return
    try:
        yield copies
    finally:
        _drop(copies)


def disagreeing() -> tuple[str, ...]:
    """Return a sentence for each table that does not hold what its index of positions says."""
    return tuple(
        f"the index of {table} does not hold what the table holds"
        for table in TABLES.values()
        if _walked(table) != _by_index(table)
    )


def _walked(table: str) -> tuple[object, ...]:
    if connection.vendor == "postgresql":
        return _counted(AS_SCANS, table, "")
    return _counted("", f"{table} NOT INDEXED", "")


def _by_index(table: str) -> tuple[object, ...]:
    if connection.vendor == "postgresql":
        return _counted(AS_INDEX, table, "WHERE position > -1")
    return _counted("", f"{table} INDEXED BY sqlite_autoindex_{table}_1", "")


def _counted(settings: str, table: str, where: str) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        try:
            if settings:
                cursor.execute(settings)
            cursor.execute(f"SELECT count(*), sum(position) FROM {table} {where}")  # noqa: S608
            return tuple(cursor.fetchone())
        except Error:
            moments.begin_again()
            raise
        finally:
            if settings:
                cursor.execute(RESET)


def _copied() -> dict[str, str]:
    copies = {name: f"walked_{name}" for name in TABLES}
    _drop(copies)
    for name, table in TABLES.items():
        source = f"{table} NOT INDEXED" if connection.vendor == "sqlite" else table
        copy = copies[name]
        _run(f"CREATE TEMPORARY TABLE {copy} AS SELECT * FROM {source}")  # noqa: S608
        _run(f"CREATE INDEX {copy}_position ON {copy} (position)")
    return copies


def _drop(copies: Mapping[str, str]) -> None:
    for copy in copies.values():
        _run(f"DROP TABLE IF EXISTS {copy}")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
