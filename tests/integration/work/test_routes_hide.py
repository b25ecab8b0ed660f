"""Access, generated from the list of routes: every address is asked by a stranger to the child.

A new route is asked too, with nobody remembering to: it answers 404 for a child who may not be
seen, and shows the child's name on no page of its own.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from caseward.work.casework import adopt, hold_role
from tests.builders.stores import LAW_FROM, Store, a_store, on
from tests.strictness import FrozenClock

pytestmark = pytest.mark.django_db(databases="__all__")

NAME = "Hidden Quill"
STRANGE = "00000000-0000-4000-8000-000000000001"
# What a list is asked for, so that each shows all it ever would.
ASKED = ("", "?whose=all&words=quill", "?whose=unallocated&find=quill")


def addresses(
    patterns: list[URLPattern | URLResolver], child: str, prefix: str = "/"
) -> Iterator[tuple[str, bool]]:
    """Yield an address of every route, and whether it names the child."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, child, prefix + str(pattern.pattern))
            continue
        converters = getattr(pattern.pattern, "converters", {})
        route = prefix + str(pattern.pattern)
        for name, converter in converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower()
            value = child if name == "child_id" else STRANGE if kind == "uuid" else "1"
            for written in (f"<{kind}:{name}>", f"<{name}>"):
                route = route.replace(written, value)
        yield route, "child_id" in converters


def a_stranger(store: Store) -> Client:
    """Return the browser of a worker of another service, who looks around."""
    service, _ = hold_role.register_team(store.act(), "Other", kind="service", since=on(LAW_FROM))
    worker, _ = hold_role.register_worker(store.act(), "Worker Other", since=on(LAW_FROM))
    for role in ("social_worker", "team_manager"):
        hold_role.hold(store.act(), worker, role, since=on(LAW_FROM), team=service)
    return looking_as(worker)


def looking_as(worker: str) -> Client:
    """Return the browser of somebody who has chosen whose eyes to use."""
    client = Client(raise_request_exception=True)
    session = client.session
    session["worker"] = worker
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    return client


def test_no_route_tells_a_stranger_of_a_child(frozen_clock: FrozenClock) -> None:
    """404 where the address names the child, and the name on no page; whoever may see it does."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    store = a_store()
    adopt.declare_demonstration(store.act())
    store = store.with_child(NAME, started_on="2025-01-06")
    store.record("looked_after.began", "2025-01-06", reason="S")
    store.record("looked_after_review.held", outcome="discharge_supported")
    store.record("review_decision.ratified")
    stranger, own = a_stranger(store), looking_as(store.workers["social_worker"])
    shown = set()
    for path, is_of_child in addresses(get_resolver().url_patterns, store.child):
        for asked in ("",) if is_of_child else ASKED:
            answer = stranger.get(path + asked)
            content = b"".join(answer) if answer.streaming else answer.content
            assert NAME.encode() not in content, path + asked
            assert answer.status_code != 200 or not is_of_child, path
            if NAME.encode() in own.get(path + asked).content:
                shown.add(path)
    for path in ("/", "/worklists/", "/worklists/file/", "/worklists/calendar/", "/search/"):
        assert path in shown, f"{path} shows the child to nobody: the test would see no leak"
