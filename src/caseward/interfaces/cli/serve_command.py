"""`caseward serve`: the web pages, by gunicorn, on this machine unless the settings say otherwise."""

import argparse
import os
import sys
from pathlib import Path

from caseward.interfaces import clock
from caseward.interfaces.cli import exits

WORKERS = 2
THREADS = 4
MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder in memory, not one of passing files


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", metavar="PORT", type=int, default=8000, help="the port to listen on (8000)"
    )


def run(options: argparse.Namespace) -> int:
    from caseward.interfaces.cli import store

    store.open_store()
    from django.conf import settings
    from django.db import connections

    _refuse_unsafe(settings.CASEWARD_BIND)
    _gather_static_files()
    _note_head()
    bind = f"{settings.CASEWARD_BIND}:{options.port}"
    # The server's workers are forked from here; a database connection must never cross a fork.
    connections.close_all()
    print(f"Caseward is on http://{bind}/", flush=True)
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "caseward.config.wsgi:application",
        "--bind",
        bind,
        "--workers",
        str(WORKERS),
        "--threads",
        str(THREADS),
        "--no-control-socket",
        "--max-requests",
        "5000",
        "--timeout",
        "60",
        "--log-level",
        "warning",
        *_where_workers_show_life(),
    ]
    os.execv(sys.executable, command)  # noqa: S606  (our own interpreter, fixed words)
    return exits.FAULT


def _where_workers_show_life() -> tuple[str, ...]:
    """Have the file in which a worker shows that it lives be in memory, where there is such a folder.

    Each new worker has one; with the disk of the usual folder full the whole server would end.
    """
    return ("--worker-tmp-dir", str(MEMORY)) if os.access(MEMORY, os.W_OK) else ()


def _refuse_unsafe(address: str) -> None:
    """Stop where facts could be lost, or where a demonstration would be served to others."""
    from caseward.record.ledger import startup
    from caseward.record.ledger.refusals import Unsafe

    try:
        startup.refuse_unsafe(bind=address, at=clock.now())
    except Unsafe as problem:
        raise exits.Stop(f"Caseward does not start.\n{problem}", exits.STORE) from problem


def _gather_static_files() -> None:
    """Gather style sheets and scripts where they have not been: no page can be made without."""
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.management import call_command

    if not staticfiles_storage.hashed_files:  # type: ignore[attr-defined]  # the manifest's names
        call_command("collectstatic", interactive=False, verbosity=0)


def _note_head() -> None:
    """Sign where the record stands, if that was last done a while ago."""
    from caseward.record.ledger import keeping

    keeping.sign_if_due(at=clock.now())
