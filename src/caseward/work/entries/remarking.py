"""What to ask before an act is saved, for what would follow from it: a meeting past its last day."""

from collections.abc import Iterator, Sequence
from datetime import date

from caseward.record.ledger.acts import NewEntry
from caseward.rules.engine import wording
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import Evaluation, Role, Task
from caseward.rules.procedures.model import DelayRule, Force, Step
from caseward.work.entries.answers import Problem

_BINDING = (Force.LAW, Force.MUST)


def of_plans(
    drafts: Sequence[NewEntry], before: Evaluation, after: Evaluation, rulebook: Rulebook
) -> Iterator[Problem]:
    """Yield a question for each meeting that the drafts plan for after its last day (W6, M21).

    What is planned is recorded all the same: a late meeting is better than none.
    """
    planned = {task.key: task.planned_on for task in before.tasks}
    for draft in drafts:
        for name, day in _days_of(draft, rulebook):
            for task in after.tasks:
                is_planned = task.planned_on == day != planned.get(task.key)
                step = _meeting_of(rulebook, task) if is_planned else None
                if step is not None and _is_too_late(task, day):
                    yield Problem(
                        field=f"fields.{name}",
                        sentence=_sentence(step, task, day),
                        kind="confirm",
                        child=after.child,
                    )


def _days_of(draft: NewEntry, rulebook: Rulebook) -> Iterator[tuple[str, date]]:
    kind = rulebook.vocabulary.kinds.get(draft.kind)
    if kind is None or not kind.plans or draft.withdraws is not None:
        return
    for field in kind.fields:
        value = draft.fields.get(field.name)
        if field.type == "date" and isinstance(value, str):
            yield field.name, date.fromisoformat(value)


def _is_too_late(task: Task, day: date) -> bool:
    if task.role is not Role.STEP or task.met_on is not None or task.due_on is None:
        return False
    # The rows tell of days to come: a duty ends on the eighteenth birthday, and until then stands.
    return day > task.due_on and (task.ended_on is None or task.ended_on > day)


def _sentence(step: Step, task: Task, day: date) -> str:
    source = _source(step, task)
    last = wording.day(task.due_on) if task.due_on is not None else ""
    return (
        f"{(step.title or step.duty).rstrip('.')}: the last day for it is {last}"
        f"{f' ({source})' if source else ''}, and {wording.day(day)} is after it. "
        f"{_what_to_do(step.delay)}"
    )


def _source(step: Step, task: Task) -> str:
    """Return where the limit stands that gives the last day, or an empty text."""
    binding = [one.limit for one in task.limits if one.force in _BINDING and one.due_on]
    for number, row in enumerate(step.limits):
        if row.id in binding or str(number) in binding:
            return wording.source(row.source)
    return ""


def _what_to_do(delay: DelayRule | None) -> str:
    if delay is None:
        return "Choose an earlier day, or save it if none can be had."
    told = wording.listed([wording.role(role) for role in delay.tells])
    who = f": the {told} is told why" if told else ""
    return f"Choose an earlier day, or agree a delay and give its reason{who}."


def _meeting_of(rulebook: Rulebook, task: Task) -> Step | None:
    """Return the meeting's own step, by the edition that the task's receipt names."""
    return next(
        (
            step
            for procedure in rulebook.procedures
            if procedure.id == task.procedure
            for edition in procedure.editions
            if edition.in_force_from == task.receipt.edition_from
            for step in edition.steps
            if step.id == task.step and step.meeting is not None
        ),
        None,
    )
