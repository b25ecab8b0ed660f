"""Dates worked out anew, with what hangs on them: a meeting moves the steps before it (M21)."""

from caseward.rules.engine.reference import limits, parts
from caseward.rules.engine.reference.live import Occurrence, Thread
from caseward.rules.engine.reference.walk import Walk


def date_anew(walk: Walk, occurrence: Occurrence) -> None:
    """Work out the dates of an open occurrence, and of the steps before the meeting it asks for."""
    if occurrence.law.limits or occurrence.law.rows:
        limits.work_out(walk, occurrence)
    if occurrence.parts:
        parts.refresh(walk, occurrence)
    thread = occurrence.thread
    if thread is not None and thread.before and thread.planned_on is None:
        date_thread(walk, thread)


def date_thread(walk: Walk, thread: Thread) -> None:
    """Work out the dates of the open steps that hang on the thread."""
    for occurrence in thread.before:
        if occurrence.is_open:
            date_anew(walk, occurrence)
