"""The database's own refusal to change the ledger, on both databases (S3).

Installed by the first migration, looked over by `verification`: `missing` names each one that is
gone, switched off or reworded. An insert that would overwrite a row (SQLite's INSERT OR REPLACE)
is refused by a trigger of its own, so it does not hang on a connection's setting alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = (
    "ledger_stream",
    "ledger_act",
    "ledger_entry",
    "ledger_payload",
    "ledger_disposal",
    "ledger_lawtext",
)
NEVER_CHANGED = "The ledger is never changed: record a correction instead."
NEVER_REMOVED = "Nothing leaves the ledger, save a payload by a disposal that two people agreed."
ONE_PLACE = "Entries take the next position and nobody's place: this row would not."
TWO_PEOPLE = "A disposal needs its entry, and two different people to propose and agree it."

IS_NEXT = "NEW.position = (SELECT coalesce(max(position), 0) + 1 FROM ledger_entry)"
STREAM_MOVES_ON = (
    "NEW.number = OLD.number AND NEW.kind = OLD.kind AND NEW.public_id = OLD.public_id"
    " AND NEW.seq > OLD.seq"
)
HAS_DISPOSAL = "EXISTS (SELECT 1 FROM ledger_disposal d WHERE d.of_position = OLD.position)"
IS_OF_TWO = (
    "EXISTS (SELECT 1 FROM ledger_payload p, ledger_entry e, ledger_act proposed, ledger_act agreed"
    " WHERE p.position = NEW.entry_id AND p.kind = 'payload.disposed' AND e.position = NEW.entry_id"
    " AND e.act_id = NEW.agreed_act_id AND agreed.act_id = NEW.agreed_act_id"
    ' AND proposed.act_id = NEW.proposed_act_id AND proposed."by" <> agreed."by")'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """One refusal: on which table and deed, unless what holds, in which words."""

    table: str
    deed: str
    words: str
    unless: str = ""

    @property
    def name(self) -> str:
        """Return the trigger's name in the database."""
        return f"{self.table}_{self.deed.lower()}_guard"


GUARDS = (
    *(
        Guard(table=table, deed="UPDATE", words=NEVER_CHANGED)
        for table in TABLES
        if table != "ledger_stream"
    ),
    Guard(table="ledger_stream", deed="UPDATE", words=NEVER_CHANGED, unless=STREAM_MOVES_ON),
    *(
        Guard(table=table, deed="DELETE", words=NEVER_REMOVED)
        for table in TABLES
        if table != "ledger_payload"
    ),
    Guard(table="ledger_payload", deed="DELETE", words=NEVER_REMOVED, unless=HAS_DISPOSAL),
    Guard(table="ledger_entry", deed="INSERT", words=ONE_PLACE, unless=IS_NEXT),
    Guard(table="ledger_disposal", deed="INSERT", words=TWO_PEOPLE, unless=IS_OF_TWO),
)

# SQLite's INSERT OR REPLACE removes the row in its way; PostgreSQL has no such statement.
TAKEN: Mapping[str, str] = {
    "ledger_stream": "number = NEW.number OR (kind = NEW.kind AND public_id = NEW.public_id)",
    "ledger_act": 'act_id = NEW.act_id OR "key" = NEW."key"',
    "ledger_entry": (
        "position = NEW.position OR entry_id = NEW.entry_id"
        " OR (stream_id = NEW.stream_id AND seq = NEW.seq)"
    ),
    "ledger_payload": "position = NEW.position",
    "ledger_disposal": "of_position = NEW.of_position",
    "ledger_lawtext": "fingerprint = NEW.fingerprint",
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Create every guard in this database."""
    _run(connection, [sql for part in _statements(connection).values() for sql in part])


def lift(connection: BaseDatabaseWrapper) -> None:
    """Remove every guard: for tests that empty the tables, and for nothing else."""
    with connection.cursor() as cursor:
        for name, table in _names(connection).items():
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def missing(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """Return the names of the guards that are gone, switched off or not as installed."""
    found = _found(connection)
    wanted = {name: _told(connection, sql) for name, sql in _statements(connection).items()}
    return tuple(sorted(name for name, told in wanted.items() if found.get(name) != told))


def _names(connection: BaseDatabaseWrapper) -> dict[str, str]:
    guarded = {guard.name: guard.table for guard in GUARDS}
    if connection.vendor == "postgresql":
        return guarded | {f"{table}_truncate_guard": table for table in TABLES}
    return guarded | {f"{table}_replace_guard": table for table in TABLES}


def _statements(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, ...]]:
    return _postgresql() if connection.vendor == "postgresql" else _sqlite()


def _sqlite() -> dict[str, tuple[str, ...]]:
    made = {
        guard.name: _sqlite_trigger(
            guard.name, guard, when=f"NOT ({guard.unless})" if guard.unless else "1"
        )
        for guard in GUARDS
    }
    for table, taken in TAKEN.items():
        name = f"{table}_replace_guard"
        guard = Guard(table=table, deed="INSERT", words=NEVER_CHANGED)
        made[name] = _sqlite_trigger(
            name,
            guard,
            when=f"EXISTS (SELECT 1 FROM {table} WHERE {taken})",  # noqa: S608 -- our own words
        )
    return {name: (sql,) for name, sql in made.items()}


def _sqlite_trigger(name: str, guard: Guard, *, when: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {guard.deed} ON {guard.table} WHEN {when}"
        f" BEGIN SELECT RAISE(ABORT, '{_quoted(guard.words)}'); END"
    )


def _postgresql() -> dict[str, tuple[str, ...]]:
    made = {}
    for guard in GUARDS:
        given_back = "OLD" if guard.deed == "DELETE" else "NEW"
        test = f"IF {guard.unless} THEN RETURN {given_back}; END IF; " if guard.unless else ""
        made[guard.name] = _postgresql_trigger(
            guard.name, guard.table, f"{guard.deed} ON {guard.table} FOR EACH ROW",
            f"{test}{_raise(guard.words)}",
        )  # fmt: skip
    for table in TABLES:
        name = f"{table}_truncate_guard"
        made[name] = _postgresql_trigger(
            name, table, f"TRUNCATE ON {table} FOR EACH STATEMENT", _raise(NEVER_REMOVED)
        )
    return made


def _postgresql_trigger(name: str, table: str, deed: str, body: str) -> tuple[str, ...]:
    function = f"$guard$BEGIN {body} END$guard$"
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {function}",
        f"CREATE TRIGGER {name} BEFORE {deed} EXECUTE FUNCTION {name}()",
        # ALWAYS: a session that calls itself a replica does not get past it either.
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
    )


def _raise(words: str) -> str:
    return f"RAISE EXCEPTION '{_quoted(words)}' USING ERRCODE = 'integrity_constraint_violation';"


def _quoted(words: str) -> str:
    return words.replace("'", "''")


def _found(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT t.tgname, t.tgenabled, p.prosrc FROM pg_trigger t"
                " JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal"
            )
            return {name: (_text(enabled), source) for name, enabled, source in cursor.fetchall()}
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def _told(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> Any:
    if connection.vendor == "postgresql":
        return ("A", statements[0].split("$guard$")[1])
    return statements[0]


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
