"""Clears what people began to type and then left: nothing of a child stays in a draft for good (S7)."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import Error

from caseward.interfaces import clock
from caseward.work.casework import discard_draft

log = logging.getLogger(__name__)


def look() -> None:
    """Clear the drafts that nobody has typed into for as long as the installation keeps them."""
    days = settings.CASEWARD_DRAFT_DAYS
    try:
        n_cleared = discard_draft.left_since(clock.now() - timedelta(days=days))
    except Error as problem:
        # The kind of problem alone: a database may quote the row in its words.
        log.warning(
            "Drafts could not be cleared (%s). The next look tries again.", _kind_of(problem)
        )
        return
    if n_cleared:
        log.info("Cleared drafts left for more than %d days: %d.", days, n_cleared)


def _kind_of(problem: BaseException) -> str:
    return type(problem).__name__
