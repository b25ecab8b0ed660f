"""A procedure's page names the limits that are looser than the law, and the children touched (M22)."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from caseward.interfaces import shipped
from caseward.record.access import models as access
from caseward.work.casework import adopt
from caseward.work.readings import procedure_maps
from caseward.work.readings.shapes import ProcedureMap
from tests.builders.stores import Store, a_store, on
from tests.strictness import FrozenClock

pytestmark = pytest.mark.django_db(databases="__all__")

VISITS = "law/national/looked_after_visits.yaml"
PLAN_VISITS = "law/local/camden/child_protection_visits.yaml"


def visited(status: str = "C1", **placement: str) -> Store:
    """Return a store with a looked-after child on a plan, for whom one visit counts for both."""
    store = a_store("2025-03-10", law=(VISITS, PLAN_VISITS)).with_child(started_on="2025-01-06")
    store.record("looked_after.began", "2025-01-06")
    store.record("legal_status.began", "2025-01-06", status=status)
    said: dict[str, Any] = {"type": "P1", **placement}
    store.record("placement.began", "2025-01-06", keys={"placement": "p1"}, **said)
    store.record("child_protection_plan.began", "2025-01-06", keys={"plan": "p1"})
    store.record(
        "single_visit_frequency.agreed", "2025-01-20", look_again_on=date(2025, 7, 1).isoformat()
    )
    store.record("visit.made", "2025-03-03", seen="yes")
    return store


def page_of(store: Store, role: str = "social_worker") -> ProcedureMap:
    """Return the page of the procedure for a worker of the store."""
    return procedure_maps.of_procedure(
        store.asker(role), "child_protection_visits", as_of=store.today
    )


def test_a_child_whom_the_looser_limit_touches_is_named() -> None:
    """At home on an interim order six weeks are too long: the child is named with both days."""
    store = visited()
    (limit,) = page_of(store).looser
    assert (limit.ours, limit.law) == ("6 weeks", "4 weeks")
    (child,) = limit.children
    assert (child.name, child.law_on, child.ours_on) == (
        "Child One",
        on("2025-03-31"),
        on("2025-04-14"),
    )
    assert limit.n_children == 1
    assert any("Interim care order" in words for words in limit.where)


def test_the_page_says_it_in_words(frozen_clock: FrozenClock) -> None:
    """The page names the limit, the law's, the states and the child with both days (M22)."""
    store = visited()
    adopt.declare_demonstration(store.act())
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    frozen_clock.move_to(datetime(2025, 3, 10, 10, tzinfo=UTC))
    client = Client(raise_request_exception=True)
    session = client.session
    session["worker"] = store.workers["social_worker"]
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    page = reverse("procedures:map", args=["child_protection_visits"])
    answer = client.get(page).content.decode()
    words = " ".join(answer.split())
    assert "Looser than the law" in words
    assert "This procedure allows 6 weeks. The law (“Next visit”) allows 4 weeks:" in words
    assert "“Legal status” is Interim care order" in words
    assert "1 child whom this touches today" in words
    assert 'datetime="2025-03-31"' in words
    assert 'datetime="2025-04-14"' in words


def test_a_child_whom_it_does_not_touch_is_not_named() -> None:
    """With foster carers the law's interval is six weeks as well: nobody is touched."""
    (limit,) = page_of(visited("C2", type="U6")).looser
    assert (limit.children, limit.n_children) == ((), 0)


def test_a_child_that_may_not_be_seen_is_not_named() -> None:
    """Who may not see the child is not told that it is touched."""
    store = visited()
    store = store.with_child("Child Two", roles=()).with_worker("legal")
    (limit,) = page_of(store, "legal").looser
    assert (limit.children, limit.n_children) == ((), 0)


def test_naming_a_child_is_logged() -> None:
    """The read log says which children the page named (S9)."""
    store = visited()
    access.ReadLog.objects.all().delete()
    page_of(store)
    (log,) = access.ReadLog.objects.all()
    assert (log.page, log.shown) == ("procedure_map", store.child)


def test_the_authoritys_own_number_counts() -> None:
    """A procedure without a limit under the law says nothing, whatever its settings."""
    store = visited()
    adopt.adopt_procedure(
        store.act(),
        shipped.law_texts().procedures["law/local/wirral/care_planning.yaml"],
        path="law/local/wirral/care_planning.yaml",
        adopted_from=on("2025-01-01"),
    )
    page = procedure_maps.of_procedure(
        store.asker("social_worker"), "care_planning", as_of=store.today
    )
    assert page.looser == ()
