"""S9: the read log is not the ledger: committed before the answer leaves, one row a look."""

import contextlib
from datetime import date

import pytest
from django.db import transaction

from caseward.record.access import read_log
from caseward.record.access.askers import Asker
from caseward.record.access.models import ReadLog
from caseward.record.ledger import queries
from tests.integration.store.writing import NOON

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)

ASKER = Asker(at=NOON, today=date(2026, 3, 2), worker="worker-1", roles=("iro", "social_worker"))


def test_S9a_a_look_is_committed_before_the_answer_leaves() -> None:
    """Whatever is rolled back afterwards, an answer given has its row; else none is given."""
    was_answered = False
    with transaction.atomic():
        # On PostgreSQL the log is in the same database, and a row that could go is refused.
        with contextlib.suppress(RuntimeError):
            read_log.write(ASKER, "child", ["child-1"])
            was_answered = True
        transaction.set_rollback(True)
    assert ReadLog.objects.count() == int(was_answered)
    read_log.write(ASKER, "child", ["child-1"])
    assert ReadLog.objects.count() == int(was_answered) + 1
    assert queries.head().position == 0


def test_S9b_a_list_writes_one_row_with_the_ids_it_showed() -> None:
    """Who, when, in which roles, which page, and every id; each look at a child can be found."""
    read_log.write(ASKER, "children", ["child-2", "child-1", "child-2"], asked="as_of=2026-03-02")
    row = ReadLog.objects.get()
    assert (row.worker, row.at, row.page) == ("worker-1", NOON, "children")
    assert (row.shown, row.n_shown) == ("child-1 child-2", 2)
    assert (row.roles, row.asked) == ("iro social_worker", "as_of=2026-03-02")
    assert read_log.looks_at("child-2") == (row,)
