"""Ending a task without its being done: missed for ever, and seen by the IRO (B5, M41)."""

from caseward.record.ledger.acts import Act
from caseward.work.casework import named_task, record_event
from caseward.work.casework.happenings import WhatHappened
from caseward.work.entries import Preview, Taken


def give_up(
    act: Act,
    child: str,
    task_id: str,
    *,
    reason: str,
    decided_by: str,
    confirmed: bool = False,
    preview_digest: str | None = None,
) -> Taken:
    """Record that a manager ended the task today, with the reason.

    Errors: Refused where the task is no longer open, and the other refusals.
    """
    what = happening(act, child, task_id, reason=reason, decided_by=decided_by)
    return record_event.record(act, what, confirmed=confirmed, preview_digest=preview_digest)


def preview(act: Act, child: str, task_id: str, *, reason: str, decided_by: str) -> Preview:
    """Return what giving it up would do; nothing is written."""
    what = happening(act, child, task_id, reason=reason, decided_by=decided_by)
    return record_event.preview(act, what)


def happening(act: Act, child: str, task_id: str, *, reason: str, decided_by: str) -> WhatHappened:
    """Return what is recorded when a task is given up."""
    task = named_task.open_task(act, child, task_id)
    return WhatHappened(
        kind="task.given_up",
        occurred_on=act.today,
        children=(child,),
        fields={"task": task.key, "reason": reason, "decided_by": decided_by},
    )
