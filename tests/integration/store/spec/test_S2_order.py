"""S2: entries have a gapless position in commit order, and recorded_at never goes back."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from caseward.record.ledger import models, operations, queries, verification
from tests.integration.store.writing import NOON, a_child, a_fact, an_act, hours, record

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)


def positions() -> list[int]:
    """Return every position there is, in order."""
    return list(models.Entry.objects.order_by("position").values_list("position", flat=True))


def test_S2a_an_act_that_was_rolled_back_leaves_no_gap() -> None:
    """Positions are 1, 2, 3 … whatever was begun and not finished in between."""
    child = a_child()
    record(a_fact(child))
    with transaction.atomic():
        act = an_act()
        operations.lock(act, [child])
        operations.append(act, [a_fact(child), a_fact(child)], input_digest="d")
        transaction.set_rollback(True)
    record(a_fact(child), a_fact(a_child()))
    assert positions() == [1, 2, 3]
    assert [entry.position for entry in queries.entries_of(child)] == [1, 2]


def test_S2b_writers_at_once_take_turns() -> None:
    """Four writers over the same three children: no gap, no double, nobody fails, chain whole."""
    children = [a_child() for _ in range(3)]
    record(*(a_fact(child) for child in children))

    def write(number: int) -> None:
        try:
            for turn in range(6):
                # Each begins with another child, so that locks asked for in that order would ring.
                chosen = [children[(number + turn + step) % 3] for step in range(2)]
                record(*(a_fact(child) for child in chosen))
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as writers:
        list(writers.map(write, range(4)))
    assert positions() == list(range(1, 3 + 4 * 6 * 2 + 1))
    assert verification.verify().faults == ()


def test_S2c_recorded_at_never_goes_back() -> None:
    """A clock set back an hour gives the later entry the earlier one's moment, and its own act."""
    child = a_child()
    record(a_fact(child), act=an_act(at=NOON))
    record(a_fact(child), act=an_act(at=NOON - hours(1)))
    first, second = queries.recorded(child)
    assert (first.entry.recorded_at, second.entry.recorded_at) == (NOON, NOON)
    assert second.act.at == NOON - hours(1)


def test_S2d_a_moment_resolves_to_the_last_position_recorded_by_then() -> None:
    """What was known at a moment is everything up to one position, the moment itself included."""
    child = a_child()
    for hour in range(3):
        record(a_fact(child), a_fact(child), act=an_act(at=NOON + hours(hour)))
    assert queries.position_at(NOON - hours(1)) == 0
    assert queries.position_at(NOON) == 2
    assert queries.position_at(NOON + hours(1.5)) == 4
    assert queries.position_at(NOON + hours(99)) == 6
    assert len(queries.entries_of(child, position=4)) == 4
