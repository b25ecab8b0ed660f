"""Meetings held as one occasion (M29): two duties, one arrangement, each with its own entry.

A step names those that it `merges`, perhaps only while a condition holds (`merges_while`). While
both are open what is arranged for either is the plan of both; each is met by an event of its own.
"""

from collections.abc import Iterator

from caseward.rules.engine.reference import endings
from caseward.rules.engine.reference.live import Occurrence, Thread
from caseward.rules.engine.reference.walk import Walk

NATIONAL = "national."


def partners(walk: Walk, occurrence: Occurrence) -> Iterator[Occurrence]:
    """Yield the open meetings that this one is held together with, today: theirs as well."""
    standing = [
        one
        for episode in walk.living
        for one in endings.standing(episode)
        if one.thread is not None and one is not occurrence
    ]
    waiting = [occurrence]
    while waiting:
        found = list(_named_with(walk, waiting.pop(), standing))
        standing = [one for one in standing if one not in found]
        waiting.extend(found)
        yield from found


def _named_with(
    walk: Walk, occurrence: Occurrence, standing: list[Occurrence]
) -> Iterator[Occurrence]:
    merges = _merges(walk, occurrence)
    for other in standing:
        if _is_named(other, merges) or _is_named(occurrence, _merges(walk, other)):
            yield other


def join(walk: Walk, occurrence: Occurrence) -> list[Thread]:
    """Join the meeting with those it is held together with; return the threads that got a plan.

    What one of them has arranged is the other's plan too, where that has none of its own.
    """
    thread = occurrence.thread
    if thread is None or occurrence.law.id not in walk.law.merging:
        return []
    moved: list[Thread] = []
    for other in partners(walk, occurrence):
        theirs = other.thread
        if theirs is None or _has_come(walk, theirs):
            continue
        thread.merged_by = theirs.merged_by = key_of(occurrence, other)
        if thread.planned_on is None and theirs.planned_on is not None:
            _take_over(thread, theirs)
            moved.append(thread)
        elif theirs.planned_on is None and thread.planned_on is not None:
            _take_over(theirs, thread)
            moved.append(theirs)
    return moved


def part(walk: Walk, occurrence: Occurrence) -> None:
    """The meeting is no longer held together with others: `merges_while` has ended."""
    thread = occurrence.thread
    if thread is None or not thread.merged_by or any(partners(walk, occurrence)):
        return
    for episode in walk.living:
        for other in endings.standing(episode):
            if other.thread is not None and other.thread.merged_by == thread.merged_by:
                other.thread.merged_by = ""


def key_of(occurrence: Occurrence, other: Occurrence) -> str:
    """Return what the two have in common: the key of the one that merges the other."""
    for one in (occurrence, other):
        if one.law.step.merges:
            return one.key
    # Each is held together with a third: that one has joined them.
    threads = (occurrence.thread, other.thread)
    return next((it.merged_by for it in threads if it is not None and it.merged_by), occurrence.key)


def _merges(walk: Walk, occurrence: Occurrence) -> tuple[str, ...]:
    law = occurrence.law
    if not law.step.merges or occurrence.thread is None:
        return ()
    if law.merges_while is not None and law.merges_while.ask(walk.scene_of(occurrence)) is not True:
        return ()
    return law.step.merges


def _is_named(occurrence: Occurrence, merges: tuple[str, ...]) -> bool:
    step = occurrence.law.id
    return step in merges or f"{NATIONAL}{step}" in merges


def _has_come(walk: Walk, thread: Thread) -> bool:
    """Its day is today or gone by: what opens now is not held together with it."""
    return thread.planned_on is not None and thread.planned_on <= walk.day


def _take_over(thread: Thread, planned: Thread) -> None:
    thread.planned_on, thread.planned_at = planned.planned_on, planned.planned_at
    thread.first_planned_on = thread.first_planned_on or planned.planned_on
    thread.arranged_by = planned.arranged_by
