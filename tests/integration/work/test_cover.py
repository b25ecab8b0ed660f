"""Who is away, who stands in, and what is left without cover (B6)."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from caseward.record.ledger.acts import child_stream
from caseward.record.people import holding, models
from caseward.record.people import queries as people
from caseward.work import entries
from caseward.work.casework import adopt, allocate, hold_role, say_away
from caseward.work.entries.errors import NotPermitted, Refused
from caseward.work.readings import away, looks, my_tasks, owed, worklists
from caseward.work.readings.sources import Choice
from tests.builders.stores import LAW_FROM, Store, on
from tests.integration.store.people import told
from tests.integration.store.writing import a_fact
from tests.integration.work.test_worklists import busy, whole
from tests.strictness import FrozenClock

pytestmark = pytest.mark.django_db(databases="__all__")

UNCOVERED = Choice(whose="uncovered")


def away_now(store: Store, role: str, *, back_on: str = "2025-12-20") -> models.Absence:
    """Have a worker be away from the store's day on, by their own word."""
    worker = store.workers[role]
    say_away.begin(
        store.act(by=role), worker, since=store.today, back_on=on(back_on), reason="leave"
    )
    return people.away_on(store.today)[worker]


def left(store: Store, role: str = "district_manager") -> set[str]:
    """Return the tasks left without cover, which the lists and the names agree on."""
    asker = store.asker(role)
    found = set(whole(asker, UNCOVERED, as_of=store.today, limit=500))
    named = owed.left(looks.ask(asker, as_of=store.today)).without_cover
    assert found == {each.task_id for each in named}
    return found


def with_cover(store: Store, role: str) -> tuple[Store, str]:
    """Return the store with a second worker who holds a role in the team."""
    cover, _ = hold_role.register_worker(store.act(), "Worker Cover", since=on(LAW_FROM))
    hold_role.hold(store.act(), cover, role, since=on(LAW_FROM), team=store.team)
    return replace(store, workers={**store.workers, "cover": cover}), cover


def test_what_a_worker_who_is_away_owes_is_left_without_cover_until_somebody_stands_in() -> None:
    """Managers see it on a list of its own, from the first day away to the day back."""
    store, cover = with_cover(busy(), "social_worker")
    mine = set(whole(store.asker("social_worker"), Choice(), as_of=store.today, limit=500))
    assert left(store) == set()
    absence = away_now(store, "social_worker")
    uncovered = left(store)
    assert uncovered
    assert uncovered <= mine
    page = my_tasks.page(store.asker("team_manager"), as_of=store.today)
    group = next(each for each in page.groups if each.code == "without_cover")
    assert group.n_all > 0
    assert all("Worker Social Worker (away)" in line.holders for line in group.lines)
    assert all("without_cover" in {flag.code for flag in line.flags} for line in group.lines)
    say_away.stand_in(store.act(), absence, cover)
    assert left(store) == set()
    asker = replace(store.asker("social_worker"), worker=cover)
    assert uncovered <= set(whole(asker, Choice(), as_of=store.today, limit=500))
    assert left(store.on("2025-12-20")) == set()


def test_back_at_work_ends_it_and_so_does_the_day_said_before() -> None:
    """The earlier of the day said at first and the day said later counts."""
    store = busy()
    away_now(store, "social_worker")
    say_away.back(store.act(by="social_worker"), store.workers["social_worker"], on=store.today)
    assert left(store) == set()
    assert people.away_on(store.today) == {}


def test_a_stand_in_who_is_away_too_covers_nobody() -> None:
    """Only somebody who is there does the work; nobody stands in who is away already."""
    store, cover = with_cover(busy(), "social_worker")
    absence = away_now(store, "social_worker")
    uncovered = left(store)
    say_away.stand_in(store.act(), absence, cover)
    say_away.begin(store.act(), cover, since=store.today, back_on=None, reason="unwell")
    assert left(store) == uncovered
    with pytest.raises(Refused, match="away then too"):
        say_away.stand_in(store.act(), absence, cover)


def test_a_role_of_a_team_is_left_where_everybody_who_holds_it_there_is_away() -> None:
    """A team's manager away is raised for those above; a second one who is there covers."""
    store = busy()
    away_now(store, "district_manager")
    assert left(store, "team_manager")
    store, _ = with_cover(store, "district_manager")
    assert left(store, "team_manager") == set()


def test_a_role_held_for_the_whole_authority_is_left_too() -> None:
    """With nobody nearer and its only holder away, its tasks are raised."""
    store = busy()
    hold_role.end(
        store.act(), store.workers["district_manager"], "district_manager", on=store.today,
        team=store.team,
    )  # fmt: skip
    store = store.with_worker("district_manager", everywhere=True)
    assert left(store, "team_manager") == set()
    away_now(store, "district_manager")
    assert left(store, "team_manager")


def test_who_may_say_that_somebody_is_away() -> None:
    """A worker of themselves and of nobody else; a manager of anybody."""
    store = busy(1)
    iro, today = store.workers["iro"], store.today
    with pytest.raises(NotPermitted):
        say_away.begin(
            store.act(by="social_worker"), iro, since=today, back_on=None, reason="leave"
        )
    say_away.begin(store.act(by="team_manager"), iro, since=today, back_on=None, reason="leave")
    with pytest.raises(NotPermitted):
        say_away.back(store.act(by="social_worker"), iro, on=today)
    with pytest.raises(Refused, match="after the first day"):
        say_away.begin(store.act(by="iro"), iro, since=today, back_on=today, reason="leave")
    assert set(people.away_on(today)) == {iro}


