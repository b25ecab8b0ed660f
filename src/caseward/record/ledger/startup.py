"""Refuses to start where acknowledged facts could be lost or a demonstration could leak.

`refusals` looks at the real connections, not at what the settings promise. The same refusals are
Django system checks, so that `migrate` and `check --database` meet them too.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from caseward.record.ledger import (
    authority,
    heads,
    home_folders,
    models,
    postgresql_settings,
    queries,
    sqlite_settings,
    triggers,
)
from caseward.record.ledger.refusals import Refusal, Unsafe

LOOPBACK = "127.0.0.1"
# Two machines that write to one store need not agree to the second.
CLOCKS_DIFFER_BY = timedelta(minutes=5)


def refuse_unsafe(*, bind: str, at: datetime) -> None:
    """Raise Unsafe if anything would lose facts or show them to those who may not see them.

    `bind` is the address that is about to be served on, `at` the moment it is.
    """
    found = _declared()
    if not found:
        found = [*refusals(), *_serving_refusals(bind, at)]
    if found:
        raise Unsafe(found)


def refusals(aliases: Iterable[str] | None = None) -> list[Refusal]:
    """Return every reason not to start that settings, folders and open connections give.

    Where the settings or the folders give one already, no database is opened.
    """
    found = _declared()
    if found:
        return found
    for alias in list(connections) if aliases is None else list(aliases):
        found += _connection_refusals(alias)
    return found


def _declared() -> list[Refusal]:
    """Return what settings and folders say that is unsafe, before any database is opened."""
    is_demonstration = _says_demonstration()
    found = list(
        settings_refusals(
            settings.DATABASES, debug=settings.DEBUG, is_demonstration=is_demonstration
        )
    )
    found += time_refusals(settings.TIME_ZONE, use_tz=settings.USE_TZ)
    if not is_demonstration:
        found += host_refusals(settings.ALLOWED_HOSTS)
    found += _home_refusals(is_demonstration=is_demonstration)
    return found


def _serving_refusals(bind: str, at: datetime) -> Iterator[Refusal]:
    """Yield what is unsafe for serving only: whoever migrates or disposes may do more."""
    is_demonstration = authority.is_demonstration()
    has_proxy = bool(settings.SECURE_PROXY_SSL_HEADER)
    yield from bind_refusals(bind, is_demonstration=is_demonstration, has_proxy=has_proxy)
    yield from mark_refusals(is_demonstration=is_demonstration)
    yield from clock_refusals(at)
    if connections["default"].vendor == "postgresql" and not is_demonstration:
        role = postgresql_settings.role_of(connections["default"])
        yield from postgresql_settings.role_refusals(role)


def _home_refusals(*, is_demonstration: bool) -> Iterator[Refusal]:
    home = Path(settings.CASEWARD_HOME)
    files = _sqlite_files()
    yield from home_folders.refusals(
        home,
        is_demonstration=is_demonstration,
        least_free=getattr(settings, "CASEWARD_LEAST_FREE", home_folders.LEAST_FREE),
    )
    yield from home_folders.second_store_refusals(home, [Path(name) for name in files.values()])
    yield from sqlite_settings.one_file_refusals(files)


def _connection_refusals(alias: str) -> Iterator[Refusal]:
    connection = connections[alias]
    if connection.vendor == "sqlite":
        yield from sqlite_settings.refusals(sqlite_settings.observed(connection))
    else:
        yield from postgresql_settings.refusals(connection)
    if alias == "default":
        yield from release_refusals(connection)
        yield from guard_refusals(connection)
        if _is_migrated(connection):
            yield from head_refusals(Path(settings.CASEWARD_HOME) / "heads")


def settings_refusals(
    databases: Mapping[str, Mapping[str, Any]], *, debug: bool, is_demonstration: bool
) -> Iterator[Refusal]:
    """Yield what of Django's settings would lose facts or show too much."""
    for alias, database in databases.items():
        if database.get("AUTOCOMMIT") is False:
            yield Refusal(
                code="caseward.E012",
                what=f"The database '{alias}' has AUTOCOMMIT off.",
                why="What people were told is saved would be undone when the connection ends.",
                what_to_do="Take AUTOCOMMIT out.",
            )
        if "postgresql" in str(database.get("ENGINE", "")):
            options = database.get("OPTIONS", {})
            yield from postgresql_settings.address_refusals(
                str(database.get("HOST", "")), str(options.get("sslmode", ""))
            )
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


def time_refusals(time_zone: str, *, use_tz: bool) -> Iterator[Refusal]:
    """Yield a refusal where days would not be counted in London (M20)."""
    if not use_tz or time_zone != "Europe/London":
        yield Refusal(
            code="caseward.E013",
            what=f"The time zone is set to {time_zone}{'' if use_tz else ', with USE_TZ off'}.",
            why="Limits in law are counted in London's days, and some would be a day out.",
            what_to_do="Set TIME_ZONE to Europe/London and USE_TZ to True.",
        )


