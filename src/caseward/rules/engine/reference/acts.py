"""What people say about a task itself: a delay, giving it up, taking it, a part not needed.

M23 delays, M41 and B5 giving up, M27 taking from a pool, M14 parts, M8 what was overdue already when
the child came into Caseward: done before, or kept as due. A task is named by its key, or
by the step where no key is known (an import).
"""

from collections.abc import Sequence
from dataclasses import replace

from caseward.rules.engine.reference import dating, endings, moves, occurrences, outcomes, parts
from caseward.rules.engine.reference.known import date_of, value_of
from caseward.rules.engine.reference.live import Occurrence, cause_of
from caseward.rules.engine.reference.walk import Walk
from caseward.rules.engine.tasks import Delay, Status
from caseward.rules.facts.entries import Event

DELAYED = "delay.agreed"
GIVEN_UP = "task.given_up"
TAKEN = "task.taken"
NOT_APPLICABLE = "paper.not_applicable"
WITHDRAWN = "paper.withdrawn"
DONE_BEFORE = "task.done_before"
KEPT = "task.kept"
KINDS = frozenset((DELAYED, GIVEN_UP, TAKEN, NOT_APPLICABLE, WITHDRAWN, DONE_BEFORE, KEPT))


def take_all(walk: Walk, events: Sequence[Event], kinds: frozenset[str]) -> None:
    """Take in what the day's events say of tasks, and delays that waited for theirs to open."""
    if not KINDS.isdisjoint(kinds):
        for event in events:
            if event.kind in KINDS:
                take(walk, event)
    if walk.opened:
        delay_newly_opened(walk)


def take(walk: Walk, event: Event) -> None:
    """Take in what the event says of the task it names; one that names none says so (M38)."""
    if event.kind == WITHDRAWN:
        for episode in walk.living:
            parts.withdraw(episode, event)
        return
    occurrence = _named(walk, event)
    if occurrence is None:
        walk.unattached.append(event.entry_id)
    elif event.kind == DELAYED:
        delay(walk, occurrence, event)
    elif event.kind == GIVEN_UP:
        _give_up(walk, occurrence, event)
    elif event.kind == TAKEN:
        occurrence.taken_by = str(value_of(event, "worker") or "")
        occurrence.notes += (event.entry_id,)
    elif event.kind == DONE_BEFORE:
        _done_before(walk, occurrence, event)
    elif event.kind == KEPT:
        occurrence.is_kept = True
        occurrence.notes += (event.entry_id,)
    else:
        part = str(value_of(event, "part") or "")
        reason = str(value_of(event, "reason") or "")
        if not parts.not_applicable(occurrence, part, event, reason):
            walk.unattached.append(event.entry_id)


def delay_newly_opened(walk: Walk) -> None:
    """A delay agreed before its task had opened holds for it once it opens."""
    opened, walk.opened = walk.opened, []
    for occurrence in opened:
        _delay_early(walk, occurrence)


def _delay_early(walk: Walk, occurrence: Occurrence) -> None:
    for event in list(walk.early_delays):
        named = str(value_of(event, "task") or "")
        if named == occurrence.key or (
            named == occurrence.law.id and occurrence.episode.accepts(event)
        ):
            walk.early_delays.remove(event)
            if event.entry_id in walk.unattached:
                walk.unattached.remove(event.entry_id)
            delay(walk, occurrence, event)


def delay(walk: Walk, occurrence: Occurrence, event: Event) -> None:
    """A delay moves the limits it may move and keeps the first date (M23)."""
    new_date = date_of(event, "new_date")
    if new_date is None:
        return
    rule = occurrence.law.step.delay
    reason = str(value_of(event, "reason") or "")
    given = Delay(
        entry_id=event.entry_id,
        agreed_on=event.occurred_on,
        new_date=new_date,
        reason=reason,
        agreed_by=str(value_of(event, "agreed_by") or ""),
        stands=occurrence.is_open and (rule is None or not rule.reasons or reason in rule.reasons),
    )
    occurrence.delays += ((event.position, given),)
    if not occurrence.is_open or not given.stands:
        return
    moves.keep_late_days(walk, occurrence)
    dating.date_anew(walk, occurrence)


def _give_up(walk: Walk, occurrence: Occurrence, event: Event) -> None:
    """Missed for ever; a recurring duty's next is counted from the day it was given up (M41)."""
    if not occurrence.is_open:
        occurrence.notes += (event.entry_id,)
        return
    reason = str(value_of(event, "reason") or "given up")
    endings.end(occurrence, walk.day, Status.MISSED, event.entry_id, reason)
    occurrence.is_given_up = True
    law, cause = occurrence.law, cause_of(event)
    if law.rows:
        occurrences.open_next(walk, occurrence, cause)
    if law.step.even_if_missed:
        usual = next((one.outcome for one in law.step.outcomes.values() if one.usual), None)
        outcomes.follow(walk, occurrence, usual, cause)


def _done_before(walk: Walk, occurrence: Occurrence, event: Event) -> None:
    """It was done before the child came into Caseward: neither met nor late, and not measured (M8).

    Only what was due before the child's first day can have been; of anything later the entry changes
    nothing. A recurring duty's next is counted from the day it was done, where that is known.
    """
    first_day, due_on = walk.first_day, occurrence.due_on or occurrence.expected_on
    was_due = first_day is not None and (due_on or occurrence.cause.day) < first_day
    if not occurrence.is_open or not was_due:
        occurrence.notes += (event.entry_id,)
        return
    endings.end(
        occurrence, walk.day, Status.BEFORE_CASEWARD, event.entry_id, "done before Caseward"
    )
    if occurrence.law.rows:
        cause, done_on = cause_of(event), date_of(event, "done_on")
        if done_on is not None and occurrence.cause.day <= done_on <= walk.day:
            cause = replace(cause, day=done_on)
        occurrences.open_next(walk, occurrence, cause)


def _named(walk: Walk, event: Event) -> Occurrence | None:
    named = str(value_of(event, "task") or "")
    found = walk.by_key.get(named)
    if found is not None:
        return found[0] if isinstance(found, tuple) else found
    seen = False
    for episode in reversed(walk.living):
        if not episode.accepts(event):
            continue
        for occurrence in reversed(episode.occurrences):
            if named in (occurrence.law.id, occurrence.law.root):
                seen = True
                if occurrence.is_open:
                    return occurrence
    if event.kind == DELAYED and not seen:
        walk.early_delays.append(event)
    return None
