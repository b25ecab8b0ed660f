"""Two procedures beside each other on a page."""

from datetime import datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from caseward.interfaces import clock
from caseward.record.access import models as access
from caseward.record.ledger.acts import LONDON
from caseward.work.casework import adopt
from tests.builders.stores import TODAY, a_store

pytestmark = pytest.mark.django_db(databases="__all__")
ADDRESS = "/procedures/compare/"


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Client:
    """Return a browser that looks at a demonstration as a social worker."""
    moment = datetime.combine(TODAY, time(17), tzinfo=LONDON)
    monkeypatch.setattr(clock, "now", lambda: moment)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    store = a_store().with_worker("social_worker", everywhere=True)
    adopt.declare_demonstration(store.act())
    browser = Client()
    browser.post("/look-as/", {"worker": store.workers["social_worker"], "key": "eyes"})
    return browser


def test_the_page_offers_every_edition_and_tells_what_differs(browser: Client) -> None:
    """Both editions of the reviews stand in the choice; compared, both numbers stand on the page."""
    page = browser.get(ADDRESS).content.decode()
    assert 'value="looked_after_reviews@1991-10-14"' in page
    asked = {"one": "looked_after_reviews@1991-10-14", "other": "looked_after_reviews"}
    told = browser.get(ADDRESS, asked).content.decode()
    assert "The first time: 4 weeks (the law)" in told
    assert "The first time: 20 working days (the law)" in told


def test_an_edition_that_is_not_there_is_not_found(browser: Client) -> None:
    """A made-up name gets the page that says so, not a fault."""
    asked = {"one": "looked_after_reviews@1066-01-01", "other": "looked_after_reviews"}
    answer = browser.get(ADDRESS, asked)
    assert answer.status_code == 404
    assert "<title>Page not found" in answer.content.decode()


@pytest.mark.parametrize("typed", ["\x00", "a name that was typed"])
def test_what_is_no_choice_is_not_kept(browser: Client, typed: str) -> None:
    """An address of half a choice shows the choice; nothing of what it says stands in the read log."""
    answer = browser.get(ADDRESS, {"one": typed})
    assert answer.status_code == 200
    looked = access.ReadLog.objects.filter(page="procedures_compared").latest("id")
    assert "one=" not in looked.asked
