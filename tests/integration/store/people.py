"""Children, workers and teams recorded and settled in few words, for tests of people and access."""

from datetime import date
from typing import Any

from django.db import transaction

from caseward.record.ledger import operations, queries
from caseward.record.ledger.acts import AUTHORITY, Act, NewEntry, StreamRef, child_stream, new_id
from caseward.record.people import kinds, settle
from caseward.rules.facts import record as records
from tests.integration.store.writing import a_fact, an_act

FIRST = "2026-01-05"
TODAY = date(2026, 3, 2)


def told(*facts: NewEntry, act: Act | None = None) -> tuple[str, ...]:
    """Record facts and settle the people of every stream they touch; return the entries' ids."""
    act = act or an_act()
    streams = {fact.stream for fact in facts}
    with transaction.atomic():
        operations.lock(act, streams)
        answer = operations.append(act, facts, input_digest=operations.input_digest(facts))
        for stream in sorted(streams):
            settle_stream(stream)
    return tuple(entry.entry_id for entry in answer.entries)


def settle_stream(stream: StreamRef) -> None:
    """Settle the people of one stream as it now stands."""
    wanted = kinds.STAFF_KINDS if stream == AUTHORITY else None
    entries = queries.entries_of(stream, kinds=wanted)
    record = records.as_known(entries, child=stream.id)
    {"child": settle.child, "person": settle.person, "authority": settle.authority}[stream.kind](
        record
    )


def a_registered_child(name: str = "Test Child", **fields: Any) -> str:
    """Record a child with a name; return the child's id."""
    child = new_id()
    told(a_fact(child_stream(child), "child.registered", on=FIRST, fields={"name": name, **fields}))
    return child


def a_worker(name: str = "Test Worker") -> str:
    """Record a worker; return the worker's id."""
    worker = new_id()
    told(
        a_fact(
            AUTHORITY,
            "worker.registered",
            on=FIRST,
            keys={"worker": worker},
            fields={"name": name},
        )
    )
    return worker


def a_team(name: str = "Test Team", *, part_of: str = "", kind: str = "team") -> str:
    """Record a team or a service; return its id."""
    team = new_id()
    told(
        a_fact(
            AUTHORITY,
            "team.formed",
            on=FIRST,
            keys={"team": team},
            fields={"name": name, "kind": kind, "part_of": part_of},
        )
    )
    return team


def holds(role: str, *, on: str = FIRST, child: str = "", **fields: str) -> str:
    """Record that a worker or team holds a role, for a child or in a team; return the entry id."""
    stream = child_stream(child) if child else AUTHORITY
    (entry_id,) = told(a_fact(stream, "role.held", on=on, fields={"role": role, **fields}))
    return entry_id
