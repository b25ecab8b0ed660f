"""Signs where the record stands in the quiet after the last act, beside the pages (R15).

An act signs the head when the last one is old. The acts that come soon after it, and then nobody
for a night, would stand unsigned: this looks once a minute.
"""

import threading

from django.db import connection

from caseward.interfaces import clock
from caseward.record.ledger import keeping

SECONDS = 60.0


def start() -> None:
    """Begin to look, in a thread that ends with the process."""
    threading.Thread(target=go_on, args=(threading.Event(),), name="heads", daemon=True).start()


def go_on(stop: threading.Event, *, every: float = SECONDS) -> None:
    """Sign the head whenever it is due, until told to stop."""
    while not stop.wait(every):
        try:
            keeping.sign_if_due(at=clock.now())
        except keeping.UNSIGNED as problem:
            keeping.log_unsigned(problem)
        finally:
            connection.close()
