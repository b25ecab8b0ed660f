"""Lets tests empty the tables between them, which the ledger itself refuses.

A test that commits (the live server, two processes at once) ends by emptying every table. The
guards are lifted for that one moment and put back, so each test meets them whole.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.backends.base.operations import BaseDatabaseOperations

from caseward.record.ledger import models, triggers


@pytest.fixture(autouse=True, scope="session")
def _flush_past_guards() -> Iterator[None]:
    """Every flush lifts the ledger's guards before it and puts them back after it."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_past_guards(operations: Any, statements: Iterable[str]) -> None:
        connection = operations.connection
        is_guarded = models.Entry._meta.db_table in connection.introspection.table_names()
        if not is_guarded:
            flush(operations, statements)
            return
        triggers.lift(connection)
        for head in (Path(settings.CASEWARD_HOME) / "heads").glob("*.head"):
            # It speaks of the store that is emptied now.
            head.unlink()
        try:
            flush(operations, statements)
        finally:
            triggers.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush_past_guards)
        yield
