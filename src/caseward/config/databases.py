"""Which database this installation uses, and which rows go where (decisions 0001, 0004, 0007)."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model

from caseward.config import sqlite_library

READS = "reads"
# Nobody waits for a server that is away: the error page comes within two seconds. Twenty people who
# try again share eight threads, so each may wait for two others before its own.
WAITS = {"connect_timeout": 2, "keepalives_idle": 10, "keepalives_interval": 2,
         "keepalives_count": 3, "tcp_user_timeout": 10_000}  # fmt: skip
# A list asks much and reads little: compiling its statement anew each time took two seconds of
# the hundredth of one that it needs.
PLAIN_PLANS = "-c jit=off"
# A pool that tries again ever more rarely would be minutes late when the server is back; one that
# gives up soon begins anew with the next page. Each of a process's threads has one open already.
POOL = {"min_size": 4, "max_size": 8, "timeout": 0.25, "reconnect_timeout": 1.0}


def read_databases(home: Path) -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES: PostgreSQL where CASEWARD_DATABASE names one, else SQLite.

    On SQLite the read log is a file of its own, so that noting who looked never waits for the
    store's one writer. On PostgreSQL there is one database and no `reads` alias.
    """
    address = os.environ.get("CASEWARD_DATABASE", "")
    if address:
        return {"default": _postgresql(address)}
    return {
        "default": _sqlite(home / "store" / "store.sqlite3"),
        READS: _sqlite(home / "reads" / "reads.sqlite3"),
    }


def _sqlite(path: Path) -> dict[str, Any]:
    statements = sqlite_library.connection_settings(sqlite_library.version())
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # A closed last connection makes SQLite copy its log back; kept open, a page is far cheaper.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A deferred transaction that reads and then writes fails under a second writer.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "; ".join(statements),
        },
    }


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured(
            f"CASEWARD_DATABASE begins with '{parts.scheme}:'. It must be a PostgreSQL address, "
            "like postgresql://user:password@host:5432/name; leave it out to use SQLite."
        )
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or (parts.hostname or ""),
        "PORT": parts.port or "",
        # A pool and kept-open connections exclude each other; the pool is a process's own.
        "CONN_MAX_AGE": 0,
        # A connection that the server has dropped is noticed before a page is begun on it.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**WAITS, "options": PLAIN_PLANS, "pool": dict(POOL), **query},
    }


class ReadLogRouter:
    """Sends models that say `database = "reads"` to the read log's own file, where there is one."""

    def db_for_read(self, model: type[Model], **_hints: object) -> str | None:
        """Return the alias that rows of this model are read from."""
        return self._alias(model)

    def db_for_write(self, model: type[Model], **_hints: object) -> str | None:
        """Return the alias that rows of this model are written to."""
        return self._alias(model)

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **_hints: object
    ) -> bool | None:
        """Return whether this model's table belongs on this alias."""
        if not self._has_reads():
            return None
        # The model that a migration carries has none of our attributes: ask the one of today.
        model = self._model(app_label, model_name)
        return (getattr(model, "database", "default") == READS) == (db == READS)

    def _alias(self, model: type[Model]) -> str | None:
        wanted = getattr(model, "database", None)
        return READS if wanted == READS and self._has_reads() else None

    @staticmethod
    def _model(app_label: str, model_name: str | None) -> type[Model] | None:
        try:
            return apps.get_model(app_label, model_name) if model_name else None
        except LookupError:
            return None

    @staticmethod
    def _has_reads() -> bool:
        from django.conf import settings  # noqa: PLC0415 -- settings import this module

        return READS in settings.DATABASES
