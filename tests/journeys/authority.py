"""An authority to walk through: the shipped law adopted, a few workers, children with a story."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from caseward.interfaces import clock, shipped
from caseward.interfaces.cli import adopting, law_cache
from caseward.record.ledger.acts import Act, new_id
from caseward.work.casework import (
    adopt,
    allocate,
    hold_role,
    involve_person,
    record_event,
    register_child,
)
from caseward.work.casework.happenings import WhatHappened
from caseward.work.casework.register_child import NewChild

BEGAN = date(2020, 1, 6)
SYSTEM = "system:journeys"
NAME = "Exampleshire County Council"
FIRST_DAY = date(2026, 2, 16)
REVIEWED, RATIFIED = date(2026, 2, 19), date(2026, 2, 20)


@dataclass(slots=True, kw_only=True)
class Authority:
    """What the journeys name: workers and children by a word, and the acts that made them."""

    at: datetime
    workers: dict[str, str] = field(default_factory=dict)
    children: dict[str, str] = field(default_factory=dict)

    def act(self, on: date = BEGAN, *, by: str = SYSTEM) -> Act:
        """Return an act on the day, later than the last one."""
        self.at = max(
            datetime.combine(on, time(8), tzinfo=clock.LONDON), self.at + timedelta(seconds=1)
        )
        return Act(by=by, at=self.at, today=clock.day_of(self.at), key=new_id(), via="test")

    def worker(self, word: str, name: str, *roles: str, team: str = "") -> str:
        """Add a worker who holds the roles, in a team or everywhere."""
        worker = hold_role.register_worker(self.act(), name, since=BEGAN).id
        for role in roles:
            hold_role.hold(self.act(), worker, role, since=BEGAN, team=team)
        self.workers[word] = worker
        return worker

    def child(self, word: str, name: str, *, since: date, **roles: str) -> str:
        """Add a child of nine with the holders of each role named; earlier duties are not listed."""
        registered = register_child.register(
            self.act(FIRST_DAY), NewChild(name=name, born_on=date(2017, 1, 9), started_on=FIRST_DAY)
        )
        self.children[word] = registered.child_id
        for role, worker in roles.items():
            allocate.allocate(
                self.act(FIRST_DAY),
                registered.child_id,
                self.workers[worker],
                role=role,
                since=since,
            )
        return registered.child_id

    def unborn(self, word: str, name: str, **roles: str) -> str:
        """Add a child who is expected in May, with the holders of each role named."""
        registered = register_child.register(
            self.act(FIRST_DAY), NewChild(name=name, expected_on=date(2026, 5, 4))
        )
        self.children[word] = registered.child_id
        for role, worker in roles.items():
            allocate.allocate(
                self.act(FIRST_DAY),
                registered.child_id,
                self.workers[worker],
                role=role,
                since=FIRST_DAY,
            )
        return registered.child_id

    def happened(self, word: str, kind: str, on: date, **said: Any) -> str:
        """Record what happened to a child on the day it happened; return the entry's id."""
        taken = record_event.record(
            self.act(on),
            WhatHappened(kind=kind, occurred_on=on, children=(self.children[word],), **said),
            confirmed=True,
        )
        return taken.entry_ids[0]

    def are_siblings(self, word: str, other: str, *, since: date) -> None:
        """Say that two children are brother and sister in one household."""
        involve_person.record_siblings(
            self.act(since), self.children[word], self.children[other], same_household=True
        )


def build(*, is_demonstration: bool = True) -> Authority:
    """Return the authority with its law, its people and two looked-after siblings."""
    made = Authority(at=datetime.combine(BEGAN, time(7), tzinfo=clock.LONDON))
    if is_demonstration:
        adopt.declare_demonstration(made.act())
    _adopt(made)
    adopt.set_setting(made.act(), "authority_name", NAME, since=BEGAN)
    north = hold_role.register_team(made.act(), "Safeguarding north", since=BEGAN).id
    south = hold_role.register_team(made.act(), "Safeguarding south", since=BEGAN).id
    made.worker("worker", "Social worker (north)", "social_worker", team=north)
    made.worker("stranger", "Social worker (south)", "social_worker", team=south)
    made.worker("manager", "District manager", "district_manager")
    made.worker("reviewer", "Independent reviewing officer", "iro")
    since = date(2024, 3, 4)
    for word, name in (("amber", "Amber Example"), ("basil", "Basil Example")):
        made.child(word, name, since=since, social_worker="worker", iro="reviewer")
        made.happened(word, "looked_after.began", since, fields={"reason": "S"})
        made.happened(word, "legal_status.began", since, fields={"status": "C2"})
        made.happened(
            word,
            "placement.began",
            since,
            keys={"placement": f"{word}-home"},
            fields={"type": "P1", "length": "to_18"},
        )
    made.are_siblings("amber", "basil", since=since)
    made.happened(
        "amber",
        "looked_after_review.held",
        REVIEWED,
        outcome="discharge_supported",
        keys={"meeting": "amber-review"},
    )
    made.happened("amber", "review_decision.ratified", RATIFIED, keys={"meeting": "amber-review"})
    return made


def _adopt(made: Authority) -> None:
    texts = shipped.law_texts()
    law = law_cache.parsed(texts)
    local = [procedure.id for procedure in law.procedures if not procedure.is_national]
    adopting.adopt_all(
        adopting.Adopting(texts=texts, law=law, used_from=dict.fromkeys(local, BEGAN)),
        made.act,
    )
