"""The published shape of a task: what `caseward tasks --json` prints and others build upon.

Documented in docs/reference/tasks.md, versioned, kept stable: a key is never renamed or removed
within a version; new keys may be added.
"""

from datetime import date, datetime
from typing import Any

from caseward.rules.engine.tasks import LimitDate, Standing, Task

VERSION = 1


def published(
    task: Task, standing: Standing, *, as_of: date, is_unverified: bool = False
) -> dict[str, Any]:
    """Return one task as plain values, ready for JSON.

    Shapes: dates are ISO text or null; lists are never null; `receipt` holds ids only.
    Units: `slippage` is days past the first due date, in calendar and in working days.
    """
    return {
        "child": task.child,
        "procedure": task.procedure,
        "episode": task.episode,
        "episode_number": task.episode_number,
        "step": task.step,
        "part": task.part,
        "row": str(task.role),
        "key": task.key,
        "keys": dict(task.keys),
        "each": task.each,
        "ordinal": task.ordinal,
        "fulfils": list(task.fulfils),
        "owner": list(standing.owner or task.owner),
        "trigger": {"on": _day(task.trigger_on), "entries": list(task.receipt.trigger_entries)},
        "opens": _day(task.opened_on),
        "limits": [_limit(limit) for limit in task.limits],
        "first_due": _day(task.first_due_on),
        "due": _day(task.due_on),
        "due_at": _moment(task.due_at),
        "expected": _day(task.expected_on),
        "planned": _day(task.planned_on),
        "waits_for": task.waits_for,
        "met": _day(_by(task.met_on, as_of)),
        "met_by": list(task.met_by) if _by(task.met_on, as_of) else [],
        "met_by_silence": task.is_met_by_silence and _by(task.met_on, as_of) is not None,
        "ends": _day(task.ended_on),
        "ending": str(task.ending) if task.ending else "",
        "status": str(standing.status),
        "is_late": standing.is_late,
        "was_met_late": standing.was_met_late,
        "is_behind_usual": standing.is_behind_usual,
        "is_delayed": standing.is_delayed,
        "is_projected": standing.is_projected,
        "is_provisional": standing.is_provisional,
        "is_held": standing.is_held,
        "is_listed": standing.is_listed,
        "covered_by": task.covered_by,
        "binds": standing.binds,
        "is_unverified": is_unverified,
        "cannot_tell": list(task.cannot_tell),
        "slippage": {
            "days": standing.slippage_days,
            "working_days": standing.slippage_working_days,
        },
        "receipt": _receipt(task),
    }


def _limit(limit: LimitDate) -> dict[str, Any]:
    return {
        "limit": limit.limit,
        "force": str(limit.force),
        "first": _day(limit.first_on),
        "due": _day(limit.due_on),
        "due_at": _moment(limit.due_at),
        "counted_from": _day(limit.anchor_on),
        "counted_from_entries": list(limit.anchor_entries),
        "is_provisional": limit.is_provisional,
        "is_projected": limit.is_projected,
        "is_deemed": limit.is_deemed,
        "is_delayed": limit.is_delayed,
        "waits_for": limit.waits_for,
    }


def _receipt(task: Task) -> dict[str, Any]:
    receipt = task.receipt
    return {
        "trigger_entries": list(receipt.trigger_entries),
        "step": receipt.step,
        "edition_from": _day(receipt.edition_from),
        "edition_fingerprint": receipt.edition_fingerprint,
        "calendar_version": receipt.calendar_version,
        "episode_entry": receipt.episode_entry,
        "computed_from": receipt.computed_from,
        "conditions": list(receipt.conditions),
        "missing": list(receipt.missing),
        "notes": list(receipt.note_entries),
        "matched_by_date": receipt.matched_by_date,
        "reason": receipt.reason,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _by(day: date | None, as_of: date) -> date | None:
    """Return the day if it has come: a date ahead (met by silence, M19) is not told as done."""
    return day if day is not None and day <= as_of else None


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
