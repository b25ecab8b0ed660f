"""Triggers that nobody records: limits and intervals that pass, birthdays, silences (M18–M20).

They come at the start of the day after the last day; while `unless` is true that day they are put
off to the day on which it ends.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from caseward.rules.engine.reference import (
    editions,
    endings,
    episodes,
    meetings,
    occurrences,
    outcomes,
    telling,
)
from caseward.rules.engine.reference.intervals import interval_end, text_of
from caseward.rules.engine.reference.law import Leaf
from caseward.rules.engine.reference.live import (
    Cause,
    LiveEpisode,
    Occurrence,
    PutOff,
    Thread,
    cause_of,
)
from caseward.rules.engine.reference.scene import Need
from caseward.rules.engine.reference.walk import (
    EDITION,
    INTERVAL,
    LOOK_AGAIN,
    OPENER,
    OVERDUE,
    PLAN_PAST,
    TOUCH,
    Walk,
)
from caseward.rules.engine.tasks import Status
from caseward.rules.facts.entries import Event

# A recurring duty that nobody ever answers is not foretold for longer than this.
SILENT_DAYS = 2 * 366


def come_about(walk: Walk, wakes: Sequence[tuple[int, Any]]) -> None:
    """Look at everything that was to be looked at today."""
    for sort, subject in wakes:
        if sort == EDITION:
            editions.turn(walk, subject)
        elif sort == OVERDUE:
            _overdue(walk, subject)
        elif sort == PLAN_PAST:
            meetings.plan_past(walk, subject)
        elif sort == INTERVAL:
            _interval(walk, *subject)
        elif sort == OPENER:
            leaf, cause = subject
            _come_opener(walk, leaf, cause)
        elif sort == LOOK_AGAIN:
            walk.work_for(subject.episode).look_at[subject.key] = subject
        elif sort == TOUCH:
            walk.work_for(subject)


def openers_from(walk: Walk, event: Event) -> Iterator[tuple[Leaf, date, Cause]]:
    """Yield the intervals counted from the event whose passing opens an episode, and when."""
    anchors = (event.kind, "birth") if event is walk.known.birth else (event.kind,)
    for anchor in anchors:
        for leaf in walk.law.span_openers.get(anchor, ()):
            day = interval_end(walk, leaf, event.occurred_on)
            if day is not None:
                came_from = "birth" if anchor == "birth" else event.entry_id
                own = cause_of(event)
                name = leaf.rule.procedure.procedure.key if leaf.rule.procedure else None
                value = own.names(name) if name is not None else None
                yield (
                    leaf,
                    day,
                    Cause(
                        day,
                        computed=text_of(leaf, came_from),
                        keys={name: value} if name is not None and value is not None else {},
                        fact=event.entry_id,
                    ),
                )


def try_openers(walk: Walk) -> None:
    """Let an opener that was put off come about once its `unless` has ended."""
    waiting, walk.put_off_openers = walk.put_off_openers, []
    for leaf, cause in waiting:
        _come_opener(walk, leaf, cause)


def try_put_off(walk: Walk, episode: LiveEpisode, asked: frozenset[Need]) -> None:
    """Let what was put off come about once its `unless` has ended (M20)."""
    waiting, episode.put_off = episode.put_off, []
    for one in waiting:
        if not _may_have_ended(walk, one, asked):
            episode.put_off.append(one)
            continue
        passed = one.occurrence
        if passed is not None and not (passed.is_open or passed.is_given_up):
            continue
        cause = one.cause
        now = Cause(walk.day, computed=cause.computed, keys=cause.keys, fact=cause.fact)
        _come(walk, episode, one.leaf, now, one.occurrence)


def _may_have_ended(walk: Walk, one: PutOff, asked: frozenset[Need]) -> bool:
    if one.leaf.asks_daily or (one.turn is not None and one.turn <= walk.day):
        return True
    return one.leaf.unless is None or telling.may_have_turned(one.leaf.unless, asked)


def _overdue(walk: Walk, occurrence: Occurrence) -> None:
    """The last day of a limit has passed: a silence speaks, a window lapses, a trigger comes."""
    firm = occurrence.firm_due_on
    if occurrence.is_unbound or firm is None or firm >= walk.day:
        return
    law = occurrence.law
    if not occurrence.is_open:
        if occurrence.ending is Status.MISSED and occurrence.is_given_up:
            _pass(walk, occurrence)
        return
    if law.is_window:
        endings.end(occurrence, walk.day, Status.LAPSED, "", "its last day has passed")
        return
    if law.step.silence is not None:
        _be_silent(walk, occurrence, law.step.silence)
        return
    _pass(walk, occurrence)


def _pass(walk: Walk, occurrence: Occurrence) -> None:
    """The last day is over and it was not done, given up or not: what follows comes (M20)."""
    episode = occurrence.episode
    for leaf in episode.view.passed.get(occurrence.law.root, ()):
        if leaf in occurrence.fired or episode.closed_on is not None:
            continue
        occurrence.fired |= {leaf}
        cause = Cause(walk.day, computed=f"passed:{_tail(occurrence)}", keys=occurrence.keys)
        _come(walk, episode, leaf, cause, occurrence)


def _be_silent(walk: Walk, occurrence: Occurrence, outcome: str) -> None:
    """The step counts as met on its due day; what follows opens when that day is over (M19)."""
    due_on = occurrence.firm_due_on
    if due_on is None:
        return
    endings.met(occurrence, due_on, "")
    occurrence.by_silence = True
    cause = Cause(due_on, computed=f"silence:{_tail(occurrence)}", keys=occurrence.keys)
    if occurrence.law.rows and (walk.day - walk.last_fact_on).days <= SILENT_DAYS:
        occurrences.open_next(walk, occurrence, cause)
    if occurrence.episode.closed_on is None:
        outcomes.follow(walk, occurrence, outcome, cause)


def _interval(
    walk: Walk, episode: LiveEpisode, leaf: Leaf, cause: Cause, thread: Thread | None
) -> None:
    if thread is not None and (thread.planned_on != cause.day or cause.fact != thread.arranged_by):
        return
    if episode.closed_on is None:
        now = Cause(
            walk.day,
            computed=text_of(leaf, cause.text),
            keys=cause.keys,
            fact=cause.fact or (cause.entries[-1] if cause.entries else ""),
        )
        _come(walk, episode, leaf, now, None)


def _come_opener(walk: Walk, leaf: Leaf, cause: Cause) -> None:
    scene = walk.scene(None, keys=cause.keys)
    if leaf.unless is not None and leaf.unless.ask(scene):
        # An opener put off is asked again each day on which it may have ended.
        walk.put_off_openers.append((leaf, cause))
        return
    now = Cause(walk.day, computed=cause.computed, keys=cause.keys, fact=cause.fact)
    episodes.come(walk, leaf, now)


def _come(
    walk: Walk, episode: LiveEpisode, leaf: Leaf, cause: Cause, occurrence: Occurrence | None
) -> None:
    unless = leaf.unless
    if unless is not None:
        scene = walk.scene(episode, keys={} if occurrence is None else occurrence.keys)
        if unless.ask(scene):
            turn = None if unless.next_change is None else unless.next_change(scene)
            if turn is not None:
                walk.wake(turn, TOUCH, episode)
            episode.put_off.append(PutOff(leaf, cause, occurrence, turn))
            return
    walk.work_for(episode).fired.append((leaf, cause))


def _tail(occurrence: Occurrence) -> str:
    """The occurrence's key without its episode's, which the new key begins with anyway."""
    return occurrence.key.removeprefix(f"{occurrence.episode.key}/")
