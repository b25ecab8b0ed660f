"""Loads the stories through the verbs, one act a child and day, in the order they happened.

Each act is dated on its own day, so that the demonstration shows what was known then, and the record
grows as a real one does.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from caseward.interfaces import clock, shipped
from caseward.interfaces.cli import adopting, law_cache
from caseward.interfaces.cli.demonstration import days, stories
from caseward.record.ledger.acts import Act, new_id
from caseward.rules.calendars.days import Calendar
from caseward.rules.facts.kinds import Vocabulary
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

BY_ROLE = {
    "district_manager": "dm",
    "administrator": "admin",
    "business_support": "admin",
    "adm": "adm",
    "legal": "legal",
    "iro_service_manager": "irom",
}
"""Which worker of the stories holds the roles that are not held child by child."""

Tell = Callable[[str, int, int], None]


@dataclass(slots=True)
class _Load:
    """What the loading has made so far: ids of workers, teams and children by their story id."""

    today: date
    calendar: Calendar
    vocabulary: Vocabulary
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
    law = law_cache.parsed(texts)
    calendar = law.calendar
    said = stories.read()
    began_on = days.day(BEGAN, today, calendar)
    loading = _Load(
        today=today,
        calendar=calendar,
        vocabulary=law.vocabulary,
        at=datetime.combine(began_on, time(9), tzinfo=clock.LONDON),
    )
    local = [procedure.id for procedure in law.procedures if not procedure.is_national]
    since = {name: days.day(on, today, calendar) for name, on in said["used_since"].items()}
    wanted = adopting.Adopting(
        texts=texts, law=law, used_from={**dict.fromkeys(local, began_on), **since}
    )
    adopt.declare_demonstration(loading.act(began_on))
    adopting.adopt_all(wanted, lambda: loading.act(began_on))
    adopt.set_setting(loading.act(began_on), "authority_name", said["authority"], since=began_on)
    _staff(loading, said, began_on)
    happened = [
        *_registrations(loading, said["children"]),
        *_events(loading, said["children"]),
    ]
    happened.sort(key=lambda pair: pair[0])
    for done, (_, write) in enumerate(happened, start=1):
        write()
        tell("Writing the demonstration", done, len(happened))
    return len(loading.children)


def _staff(loading: _Load, said: Mapping[str, Any], on: date) -> None:
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
        **story.get("also", {}),
    }


def _involve(
    loading: _Load, child_id: str, person: Mapping[str, Any], first: date, *, born_on: date
) -> None:
    added = involve_person.register_person(
        loading.act(first),
        NewPerson(
            name=person["name"],
            language=person.get("language", ""),
            interpreter=person.get("interpreter") == "true",
        ),
    )
    involve_person.involve(
        loading.act(first),
        child_id,
        added.person_id,
        Involvement(
            relationship=person["relationship"],
            since=first,
            lives_with_child=person.get("lives_with") == "true",
            responsibility=person.get("pr", ""),
            responsibility_since=born_on,
        ),
    )


def _events(loading: _Load, said: list[dict[str, Any]]) -> Iterator[Write]:
    for story in said:
        for event in stories.happenings(story, loading.today, loading.calendar):

            def record(story: dict[str, Any] = story, event: stories.Happening = event) -> None:
                _record(loading, story, event)

            yield event.on, record


def _record(loading: _Load, story: Mapping[str, Any], event: stories.Happening) -> None:
    record_event.record(
        loading.act(event.on, by=_recorder(loading, story, event.kind)),
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


def _recorder(loading: _Load, story: Mapping[str, Any], kind: str) -> str:
    """Return who records it: the first worker whose role may, as the kind's list goes."""
    by_role = {**BY_ROLE, **_holders(story)}
    roles = loading.vocabulary.kinds[kind].recorded_by
    worker = next((by_role[role] for role in roles if role in by_role), None)
    return loading.workers[worker] if worker else SYSTEM
