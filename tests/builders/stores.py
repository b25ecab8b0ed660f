"""Stores for tests: an authority that has adopted its law, its workers, and children on record.

A store speaks the domain: `a_store().with_child("Child One", born_on="2015-06-01")`. Everything
goes in through the verbs, as it does in life; acts follow one another in time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import count
from typing import Any

from caseward.interfaces import shipped
from caseward.record.access import askers
from caseward.record.access.askers import Asker
from caseward.record.ledger.acts import LONDON, Act
from caseward.rules.engine.tasks import Task
from caseward.work.casework import (
    adopt,
    allocate,
    correct_entry,
    hold_role,
    record_event,
    register_child,
    withdraw_entry,
)
from caseward.work.casework.happenings import WhatHappened
from caseward.work.casework.register_child import NewChild
from caseward.work.entries import Taken
from caseward.work.tasks import queries as tasks

SYSTEM = "system:tests"
DISCHARGE = "law/local/wirral/discharge_of_care_order.yaml"
REVIEWS = "law/national/looked_after_reviews.yaml"
LAW_FROM = "2015-01-01"
TODAY = date(2026, 3, 2)

_keys = count(1)


def on(day: date | str) -> date:
    """Return a day given as a date or as ISO text."""
    return date.fromisoformat(day) if isinstance(day, str) else day


def an_act(
    *, by: str = SYSTEM, day: date | str = TODAY, at: time = time(10), why: str = "", key: str = ""
) -> Act:
    """Return an act of somebody on a day, with a key of its own unless one is given."""
    moment = datetime.combine(on(day), at, tzinfo=LONDON)
    return Act(
        by=by, at=moment, today=on(day), key=key or f"test-{next(_keys)}", via="tests", why=why
    )


@dataclass(frozen=True, kw_only=True)
class Store:
    """A store under test: who works here, which children it has, and what day it is there."""

    today: date
    workers: Mapping[str, str] = field(default_factory=dict)
    children: Mapping[str, str] = field(default_factory=dict)
    team: str = ""

    @property
    def child(self) -> str:
        """Return the id of the child added last."""
        return tuple(self.children.values())[-1]

    def act(self, *, by: str = SYSTEM, why: str = "", key: str = "") -> Act:
        """Return an act on the store's day; `by` is a role that a worker of the store holds."""
        return an_act(by=self.workers.get(by, by), day=self.today, why=why, key=key)

    def on(self, day: date | str) -> "Store":
        """Return the store on another day."""
        return replace(self, today=on(day))

    def with_worker(self, role: str, *, name: str = "", everywhere: bool = False) -> "Store":
        """Add a worker who holds the role in the store's team, or in the whole authority."""
        said = name or f"Worker {role.replace('_', ' ').title()}"
        worker, _ = hold_role.register_worker(self.act(), said, since=on(LAW_FROM))
        hold_role.hold(
            self.act(), worker, role, since=on(LAW_FROM), team="" if everywhere else self.team
        )
        return replace(self, workers={**self.workers, role: worker})

    def with_child(
        self,
        name: str = "Child One",
        *,
        born_on: date | str | None = "2012-05-01",
        expected_on: date | str | None = None,
        started_on: date | str | None = None,
        roles: Iterable[str] = ("social_worker", "team_manager", "iro"),
    ) -> "Store":
        """Add a child, with the store's workers in these roles holding them for the child."""
        registered = register_child.register(
            self.act(),
            NewChild(
                name=name,
                born_on=on(born_on) if born_on and not expected_on else None,
                expected_on=on(expected_on) if expected_on else None,
                started_on=on(started_on) if started_on else self.today,
                team=self.team,
            ),
            confirmed=True,
        )
        for role in roles:
            if role in self.workers:
                allocate.allocate(
                    self.act(),
                    registered.child_id,
                    self.workers[role],
                    role=role,
                    since=on(started_on) if started_on else self.today,
                )
        return replace(self, children={**self.children, name: registered.child_id})

    def record(
        self,
        kind: str,
        day: date | str = "",
        *,
        by: str = SYSTEM,
        children: Iterable[str] = (),
        key: str = "",
        confirmed: bool = True,
        **said: Any,
    ) -> Taken:
        """Record that something happened to the child (or to these children) on a day."""
        return record_event.record(
            self.act(by=by, key=key),
            self.what(kind, day, children=children, **said),
            confirmed=confirmed,
        )

    def what(
        self,
        kind: str,
        day: date | str = "",
        *,
        children: Iterable[str] = (),
        outcome: str | None = None,
        keys: Mapping[str, str] | None = None,
        **fields: Any,
    ) -> WhatHappened:
        """Return what happened, ready for a verb; other words given are its fields."""
        return WhatHappened(
            kind=kind,
            occurred_on=on(day) if day else self.today,
            children=tuple(children) or (self.child,),
            outcome=outcome,
            keys=keys or {},
            fields=fields,
        )

    def correct(
        self, entry: str, kind: str, day: date | str, *, seq: int, by: str = SYSTEM, **said: Any
    ) -> Taken:
        """Correct an entry of the child."""
        return correct_entry.correct(
            self.act(by=by, why="It was typed wrongly."),
            self.child,
            entry,
            self.what(kind, day, **said),
            expected_seq=seq,
            confirmed=True,
        )

    def withdraw(self, entry: str, *, seq: int, by: str = SYSTEM) -> Taken:
        """Withdraw an entry of the child."""
        return withdraw_entry.withdraw(
            self.act(by=by, why="It belongs to another child."), self.child, entry, expected_seq=seq
        )

    def asker(self, role: str) -> Asker:
        """Return the worker of this role as the one who looks, today."""
        return askers.asker_for(self.workers[role], at=self.act().at, today=self.today)

    def tasks(self, step: str = "") -> tuple[Task, ...]:
        """Return the child's settled tasks, of one step or all."""
        return tuple(task for task in tasks.of_child(self.child) if step in ("", task.step))


def an_empty_authority(day: date | str = TODAY) -> Store:
    """Return a store that has adopted kinds, settings and calendar, and no procedure yet."""
    texts = shipped.law_texts()
    store = Store(today=on(day))
    adopt.adopt_kinds(store.act(), texts.kinds)
    adopt.adopt_settings(store.act(), texts.settings)
    adopt.adopt_calendar(store.act(), texts.calendar, path=texts.calendar_path)
    return store


def a_store(day: date | str = TODAY, *, law: Iterable[str] = (DISCHARGE, REVIEWS)) -> Store:
    """Return a store whose authority uses these procedures, with a team and a worker a role."""
    texts = shipped.law_texts()
    store = an_empty_authority(day)
    for path in law:
        adopt.adopt_procedure(
            store.act(), texts.procedures[path], path=path, adopted_from=on(LAW_FROM)
        )
    team, _ = hold_role.register_team(store.act(), "Team A", since=on(LAW_FROM))
    store = replace(store, team=team)
    for role in ("social_worker", "team_manager", "iro"):
        store = store.with_worker(role)
    return store
