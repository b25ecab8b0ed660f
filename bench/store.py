"""Recording one event in a store that holds 50,000 entries, beside bare inserts into SQLite."""

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bench import records
from bench.measuring import Row, digest, percentile

N_STORED = 50_000
N_A_CHILD = 40
N_RECORDED = 300
MILLISECONDS_AT_95 = 50.0
LONDON = ZoneInfo("Europe/London")


def rows() -> list[Row]:
    """Fill a store of its own, then record; the store goes with the run."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {
            "CASEWARD_HOME": home,
            "CASEWARD_DEMONSTRATION": "yes",
            "DJANGO_SETTINGS_MODULE": "caseward.config.settings",
        }
        os.environ.pop("CASEWARD_DATABASE", None)
        filled, took = _fill()
        recorded = sorted(_record())
        bare = _bare_insert(Path(home) / "bare.sqlite3")
        at_95 = percentile(recorded, 95)
        return [
            Row(what=f"entries taken in together ({filled:,})", value=filled / took, unit="a s"),
            Row(what="bare sqlite3 insert, one a commit, full sync", value=bare * 1e3, unit="ms"),
            Row(
                what="record one event and settle the child, median",
                value=percentile(recorded, 50) * 1e3,
                unit="ms",
            ),
            Row(
                what="record one event and settle the child, 95th percentile",
                value=at_95 * 1e3,
                unit="ms",
                limit=MILLISECONDS_AT_95,
            ),
            Row(what="the same, over a bare insert", value=at_95 / bare, unit="x"),
        ]


def _fill() -> tuple[int, float]:
    from caseward.interfaces import shipped
    from caseward.interfaces.cli import law_cache, store

    store.open_store(make=True)
    from caseward.interfaces.cli import adopting
    from caseward.record.ledger.acts import NewEntry, StreamRef, child_stream, new_id
    from caseward.work import entries

    law = law_cache.parsed(shipped.law_texts())
    local = {p.id: date(2010, 1, 1) for p in law.procedures if not p.is_national}
    adopting.adopt_all(
        adopting.Adopting(texts=shipped.law_texts(), law=law, used_from=local),
        lambda: store.act(why="benchmark"),
    )

    def batches() -> Iterator[tuple[StreamRef, list[NewEntry]]]:
        for number in range(N_STORED // (N_A_CHILD + 1)):
            stream = child_stream(new_id())
            registered = NewEntry(
                stream=stream,
                kind="child.registered",
                occurred_on=records.CARE_FROM,
                fields={"name": f"Child {number}"},
            )
            life = [
                NewEntry(
                    stream=stream,
                    kind=entry.kind,
                    occurred_on=entry.occurred_on,
                    outcome=entry.outcome,
                    keys=dict(entry.keys),
                    fields=dict(entry.fields),
                )
                for entry in records.child_of(N_A_CHILD)
            ]
            yield stream, [registered, *life]

    began = time.perf_counter()
    taken = entries.take_in_many(store.act(why="benchmark"), list(batches()))
    return taken.n_entries, time.perf_counter() - began


def _record() -> Iterator[float]:
    from caseward.record.ledger.acts import Act, new_id
    from caseward.record.people import queries as people
    from caseward.work.casework import record_event
    from caseward.work.casework.happenings import WhatHappened

    at = datetime(2030, 1, 7, 9, tzinfo=LONDON)
    ids = people.all_ids()
    for number in range(N_RECORDED):
        at += timedelta(minutes=1)
        act = Act(by="system:benchmark", at=at, today=at.date(), key=new_id(), via="cli")
        kind, outcome = ("visit.made", None) if number % 3 else ("looked_after_review.held", None)
        what = WhatHappened(
            kind=kind,
            occurred_on=at.date() - timedelta(days=number % 5),
            children=(ids[number * 7 % len(ids)],),
            outcome=outcome,
            fields={"seen": "yes"} if kind == "visit.made" else {},
        )
        began = time.perf_counter()
        record_event.record(act, what, confirmed=True)
        yield time.perf_counter() - began
    print(f"recorded {N_RECORDED} events, digest {digest(N_RECORDED)}")


def _bare_insert(path: Path) -> float:
    """Return the seconds of one insert and commit by SQLite itself, fully synced."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE entry (position INTEGER PRIMARY KEY, said TEXT)")
    began = time.perf_counter()
    for _ in range(N_RECORDED):
        database.execute("INSERT INTO entry (said) VALUES (?)", ("x" * 300,))
    took = time.perf_counter() - began
    database.close()
    return took / N_RECORDED
