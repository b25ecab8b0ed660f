"""The task that somebody names by its id, if it is still there to be decided about."""

from caseward.record.ledger import queries as ledger
from caseward.record.ledger.acts import Act
from caseward.rules.engine.tasks import Task
from caseward.work import entries
from caseward.work.entries import Problem
from caseward.work.entries.errors import Refused
from caseward.work.tasks import queries as tasks


def open_task(act: Act, child: str, task_id: str) -> Task:
    """Return the child's task with this id, neither met nor ended on the act's day.

    The same act sent again finds the task that it ended itself: the door then gives the first
    answer (S1).
    Errors: Refused where there is none: it no longer arises, was done, or is another child's.
    """
    entries.settle_on_reading([child], on=act.today)
    task = tasks.find(task_id)
    if task is None or task.child != child:
        raise Refused([_problem("This task no longer arises. Open the child's page again.")])
    has_ended = any(day is not None and day <= act.today for day in (task.met_on, task.ended_on))
    if has_ended and not ledger.was_sent(act.key):
        raise Refused([_problem("This task is done or has ended. Open the child's page again.")])
    return task


def _problem(sentence: str) -> Problem:
    return Problem(field="fields.task", sentence=sentence, kind="refused")
