"""The recurring duties foreseen: each met on its last day, so that the next counts from there.

They are played on together, since one fact may meet several (a visit) and one duty may end another
(the first review ends the weekly visits). They prolong no episode (M35).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from caseward.rules.engine.reference import assumptions
from caseward.rules.engine.reference.assumptions import Assumption
from caseward.rules.engine.reference.course import MOST_ROUNDS
from caseward.rules.engine.reference.evaluation import evaluate
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import Episode, LimitDate, Role, Task
from caseward.rules.facts import record as records
from caseward.rules.facts.entries import Record
from caseward.rules.procedures.model import Edition, Procedure, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """One time that a recurring duty comes round: its last day, and what it is counted from.

    `taken_on` is the day on which it is taken as done: the last day, the planned day of a meeting
    already arranged, or the day asked about where the last day has passed. `counted_from` is the day
    of the fact it is counted from; `is_assumed` says that this fact is itself foreseen.
    """

    episode: str
    step: str
    title: str
    due_on: date
    taken_on: date
    is_usual: bool
    is_planned: bool
    counted_from: date | None
    counted_from_kind: str
    is_assumed: bool


def foreseen(
    record: Record,
    rulebook: Rulebook,
    episodes: Collection[Episode],
    *,
    as_of: date,
    until: date,
) -> tuple[Recurrence, ...]:
    """Return every time that a recurring duty of the episodes comes round, up to a day.

    Shapes: in order of their days; episodes, those open on the day asked about.
    """
    keys = {episode.key for episode in episodes}
    assumed: list[Assumption] = []
    found: list[Recurrence] = []
    tried: set[str] = set()
    for _ in range(MOST_ROUNDS):
        events = records.in_order([*record.events, *(one.event for one in assumed)])
        played = replace(record, events=events)
        due = _next(evaluate(played, rulebook).tasks, keys, tried, as_of)
        if not due or due[0][0] > until:
            break
        made: list[Assumption] = []
        for on, task in due:
            tried.add(task.key)
            edition, step = _rule(task, rulebook)
            found.append(_recurrence(task, step, on, played))
            made.extend(
                assumptions.facts_for(
                    task,
                    step,
                    (),
                    on=on,
                    outcome=None,
                    edition=edition,
                    vocabulary=rulebook.vocabulary,
                    child=record.child,
                )
            )
        assumed.extend(assumptions.joined(made))
    return tuple(sorted(found, key=lambda one: (one.due_on, one.step)))


def _next(
    tasks: Collection[Task], keys: Collection[str], tried: Collection[str], as_of: date
) -> list[tuple[date, Task]]:
    """The open recurring duties that come next, all of one day."""
    days = [
        (max(as_of, task.opened_on, task.planned_on or task.expected_on), task)
        for task in tasks
        if task.episode in keys
        and task.role is Role.STEP
        and task.ordinal > 0
        and task.key not in tried
        and task.met_on is None
        and task.expected_on is not None
    ]
    standing = [(on, task) for on, task in days if task.ended_on is None or task.ended_on > on]
    first = min((on for on, _ in standing), default=None)
    return [pair for pair in standing if pair[0] == first]


def _recurrence(task: Task, step: Step, on: date, played: Record) -> Recurrence:
    limit = _binding(task)
    facts = {event.entry_id: event for event in played.events}
    anchors = [facts[one] for one in limit.anchor_entries if one in facts] if limit else []
    return Recurrence(
        episode=task.episode,
        step=task.step,
        title=(step.title or step.duty).rstrip("."),
        due_on=task.expected_on or on,
        taken_on=on,
        is_usual=task.due_on is None,
        is_planned=step.meeting is not None and task.planned_on is not None,
        counted_from=limit.anchor_on if limit else None,
        counted_from_kind=anchors[-1].kind if anchors else "",
        is_assumed=any(one.entry_id.startswith(assumptions.MARK) for one in anchors),
    )


def _binding(task: Task) -> LimitDate | None:
    dated = [limit for limit in task.limits if limit.due_on == task.expected_on]
    return dated[0] if dated else None


def _rule(task: Task, rulebook: Rulebook) -> tuple[Edition, Step]:
    procedure: Procedure = next(one for one in rulebook.procedures if one.id == task.procedure)
    for edition in procedure.editions:
        step = edition.step(task.receipt.step)
        if step is not None and edition.in_force_from == task.receipt.edition_from:
            return edition, step
    message = f"The rulebook holds no step {task.receipt.step}. Load its law file."
    raise LookupError(message)
