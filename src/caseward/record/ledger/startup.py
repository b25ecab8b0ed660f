"""Refuses to start where acknowledged facts could be lost or a demonstration could leak.

`refusals` looks at the real connections, not at what the settings promise. The same refusals are
Django system checks, so that `migrate` and `check --database` meet them too.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from caseward.record.ledger import authority, models, sqlite_settings, triggers
from caseward.record.ledger.refusals import Refusal, Unsafe

LOOPBACK = "127.0.0.1"


def refuse_unsafe(*, bind: str) -> None:
    """Raise Unsafe if anything would lose facts or show a demonstration to the network.

    `bind` is the address that is about to be served on.
    """
    found = [*refusals(), *bind_refusals(bind, is_demonstration=authority.is_demonstration())]
    if found:
        raise Unsafe(found)


def refusals(aliases: Iterable[str] | None = None) -> list[Refusal]:
    """Return every reason not to start that settings and open connections give."""
    wanted = list(connections) if aliases is None else list(aliases)
    found = list(settings_refusals(settings.DATABASES, debug=settings.DEBUG,
                                   is_demonstration=_says_demonstration()))  # fmt: skip
    for alias in wanted:
        connection = connections[alias]
        if connection.vendor == "sqlite":
            found += sqlite_settings.refusals(sqlite_settings.observed(connection))
        else:
            found += postgresql_refusals(_postgresql_settings(connection))
        if alias == "default":
            found += guard_refusals(connection)
    return found


def postgresql_refusals(found: Mapping[str, str]) -> Iterator[Refusal]:
    """Yield what of a PostgreSQL server would lose acknowledged facts."""
    lost_without = {
        "fsync": "A crash of the machine could break the whole store.",
        "synchronous_commit": "A crash would lose facts that people were told are saved.",
        "full_page_writes": "A power cut could leave half-written pages in the store.",
    }
    for name, why in lost_without.items():
        if found.get(name) == "off":
            yield Refusal(
                code="caseward.E007",
                what=f"The PostgreSQL server runs with {name}=off.",
                why=why,
                what_to_do=f"Set {name} to on in postgresql.conf.",
            )


def settings_refusals(
    databases: Mapping[str, Mapping[str, Any]], *, debug: bool, is_demonstration: bool
) -> Iterator[Refusal]:
    """Yield what of Django's settings would lose facts or show too much."""
    for alias, database in databases.items():
        if database.get("ATOMIC_REQUESTS"):
            yield Refusal(
                code="caseward.E008",
                what=f"The database '{alias}' has ATOMIC_REQUESTS set.",
                why="Every page would hold the one write lock, and the read log could roll back.",
                what_to_do="Take ATOMIC_REQUESTS out.",
            )
    if debug and not is_demonstration:
        yield Refusal(
            code="caseward.E009",
            what="DEBUG is on, and this is no demonstration store.",
            why="A fault would show children's records in the browser.",
            what_to_do="Set DEBUG to False.",
        )


def bind_refusals(bind: str, *, is_demonstration: bool) -> Iterator[Refusal]:
    """Yield a refusal if a demonstration store would be served beyond this machine."""
    if is_demonstration and bind != LOOPBACK:
        yield Refusal(
            code="caseward.E010",
            what=f"This is a demonstration store, and it would be served on {bind}.",
            why="Anybody may choose to be anybody in it, so it is for this machine alone.",
            what_to_do=f"Serve it on {LOOPBACK}, or make a store that is not for demonstration.",
        )


def guard_refusals(connection: BaseDatabaseWrapper) -> Iterator[Refusal]:
    """Yield a refusal if the ledger's tables are there and a guard on them is not."""
    with connection.cursor() as cursor:
        has_ledger = models.Entry._meta.db_table in connection.introspection.table_names(cursor)  # noqa: SLF001 -- Django documents it
    missing = triggers.missing(connection) if has_ledger and _is_migrated(connection) else ()
    if missing:
        yield Refusal(
            code="caseward.E011",
            what=f"The ledger's guards are not as they were installed: {', '.join(missing)}.",
            why="Rows could be changed or removed.",
            what_to_do="Run `caseward verify`, find out who changed the database, and restore it.",
        )


def check_databases(
    *, databases: Iterable[str] | None = None, **_options: Any
) -> list[checks.CheckMessage]:
    """Give the refusals to Django's checks, for the databases that are being checked."""
    return [
        checks.Error(f"{refusal.what} {refusal.why}", hint=refusal.what_to_do, id=refusal.code)
        for refusal in (refusals(databases) if databases else ())
    ]


def _is_migrated(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM django_migrations WHERE app = 'ledger' AND name = '0002_guards'"
        )
        return cursor.fetchone() is not None


def _says_demonstration() -> bool:
    return bool(getattr(settings, "CASEWARD_DEMONSTRATION", False))


def _postgresql_settings(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings"
            " WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')"
        )
        return dict(cursor.fetchall())
