"""`caseward serve` as a person starts it: its own processes, and a page over the network."""

import math
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from caseward.config import databases
from caseward.interfaces.cli import serve_command

PATIENCE = 60.0
PEOPLE, LONGEST_ANSWER = 20, 2.0


def test_the_first_page_is_served(tmp_path: Path) -> None:
    """A fresh home with a demonstration answers with the page on which a role is chosen."""
    home = {"CASEWARD_HOME": str(tmp_path / "home")}
    _caseward("demo", "--children", "2", home=home)
    with _served(home) as (address, _):
        assert re.search(r"<h1[^>]*>[^<]*\w", _first_page(address))


def test_a_temporary_folder_that_takes_no_file_ends_nobody(tmp_path: Path) -> None:
    """A worker that begins anew while nothing can be put aside serves like those before it."""
    aside = tmp_path / "aside"
    aside.mkdir()
    home = {"CASEWARD_HOME": str(tmp_path / "home"), "TMPDIR": str(aside)}
    _caseward("demo", "--children", "1", home=home)
    with _served(home) as (address, server):
        _first_page(address)
        n_workers = len(_children_of(server))
        aside.rmdir()
        server.send_signal(signal.SIGTTIN)
        ends = time.monotonic() + PATIENCE
        while len(_children_of(server)) == n_workers and time.monotonic() < ends:
            time.sleep(0.05)
        assert len(_children_of(server)) == n_workers + 1
        _first_page(address)


def test_a_server_that_cannot_start_is_told(tmp_path: Path) -> None:
    """Control: with no store to serve there is no page, and the reader hears why."""
    home = {"CASEWARD_HOME": str(tmp_path / "home"), "CASEWARD_DEMONSTRATION": "yes"}
    said = _caseward("serve", "--port", str(_free_port()), home=home, may_fail=True)
    assert said.returncode != 0
    assert "no tables yet" in said.stderr


def test_twenty_people_hear_in_time_that_the_database_is_away() -> None:
    """Each waits for a connection in vain, and first for those before it at the same threads."""
    turns = math.ceil(PEOPLE / (serve_command.WORKERS * serve_command.THREADS))
    assert turns * float(databases.POOL["timeout"]) <= LONGEST_ANSWER


@contextmanager
def _served(home: dict[str, str]) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Serve the home on a free port; afterwards the server and its workers are gone."""
    port = _free_port()
    server = subprocess.Popen(
        _words("serve", "--port", str(port)), env={**_environment(), **home}, start_new_session=True
    )
    try:
        yield f"http://127.0.0.1:{port}/", server
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def _children_of(server: subprocess.Popen[bytes]) -> list[str]:
    return Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text("ascii").split()


def _first_page(address: str) -> str:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            with urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 -- our own address
                return str(answer.read(), "utf-8")
        except HTTPError as refused:
            pytest.fail(f"The first page was refused: {refused}")
        except URLError:
            time.sleep(0.2)
    pytest.fail(f"No page was served within {PATIENCE:.0f} s.")


def _caseward(
    *words: str, home: dict[str, str], may_fail: bool = False
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _words(*words),
        env={**_environment(), **home},
        capture_output=True,
        text=True,
        check=not may_fail,
        timeout=PATIENCE,
    )


def _words(*words: str) -> list[str]:
    return [sys.executable, "-m", "caseward.interfaces.cli", *words]


def _environment() -> dict[str, str]:
    """Return this process's environment without the test run's own choices for the store."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CASEWARD_")}
    return {name: value for name, value in kept.items() if name != "DJANGO_SETTINGS_MODULE"}


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