def test_reviewing_stays_independent_under_a_stand_in() -> None:
    """Whoever stands in for a reviewing officer is one."""
    store, cover = with_cover(busy(), "iro")
    absence = away_now(store, "iro")
    with pytest.raises(Refused, match="must be one"):
        say_away.stand_in(store.act(), absence, store.workers["social_worker"])
    say_away.stand_in(store.act(), absence, cover)
    assert left(store) == set()


def test_why_somebody_is_away_is_told_to_themselves_and_managers_alone() -> None:
    """Others see that, from when and until when."""
    store = busy(1)
    away_now(store, "iro")
    store, _ = with_cover(store, "social_worker")
    seen = {
        role: {line.reason_words for line in away.page(store.asker(role), as_of=store.today).lines}
        for role in ("iro", "team_manager", "cover")
    }
    assert seen == {"iro": {"Leave"}, "team_manager": {"Leave"}, "cover": {""}}


def test_who_was_away_is_known_then_and_made_again_by_a_rebuild() -> None:
    """A past day's names say who was away as known then; the rows are the same made anew."""
    store = busy(1)
    away_now(store, "social_worker")
    rows = list(models.Absence.objects.values())
    unheld = list(models.Unheld.objects.order_by("id").values())
    entries.rebuild(on=store.today)
    assert list(models.Absence.objects.values()) == rows
    assert list(models.Unheld.objects.order_by("id").values()) == unheld
    page = my_tasks.page(
        store.on("2025-12-05").asker("team_manager"),
        as_of=store.today,
        known_at=store.act().at,
    )
    assert page.counts["without_cover"] > 0


def test_a_child_whom_nobody_holds_a_role_for_is_in_the_range_of_those_days() -> None:
    """Between one holder and the next, and from the last one's end on; a day held is in none."""
    store = replace(busy(1), team="")
    store = store.with_child("Child Alone", started_on="2025-01-06")
    child = store.child
    for role in ("social_worker", "team_manager", "iro"):
        allocate.end(store.act(), child, role, worker=store.workers[role], on=on("2025-12-01"))
    spans = models.Unheld.objects.filter(child=child, until_on=models.NEVER)
    assert [span.from_on for span in spans] == [on("2025-12-01")]
    allocate.allocate(
        store.act(), child, store.workers["iro"], role="iro", since=on("2025-12-03"),
        until=on("2025-12-05"),
    )  # fmt: skip
    found = models.Unheld.objects.filter(child=child, until_on__gt=on("2025-12-01"))
    days = found.order_by("from_on").values_list("from_on", "until_on")
    assert list(days) == [
        (on("2025-12-01"), on("2025-12-03")),
        (on("2025-12-05"), date.max),
    ]


def test_a_role_is_held_by_a_worker_or_a_team_and_never_both() -> None:
    """It is refused where it is typed; what was recorded so before stays readable."""
    store = busy(1)
    with pytest.raises(Refused) as refused:
        allocate.allocate(
            store.act(), store.child, store.workers["iro"], role="legal", since=store.today,
            team=store.team,
        )  # fmt: skip
    assert [problem.sentence for problem in refused.value.problems] == [holding.BOTH]
    fields = {"role": "legal", "worker": store.workers["iro"], "team": store.team}
    told(a_fact(child_stream(store.child), "role.held", on="2025-12-01", fields=fields))
    assert models.RoleHeld.objects.filter(child=store.child, role="legal").count() == 1
    assert worklists.page(store.asker("iro"), as_of=store.today, choice=Choice()).groups


def test_the_pages_say_it_and_show_it(frozen_clock: FrozenClock) -> None:
    """A worker says that they are away; the manager sees who is left and chooses a stand-in."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    today = frozen_clock.now().date()
    store, cover = with_cover(busy(1).on(today), "social_worker")
    adopt.declare_demonstration(store.act())
    worker, manager = (_looking_as(store.workers[r]) for r in ("social_worker", "team_manager"))
    typed = {"worker": store.workers["social_worker"], "since": "", "reason": "leave", "key": "k1"}
    answer = worker.post("/away/add/", typed)
    assert answer.status_code == 422
    assert "Enter the first day away." in answer.content.decode()
    assert worker.post("/away/add/", {**typed, "since": f"{today:%d/%m/%Y}"}).status_code == 302
    assert "1 child left without cover" in manager.get("/away/").content.decode()
    (absence,) = models.Absence.objects.values_list("id", flat=True)
    address = f"/away/{absence}/stand-in/"
    assert worker.get(address).status_code == 403
    assert manager.post(address, {"worker": cover, "key": "k2"}).status_code == 302
    shown = manager.get("/away/").content.decode()
    assert "left without cover</strong>" not in shown
    assert "Worker Cover" in shown
    back = {"on": f"{today:%d/%m/%Y}", "key": "k3"}
    assert worker.post(f"/away/{absence}/back/", back).status_code == 302
    assert people.away_on(today) == {}


def _looking_as(worker: str) -> Client:
    client = Client(raise_request_exception=True)
    session = client.session
    session["worker"] = worker
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    return client
