"""Signs where the record stands in the quiet after the last act, beside the pages (R15).

An act signs the head when the last one is old. The acts that come soon after it, and then nobody
for a night, would stand unsigned: this looks once a minute.
"""

import logging
import threading

from django.db import Error, connection

from caseward.interfaces import clock
from caseward.record.ledger import keeping
from caseward.record.ledger.refusals import Refused

SECONDS = 60.0
log = logging.getLogger(__name__)


def start() -> None:
    """Begin to look, in a thread that ends with the process."""
    threading.Thread(target=go_on, args=(threading.Event(),), name="heads", daemon=True).start()


def go_on(stop: threading.Event, *, every: float = SECONDS) -> None:
    """Sign the head whenever it is due, until told to stop."""
    while not stop.wait(every):
        try:
            keeping.sign_if_due(at=clock.now())
        except (Error, OSError, Refused) as problem:
            # The next minute tries again; the file's name is told, and nothing of the record.
            log.error("The head of the record could not be signed: %s", problem)  # noqa: TRY400
        finally:
            connection.close()
