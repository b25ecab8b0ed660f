"""What a store holds, told so that two stores can be held against each other, and what is wrong.

Hashes, salts and the databases' own numbers come out otherwise each time; all else that a verb
writes is made from its key, so a store after a kill must equal the one before it or the one after.
"""

import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.db import connection, connections, router
from django.db.models import AutoField

from caseward.record.ledger import heads, keeping, queries, startup, verification
from caseward.record.ledger.refusals import Refused

BY_CHANCE = frozenset(
    {"number", "stream_id", "act_id", "salt", "commitment", "previous_hash", "hash", "head_hash",
     "store_hash", "entry_id_id", "last_login", "proposed_act_id", "agreed_act_id"}
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A store as it was found: rows by table (count and digest), whole heads, and what is wrong.

    `opened_in` is how many seconds it took until the first answer, with all that a start looks at;
    `waited` for the database's server before that.
    """

    rows: Mapping[str, tuple[int, str]]
    keys: frozenset[str]
    n_heads: int
    faults: tuple[str, ...]
    opened_in: float = 0
    waited: float = 0

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rows each table has."""
        return {table: count for table, (count, _) in self.rows.items()}

    def differs(self, other: "Seen") -> str:
        """Return which tables differ, "" where none does."""
        differing = [
            f"{table} {self.counts.get(table)} not {other.counts.get(table)}"
            for table in sorted({*self.rows, *other.rows})
            if self.rows.get(table) != other.rows.get(table)
        ]
        return ", ".join(differing)

    def lacks(self, other: "Seen") -> str:
        """Return what of another state is not in this one: rows, or a signed head.

        A head is written after the act that it is due after, so a store may have either.
        """
        n_missing = other.n_heads - self.n_heads
        return self.differs(other) or (f"{n_missing} signed heads" if n_missing > 0 else "")


def opened() -> Seen:
    """Open the store as a start of Caseward does, with its refusals, and read it."""
    began = time.monotonic()
    refused = [refusal.sentence for refusal in startup.refusals()]
    if refused:
        raise RuntimeError(" ".join(refused))
    queries.head()
    opened_in = time.monotonic() - began
    return replace(look(), opened_in=opened_in)


def look() -> Seen:
    """Read the whole store, look it over, and tell what it holds."""
    faults = [*_file_faults(), *_ledger_faults()]
    signed = []
    try:
        signed = list(heads.read_all(settings.CASEWARD_HOME / "heads"))
    except (ValueError, Refused) as problem:
        faults.append(f"a head cannot be read: {problem}")
    return Seen(
        rows=dict(_tables()),
        keys=frozenset(_keys()),
        n_heads=len(signed),
        faults=tuple(faults),
    )


def unsigned(*, at: datetime) -> Iterator[str]:
    """Sign the head as is done when it is next due; yield what is then not as it should be."""
    folder = settings.CASEWARD_HOME / "heads"
    keeping.sign_if_due(at=at)
    public_key = heads.public_text(heads.signing_key(folder))
    newest = heads.read_newest(folder)
    if newest is None or newest.position != queries.head().position:
        yield "the store's end is not signed when it is next due"
    signed = heads.read_each(folder)
    yield from (one.sentence for one in verification.verify(signed, public_key=public_key).faults)
    yield from (f"{path.name} is left" for path in folder.glob("*.part"))


def told(seen: Seen) -> str:
    """Return a state as text, to be sent from one process to another."""
    parts = {"rows": seen.rows, "keys": sorted(seen.keys), "n_heads": seen.n_heads}
    return json.dumps({**parts, "faults": seen.faults, "opened_in": seen.opened_in})


def read(text: str, *, waited: float = 0) -> Seen:
    """Return the state that a text tells, and how long the server was waited for before."""
    parts = json.loads(text)
    return Seen(
        rows={table: (count, digest) for table, (count, digest) in parts["rows"].items()},
        keys=frozenset(parts["keys"]),
        n_heads=parts["n_heads"],
        faults=tuple(parts["faults"]),
        opened_in=parts["opened_in"],
        waited=waited,
    )


def _tables() -> Iterator[tuple[str, tuple[int, str]]]:
    for model in apps.get_models():
        if not model.__module__.startswith("caseward."):
            continue
        table = model._meta.db_table
        fields = model._meta.concrete_fields
        # PostgreSQL counts on where a transaction is undone, so no number that it gives is held.
        numbered = {one.attname for one in fields if isinstance(one, AutoField)}
        names = [one.attname for one in fields if one.attname not in BY_CHANCE | numbered]
        rows = model._default_manager.using(router.db_for_read(model)).values_list(*names)
        lines = sorted(repr(row) for row in rows)
        yield table, (len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16])


def _keys() -> Iterator[str]:
    act = apps.get_model("ledger", "ActRow")
    yield from act._default_manager.order_by("key").values_list("key", flat=True)


def _ledger_faults() -> Iterator[str]:
    yield from (fault.sentence for fault in verification.verify().faults)
    stored = queries.head().position
    entries = apps.get_model("ledger", "Entry")._default_manager.count()
    if stored != entries:
        yield f"the last position is {stored} and there are {entries} entries"


def _file_faults() -> Iterator[str]:
    if connection.vendor != "sqlite":
        return
    for alias in connections:
        with connections[alias].cursor() as cursor:
            for question in ("PRAGMA integrity_check", "PRAGMA foreign_key_check"):
                cursor.execute(question)
                said = [str(row) for row in cursor.fetchall()]
                yield from (f"{alias}: {line}" for line in said if line != "('ok',)")
