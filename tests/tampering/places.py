"""A store that lies elsewhere than the tests' own: copied, opened, put back, and patched as bytes.

On SQLite a place is a file. On PostgreSQL it is a database of the tests' server, copied file by
file, so that what was patched in its files is what the next copy reads.
"""

import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, cast

import psycopg
import pytest
from django.db import connection

from tests import settings
from tests.tampering import heap_pages, sqlite_pages

_numbers = count(1)


class Place(ABC):
    """One store."""

    @abstractmethod
    def copy(self) -> "Place":
        """Return a copy of the store as it stands: a backup."""

    @abstractmethod
    def put_back(self, backup: "Place") -> None:
        """Have the backup take this store's place."""

    @abstractmethod
    def replace(self, swaps: dict[bytes, bytes]) -> None:
        """Put bytes in the place of others of the same length, wherever they are, all at once."""

    @abstractmethod
    def remove(self, table: str, marker: bytes) -> None:
        """Take the row that holds these bytes off its page."""

    @abstractmethod
    def insert(self, table: str, like: bytes, swaps: dict[bytes, bytes], position: int) -> None:
        """Add a row like the one that holds these bytes, with others in it, at a position."""

    @abstractmethod
    def count_down(self, old_hash: bytes, new_hash: bytes, seq: int) -> None:
        """Have the stream that ends in one hash end in another, under a smaller number."""

    @contextmanager
    def patching(self) -> Iterator[None]:
        """Have several patches made as one, where each takes a while."""
        yield

    @abstractmethod
    def name(self) -> Any:
        """Return what the connection is told to open."""

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Have the product's own connection use this store meanwhile."""
        before = connection.settings_dict["NAME"]
        _close()
        connection.settings_dict["NAME"] = self.name()
        try:
            yield
        finally:
            _close()
            connection.settings_dict["NAME"] = before


class FilePlace(Place):
    """A SQLite file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def name(self) -> Any:
        return self.path

    def copy(self) -> "Place":
        path = self.path.with_name(f"{next(_numbers)}.sqlite3")
        shutil.copyfile(self.path, path)
        return FilePlace(path)

    def put_back(self, backup: Place) -> None:
        shutil.copyfile(cast("FilePlace", backup).path, self.path)

    def replace(self, swaps: dict[bytes, bytes]) -> None:
        self.path.write_bytes(exchanged(self.path.read_bytes(), swaps))

    def remove(self, table: str, marker: bytes) -> None:
        sqlite_pages.remove(self.path, table, marker)

    def insert(self, table: str, like: bytes, swaps: dict[bytes, bytes], position: int) -> None:
        sqlite_pages.insert(self.path, table, like, swaps, position)

    def count_down(self, old_hash: bytes, new_hash: bytes, seq: int) -> None:
        content = self.path.read_bytes()
        at = content.index(old_hash)
        changed = content[: at - 1] + bytes([seq]) + new_hash + content[at + len(old_hash) :]
        self.path.write_bytes(changed)


class DatabasePlace(Place):
    """A PostgreSQL database of the tests' own server."""

    def __init__(self, name: str) -> None:
        self.database = name
        self.files: dict[str, Path] | None = None

    def name(self) -> Any:
        return self.database

    def copy(self) -> "Place":
        name = f"{connection.settings_dict['NAME']}_{next(_numbers)}"
        _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{self.database}" STRATEGY file_copy')
        return DatabasePlace(name)

    def put_back(self, backup: Place) -> None:
        _on_server(f'DROP DATABASE "{self.database}"')
        source = cast("DatabasePlace", backup).database
        _on_server(f'CREATE DATABASE "{self.database}" TEMPLATE "{source}" STRATEGY file_copy')

    def replace(self, swaps: dict[bytes, bytes]) -> None:
        with self._patched() as files:
            for path in files.values():
                path.write_bytes(exchanged(path.read_bytes(), swaps))

    def remove(self, table: str, marker: bytes) -> None:
        with self._patched() as files:
            heap_pages.remove(files[table], marker)

    def insert(self, table: str, like: bytes, swaps: dict[bytes, bytes], position: int) -> None:
        with self._patched() as files:
            heap_pages.insert(files[table], like, swaps, position)

    def count_down(self, old_hash: bytes, new_hash: bytes, seq: int) -> None:
        with self._patched() as files:
            content = bytearray(files["ledger_stream"].read_bytes())
            at = content.index(old_hash)
            content[at : at + len(old_hash)] = new_hash
            content[at - 9 : at - 1] = seq.to_bytes(8, "little")
            files["ledger_stream"].write_bytes(content)

    @contextmanager
    def patching(self) -> Iterator[None]:
        with self._patched() as files:
            self.files = files
            yield
            self.files = None

    @contextmanager
    def _patched(self) -> Iterator[dict[str, Path]]:
        """Give the tables' files to patch; the database then takes them as they are."""
        if self.files is not None:
            yield self.files
            return
        tables = ("ledger_stream", "ledger_entry", "ledger_payload")
        if not (settings.TEST_SERVER / "cluster").exists():
            pytest.skip("The files of a server that is not the tests' own cannot be patched.")
        with psycopg.connect(**_server(self.database), autocommit=True) as server:
            server.execute("CHECKPOINT")
            found = {
                table: server.execute("SELECT pg_relation_filepath(%s)", [table]).fetchone()
                for table in tables
            }
        yield {
            table: settings.TEST_SERVER / "cluster" / row[0] for table, row in found.items() if row
        }
        # Its pages may still be in memory: a copy is read from the files.
        patched = self.copy()
        self.put_back(patched)
        _on_server(f'DROP DATABASE "{cast("DatabasePlace", patched).database}"')


def here(folder: Path) -> Place:
    """Return a copy of the store that the tests' connection is open on."""
    if connection.vendor == "sqlite":
        path = folder / "store.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        return FilePlace(path)
    _close()
    return DatabasePlace(str(connection.settings_dict["NAME"])).copy()


def forget_all() -> None:
    """Remove the databases that were made here; files go with their folder."""
    if connection.vendor != "postgresql":
        return
    prefix = f"{connection.settings_dict['NAME']}_"
    _close()
    with psycopg.connect(**_server("postgres"), autocommit=True) as server:
        names = server.execute("SELECT datname FROM pg_database").fetchall()
        for (name,) in names:
            if name.startswith(prefix) and name.removeprefix(prefix).isdecimal():
                server.execute(f'DROP DATABASE "{name}"')


def exchanged(content: bytes, swaps: dict[bytes, bytes]) -> bytes:
    """Return the content with each of the keys replaced by its value, all at once."""
    marked = content
    for number, old in enumerate(swaps):
        marked = marked.replace(old, b"\x00" + b"%03d" % number + b"\xff" * (len(old) - 4))
    for number, (old, new) in enumerate(swaps.items()):
        if len(old) != len(new):
            raise ValueError(f"{old!r} and {new!r} are not of one length.")
        marked = marked.replace(b"\x00" + b"%03d" % number + b"\xff" * (len(old) - 4), new)
    return marked


def _close() -> None:
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]


def _server(database: str) -> dict[str, Any]:
    told = connection.settings_dict
    stated = {"dbname": database, "user": told["USER"], "host": told["HOST"], "port": told["PORT"]}
    return {name: value for name, value in stated.items() if value}


def _on_server(statement: str) -> None:
    _close()
    with psycopg.connect(**_server("postgres"), autocommit=True) as server:
        # A served page of an earlier test may still be held open in this run's database.
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [connection.settings_dict["NAME"]],
        )
        server.execute(statement)
