"""Worked examples run through the engine: facts in, tasks out, dates worked by hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from caseward.rules.calendars.hours import LONDON
from caseward.rules.engine import reference, status
from caseward.rules.engine.rulebook import Adoption, Rulebook
from caseward.rules.engine.tasks import Evaluation, Standing, Task
from caseward.rules.facts import record as records
from caseward.rules.procedures.examples import Example, Expectation

Said = Callable[[Task, Standing], Any]

_SAID: dict[str, Said] = {
    "trigger": lambda task, _: task.trigger_on,
    "opened": lambda task, _: task.opened_on,
    "first_due": lambda task, _: task.first_due_on,
    "due": lambda task, _: task.due_on,
    "due_at": lambda task, _: task.due_at,
    "expected": lambda task, _: task.expected_on,
    "met": lambda task, _: task.met_on,
    "ended": lambda task, _: task.ended_on,
    "planned": lambda task, _: task.planned_on,
    "first_planned": lambda task, _: task.first_planned_on,
    "status": lambda _, standing: str(standing.status),
    "owner": lambda task, standing: standing.owner or task.owner,
    "waits_for": lambda task, _: task.waits_for or None,
    "reason": lambda task, _: task.receipt.reason or task.ended_because or None,
    "fulfils": lambda task, _: task.fulfils,
    "late": lambda _, standing: standing.is_late,
    "was_met_late": lambda _, standing: standing.was_met_late,
    "delayed": lambda _, standing: standing.is_delayed,
    "projected": lambda _, standing: standing.is_projected,
    "provisional": lambda _, standing: standing.is_provisional,
    "held": lambda _, standing: standing.is_held,
    "listed": lambda _, standing: standing.is_listed,
    "binds": lambda _, standing: standing.binds,
    "cannot_tell": lambda _, standing: standing.cannot_tell,
    "stale": lambda task, _: task.is_stale,
    "matched_by_date": lambda task, _: task.receipt.matched_by_date,
    "by_silence": lambda task, _: task.is_met_by_silence,
    "behind_usual": lambda _, standing: standing.is_behind_usual,
    "days_late": lambda _, standing: standing.days_late,
    "slippage_days": lambda _, standing: standing.slippage_days,
    "slippage_working_days": lambda _, standing: standing.slippage_working_days,
    "ordinal": lambda task, _: task.ordinal,
}
# A date that lies ahead of the day asked is known to the row and has not come yet.
_NOT_BEFORE_ITS_DAY = ("met", "ended")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """One thing that came out otherwise than worked by hand, and where it stands."""

    example: str
    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.sentence}"


def check_example(example: Example, rulebook: Rulebook) -> tuple[Mismatch, ...]:
    """Return everything in which the example's tasks differ from what was worked by hand.

    Shapes: `rulebook` brings vocabulary, procedures and calendar; the example brings its own
    settings, closure days and adoptions, and names the procedures that are evaluated with it.
    """
    own = _rulebook_of(example, rulebook)
    answers: dict[Any, Evaluation] = {}
    found: list[Mismatch] = []
    for row in example.expectations:
        position = None if row.known_at is None else _position(example, row.known_at)
        key = (row.as_of, position)
        if key not in answers:
            child = example.entries[0].child if example.entries else ""
            record = records.as_known(example.entries, child=child, position=position)
            answers[key] = reference.evaluate(record, own, as_of=row.as_of)
        found.extend(
            Mismatch(example=example.name, path=example.path, line=row.line, sentence=sentence)
            for sentence in _mismatches(row, answers[key], own)
        )
    return tuple(found)


def _rulebook_of(example: Example, rulebook: Rulebook) -> Rulebook:
    wanted = (example.procedure, *example.others)
    adopted = None
    if example.adopted is not None:
        adopted = tuple(
            Adoption(procedure=name, adopted_from=day) for name, day in example.adopted.items()
        )
    return replace(
        rulebook,
        procedures=tuple(one for one in rulebook.procedures if one.id in wanted),
        calendar=rulebook.calendar.with_closures(example.closures),
        settings={**rulebook.settings, **example.settings},
        adopted=adopted,
        first_day=example.first_day,
    )


def _position(example: Example, known_at: datetime) -> int:
    return records.position_at(example.entries, known_at)


def _mismatches(row: Expectation, answer: Evaluation, rulebook: Rulebook) -> Iterator[str]:
    found = [task for task in answer.tasks if task.opened_on <= row.as_of and _is_meant(row, task)]
    if row.is_absent:
        if found:
            yield f"there is a task {row.step} on {row.as_of}, and there should be none"
        return
    if row.nth is not None:
        found = sorted(found, key=lambda task: (task.trigger_on, task.key))[row.nth - 1 : row.nth]
    if len(found) != 1:
        yield f"on {row.as_of} there are {len(found)} tasks {row.step} {row.part}".rstrip()
        return
    standing = status.standing_on(found[0], row.as_of, rulebook.calendar)
    for name, wanted in row.said.items():
        given = _SAID[name](found[0], standing)
        if name in _NOT_BEFORE_ITS_DAY and given is not None and given > row.as_of:
            given = None
        if not _is_same(name, wanted, given):
            yield f"{row.step} on {row.as_of}: {name} is {_shown(given)}, worked: {_shown(wanted)}"


def _is_meant(row: Expectation, task: Task) -> bool:
    return (
        task.step == row.step
        and str(task.role) == row.role
        and task.procedure == row.procedure
        and (not row.part or task.part == row.part)
        and (not row.each or task.each == row.each)
        and (row.episode is None or task.episode_number == row.episode)
        and all(task.keys.get(name) == value for name, value in row.keys.items())
    )


def _is_same(name: str, wanted: Any, given: Any) -> bool:
    if isinstance(wanted, tuple) or isinstance(given, tuple):
        one = (wanted,) if isinstance(wanted, str) else tuple(wanted or ())
        return sorted(one) == sorted(given or ())
    if name == "reason" and isinstance(wanted, str):
        return wanted in (given or "")
    if isinstance(wanted, datetime) and isinstance(given, datetime):
        return wanted.replace(tzinfo=wanted.tzinfo or LONDON) == given
    return bool(wanted == given)


def _shown(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value) or "none"
    return str(value)
