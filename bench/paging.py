"""Opens the first pages of lists in a made-up authority and says how long each took: run by `lists`.

Prints one line of JSON: milliseconds by page, and how many queries each asked.
"""

import json
import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bench.measuring import digest, percentile
from caseward.interfaces import clock, shipped
from caseward.interfaces.cli import law_cache, store

N_RUNS = 40
BEGAN = date(2020, 1, 6)


def main() -> None:
    """Make the store, fill it, open each page many times."""
    n_children, n_entries = int(sys.argv[1]), int(sys.argv[2])
    store.open_store(make=True)
    _adopt()
    from bench import listed_authority
    from caseward.work import entries

    began = time.perf_counter()
    today = clock.today()
    rulebook = entries.rulebook_at(None, on=today)
    made = listed_authority.fill(n_children, rulebook, today=today)
    _fill_ledger(n_entries)
    filled = time.perf_counter() - began
    print(f"filled in {filled:.0f} s", file=sys.stderr)
    pages = (
        ("worker_mine", made.social_worker, "/"),
        ("worker_worklist", made.social_worker, "/worklists/?whose=mine"),
        ("manager_team", made.team_manager, "/worklists/?whose=team"),
        ("manager_role", made.team_manager, "/worklists/?whose=role&role=social_worker"),
        ("manager_all", made.team_manager, "/worklists/?whose=all"),
        ("manager_unallocated", made.team_manager, "/worklists/?whose=unallocated"),
        ("manager_weeks", made.team_manager, "/worklists/calendar/?whose=team"),
        ("manager_weeks_all", made.team_manager, "/worklists/calendar/?whose=all"),
        ("manager_mine", made.team_manager, "/"),
        ("manager_search", made.team_manager, "/search/?find=ivy+exam"),
        ("iro_mine", made.iro, "/worklists/?whose=mine"),
        ("head_team", made.service_manager, "/worklists/?whose=team"),
        ("head_all", made.service_manager, "/worklists/?whose=all"),
        ("head_weeks", made.service_manager, "/worklists/calendar/?whose=team"),
    )
    print(json.dumps({name: _opened(worker, path) for name, worker, path in pages}))


def _opened(worker: str, path: str) -> Mapping[str, Any]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from caseward.interfaces.jobs import keeping_loaded

    client = Client()
    session = client.session
    session["worker"] = worker
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    first = client.get(path)
    # As the server does beside its pages.
    keeping_loaded.look()
    if first.status_code != 200:  # noqa: PLR2004
        raise RuntimeError(f"{path} answered {first.status_code}")
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
        n_queries = len(captured)
    took, waited, answer = [], [], first
    for _ in range(N_RUNS):
        began, used = time.perf_counter(), _used()
        answer = client.get(path)
        took.append(_used() - used)
        waited.append(time.perf_counter() - began)
    n_lines = answer.content.count(b"cw-duty__day")
    print(f"{path}: {percentile(took, 50) * 1e3:.0f} ms, {n_lines} lines", file=sys.stderr)
    return {
        "at_50": percentile(took, 50) * 1e3,
        "at_95": percentile(took, 95) * 1e3,
        "waited_at_95": percentile(waited, 95) * 1e3,
        "n_queries": n_queries,
        "digest": digest([n_lines, len(answer.content) > 0]),
    }


def _used() -> float:
    """Return the seconds of processor time used so far, by this process and its database.

    What is measured waits for nothing but other work on the machine, which must not count.
    """
    from django.db import connection

    if connection.vendor != "postgresql":
        return time.process_time()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    of_backend = int(Path(f"/proc/{backend}/schedstat").read_text("ascii").split()[0])
    return time.process_time() + of_backend / 1e9


def _adopt() -> None:
    from caseward.interfaces.cli import adopting
    from caseward.work.casework import adopt

    law = law_cache.parsed(shipped.law_texts())
    adopt.declare_demonstration(store.act(why="benchmark"))
    local = {p.id: BEGAN for p in law.procedures if not p.is_national}
    adopting.adopt_all(
        adopting.Adopting(texts=shipped.law_texts(), law=law, used_from=local),
        lambda: store.act(why="benchmark"),
    )


def _fill_ledger(n_entries: int) -> None:
    from django.db import transaction

    from caseward.record.ledger import operations
    from caseward.record.ledger.acts import NewEntry, child_stream, new_id

    if not n_entries:
        return
    streams = [child_stream(new_id()) for _ in range(3_000)]
    facts = (
        NewEntry(
            stream=streams[number % len(streams)],
            kind="visit.made",
            occurred_on=BEGAN,
            fields={"seen": "yes"},
        )
        for number in range(n_entries)
    )
    with transaction.atomic():
        operations.append_many(store.act(why="benchmark"), streams, facts, input_digest="")


if __name__ == "__main__":
    main()
