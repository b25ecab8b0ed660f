"""A store that fails once a page is made: nobody is told that the fault is elsewhere."""

from datetime import datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.test import Client

from caseward.interfaces import clock
from caseward.record.ledger.acts import LONDON
from caseward.work.casework import adopt
from tests.builders.stores import TODAY, Store, a_store

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return a demonstration of one child, on its own day."""
    moment = datetime.combine(TODAY, time(17), tzinfo=LONDON)
    monkeypatch.setattr(clock, "now", lambda: moment)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    store = a_store(law=()).with_child()
    adopt.declare_demonstration(store.act())
    return store


def test_a_session_that_cannot_be_written_is_the_stores_fault(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is written once the page is made: the page says what to do, and sending it again does it."""
    visitor = Client(raise_request_exception=False)
    chosen = {"worker": store.workers["social_worker"], "key": "eyes"}
    with monkeypatch.context() as full:
        full.setattr(SessionStore, "save", _full)
        answer = visitor.post("/look-as/", chosen)
    assert answer.status_code == 503
    assert "may not have been saved" in answer.content.decode()
    assert visitor.post("/look-as/", chosen).status_code == 302
    assert visitor.get("/").status_code in (200, 302)


def _full(*_: object, **__: object) -> None:
    raise OperationalError("database or disk is full")
