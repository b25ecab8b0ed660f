"""While saving waits, pages are read, and what people type stays with them (S6)."""

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from caseward.interfaces import clock, shipped
from caseward.record.ledger import maintenance, queries
from caseward.record.ledger.acts import LONDON, NewEntry, StreamRef, child_stream, new_id
from caseward.work import entries
from caseward.work.casework import adopt
from caseward.work.entries import waiting
from tests.builders.stores import REVIEWS, TODAY, Store, a_store, on

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)

NOW = datetime.combine(TODAY, time(17), tzinfo=LONDON)
TYPED = "Seen at home with the grandmother."


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return a demonstration of one child, on its own day."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    store = a_store(law=()).with_child()
    adopt.declare_demonstration(store.act())
    return store


def a_visitor(store: Store) -> Client:
    """Return a browser in which somebody looks as the social worker."""
    visitor = Client()
    visitor.post("/look-as/", {"worker": store.workers["social_worker"], "key": "eyes"})
    return visitor


def an_import(n_children: int = 2) -> list[tuple[StreamRef, list[NewEntry]]]:
    """Return some children who came into care."""
    streams = [child_stream(new_id()) for _ in range(n_children)]
    return [
        (one, [NewEntry(stream=one, kind="looked_after.began", occurred_on=on("2025-01-06"))])
        for one in streams
    ]


def test_what_was_typed_stays_on_the_page_that_says_when(store: Store) -> None:
    """Nothing is saved, every word comes back with the time, and pages are read as ever."""
    visitor = a_visitor(store)
    address = f"/children/{store.child}/record/visit.made/"
    position = queries.head().position
    until = NOW + timedelta(minutes=12)
    maintenance.begin("import", why="A large import is being brought in.", until=until)
    answer = visitor.post(address, {"note": TYPED, "key": "visit"})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "A large import is being brought in." in page
    assert "Saving goes on again at about 17:12." in page
    assert f'name="note" value="{TYPED}"' in page
    assert f'<p class="govuk-inset-text">{TYPED}</p>' in page
    assert queries.head().position == position
    assert visitor.get(f"/children/{store.child}/").status_code == 200
    maintenance.end("import")
    assert visitor.post(address, {"note": TYPED, "key": "visit"}).status_code != 503


def test_what_nobody_ended_lapses(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """An import that was killed does not keep people from saving for good."""
    visitor = a_visitor(store)
    maintenance.begin("import", why="A large import is being brought in.", until=NOW)
    address = f"/children/{store.child}/record/visit.made/"
    assert visitor.post(address, {}).status_code == 503
    monkeypatch.setattr(clock, "now", lambda: NOW + maintenance.LEEWAY + timedelta(seconds=1))
    assert visitor.post(address, {}).status_code != 503


def test_by_hand_it_stands_until_it_is_ended(store: Store) -> None:
    """Without an end in sight the page names none, and it does not lapse."""
    visitor = a_visitor(store)
    maintenance.begin("by hand", why="Caseward is being looked after.")
    answer = visitor.post(f"/children/{store.child}/record/visit.made/", {})
    assert "Saving goes on again when it is done." in answer.content.decode()
    assert maintenance.standing(at=NOW + timedelta(days=9)) is not None
    assert maintenance.end("by hand")
    assert maintenance.standing(at=NOW) is None


@pytest.mark.parametrize("fails", [False, True])
def test_a_large_import_has_saving_wait_for_as_long_as_it_goes_in(
    fails: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stands while the rows go in, and no longer, whether they went in or not."""
    store = a_store(law=())
    monkeypatch.setattr(waiting, "MOST_BESIDE_WORK", 1)
    act = store.act()
    staged = entries.stage_many(act, an_import(), folder=tmp_path)
    stood: list[object] = []

    def meanwhile(_more: int) -> None:
        stood.append(maintenance.standing(at=act.at))
        if fails:
            raise KeyboardInterrupt

    try:
        entries.bring_in(act, staged, progress=meanwhile)
    except KeyboardInterrupt:
        assert fails
    assert stood == [
        maintenance.Standing(
            why="A large import is being brought in.", until=act.at + timedelta(minutes=1)
        )
    ]
    assert maintenance.standing(at=act.at) is None


def test_a_small_import_has_nobody_wait(tmp_path: Path) -> None:
    """What holds the writer for some seconds goes in beside people's work."""
    store = a_store(law=())
    act = store.act()
    stood: list[object] = []
    entries.bring_in(
        act,
        entries.stage_many(act, an_import(), folder=tmp_path),
        progress=lambda _more: stood.append(maintenance.standing(at=act.at)),
    )
    assert stood == [None]


def test_it_is_said_beforehand() -> None:
    """From 150,000 facts on, in words that name how many they are and how long it takes."""
    assert entries.maintenance_sentence(150_000) == ""
    assert not entries.maintenance_advised(150_000)
    assert entries.maintenance_advised(150_001)
    said = entries.maintenance_sentence(2_000_000)
    assert "These are 2,000,000 facts." in said
    assert "for about 2 minutes, nobody can save anything: pages can be read" in said


def test_a_page_settles_nobody_while_saving_waits() -> None:
    """A child behind the authority's facts is read as it stands, without waiting for the writer."""
    store = a_store("2026-03-02", law=()).with_child()
    text = shipped.law_texts().procedures[REVIEWS]
    adopt.adopt_procedure(store.act(), text, path=REVIEWS, adopted_from=on("2015-01-01"))
    behind = entries.children_behind(on=store.today)
    assert behind == {store.child}
    maintenance.begin("by hand", why="Caseward is being looked after.")
    entries.settle_on_reading(behind, on=store.today)
    assert entries.children_behind(on=store.today) == behind
    maintenance.end("by hand")
    entries.settle_on_reading(behind, on=store.today)
    assert entries.children_behind(on=store.today) == frozenset()
