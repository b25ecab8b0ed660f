"""What a form that was opened from a task need not ask: which paper, recipient, meeting or review.

Only what says what a thing is, is filled in. What somebody must judge (was the child seen, was the
whole meeting held) is never answered for them, though the task would be met by one answer alone.
"""

from collections.abc import Iterator, Mapping

from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import Task
from caseward.rules.facts.kinds import EventKind
from caseward.rules.procedures.conditions import AllOf, Condition, FieldIs
from caseward.rules.procedures.model import MetBy, Step
from caseward.work.readings import law
from caseward.work.readings.looks import ChildLook

# The fields by which a kind says what was given or told, and the key by which it says to whom.
SAYS_WHAT = ("paper", "about")
SAYS_WHOM = "recipient"
ABOUT_ON = "about_on"


def of_task(look: ChildLook, kind: EventKind, task: Task) -> dict[str, str]:
    """Return values by the form's names, of the fields and keys that the kind has."""
    values = {f"keys.{key}": value for key, value in task.keys.items() if key in kind.keys}
    day = _day_of_each(look, task)
    # A part for each review is told apart by the review; one for each recipient, by whom.
    named = "review" if day else "recipient"
    if task.each and named in kind.keys:
        values.setdefault(f"keys.{named}", task.each)
    for name, value in _what(look.asked.rulebook, kind, task):
        if kind.find_field(name) is not None:
            values[f"fields.{name}"] = value
        elif name in kind.keys:
            values.setdefault(f"keys.{name}", value)
    if day and kind.find_field(ABOUT_ON) is not None:
        values[f"fields.{ABOUT_ON}"] = day
    return values


def _what(rulebook: Rulebook, kind: EventKind, task: Task) -> Iterator[tuple[str, str]]:
    step = law.step_of(rulebook, task)
    if step is None:
        return
    found: dict[str, set[str]] = {}
    for met in _rows(step, task.part):
        if met.event == kind.id:
            for name, value in _said(met.where):
                found.setdefault(name, set()).add(value)
    for name, values in found.items():
        if name in (*SAYS_WHAT, SAYS_WHOM) and len(values) == 1:
            yield name, values.pop()


def _rows(step: Step, part: str) -> Iterator[MetBy]:
    if part:
        yield from (met for each in step.all_of if each.part == part for met in each.met_by)
    else:
        yield from (*step.met_by, *step.any_of)


def _said(condition: Condition | None) -> Iterator[tuple[str, str]]:
    if isinstance(condition, AllOf):
        for part in condition.parts:
            yield from _said(part)
    elif isinstance(condition, FieldIs):
        yield from ((condition.name, value) for value in condition.values)


def _day_of_each(look: ChildLook, task: Task) -> str:
    """Return the day of the event that a part is about, such as the review of which minutes."""
    named: Mapping[str, str] = {
        event.entry_id: event.occurred_on.isoformat() for event in look.record.events
    }
    return named.get(task.each, "")
