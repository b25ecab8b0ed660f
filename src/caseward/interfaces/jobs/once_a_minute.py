"""The thread beside the pages: once a minute it does whatever has become due."""

import threading
from collections.abc import Callable

from django.db import connection

from caseward.interfaces.jobs import (
    clearing_drafts,
    keeping_loaded,
    renewing_statistics,
    settling,
    signing_heads,
)

SECONDS = 60.0
JOBS: tuple[Callable[[], None], ...] = (
    signing_heads.look,
    clearing_drafts.look,
    settling.look,
    renewing_statistics.look,
    keeping_loaded.look,
)


def start() -> None:
    """Begin to look, in a thread that ends with the process."""
    threading.Thread(target=go_on, args=(threading.Event(),), name="jobs", daemon=True).start()


def go_on(stop: threading.Event, *, every: float = SECONDS) -> None:
    """Look whether anything is due, until told to stop."""
    while not stop.wait(every):
        for look in JOBS:
            try:
                look()
            finally:
                connection.close()
