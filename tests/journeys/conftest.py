"""One browser for the run; for each journey a store of its own, served as `make run` serves it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests import installed
from tests.journeys import authority, browsers
from tests.journeys.authority import Authority
from tests.journeys.browsers import DESK, PHONE, Visitor

Visits = Callable[..., Visitor]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser that `make test` brought."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=str(installed.chromium()), args=browsers.FLAGS
        )
        yield started
        started.close()


@pytest.fixture
def known(transactional_db: None) -> Authority:
    """The authority of the journeys, with two siblings."""
    return authority.build()


@pytest.fixture(scope="session", autouse=True)
def _collected() -> None:
    """The folder that a release collects its files in: here they come from where they are kept."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def visits(browser: Browser, live_server: LiveServer, known: Authority) -> Iterator[Visits]:
    """Brings a person to the store; at the end no page of theirs may have complained."""
    people: list[Visitor] = []

    def bring(*, width: int = DESK, has_javascript: bool = True) -> Visitor:
        person = browsers.visitor(
            browser, live_server.url, width=width, has_javascript=has_javascript
        )
        people.append(person)
        return person

    yield bring
    complaints = [complaint for person in people for complaint in person.complaints]
    for person in people:
        person.page.context.close()
    assert complaints == []


@pytest.fixture(params=[(PHONE, False), (DESK, True)], ids=["phone-no-script", "desk"])
def person(request: pytest.FixtureRequest, visits: Visits) -> Visitor:
    """A person on a phone without JavaScript, and one at a desk with it."""
    width, has_javascript = request.param
    return visits(width=width, has_javascript=has_javascript)
