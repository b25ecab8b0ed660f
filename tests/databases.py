"""Runs the database tests on SQLite or on a PostgreSQL of their own, under the same test ids.

CASEWARD_TEST_DATABASE=postgresql starts a server for the run, as a user without rights, and then
runs only the tests that use a database: the others were run beside SQLite.
"""

import os
import shutil
from pathlib import Path

import pytest

from tests import postgresql, settings

DATABASE_FIXTURES = frozenset(
    {"db", "transactional_db", "live_server", "django_db_reset_sequences", "own_store"}
)


def pytest_configure(config: pytest.Config) -> None:
    """Start the server once, in the process that the others are started from."""
    if _owns_server(config):
        start_server(settings.TEST_SERVER)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server that this run started."""
    if _owns_server(config) and (settings.TEST_SERVER / "cluster").exists():
        stop_server(settings.TEST_SERVER)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL leave out the tests that use no database."""
    if not settings.IS_POSTGRESQL:
        return
    kept = [test for test in items if uses_database(test)]
    left_out = [test for test in items if not uses_database(test)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def uses_database(test: pytest.Item) -> bool:
    """Return whether a test asks for a database by its marker or by a fixture."""
    fixtures = set(getattr(test, "fixturenames", ()))
    return test.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)


def start_server(folder: Path) -> None:
    """Make a fresh PostgreSQL in the folder, reached by a socket in it and by nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    user = postgresql.unprivileged_user()
    if user is not None:
        shutil.chown(folder, user=user)
    programs = postgresql.reachable_programs(folder, user)
    postgresql.run(
        [
            *(str(programs / "initdb"), "--pgdata=cluster", "--username=postgres"),
            *("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"),
        ],
        folder=folder,
        user=user,
    )
    options = (
        f"-k {folder} -c listen_addresses='' -c fsync=off -c synchronous_commit=off "
        "-c full_page_writes=off -c max_connections=120"
    )
    postgresql.run(
        [
            *(str(programs / "pg_ctl"), "--pgdata=cluster", "--log=log", "--wait"),
            *("-o", options, "start"),
        ],
        folder=folder,
        user=user,
    )


def stop_server(folder: Path) -> None:
    """Stop the server in the folder at once and remove what it kept."""
    user = postgresql.unprivileged_user()
    programs = postgresql.reachable_programs(folder, user)
    postgresql.run(
        [str(programs / "pg_ctl"), "--pgdata=cluster", "--mode=immediate", "--wait", "stop"],
        folder=folder,
        user=user,
    )
    shutil.rmtree(folder, ignore_errors=True)


def _owns_server(config: pytest.Config) -> bool:
    is_helper = hasattr(config, "workerinput")
    return settings.IS_POSTGRESQL and not is_helper and "TEST_DATABASE_URL" not in os.environ
