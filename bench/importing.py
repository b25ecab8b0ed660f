"""Brings in a made-up caseload, then records events one by one: run by `volume`, told by lines.

It waits for a line of input before each half and prints a line of JSON after it.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bench import caseload
from bench.measuring import percentile
from caseward.interfaces import shipped
from caseward.interfaces.cli import law_cache, store

LONDON = ZoneInfo("Europe/London")
N_BEFORE = 40
N_RECORDED = 300


def main() -> None:
    """Make the store, bring in so many events, record some more."""
    n_events, home = int(sys.argv[1]), Path(sys.argv[2])
    _make()
    _bring_in(range(N_BEFORE), home / "imports" / "before")
    _tell({})
    _tell(_measured_import(n_events, home))
    _tell(_recorded())


def _make() -> None:
    store.open_store(make=True)
    from caseward.interfaces.cli import adopting

    law = law_cache.parsed(shipped.law_texts())
    local = {p.id: date(2010, 1, 1) for p in law.procedures if not p.is_national}
    adopting.adopt_all(
        adopting.Adopting(texts=shipped.law_texts(), law=law, used_from=local),
        lambda: store.act(why="benchmark"),
    )


def _measured_import(n_events: int, home: Path) -> dict[str, float]:
    mean = (caseload.FEWEST + caseload.MOST) / 2
    children = range(N_BEFORE, N_BEFORE + round(n_events / mean))
    began, used = time.perf_counter(), _processor_seconds()
    n_entries, staging, copying = _bring_in(children, home / "imports" / "measured")
    return {
        "n_entries": n_entries,
        "n_children": len(children),
        "seconds": time.perf_counter() - began,
        "staging": staging,
        "processor": _processor_seconds() - used,
        "copying": copying,
    }


def _bring_in(children: range, folder: Path) -> tuple[int, float, float]:
    """Stage and bring in: how many entries, the seconds of the one, the processor's of the other."""
    from caseward.work import entries

    began = time.perf_counter()
    act = store.act(why="benchmark")
    staged = entries.stage_many(act, _batches(children), folder=folder)
    took, used = time.perf_counter() - began, time.process_time()
    entries.bring_in(act, staged)
    staged.path.unlink()
    return staged.n_entries, took, time.process_time() - used


def _batches(children: range) -> Iterator[tuple[Any, list[Any]]]:
    from caseward.record.ledger.acts import NewEntry, child_stream, new_id

    for number in children:
        stream = child_stream(new_id())
        yield (
            stream,
            [
                NewEntry(
                    stream=stream,
                    kind=told.kind,
                    occurred_on=told.on,
                    outcome=told.outcome,
                    keys=told.keys,
                    fields=told.fields,
                    source=f"la_child_id:made_up:events:{number}-{place}:{told.kind}",
                )
                for place, told in enumerate(caseload.life(number))
            ],
        )


def _recorded() -> dict[str, float]:
    """Record events of children here and there; return how long one takes."""
    from caseward.record.ledger.acts import Act, new_id
    from caseward.record.people import queries as people
    from caseward.work.casework import record_event
    from caseward.work.casework.happenings import WhatHappened

    at = datetime(2030, 1, 7, 9, tzinfo=LONDON)
    ids = people.all_ids()
    took = []
    for number in range(N_RECORDED):
        at += timedelta(minutes=1)
        is_visit = number % 3 > 0
        what = WhatHappened(
            kind="visit.made" if is_visit else "looked_after_review.held",
            occurred_on=at.date() - timedelta(days=number % 5),
            children=(ids[number * 7_919 % len(ids)],),
            fields={"seen": "yes"} if is_visit else {},
        )
        act = Act(by="system:benchmark", at=at, today=at.date(), key=new_id(), via="cli")
        began = time.perf_counter()
        record_event.record(act, what, confirmed=True)
        took.append(time.perf_counter() - began)
    return {
        "first": took[0],
        "median": percentile(took, 50),
        "at_95": percentile(took, 95),
        "longest": max(took),
    }


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _tell(answer: dict[str, float]) -> None:
    print(json.dumps(answer), flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main()
