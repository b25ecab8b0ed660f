"""Whose eyes one looks through: chosen, written down, and said on every page."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.journeys import authority, browsers
from tests.journeys.authority import Authority
from tests.journeys.browsers import DESK, Visitor

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_nobody_looks_without_choosing(person: Visitor) -> None:
    """Without a choice every address leads to choosing whose eyes to use."""
    person.open("/children/")
    assert person.page.url.endswith("/look-as/")
    assert person.heading() == "Whose eyes do you want to look through?"
    assert "Every child, worker and family in this demonstration is made up." in person.reads()


def test_the_choice_is_said_on_every_page(person: Visitor, known: Authority) -> None:
    """Every page says whose eyes are used, and choosing again leaves nothing of the last behind."""
    person.look_as("Social worker (north)")
    for path in ("/", "/children/", f"/children/{known.children['amber']}/", "/nowhere/"):
        person.open(path)
        banner = person.page.get_by_label("Whose eyes you are using").inner_text()
        assert "You are looking as Social worker (north)." in banner
    person.open("/")
    assert authority.NAME in person.page.locator(".cw-masthead").inner_text()
    person.follow("Look as someone else")
    person.press("Look as District manager")
    assert "District manager" in person.page.get_by_label("Whose eyes you are using").inner_text()


def test_a_store_of_real_records_offers_nobody(
    browser: Browser, live_server: LiveServer, transactional_db: None
) -> None:
    """Being a demonstration is written into the store; any other store lets nobody choose."""
    made = authority.build(is_demonstration=False)
    person = browsers.visitor(browser, live_server.url, width=DESK, has_javascript=True)
    person.open("/look-as/")
    assert "This store holds real records, so nobody may choose a role in it." in person.reads()
    assert person.page.get_by_role("button").count() == 0
    token = person.page.context.cookies()
    answer = person.page.request.post(
        f"{person.address}/look-as/", form={"worker": made.workers["worker"]}
    )
    assert answer.status == 403
    assert not any(cookie["name"] == "sessionid" for cookie in token)
    person.page.context.close()