def host_refusals(hosts: Iterable[str]) -> Iterator[Refusal]:
    """Yield a refusal where it answers under any name, or under none."""
    names = list(hosts)
    if any("*" in name for name in names):
        yield Refusal(
            code="caseward.E014",
            what="CASEWARD_HOSTS lets Caseward be reached under any name.",
            why="Another site could have links made that lead people to it with their keys.",
            what_to_do="List the names that it is reached by, with commas between.",
        )
    if not names:
        yield Refusal(
            code="caseward.E015",
            what="CASEWARD_HOSTS names nothing that Caseward is reached by.",
            why="Every page would be refused.",
            what_to_do="List the names that it is reached by, with commas between.",
        )


def bind_refusals(
    bind: str, *, is_demonstration: bool, has_proxy: bool = True
) -> Iterator[Refusal]:
    """Yield a refusal if it would be served beyond this machine and must not be so."""
    if bind == LOOPBACK:
        return
    if is_demonstration:
        yield Refusal(
            code="caseward.E010",
            what=f"This is a demonstration store, and it would be served on {bind}.",
            why="Anybody may choose to be anybody in it, so it is for this machine alone.",
            what_to_do=f"Serve it on {LOOPBACK}, or make a store that is not for demonstration.",
        )
    elif not has_proxy:
        yield Refusal(
            code="caseward.E018",
            what=f"Caseward would be served on {bind} with nothing in front that ends https.",
            why="Pages about children would cross the network for anybody on it to read.",
            what_to_do=f"Put a proxy in front and set CASEWARD_BEHIND_PROXY, or bind {LOOPBACK}.",
        )


def mark_refusals(*, is_demonstration: bool) -> Iterator[Refusal]:
    """Yield a refusal where a real store would be served as loosely as a demonstration."""
    if _says_demonstration() and not is_demonstration and queries.head().position:
        yield Refusal(
            code="caseward.E040",
            what="The home is marked as a demonstration's, and the record in it is a real one.",
            why="It would be served over plain http and with a secret of a demonstration.",
            what_to_do="Take the file `demonstration` out of the home, or name another home.",
        )


def clock_refusals(at: datetime) -> Iterator[Refusal]:
    """Yield a refusal where this machine's clock is behind what has been recorded already."""
    newest = queries.head().recorded_at
    if newest is not None and at + CLOCKS_DIFFER_BY < newest:
        yield Refusal(
            code="caseward.E032",
            what=f"This machine's clock says {at:%d/%m/%Y %H:%M}, and the newest entry in the "
            f"record is of {newest:%d/%m/%Y %H:%M}.",
            why="What is due and what is late would be told for the wrong day.",
            what_to_do="Set the clock right; if it is right, ask who recorded ahead of time.",
        )


def release_refusals(connection: BaseDatabaseWrapper) -> Iterator[Refusal]:
    """Yield a refusal where the tables were made by a later release than this one."""
    loader = MigrationLoader(connection)
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("caseward.")}
    unknown = sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in ours and (app, name) not in loader.disk_migrations
    )
    if unknown:
        yield Refusal(
            code="caseward.E033",
            what=f"The store was made ready by a later release of Caseward ({unknown[0]}).",
            why="This release does not know what is in it and could break it.",
            what_to_do="Start the later release, or put back the backup made before it.",
        )


def head_refusals(folder: Path) -> Iterator[Refusal]:
    """Yield a refusal where the record ends before the newest head that was signed here (S3)."""
    newest = heads.read_newest(folder)
    if newest is None or newest.position == 0:
        return
    if queries.store_hash_at(newest.position) != newest.store_hash:
        yield Refusal(
            code="caseward.E029",
            what=f"A head signed here says that the record stood at entry {newest.position:,}; "
            f"this store ends at {queries.head().position:,} or says otherwise there.",
            why="It is an older copy or another store: what people saved since would be missing.",
            what_to_do="Name the right store, or restore the newest backup; then run "
            "`caseward verify`.",
        )


def guard_refusals(connection: BaseDatabaseWrapper) -> Iterator[Refusal]:
    """Yield a refusal if the ledger's tables are there and a guard on them is not."""
    missing = triggers.missing(connection) if _is_migrated(connection) else ()
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
        if models.Entry._meta.db_table not in connection.introspection.table_names(cursor):  # noqa: SLF001 -- Django documents it
            return False
        cursor.execute(
            "SELECT 1 FROM django_migrations WHERE app = 'ledger' AND name = '0002_guards'"
        )
        return cursor.fetchone() is not None


def _says_demonstration() -> bool:
    return bool(getattr(settings, "CASEWARD_DEMONSTRATION", False))


def _sqlite_files() -> dict[str, str]:
    return {
        alias: str(database["NAME"])
        for alias, database in settings.DATABASES.items()
        if "sqlite" in str(database.get("ENGINE", ""))
    }
