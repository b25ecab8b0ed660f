"""What the database knows of how much its tables hold, by which it chooses how to answer.

Nothing a person does waits for it long, and no answer is another for it: only sooner or later.
"""

import logging

from django.db import Error, connection

log = logging.getLogger(__name__)


def look_again() -> None:
    """Have the database look at every table, after so many rows came in that what it knew is old.

    Whole and not a part of each: of a part SQLite concludes that a day of a list is half of it. One
    table at a time, so that nobody who saves waits for all.
    """
    if connection.vendor == "sqlite":
        quote = connection.ops.quote_name
        _run(*(f"ANALYZE {quote(name)}" for name in connection.introspection.table_names()))
    else:
        _run("ANALYZE")


def look_where_due() -> None:
    """Have SQLite look at tables that have grown much since it last did; PostgreSQL does by itself."""
    if connection.vendor == "sqlite":
        # Those too that this connection has not read from, and those that were never looked at.
        _run("PRAGMA analysis_limit = 0", "PRAGMA optimize = 0x10002")


def _run(*statements: str) -> None:
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    except Error as problem:
        # What was recorded stands; the next look does it. A database may quote rows in its words.
        log.warning(
            "The database's statistics were not renewed (%s). The next look tries again.",
            type(problem).__name__,
        )
