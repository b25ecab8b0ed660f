"""The program that starts Caseward on every unsafe set-up: `python -m tests.durability.starting JSON`.

Each start is `caseward serve` in a process forked before Django is loaded, up to the moment at
which the web server would take over.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.durability import unsafe_setups
from tests.durability.servers import USED, Server
from tests.durability.unsafe_setups import APPLICATION, OLDER, SetUp

# What every start loads anyway and what needs no settings: loaded once, before the forks.
WARM = ("django.db.models", "django.contrib.staticfiles.storage", "django.forms", "psycopg",
         "psycopg_pool", "whitenoise.storage", "yaml", "cryptography.hazmat.primitives.serialization",
         "caseward.interfaces.cli.program", "caseward.rules.engine.reference")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Start:
    """How one start ended: the exit code, and everything it said."""

    name: str
    says: str
    code: int
    said: str


def main(text: str) -> None:
    """Start on every set-up that the database has, and print how each ended."""
    database = str(json.loads(text)["database"])
    for name in WARM:
        __import__(name)
    folder = Path(tempfile.mkdtemp(prefix="caseward-starts-"))
    folder.chmod(0o711)
    # Set as PostgreSQL comes, which is safe: what its command line says could not be altered.
    server = Server(folder=folder / "server", settings=()) if database == "postgresql" else None
    try:
        _make(folder, server)
        every = [_start(folder, one, server) for one in unsafe_setups.chosen(database)]
        print(json.dumps({"starts": [asdict(start) for start in every]}))
    finally:
        if server:
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _make(folder: Path, server: Server | None) -> None:
    """Make a real home and a demonstration's, each with a store in it."""
    if server:
        server.make()
        server.start()
        server.run(
            f"CREATE DATABASE {USED}", "CREATE DATABASE of_demonstration", database="postgres"
        )
    real, demonstration = unsafe_setups.SAFE
    for one, name, deed in (
        (real, "real", _adopt), (demonstration, "demonstration", _declare),
    ):  # fmt: skip
        home = folder / name
        told = _environment(home, one, server, role="postgres")
        code, said = _forked(told, {}, deed)
        if code:
            raise RuntimeError(f"The store could not be made: {said}")


def _adopt() -> int:
    from caseward.interfaces import clock  # noqa: PLC0415 -- after the fork, on its own settings
    from caseward.interfaces.cli import program, store  # noqa: PLC0415 -- same

    code = program.main(["adopt"])
    from django.conf import settings  # noqa: PLC0415 -- same
    from django.db import connection, connections  # noqa: PLC0415 -- same

    from caseward.record.ledger import grants  # noqa: PLC0415 -- same
    from caseward.work.casework import adopt  # noqa: PLC0415 -- same

    home = Path(settings.CASEWARD_HOME)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE ROLE {APPLICATION} LOGIN")
            for statement in grants.statements(connection, APPLICATION):
                cursor.execute(statement)
    connections.close_all()
    shutil.copytree(home / "store", home / OLDER)
    adopt.set_first_day(store.act(why="made for a test"), clock.today())
    connections.close_all()
    return code or program.main(["head"])


def _declare() -> int:
    from caseward.interfaces.cli import store  # noqa: PLC0415 -- after the fork

    store.open_store(make=True, as_demonstration=True)
    from django.db import connections  # noqa: PLC0415 -- same

    from caseward.work.casework import adopt  # noqa: PLC0415 -- same

    adopt.declare_demonstration(store.act(why="made for a test"))
    connections.close_all()
    return 0


def _start(folder: Path, one: SetUp, server: Server | None) -> Start:
    """Make the set-up, start Caseward on it, and take it back."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        home = Path(place) / "home"
        shutil.copytree(folder / ("demonstration" if one.is_demonstration else "real"), home)
        if one.prepare:
            one.prepare(home)
        told = _environment(home, one, server, role=one.role or APPLICATION)
        try:
            _run(server, one.sql)
            code, said = _forked(told, one.changes, lambda: _serve(one))
        finally:
            _run(server, one.undo)
    return Start(name=one.name, says=one.says, code=code, said=said)


def _serve(one: SetUp) -> int:
    """Serve, up to where the web server's program would take this process over."""
    from caseward.interfaces import clock  # noqa: PLC0415 -- after the fork, on its own settings
    from caseward.interfaces.cli import program  # noqa: PLC0415 -- same
    from caseward.record.ledger import sqlite_settings  # noqa: PLC0415 -- same

    def started(*_words: object) -> None:
        print("The web server has started.", flush=True)
        os._exit(0)

    os.execv = started  # type: ignore[assignment]  # nothing listens in these tests
    if one.clock is not None:
        clock.now = lambda: one.clock or clock.now()
    if "CASEWARD_MOUNTS" in one.changes:
        sqlite_settings.MOUNTS = Path(os.environ["CASEWARD_HOME"]).parent / "mounts"
    if one.has_old_library:
        sys.modules["pysqlite3"] = None  # type: ignore[assignment]  # as where it is not installed
    return program.main(["serve"])


def _forked(
    told: Mapping[str, str], changes: Mapping[str, Any], deed: Callable[[], int]
) -> tuple[int, str]:
    """Do a deed in a process of its own with this environment; return its code and what it said."""
    ours, its = os.pipe()
    process = os.fork()
    if not process:
        code = 1
        try:
            os.close(ours)
            for stream in (1, 2):
                os.dup2(its, stream)
            os.environ.clear()
            os.environ.update({**told, "CASEWARD_TEST_CHANGES": json.dumps(dict(changes))})
            code = deed()
        except Exception as problem:  # noqa: BLE001 -- told to the one who asked
            print(f"failed: {problem!r}", file=sys.stderr)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    os.close(its)
    with os.fdopen(ours, encoding="utf-8") as pipe:
        said = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), said


def _environment(home: Path, one: SetUp, server: Server | None, *, role: str) -> dict[str, str]:
    told = unsafe_setups.environment(home, one)
    if server and "CASEWARD_DATABASE" not in told:
        usual = "of_demonstration" if one.is_demonstration else USED
        role = "postgres" if one.is_demonstration else role
        told["CASEWARD_DATABASE"] = server.address(one.database or usual, role=role)
    return told


def _run(server: Server | None, statements: tuple[str, ...]) -> None:
    if server and statements:
        server.run(*statements)


if __name__ == "__main__":
    main(sys.argv[1])
