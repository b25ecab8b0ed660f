"""`migrate`, whole or not at all.

Django makes the tables of a migration in one transaction and, where it has indexes to make at the
end, notes in another that they are made. A power cut between the two leaves a store that can be
neither migrated nor used, so here all of it is one transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper


class Command(migrate.Command):
    """Django's command, in one transaction of the database that it is for."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; what fails or is broken off leaves the database as it was."""
        with _whole(connections[options["database"]]):
            super().handle(*args, **options)


@contextmanager
def _whole(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Hold one transaction open, in which SQLite lets tables be made anew.

    SQLite checks foreign keys row by row unless that is switched off before the transaction;
    Django looks all of them over at the end of each migration instead.
    """
    is_off = connection.vendor == "sqlite" and connection.disable_constraint_checking()
    try:
        with transaction.atomic(using=connection.alias):
            yield
    finally:
        if is_off:
            connection.enable_constraint_checking()
