"""A procedure is given up from a page, by those whose role it is: begun it goes on, new it does not."""

from datetime import datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from caseward.interfaces import clock
from caseward.record.ledger.acts import LONDON
from caseward.work.casework import adopt, authority_changes
from caseward.work.entries import errors
from caseward.work.readings import procedure_maps
from tests.builders.stores import DISCHARGE, TODAY, Store, a_store, on

pytestmark = pytest.mark.django_db(databases="__all__")
PROCEDURE = "discharge_of_care_order"
ADDRESS = f"/procedures/{PROCEDURE}/give-up/"
MAP = f"/procedures/{PROCEDURE}/"


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return a demonstration in which one discharge has begun, with a policy lead."""
    moment = datetime.combine(TODAY, time(17), tzinfo=LONDON)
    monkeypatch.setattr(clock, "now", lambda: moment)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    store = a_store(law=(DISCHARGE,)).with_worker("policy_lead", everywhere=True)
    store = store.with_child(started_on="2025-01-06")
    store.record("looked_after_review.held", outcome="discharge_supported")
    adopt.declare_demonstration(store.act())
    return store


def visitor(store: Store, role: str) -> Client:
    """Return a browser that looks as a worker of this role."""
    browser = Client()
    browser.post("/look-as/", {"worker": store.workers[role], "key": "eyes"})
    return browser


def test_the_policy_lead_gives_a_procedure_up(store: Store) -> None:
    """From its map, with the day and the reason, what it changes shown first; the map then says so."""
    browser = visitor(store, "policy_lead")
    assert ADDRESS in browser.get(MAP).content.decode()
    assert "Give up a procedure" in browser.get(ADDRESS).content.decode()
    sent = {"from_on": "9/3/2026", "why": "Another took its place.", "key": "once"}
    check = browser.post(ADDRESS, sent).content.decode()
    assert "9 March 2026" in check
    assert "Nothing that is on record now." in check
    assert "Not used" not in browser.get(MAP).content.decode()
    browser.post(ADDRESS, {**sent, "confirmed": "yes"})
    # Sent twice it is recorded once.
    answer = browser.post(ADDRESS, {**sent, "confirmed": "yes"})
    assert "Not used for what happens from" in browser.get(MAP).content.decode()
    assert "Not used for what happens from" in browser.get("/procedures/").content.decode()
    assert ADDRESS not in browser.get(MAP).content.decode()
    assert (answer.status_code, answer["Location"]) == (302, MAP)
    assert browser.get(ADDRESS).status_code == 302
    later = store.on("2026-03-10").with_child("Child Two", started_on="2025-01-06")
    later.record("looked_after_review.held", outcome="discharge_supported")
    assert later.tasks("W4.ratify") == ()
    page = procedure_maps.of_child(
        later.asker("iro"), store.child, PROCEDURE, as_of=on("2026-03-10")
    )
    assert "has ended" not in page.here_words


def test_what_falls_away_is_counted_before(store: Store) -> None:
    """Given up from today, what began today falls away: for how many children is said, and nobody named."""
    browser = visitor(store, "policy_lead")
    said = browser.post(ADDRESS, {"from_on": "today", "why": "A mistake."}).content.decode()
    assert "On that day something changes for 1 child:" in said
    assert "Child One" not in said


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"why": "So."}, "Enter the day."),
        ({"from_on": "today"}, "Say why: the reason stays on the record."),
        ({"from_on": "1/3/2026", "why": "So."}, "That day has passed. Enter today or a later day."),
    ],
)
def test_day_and_reason_are_asked_for(store: Store, sent: dict[str, str], sentence: str) -> None:
    """Without them nothing is recorded, and the page says what is missing."""
    answer = visitor(store, "policy_lead").post(ADDRESS, {**sent, "confirmed": "yes"})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_others_are_told_who_may(store: Store) -> None:
    """A social worker is offered no link, and is refused at the address."""
    browser = visitor(store, "social_worker")
    assert ADDRESS not in browser.get(MAP).content.decode()
    for answer in (browser.get(ADDRESS), browser.post(ADDRESS, {"from_on": "today", "why": "So."})):
        assert answer.status_code == 403
        assert "Ask the policy lead" in answer.content.decode()
    with pytest.raises(errors.NotPermitted):
        adopt.give_up_procedure(store.act(by="social_worker"), PROCEDURE, from_on=store.today)


def test_only_what_is_in_use_is_given_up(store: Store) -> None:
    """Not what nobody adopted, not twice, and not from a day that has passed."""
    for procedure, day, sentence in (
        ("nowhere", store.today, "no procedure nowhere in use"),
        (PROCEDURE, on("2026-03-01"), "That day has passed"),
    ):
        with pytest.raises(errors.Refused, match=sentence):
            authority_changes.giving_up(store.act(), procedure, from_on=day)
    adopt.give_up_procedure(store.act(), PROCEDURE, from_on=on("2026-04-01"))
    with pytest.raises(errors.Refused, match="given up already, from Wed 1 April 2026 on"):
        authority_changes.giving_up(store.act(), PROCEDURE, from_on=on("2026-05-01"))
