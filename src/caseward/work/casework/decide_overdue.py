"""Deciding about what was overdue already when children came into Caseward: many at once (M8, B4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from caseward.record.ledger.acts import Act
from caseward.work.casework import named_task, record_together
from caseward.work.casework.happenings import WhatHappened
from caseward.work.entries import Problem, Taken
from caseward.work.entries.errors import Refused

What = Literal["done_before", "kept", "given_up"]
WHATS: tuple[What, ...] = ("done_before", "kept", "given_up")


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """A child's task that was due before its first day, and when it was done where that is known."""

    child: str
    task_id: str
    done_on: date | None = None


def decide(act: Act, overdue: Sequence[Overdue], what: What, *, reason: str = "") -> Taken:
    """Record one decision about all of these tasks, by the person whose act it is, or about none.

    Errors: Refused where one is done or has ended meanwhile, or is given up without a reason.
    """
    if what == "given_up" and not reason.strip():
        raise Refused([_problem("reason", "Say why these will not be done.")])
    whats = [_happening(act, each, what, reason=reason.strip()) for each in overdue]
    if not whats:
        raise Refused([_problem("tasks", "Tick at least one child.")])
    return record_together.record(act, whats, confirmed=True)


def _happening(act: Act, each: Overdue, what: What, *, reason: str) -> WhatHappened:
    task = named_task.open_task(act, each.child, each.task_id)
    fields: Mapping[str, Any] = {"task": task.key, "decided_by": act.by}
    if what == "given_up":
        fields = {**fields, "reason": reason}
    elif what == "done_before" and each.done_on is not None:
        fields = {**fields, "done_on": each.done_on.isoformat()}
    return WhatHappened(
        kind=f"task.{what}", occurred_on=act.today, children=(each.child,), fields=fields
    )


def _problem(field: str, sentence: str) -> Problem:
    return Problem(field=field, sentence=sentence, kind="refused")
