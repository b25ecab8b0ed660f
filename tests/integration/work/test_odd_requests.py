"""Requests that no form of ours sends, and texts of any length: answered, and nothing typed is lost."""

import uuid
from datetime import datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from caseward.interfaces import clock
from caseward.record.ledger.acts import LONDON
from caseward.work.casework import adopt
from caseward.work.drafts import queries
from tests.builders.stores import TODAY, Store, a_store

pytestmark = pytest.mark.django_db(databases="__all__")

VISIT = "visit.made"
ENDLESS = "9" * 5_000
TOO_LONG = "word " * 50_000


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return a demonstration of one child, on its own day."""
    moment = datetime.combine(TODAY, time(17), tzinfo=LONDON)
    monkeypatch.setattr(clock, "now", lambda: moment)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    store = a_store(law=()).with_child()
    adopt.declare_demonstration(store.act())
    return store


@pytest.fixture
def visitor(store: Store) -> Client:
    """Return a browser that looks as the social worker."""
    visitor = Client()
    visitor.post("/look-as/", {"worker": store.workers["social_worker"], "key": "eyes"})
    return visitor


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:00"])
def test_a_moment_outside_all_years_is_no_page(store: Store, visitor: Client, moment: str) -> None:
    """The dials of an address may say anything; what is no day leads to the question, or nowhere."""
    child = f"/children/{store.child}/"
    query = {"as_of": "today", "known": "other", "known_at": moment}
    assert visitor.get(f"{child}procedures/any/", query).status_code == 404
    asked = visitor.get(f"{child}as-it-stood/", query)
    assert asked.status_code == 200
    assert "Enter a date such as" in asked.content.decode()


def test_a_number_without_end_is_none(store: Store, visitor: Client) -> None:
    """A page's number, and a place in a record, of more digits than any has are no numbers."""
    assert visitor.get("/children/", {"page": ENDLESS}).status_code == 200
    sent = {"occurred_on": "today", "fields.seen": "yes", "seen": ENDLESS, "key": "endless"}
    assert visitor.post(f"/children/{store.child}/record/{VISIT}/", sent).status_code in (302, 422)


@pytest.mark.parametrize("name", ["words", "page", "zzz"])
def test_a_text_that_no_store_holds_is_never_the_stores_fault(visitor: Client, name: str) -> None:
    """A NUL in an address finds nothing; it does not say that the record cannot be reached."""
    assert visitor.get("/children/", {name: "a\x00b"}).status_code in (200, 404)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "role"),
        ("/", "group"),
        ("/search/", "find"),
        ("/worklists/", "after"),
        ("/worklists/", "step"),
        ("/procedures/compare/", "one"),
        ("/first-day/", "team"),
        ("/other-systems/due-dates/", "duty"),
        ("/other-systems/", "after"),
        ("/other-systems/differences/", "after"),
        ("/typed-here/", "since"),
        ("/typed-here/", "worker"),
    ],
)
def test_every_address_takes_a_text_that_no_store_holds(
    visitor: Client, address: str, name: str
) -> None:
    """A NUL anywhere in an address is no fault: the page is shown, refused or not there."""
    assert visitor.get(address, {name: "a\x00b"}).status_code < 500


@pytest.mark.parametrize("key", ["a\x00b", "k" * 10_000])
def test_a_key_that_no_form_carries_is_none(store: Store, visitor: Client, key: str) -> None:
    """The entry is saved, and its draft kept, under a key of its own."""
    sent = {"occurred_on": "today", "fields.seen": "yes", "key": key}
    assert visitor.post(f"/children/{store.child}/draft/?kind={VISIT}", sent).status_code == 200
    sent["key"] = "another"
    sent["draft"] = queries.of_worker(store.workers["social_worker"])[0].version
    assert visitor.post(f"/children/{store.child}/record/{VISIT}/", sent).status_code == 302
    person = {"name": "Parent One", "relationship": "Mother", "key": key}
    assert visitor.post(f"/children/{store.child}/people/add/", person).status_code == 302


def test_a_relationship_longer_than_is_kept_is_asked_for_again(
    store: Store, visitor: Client
) -> None:
    """What both databases can keep is what the form takes."""
    person = {"name": "Parent One", "relationship": "m" * 101}
    assert visitor.post(f"/children/{store.child}/people/add/", person).status_code == 422


@pytest.mark.parametrize(
    "named", ["", "kind=a/b", f"kind={VISIT}&entry=x", "kind=//a.example", "kind=a%00b"]
)
def test_a_draft_of_no_form_is_not_found(store: Store, visitor: Client, named: str) -> None:
    """An address that names no form there is leads nowhere, and to nobody else's site."""
    answer = visitor.post(f"/children/{store.child}/draft/discard/?{named}", {})
    assert answer.status_code == 404


@pytest.mark.parametrize("asked", [{}, {"later": "yes"}])
def test_what_is_too_long_to_be_kept_stays_on_the_page(
    store: Store, visitor: Client, asked: dict[str, str]
) -> None:
    """A mistyped day beside a very long text gives the form back with all of it, unkept."""
    address = f"/children/{store.child}/record/{VISIT}/"
    sent = {"occurred_on": "nonsense", "fields.note": TOO_LONG, "key": uuid.uuid4().hex, **asked}
    answer = visitor.post(address, sent)
    assert answer.status_code == 422
    assert TOO_LONG.strip() in answer.content.decode()
    assert ("too long to be kept" in answer.content.decode()) == bool(asked)
    assert queries.of_worker(store.workers["social_worker"]) == ()
