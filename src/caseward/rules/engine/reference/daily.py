"""One day of the walk (M15), in the order in which a day is read.

The day's changes of state come first, for on the day of change the new one holds. Then what is
computed and the openings of episodes; then, in each episode, `opening`: a recurring duty's
fulfilment, which opens the next, what else opens, what meets; then what people say of tasks; then
`ending`: what stops holding, holds, closings of episodes, and what a closing itself starts.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from caseward.rules.engine.reference import (
    acts,
    ages,
    births,
    computed,
    ending,
    episodes,
    opening,
    watching,
)
from caseward.rules.engine.reference.live import LiveEpisode
from caseward.rules.engine.reference.scene import Need
from caseward.rules.engine.reference.today import News, Today
from caseward.rules.engine.reference.walk import OPENER, STATE_ENDS, Walk
from caseward.rules.facts.entries import Event


def live_through(
    walk: Walk, day: date, events: Sequence[Event], wakes: Sequence[tuple[int, Any]]
) -> None:
    """Live through one day: the events of it, and what was to be looked at on it."""
    walk.day = day
    walk.work = {}
    ended = [subject for sort, subject in wakes if sort == STATE_ENDS] if wakes else ()
    changes = walk.known.learn(day, events, ended)
    news = News.of(walk, events, changes)
    for event in events:
        if event.until is not None:
            for state in walk.known.endings_of(event):
                walk.wake(state.until, STATE_ENDS, state)
    is_about_birth = not news.kinds.isdisjoint(ages.KINDS)
    if is_about_birth:
        births.fix(walk)
    _wait_for_openers(walk, events)
    computed.come_about(walk, wakes)
    if walk.put_off_openers:
        computed.try_openers(walk)
    episodes.open_by_events(walk, events)
    episodes.open_by_changes(walk, changes)
    _in_episodes(walk, walk.living, news)
    if is_about_birth:
        births.end_before_steps(walk)
    if changes and any(change.ended for change in changes):
        n_before = len(walk.living)
        episodes.open_by_changes(walk, changes, again=True)
        again = walk.living[n_before:]
        if again:
            _in_episodes(walk, again, news, is_reopened=True)


def _in_episodes(
    walk: Walk,
    living: Sequence[LiveEpisode],
    news: News,
    *,
    is_reopened: bool = False,
) -> None:
    days: list[Today] = []
    heard_in, asked, work = news.heard_in, news.asked, walk.work
    concerned = [
        one
        for one in living
        if one.procedure in heard_in or one.dormant or one.put_off or one.key in work
    ]
    for episode in concerned:
        if episode.put_off:
            computed.try_put_off(walk, episode, asked)
        may_wake = bool(episode.dormant) and _may_wake(walk, episode, asked)
        if not (may_wake or episode.procedure in heard_in or episode.key in work):
            continue
        today = Today.of(walk, episode, news, may_wake=may_wake)
        if today is not None:
            today.is_reopened = is_reopened
            days.append(today)
            opening.live(walk, today)
    if not is_reopened:
        acts.take_all(walk, news.events, news.kinds)
    for today in days:
        ending.live(walk, today)
    if walk.work:
        _follow(walk, living)
    if walk.has_closed:
        walk.has_closed = False
        _let_go(walk)


def _may_wake(walk: Walk, episode: LiveEpisode, asked: frozenset[Need]) -> bool:
    return any(watching.may_wake(walk, one, asked) for one in episode.dormant.values())


def _follow(walk: Walk, living: Sequence[LiveEpisode]) -> None:
    """What was said of a task may have set going more than the day began with."""
    for episode in living:
        work = walk.work.get(episode.key)
        if work is not None and work.fired:
            late = Today.late(episode, work.taken())
            opening.live(walk, late)
            ending.live(walk, late)


def _let_go(walk: Walk) -> None:
    """A closed episode is lived on with only while something in it outlives the closing."""
    walk.living[:] = [one for one in walk.living if one.closed_on is None or one.open]
    for episode in walk.living:
        if episode.closed_on is not None:
            episodes.listen(episode)


def _wait_for_openers(walk: Walk, events: Sequence[Event]) -> None:
    """Wake up when an interval has passed that opens an episode (M5, M20)."""
    if not walk.law.span_openers:
        return
    for event in events:
        if event.kind not in walk.law.span_openers and event is not walk.known.birth:
            continue
        for leaf, day, cause in computed.openers_from(walk, event):
            walk.wake(day, OPENER, (leaf, cause))
