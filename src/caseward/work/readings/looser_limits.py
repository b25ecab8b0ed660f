"""Where a procedure's limits are looser than the law, and whom that touches today (M22)."""

from collections.abc import Iterator
from datetime import date

from caseward.record.access import policy
from caseward.rules.checking import looseness
from caseward.rules.checking.clocks import Comparison
from caseward.rules.checking.messages import Looser, Message
from caseward.rules.engine.tasks import UNDER, Task
from caseward.work.readings import looks
from caseward.work.readings.looks import Asked
from caseward.work.readings.shapes import ChildTouched, LooserLimit
from caseward.work.tasks import queries as tasks

# So many children are named; of the others the number is told.
MOST_NAMED = 20


def of_procedure(asked: Asked, procedure: str) -> tuple[LooserLimit, ...]:
    """Return each limit of the procedure that is looser than the law, with the children it touches.

    Shapes: by the law, settings and closed days of the day asked about; only children whom the
    asker may see, those whom the law's day comes to first named first.
    """
    comparison = Comparison(asked.rulebook.calendar)
    found, _, _ = looseness.findings(asked.rulebook, comparison, only=(procedure,))
    return tuple(
        _limit(asked, finding, finding.looser) for finding in found if finding.looser is not None
    )


def _limit(asked: Asked, finding: Message, looser: Looser) -> LooserLimit:
    touched = sorted(_touched(asked, finding, looser), key=lambda one: (one[2], one[0]))
    shown = touched[:MOST_NAMED]
    names = looks.names_of(child for child, _, _ in shown)
    return LooserLimit(
        step=finding.step,
        title=looser.local_title,
        ours=looser.local_clock,
        law=looser.national_clock,
        law_title=looser.national_title,
        where=looser.words,
        on_some_days=looser.n_days < looser.of_days,
        counted_from=looser.counted_from,
        ours_on=looser.local_due_on,
        law_on=looser.national_due_on,
        children=tuple(
            ChildTouched(child_id=child, name=names.get(child, ""), ours_on=ours, law_on=law)
            for child, ours, law in shown
        ),
        n_children=len({child for child, _, _ in touched}),
    )


def _touched(asked: Asked, finding: Message, looser: Looser) -> Iterator[tuple[str, date, date]]:
    """Every child with a task of the step that the law ends earlier, with the two days."""
    seen = policy.visible_to(asked.asker).values("pk")
    for task in tasks.standing_of(finding.procedure, finding.step, as_of=asked.as_of, among=seen):
        ours = next((one.due_on for one in task.limits if one.limit == finding.limit), None)
        law = min(_national(task, looser), default=None)
        if ours is not None and law is not None and law < ours:
            yield task.child, ours, law


def _national(task: Task, looser: Looser) -> Iterator[date]:
    """The days by which the law wants the same task done."""
    under = f"{UNDER}{looser.national_procedure}/{looser.national_step}/"
    for one in task.limits:
        if one.limit.startswith(under) and one.due_on is not None:
            yield one.due_on
