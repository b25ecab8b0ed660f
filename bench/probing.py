"""What others meet while an import goes on: run by `volume` beside it until its input ends.

`writer` asks again and again for the right to write and prints the longest time it was refused;
`reader` opens a child's page again and again and prints how long that takes.
"""

import json
import select
import sys
import time
from collections.abc import Callable

from bench.measuring import percentile

EVERY = 0.02
PAGE_EVERY = 0.25
"""Four pages a second: as many as some hundred people at work open."""


def main() -> None:
    """Probe until the input ends, then print what was met."""
    import django

    django.setup()
    probe = {"writer": _writer, "reader": _reader}[sys.argv[1]]
    print(json.dumps(probe()), flush=True)


def _is_over(every: float = EVERY) -> bool:
    ready, _, _ = select.select([sys.stdin], [], [], every)
    return bool(ready)


def _writer() -> dict[str, float]:
    may_write = _sqlite_may_write() if _is_sqlite() else _postgresql_may_write()
    longest, free_at = 0.0, time.perf_counter()
    while not _is_over():
        if may_write():
            now = time.perf_counter()
            longest, free_at = max(longest, now - free_at - EVERY), now
    return {"held": longest}


def _is_sqlite() -> bool:
    from django.db import connection

    return connection.vendor == "sqlite"


def _sqlite_may_write() -> Callable[[], bool]:
    from django.db import OperationalError, connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")

    def may_write() -> bool:
        with connection.cursor() as cursor:
            try:
                cursor.execute("BEGIN IMMEDIATE")
            except OperationalError:
                return False
            cursor.execute("ROLLBACK")
        return True

    return may_write


def _postgresql_may_write() -> Callable[[], bool]:
    from django.db import connection, transaction

    from caseward.record.ledger import locks

    def may_write() -> bool:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, 0)", [locks.APPEND])
            return bool(cursor.fetchone()[0])

    return may_write


def _reader() -> dict[str, float]:
    from caseward.interfaces import clock
    from caseward.record.access import askers
    from caseward.record.people import queries as people
    from caseward.work.readings import child_page

    ids = people.all_ids()
    took: list[float] = []
    while not _is_over(PAGE_EVERY):
        today = clock.today()
        asker = askers.system(at=clock.now(), today=today)
        began = time.perf_counter()
        child_page.page(asker, ids[len(took) % len(ids)], as_of=today)
        took.append(time.perf_counter() - began)
    return {"n": len(took), "at_95": percentile(took, 95), "longest": max(took)}


if __name__ == "__main__":
    main()
