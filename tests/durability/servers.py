"""A PostgreSQL of our own, set as a careful installation sets it, that may be killed at any moment.

Started as our own child, so that its processes may be followed and are ours to end.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests import postgresql

ROLE = "postgres"
TEMPLATE = "kept"
USED = "caseward"
LONGEST_WAIT = 30.0
# Stopped, also by whoever follows it; ended, and perhaps not yet taken note of by its parent.
_STOPPED, _GONE = "Tt", ("", "Z", "X")
SAFE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")


@dataclass(kw_only=True)
class Server:
    """A PostgreSQL in a folder; `address` is what CASEWARD_DATABASE is set to."""

    folder: Path
    settings: tuple[str, ...] = SAFE
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def cluster(self) -> Path:
        """Return the folder that the server keeps everything in."""
        return self.folder / "cluster"

    def address(self, database: str = USED, *, role: str = ROLE) -> str:
        """Return the address of a database on this server."""
        return f"postgresql://{role}@/{database}?host={self.folder}"

    @property
    def is_running(self) -> bool:
        """Return whether the server was started and not ended."""
        return self._process is not None

    @property
    def process(self) -> int:
        """Return the number of the server's first process."""
        if self._process is None:
            raise LookupError("The server is not running.")
        return self._process.pid

    def make(self) -> None:
        """Make a fresh cluster in the folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self._user:
            shutil.chown(self.folder, user=self._user)
        postgresql.run(
            [
                *(str(self._programs / "initdb"), "--pgdata=cluster", f"--username={ROLE}"),
                *("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"),
            ],
            folder=self.folder,
            user=self._user,
        )

    def start(self) -> float:
        """Start the server, wait until it answers, and return how many seconds that took."""
        began = time.monotonic()
        options = [part for setting in self.settings for part in ("-c", setting)]
        self._process = subprocess.Popen(
            [
                *(str(self._programs / "postgres"), "-D", "cluster", "-k", str(self.folder)),
                *("-c", "listen_addresses=", "-c", "max_connections=80", *options),
            ],
            cwd=self.folder,
            user=self._user,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "log").open("ab"),
            start_new_session=True,
        )
        self.wait()
        return time.monotonic() - began

    def wait(self) -> None:
        """Wait until the server answers."""
        until = time.monotonic() + LONGEST_WAIT
        while True:
            try:
                self.run("SELECT 1", database=ROLE)
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.02)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """End the server: at once and without tidying (SIGQUIT), or having said goodbye (SIGINT)."""
        if self._process is None:
            return
        self._process.send_signal(how)
        self._process.wait(30)
        self._process = None

    def kill(self) -> None:
        """Kill every process of the server, as a machine's end does."""
        if self._process is None:
            return
        master = self._process.pid
        os.kill(master, signal.SIGSTOP)
        # It goes on starting processes until it has really stopped.
        _wait_until(lambda: _state_of(master) in _STOPPED)
        processes = (*children_of(master), master)
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._process.wait(30)
        self._process = None
        # A server does not start while one that uses its memory is still there.
        _wait_until(lambda: all(_state_of(process) in _GONE for process in processes))

    def run(self, *statements: str, database: str = USED) -> list[Any]:
        """Run statements as the owner, each by itself, and return the last one's rows."""
        rows: list[Any] = []
        with psycopg.connect(self.address(database), autocommit=True, connect_timeout=5) as session:
            for statement in statements:
                cursor = session.execute(statement.encode())
                rows = cursor.fetchall() if cursor.description else []
        return rows

    def copy(self, *, of: str, to: str) -> None:
        """Put a copy of one database in the place of another.

        Until the next checkpoint a copy's sequences are not noted as they count on, and a crash would
        have them count again: no part of what is proved here.
        """
        self.run(
            f"DROP DATABASE IF EXISTS {to} WITH (FORCE)",
            f"CREATE DATABASE {to} TEMPLATE {of}",
            "CHECKPOINT",
            database=ROLE,
        )

    def settle(self) -> None:
        """Start it if it has ended, and wait until it answers and nobody else uses the database."""
        if not self.is_running:
            self.start()
        until = time.monotonic() + LONGEST_WAIT
        while True:
            try:
                self._wait_for_quiet(until)
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.02)
            else:
                return

    def _wait_for_quiet(self, until: float) -> None:
        question = (
            f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{USED}'"
            " AND backend_type = 'client backend'"
        )
        while self.run(question, database=ROLE)[0][0]:
            if time.monotonic() > until:
                raise TimeoutError("Somebody still uses the database.")
            time.sleep(0.005)

    @property
    def _user(self) -> str | None:
        return postgresql.unprivileged_user()

    @property
    def _programs(self) -> Path:
        return postgresql.reachable_programs(self.folder, self._user)


def _wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST_WAIT
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError("A process of the server does not end.")
        time.sleep(0.001)


def _state_of(process: int) -> str:
    """Return the letter by which Linux calls what a process does, "" where there is none."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""
    return told.rpartition(") ")[2][:1]


def children_of(process: int) -> list[int]:
    """Return the processes that a process started and that are still there."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(number) for number in listed.split()]


def answering(server: Server) -> list[int]:
    """Return the processes in which a server answers those who use the database."""
    found = []
    for process in children_of(server.process):
        words = Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace")
        if f" {USED} " in words:
            found.append(process)
    return found
