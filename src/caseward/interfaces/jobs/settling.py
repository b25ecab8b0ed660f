"""Settles the children whose rows are behind what the authority has adopted, late ones first (S5).

Nobody waits for it: whoever reads a child that is behind settles it. What this does is that lists
and counts are right soon, and that an installation that nobody looks at is right in the morning.
"""

import logging

from django.db import Error

from caseward.interfaces import clock
from caseward.record.ledger import maintenance
from caseward.work import entries
from caseward.work.entries.errors import Refusal

CHILDREN_AT_ONCE = 200
log = logging.getLogger(__name__)


def look() -> None:
    """Settle some children that are behind; the next look goes on from there."""
    if maintenance.standing(at=clock.now()) is not None:
        return
    today = clock.today()
    try:
        if entries.n_behind(on=today):
            entries.settle_behind(on=today, at_most=CHILDREN_AT_ONCE)
    except (Error, Refusal) as problem:
        # The kind of problem alone: a database may quote the row in its words.
        log.warning(
            "Children could not be settled (%s). The next look tries again.",
            type(problem).__name__,
        )
