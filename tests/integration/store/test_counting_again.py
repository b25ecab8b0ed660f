"""A PostgreSQL that counts again from numbers that are taken: new streams are made all the same."""

import pytest
from django.db import connection

from caseward.record.ledger import models
from caseward.record.people import queries as people
from caseward.work.casework import register_child
from caseward.work.casework.register_child import NewChild
from tests.builders.stores import TODAY, a_store, an_act

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_child_is_registered_though_the_next_numbers_are_taken() -> None:
    """As in a copied database that crashed, whose sequence stands where the copy's stood."""
    a_store(law=()).with_child()
    taken = models.Stream.objects.count()
    _count_again()
    registered = register_child.register(
        an_act(day=TODAY, key="again"), NewChild(name="Child New", born_on=TODAY)
    )
    assert registered.child_id in people.all_ids()
    assert models.Stream.objects.count() == taken + 1


def _count_again() -> None:
    """Put the sequence back to its beginning; SQLite has none, and counts from its last row."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval('ledger_stream_number_seq', 1, false)")
