"""Loads the stories through the verbs, one act a child and day, in the order they happened.

Each act is dated on its own day, so that the demonstration shows what was known then, and the record
grows as a real one does.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from caseward.interfaces import clock, shipped
from caseward.interfaces.cli import adopting, law_cache
from caseward.interfaces.cli.demonstration import days, stories
from caseward.record.ledger.acts import Act, new_id
from caseward.rules.calendars import reading as calendars
from caseward.rules.calendars.days import Calendar
from caseward.work.casework import (
    adopt,
    allocate,
    hold_role,
    involve_person,
    record_event,
    register_child,
)
from caseward.work.casework.happenings import WhatHappened
from caseward.work.casework.involve_person import Involvement, NewPerson
from caseward.work.casework.register_child import NewChild

SYSTEM = "system:demonstration"
BEGAN = "-8y"
"""The authority has used Caseward since then, so that every story lies inside."""

Tell = Callable[[str, int, int], None]


@dataclass(slots=True)
class _Load:
    """What the loading has made so far: ids of workers, teams and children by their story id."""

    today: date
    calendar: Calendar
    at: datetime
    workers: dict[str, str] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)
    children: dict[str, str] = field(default_factory=dict)

    def act(self, on: date, why: str = "", *, by: str = SYSTEM) -> Act:
        """Return an act on the day, a second after the last one: time never goes back."""
        at = datetime.combine(on, time(10), tzinfo=clock.LONDON)
        self.at = max(at, self.at + timedelta(seconds=1))
        return Act(by=by, at=self.at, today=on, key=new_id(), via="demo", why=why)


def load(today: date, tell: Tell) -> int:
    """Fill an empty store with the demonstration; return how many children it has."""
    texts = shipped.law_texts()
    calendar = calendars.read_calendar(texts.calendar, path=texts.calendar_path)
    said = stories.read()
    began_on = days.day(BEGAN, today, calendar)
    loading = _Load(
        today=today,
        calendar=calendar,
        at=datetime.combine(began_on, time(9), tzinfo=clock.LONDON),
    )
    _authority(loading, said, texts, began_on)
    happened = [
        *_registrations(loading, said["children"]),
        *_events(loading, said["children"]),
    ]
    happened.sort(key=lambda pair: pair[0])
    for done, (_, write) in enumerate(happened, start=1):
        write()
        tell("Writing the demonstration", done, len(happened))
    return len(loading.children)


def _authority(loading: _Load, said: Mapping[str, Any], texts: shipped.LawTexts, on: date) -> None:
    law = law_cache.parsed(texts)
    local = [procedure.id for procedure in law.procedures if not procedure.is_national]
    adopt.declare_demonstration(loading.act(on))
    adopting.adopt_all(
        adopting.Adopting(texts=texts, law=law, local_from=dict.fromkeys(local, on)),
        lambda: loading.act(on),
    )
    for team in said["teams"]:
        made = hold_role.register_team(loading.act(on), team["name"], since=on)
        loading.teams[team["id"]] = made.id
    for worker in said["workers"]:
        made = hold_role.register_worker(loading.act(on), worker["name"], since=on)
        loading.workers[worker["id"]] = made.id
        team_id = loading.teams.get(worker.get("team", ""), "")
        for role in worker.get("roles", ()):
            hold_role.hold(loading.act(on), made.id, role, since=on, team=team_id)


Write = tuple[date, Callable[[], None]]


def _registrations(loading: _Load, said: list[dict[str, Any]]) -> Iterator[Write]:
    for story in said:
        events = list(stories.happenings(story, loading.today, loading.calendar))
        first = min((event.on for event in events), default=loading.today - timedelta(days=14))

        def register(story: dict[str, Any] = story, first: date = first) -> None:
            _register(loading, story, first)

        yield first, register


def _register(loading: _Load, story: Mapping[str, Any], first: date) -> None:
    def on(name: str) -> date | None:
        return days.day(story[name], loading.today, loading.calendar) if name in story else None

    registered = register_child.register(
        loading.act(first),
        NewChild(
            name=story["name"],
            born_on=on("born"),
            expected_on=on("expected"),
            team=loading.teams["safeguarding"],
            started_on=first,
        ),
    )
    child_id = loading.children[story["id"]] = registered.child_id
    for role, worker in _holders(story).items():
        allocate.allocate(
            loading.act(first), child_id, loading.workers[worker], role=role, since=first
        )
    for person in story.get("people", ()):
        _involve(loading, child_id, person, first, born_on=on("born") or first)


def _holders(story: Mapping[str, Any]) -> dict[str, str]:
    return {
        "social_worker": story["social_worker"],
        "team_manager": "tm",
        "iro": "iro_one",
    }


def _involve(
    loading: _Load, child_id: str, person: Mapping[str, Any], first: date, *, born_on: date
) -> None:
    added = involve_person.register_person(
        loading.act(first),
        NewPerson(
            name=person["name"],
            language=person.get("language", ""),
            interpreter=bool(person.get("interpreter", False)),
        ),
    )
    involve_person.involve(
        loading.act(first),
        child_id,
        added.person_id,
        Involvement(
            relationship=person["relationship"],
            since=first,
            lives_with_child=bool(person.get("lives_with", False)),
            responsibility=person.get("pr", ""),
            responsibility_since=born_on,
        ),
    )


def _events(loading: _Load, said: list[dict[str, Any]]) -> Iterator[Write]:
    for story in said:
        events = sorted(
            stories.happenings(story, loading.today, loading.calendar), key=lambda e: e.on
        )
        for on, same_day in groupby(events, key=lambda event: event.on):

            def record(
                happened: tuple[stories.Happening, ...] = tuple(same_day), on: date = on
            ) -> None:
                for event in happened:
                    _record(loading, event, on)

            yield on, record


def _record(loading: _Load, event: stories.Happening, on: date) -> None:
    record_event.record(
        loading.act(on, by=loading.workers["sw_north"]),
        WhatHappened(
            kind=event.kind,
            occurred_on=event.on,
            children=(loading.children[event.child],),
            outcome=event.outcome,
            keys=dict(event.keys),
            fields=dict(event.fields),
        ),
        confirmed=True,
    )
