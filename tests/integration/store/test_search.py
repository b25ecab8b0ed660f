"""Children and adults are found alike on both databases: by names, days and numbers, spelling folded."""

import pytest
from django.db import connection

from caseward.record.ledger.acts import child_stream
from caseward.record.people import models, search, search_words
from tests.integration.store.people import a_registered_child, told
from tests.integration.store.writing import a_fact

pytestmark = pytest.mark.django_db(databases="__all__")


def found(words: str, *, is_alike: bool = False) -> list[str]:
    """Return the names of the children whom the words find, in order."""
    rows = search.children(models.Child.objects.all(), words, is_alike=is_alike)
    return [child.name for child in rows]


def test_a_child_is_found_by_name_day_of_birth_and_number() -> None:
    """Parts of a name in any order, a day as people type it, a number with its spaces or without."""
    child = a_registered_child("Siân O'Neill-Example")
    a_registered_child("Other Example")
    told(
        a_fact(child_stream(child), "child.born", on="2015-06-01"),
        a_fact(
            child_stream(child),
            "outside_id.recorded",
            fields={"scheme": "nhs", "value": "943 476 5919"},
        ),
    )
    for words in (
        "sian", "oneill sia", "O’NEILL", "1/6/2015", "01.06.2015", "2015-06-01", "1 June 2015",
        "sian 1/6/2015", "9434765919", "943 476 5919",
    ):  # fmt: skip
        assert found(words) == ["Siân O'Neill-Example"], words
    assert found("example") == ["Other Example", "Siân O'Neill-Example"]
    for words in ("neill", "2/6/2015", "943476591", "sian other", "'", "* OR n*", "31/2/2015"):
        assert found(words) == [], words


def test_what_changed_is_found_anew_and_not_as_it_was() -> None:
    """The index follows the row: a child renamed is found by the new name alone."""
    child = a_registered_child("Unborn Smith")
    assert found("unborn") == ["Unborn Smith"]
    told(a_fact(child_stream(child), "child.renamed", fields={"name": "Ivy Smith"}))
    assert (found("unborn"), found("ivy")) == ([], ["Ivy Smith"])
    models.Child.objects.all().delete()
    assert found("ivy") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Catherine", "Kathryn"), ("Stephen", "Steven"), ("Mohammed", "Muhamad"),
        ("Geoffrey", "Jeffrey"), ("Reece", "Rhys"), ("Aimée", "Amy"), ("Hayley", "Haley"),
        ("Philippa", "Filipa"), ("Zoë", "Zoe"), ("Clarke", "Clark"), ("Smyth", "Smith"),
    ],
)  # fmt: skip
def test_a_name_spelled_otherwise_is_found_where_that_is_asked_for(one: str, other: str) -> None:
    """Names that sound the same are found with each other, and only when alike will do."""
    a_registered_child(f"{one} Example")
    a_registered_child("Barnaby Example")
    assert found(other, is_alike=True) == [f"{one} Example"]
    assert found(f"{other} barn", is_alike=True) == []


def test_no_number_of_an_index_is_two_children_s() -> None:
    """The number that an index names a row by follows from its id alone and fits a column."""
    numbers = {search_words.number_of(f"child-{n}") for n in range(20_000)}
    assert len(numbers) == 20_000
    assert max(numbers) < 2**60


def test_the_index_is_what_finds() -> None:
    """Neither database looks through every row: each has its index, and is asked by it."""
    a_registered_child("Ivy Example")
    rows = search.children(models.Child.objects.all(), "ivy")
    plan = rows.explain()
    if connection.vendor == "sqlite":
        assert "VIRTUAL TABLE INDEX" in plan
    else:
        # A table of one row is quicker looked through, whatever its indexes.
        models.Child.objects.bulk_create(
            models.Child(id=f"other-{number}", search_words=f"nother{number}", search_number=number)
            for number in range(2_000)
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE people_child")
            cursor.execute("SET LOCAL enable_seqscan = off")
        assert "people_child_words" in rows.explain()
