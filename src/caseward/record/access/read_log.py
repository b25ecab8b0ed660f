"""The read log: one row a look, committed before the answer leaves (S9).

Not the ledger. On SQLite it has a file of its own, so that looking never waits for the one writer;
on PostgreSQL it is a table of the same database.
"""

from collections.abc import Iterable

from django.db import router, transaction

from caseward.record.access import models
from caseward.record.access.askers import Asker


def write(asker: Asker, page: str, shown: Iterable[str], *, asked: str = "") -> models.ReadLog:
    """Write down that `asker` was shown these ids (children's, mostly) on a page, and commit.

    `asked` holds the question in codes (as_of, known_at, filters), never a name or free text.
    Errors: RuntimeError inside an open transaction, where the row could be rolled back after the
    answer had left.
    """
    ids = sorted(set(shown))
    alias = router.db_for_write(models.ReadLog)
    with transaction.atomic(using=alias, durable=True):
        return models.ReadLog.objects.create(
            at=asker.at,
            worker=asker.worker or "",
            account=asker.account or "",
            roles=" ".join(asker.roles),
            page=page,
            asked=asked,
            shown=" ".join(ids),
            n_shown=len(ids),
            is_demonstration=asker.is_demonstration,
        )


def looks_at(child_id: str) -> tuple[models.ReadLog, ...]:
    """Return every look at which this id was shown, the latest first."""
    rows = models.ReadLog.objects.filter(shown__contains=child_id)
    return tuple(rows.order_by("-at", "-id"))
