"""How a task ended, in words: met, ended by a fact or a birthday, or going to end."""

from collections.abc import Iterator, Mapping
from datetime import date

from caseward.rules.engine import explain_limits, wording
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import Role, Status, Task
from caseward.rules.facts import checks
from caseward.rules.facts.entries import Event


def told(
    task: Task, events: Mapping[str, Event], rulebook: Rulebook, as_of: date | None
) -> Iterator[str]:
    """Yield how the task ended, or will, as of the day asked about."""
    # What lies ahead of the last thing known is not told as past: a birthday years away.
    known = max((event.occurred_on for event in events.values()), default=date.max)
    if (task.met_on or task.ended_on or date.min) > max(as_of or known, known):
        yield from _end_ahead(task, events)
        return
    if task.met_on is not None:
        if task.is_met_by_silence:
            yield (
                f"Nobody answered by {wording.day(task.met_on)}, which counts as "
                "agreement; a real answer dated in time takes its place."
            )
        else:
            facts = [
                explain_limits.fact(events[entry], rulebook)
                for entry in task.met_by
                if entry in events
            ]
            by = f" by: {wording.listed(facts)}" if facts else ""
            yield f"Met on {wording.day(task.met_on)}{by}."
    elif task.ended_on is not None and task.ending is not Status.DOES_NOT_APPLY:
        event = events.get(task.ended_by)
        by = f", by: {explain_limits.fact(event, rulebook)}" if event is not None else ""
        if birthday := _birthday(task, event):
            by = f", because of {birthday}"
        word = _ending(task)
        why = {"while": "what it depends on no longer holds", "episode closed": ""}.get(
            task.ended_because, task.ended_because
        )
        yield f"Ended on {wording.day(task.ended_on)}: {word}{f' ({why})' if why else ''}{by}."


def _ending(task: Task) -> str:
    """Return how a task ended, Caseward's own name with its capital."""
    word = wording.plain(str(task.ending)) if task.ending is not None else "ended"
    return word.replace("caseward", "Caseward")


def _birthday(task: Task, event: Event | None) -> str:
    if event is None or event.kind != checks.BORN or task.ended_on is None:
        return ""
    return wording.birthday(event.occurred_on, task.ended_on)


def _end_ahead(task: Task, events: Mapping[str, Event]) -> Iterator[str]:
    if task.is_met_by_silence and task.met_on is not None:
        yield f"No answer by {wording.day(task.met_on)} will count as agreement."
    elif task.ended_on is not None and task.role is not Role.WINDOW:
        birthday = _birthday(task, events.get(task.ended_by))
        which = f", {birthday}," if birthday else ""
        yield f"From {wording.day(task.ended_on)}{which} it would no longer apply."
