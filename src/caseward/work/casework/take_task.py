"""Taking a task on from those whom a role puts in the pool for it (M27)."""

from caseward.record.ledger.acts import Act
from caseward.work.casework import named_task, record_event
from caseward.work.casework.happenings import WhatHappened
from caseward.work.entries import Taken


def take(act: Act, child: str, task_id: str, *, worker: str) -> Taken:
    """Record that the worker took the task on today; it changes no date.

    Errors: Refused where the task is no longer open, and the other refusals.
    """
    task = named_task.open_task(act, child, task_id)
    return record_event.record(
        act,
        WhatHappened(
            kind="task.taken",
            occurred_on=act.today,
            children=(child,),
            fields={"task": task.key, "worker": worker},
        ),
        confirmed=True,
    )
