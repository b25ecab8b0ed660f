"""S10: both databases answer alike: by stored keys, without their own idea of letters."""

import pytest
from django.db import connection
from django.db.models.functions import Collate
from django.test.utils import CaptureQueriesContext

from caseward.record.ledger import queries
from caseward.record.ledger.acts import child_stream, new_id
from caseward.record.people import models, search
from tests.integration.store.people import a_registered_child
from tests.integration.store.writing import a_child, a_fact, record

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)

IN_ORDER = (
    "Zed Abbott",
    "ann de la Cruz",
    "Ben De La Cruz",
    "Łukasz Łan",
    "Bo O-Reilly",
    "Siân O'Neill",
    "Žofie Öz",
    "Ωmega",
)


def test_S10a_names_sort_by_a_stored_key_whatever_the_collation() -> None:
    """Accents, capitals, hyphens and apostrophes order alike under any collation of either."""
    for name in reversed(IN_ORDER):
        a_registered_child(name)
    assert [child.name for child in search.children(models.Child.objects.all(), "")] == [*IN_ORDER]
    other = {"sqlite": "NOCASE", "postgresql": "en-x-icu"}[connection.vendor]
    collated = models.Child.objects.order_by(Collate("sort_key", other), "id")
    assert [child.name for child in collated] == [*IN_ORDER]


def test_S10b_a_name_is_found_by_the_beginning_of_its_words() -> None:
    """Without capitals and accents, and never in the middle of a word."""
    for name in IN_ORDER:
        a_registered_child(name)

    def found(words: str) -> list[str]:
        return [child.name for child in search.children(models.Child.objects.all(), words)]

    assert found("SIAN oneill") == ["Siân O'Neill"]
    assert found("łuk") == found("LUK") == ["Łukasz Łan"]
    assert found("la cr") == ["ann de la Cruz", "Ben De La Cruz"]
    assert found("eill") == []
    assert found("%") == found('" OR *') == []


def test_S10c_days_and_moments_come_back_as_they_went_in() -> None:
    """A day is a day on both, and a moment keeps its microseconds and its zone."""
    child = a_child()
    record(a_fact(child, on="0988-02-29"), a_fact(child, on="2096-02-29"))
    first, second = queries.entries_of(child)
    assert (first.occurred_on.isoformat(), second.occurred_on.isoformat()) == (
        "0988-02-29",
        "2096-02-29",
    )
    assert first.recorded_at is not None
    assert first.recorded_at.utcoffset() is not None


def test_S10d_a_long_list_of_ids_is_asked_for_in_parts() -> None:
    """No statement names more than some hundreds of ids, which both databases take."""
    child = a_child()
    record(a_fact(child))
    many = [child_stream(new_id()) for _ in range(1_400)]
    with CaptureQueriesContext(connection) as asked:
        found = queries.entries_of_all([child, *many])
        seqs = queries.seqs([child, *many])
    assert len(found[child]) == 1
    assert seqs[child] == 1
    assert len(seqs) == 1_401
    assert max(query["sql"].count(",") for query in asked.captured_queries) < 600
