"""Under which heading an open task stands on a list: by its date, never by a count kept."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from caseward.rules.engine.rulebook import Rulebook
from caseward.work.readings.owed import Owed
from caseward.work.worklists.places import Place

UNALLOCATED: Place = "unallocated"
WITHOUT_COVER: Place = "without_cover"
# Headings of what its own holders cannot do: for those who allocate.
FOR_MANAGERS = frozenset({UNALLOCATED, WITHOUT_COVER})
HEADINGS: Mapping[Place, str] = {
    "late": "Late",
    "due_today": "Due today",
    "this_week": "In the next 7 days",
    "later": "Later",
    "behind_usual": "Behind the usual time",
    "waiting": "Waiting for something first",
    "no_limit": "No time limit",
    "unallocated": "Nobody allocated",
    "without_cover": "Left without cover",
}
WEEK = timedelta(days=7)


def placed(tasks: Iterable[Owed], rulebook: Rulebook, *, as_of: date) -> dict[Place, list[Owed]]:
    """Return the tasks under their headings, each in order; a heading without any has []."""
    found: dict[Place, list[Owed]] = {code: [] for code in HEADINGS if code not in FOR_MANAGERS}
    for task in in_order(tasks, rulebook):
        found[place_of(task, as_of=as_of)].append(task)
    return found


def place_of(task: Owed, *, as_of: date) -> Place:
    """Return the heading of one task. Due today is not late; a projected date is never late.

    A usual time of today is no day on which anything is due: it stands with the week's.
    """
    if not task.is_bound:
        return "no_limit"
    if task.expected_on is None:
        return "waiting" if task.is_waiting else "no_limit"
    if task.expected_on < as_of:
        return _past_place(task)
    if task.due_on == as_of:
        return "due_today"
    return "this_week" if task.expected_on - as_of <= WEEK else "later"


def _past_place(task: Owed) -> Place:
    if task.is_projected:
        return "waiting"
    return "late" if task.due_on is not None else "behind_usual"


def in_order(tasks: Iterable[Owed], rulebook: Rulebook) -> list[Owed]:
    """Return the tasks with safety duties first, then by date, then by when they opened."""
    safety = safety_steps(rulebook)

    def order(task: Owed) -> tuple[bool, date, date, str]:
        is_safety = (task.procedure, task.step) in safety
        return (not is_safety, task.expected_on or date.max, task.opened_on, task.key)

    return sorted(tasks, key=order)


def safety_steps(rulebook: Rulebook) -> frozenset[tuple[str, str]]:
    """Return procedure and step of every safety duty, in any edition."""
    return frozenset(
        (procedure.id, step.id)
        for procedure in rulebook.procedures
        for edition in procedure.editions
        for step in edition.steps
        if any(limit.at_once == "safety" for limit in step.limits)
    )
