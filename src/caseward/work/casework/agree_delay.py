"""Agreeing a delay of one task: the date moves, the first date stays shown (M23)."""

from dataclasses import dataclass
from datetime import date

from caseward.record.ledger.acts import Act
from caseward.work.casework import named_task, record_event
from caseward.work.casework.happenings import WhatHappened
from caseward.work.entries import Preview, Taken


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelay:
    """A new date, a reason from the authority's list, and the worker who agreed it."""

    new_date: date
    reason: str
    agreed_by: str
    explanation: str = ""


def agree(
    act: Act,
    child: str,
    task_id: str,
    delay: NewDelay,
    *,
    confirmed: bool = False,
    preview_digest: str | None = None,
) -> Taken:
    """Record that a delay of the task was agreed today.

    It never moves a limit of law, and does not undo days already late.
    Errors: Refused where the task is no longer open, and the other refusals.
    """
    what = happening(act, child, task_id, delay)
    return record_event.record(act, what, confirmed=confirmed, preview_digest=preview_digest)


def preview(act: Act, child: str, task_id: str, delay: NewDelay) -> Preview:
    """Return what agreeing it would do; nothing is written."""
    return record_event.preview(act, happening(act, child, task_id, delay))


def happening(act: Act, child: str, task_id: str, delay: NewDelay) -> WhatHappened:
    """Return what is recorded when a delay is agreed."""
    task = named_task.open_task(act, child, task_id)
    said = {
        "task": task.key,
        "new_date": delay.new_date.isoformat(),
        "reason": delay.reason,
        "explanation": delay.explanation,
        "agreed_by": delay.agreed_by,
    }
    return WhatHappened(
        kind="delay.agreed",
        occurred_on=act.today,
        children=(child,),
        fields={name: value for name, value in said.items() if value},
    )
