"""The demonstration in a store: the same seed and day, the same record to the last digit."""

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings

from caseward.interfaces.cli.demonstration import loading
from caseward.record.ledger import authority, queries, verification
from caseward.record.ledger.acts import child_stream
from caseward.record.people import queries as people
from caseward.work.entries import verify_child
from caseward.work.imports import queries as imports

TODAY = date(2026, 3, 9)
FEW = 1

pytestmark = pytest.mark.django_db


def _digest(*, today: date = TODAY, n_children: int = FEW, seed: int = 1) -> str:
    """Load the demonstration, take the record's digest, and empty the store again."""
    with transaction.atomic():
        loading.load(today, lambda *_: None, n_children=n_children, seed=seed)
        found = verification.digest()
        transaction.set_rollback(True)
    return found


def test_the_same_seed_and_day_give_the_same_digest() -> None:
    """Ids, moments and texts agree; another seed or another day gives another record (control)."""
    first = _digest()
    assert _digest() == first
    assert _digest(seed=2) != first
    assert _digest(today=date(2026, 3, 10)) != first


def test_the_demonstration_is_a_whole_store() -> None:
    """It says of itself what it is; the ledger is whole and every child's rows follow from it."""
    n_children = loading.load(TODAY, lambda *_: None, n_children=FEW)
    children = people.all_ids()
    assert n_children == len(children) == FEW
    assert authority.is_demonstration()
    assert verification.verify().is_whole
    for child in children:
        assert verify_child(child, on=TODAY) == ()
    # Recorded by people, at moments that are past, each in its time.
    recorded = [one for child in children for one in queries.recorded(child_stream(child))]
    assert all(one.act.at.date() < TODAY for one in recorded)


BEYOND = 8
"""So many children beyond those of the stories."""


@pytest.mark.django_db(transaction=True)
def test_children_beyond_the_stories_come_through_the_importer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings
) -> None:
    """Their extracts are written and imported twice: at the beginning, and this morning."""
    settings.CASEWARD_HOME = tmp_path
    monkeypatch.setattr(loading, "N_CHILDREN", FEW)
    n_children = loading.load(
        TODAY, lambda *_: None, n_children=FEW + BEYOND, extracts=tmp_path / "extracts"
    )
    assert n_children == FEW + BEYOND == len(people.all_ids())
    assert len(people.outside_ids("la_child_id")) == BEYOND
    assert {"first", "last"} == {path.name for path in (tmp_path / "extracts").iterdir()}
    refresh = imports.latest_refresh()
    assert refresh is not None
    assert refresh.at.date() == TODAY
    assert verification.verify().is_whole
    for child in people.all_ids():
        assert verify_child(child, on=TODAY) == ()


@pytest.mark.soak
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("today", [TODAY, date(2024, 2, 29), date(2026, 4, 6), date(2027, 1, 1)])
def test_the_whole_demonstration_loads_on_any_day(today: date, seed: int) -> None:
    """No act of the stories' people is refused, whatever the day and the seed."""
    n_children = loading.N_CHILDREN
    assert loading.load(today, lambda *_: None, n_children=n_children, seed=seed) == n_children
