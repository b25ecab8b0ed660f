"""Eight who write at once, each telling what it begins and what it was told is done.

What is written follows from its key alone, so that anybody can do the very same act again.
"""

import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.apps import apps
from django.db import DatabaseError, connections
from django.db.models import Count

from caseward.record.access import askers, read_log
from caseward.record.access.models import ReadLog
from caseward.record.people import queries as people
from caseward.work import entries
from caseward.work.casework import record_event, register_child
from caseward.work.casework.register_child import NewChild
from tests.builders.stores import an_act, on
from tests.durability import forking
from tests.durability.verbs import DAY, Authority

BEGUN, DONE = ">", "<"
ACCOUNT = 2_000
# How many entries an act of each sort makes; a look makes none and is in the read log.
SORTS = {"visit": 1, "both": 2, "child": 2, "look": 0}


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the writers of a round said: what each had under way at the end, and all that was done.

    `failed` is the account of each that ended otherwise than by being killed or by having done its work.
    """

    begun: frozenset[str]
    done: frozenset[str]
    failed: tuple[str, ...] = ()

    @property
    def under_way(self) -> list[str]:
        """Return what was begun and of which nobody was told that it is done."""
        return sorted(self.begun - self.done)


def do(known: Authority, key: str) -> None:
    """Do the act of a key."""
    sort = key.split(maxsplit=1)[0]
    act = an_act(day=DAY, key=key)
    if sort == "look":
        asker = askers.asker_for(known.worker("iro"), at=act.at, today=act.today)
        read_log.write(asker, "children:child", [known.child], asked=key)
    elif sort == "child":
        new = NewChild(name=f"Child {key}", born_on=on("2020-01-01"))
        register_child.register(act, new, confirmed=True)
    else:
        children = (known.child, known.sibling) if sort == "both" else (known.child,)
        what = known.store.what("visit.made", DAY, children=children, seen="yes")
        record_event.record(act, what, confirmed=True)


def write_on(
    known: Authority, name: str, tell: forking.Tell, *, until: Path | None, tells_early: bool
) -> None:
    """Write one act after another, for ever, or until a file is there.

    With the file, an act that fails is sent again with its key until it is done, as a page would be.
    """
    chance = random.Random(name)
    number = 0
    while until is None or not until.exists():
        number += 1
        key = f"{chance.choice(list(SORTS))} {name} {number}"
        tell(f"{BEGUN} {key}\n".encode())
        if tells_early:
            tell(f"{DONE} {key}\n".encode())
        while True:
            try:
                do(known, key)
            except DatabaseError:
                if until is None:
                    raise
                connections.close_all()
                time.sleep(0.02)
            else:
                break
        tell(f"{DONE} {key}\n".encode())
    connections.close_all()


def start_writers(
    known: Authority, n_writers: int, name: str, *, until: Path | None, tells_early: bool = False
) -> list[forking.Deed]:
    """Start writers as one group of processes; for a control they tell before it is done."""
    connections.close_all()
    deeds: list[forking.Deed] = []
    for number in range(n_writers):
        own = f"{name}.{number}"
        write = partial(write_on, known, own, until=until, tells_early=tells_early)
        deed = forking.start(write)
        os.setpgid(deed.process, deeds[0].process if deeds else deed.process)
        deeds.append(deed)
    return deeds


def said_by(deeds: list[forking.Deed]) -> Said:
    """Wait for the writers' end and return what they said; a line broken off says nothing."""
    begun, done, failed = set(), set(), []
    for deed in deeds:
        told, has_failed, account = deed.ended().decode().partition(forking.FAILED.decode())
        failed += [account[-ACCOUNT:]] if has_failed else []
        for line in told.split("\n")[:-1]:
            if line.startswith(BEGUN):
                begun.add(line.removeprefix(f"{BEGUN} "))
            elif line.startswith(DONE):
                done.add(line.removeprefix(f"{DONE} "))
    return Said(begun=frozenset(begun), done=frozenset(done), failed=tuple(failed))


def faults(said: Said) -> Iterator[str]:
    """Yield what of the open store is not as was told: lost, half, or not as worked out."""
    acts = apps.get_model("ledger", "ActRow")._default_manager
    stored = dict(acts.annotate(n=Count("entry")).values_list("key", "n"))
    looks = set(ReadLog.objects.values_list("asked", flat=True))
    for key in sorted(said.done - set(stored) - looks):
        yield f"lost: {key}"
    for key, n_entries in stored.items():
        wanted = SORTS.get(key.split()[0])
        if wanted is not None and n_entries != wanted:
            yield f"half: {key} has {n_entries} entries"
    for child in people.all_ids():
        for difference in entries.verify_child(child, on=DAY):
            yield f"half: {difference}"
