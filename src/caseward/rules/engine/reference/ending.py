"""The second half of an episode's day (M15): what stops holding, holds, closings, what they start."""

from caseward.rules.engine.reference import episodes, gating, opening, watching
from caseward.rules.engine.reference.today import Today
from caseward.rules.engine.reference.walk import Walk


def live(walk: Walk, today: Today) -> None:
    """Live through the endings of the day."""
    episode = today.episode
    was_held = bool(episode.held) and episode.is_held
    for occurrence in today.look_at.values():
        watching.look_again(walk, occurrence, today.changed)
    if episode.closed_on is not None:
        return
    for event, reactions in today.events:
        if reactions.gates or reactions.is_blocked_by_hold:
            gating.note_breaches(walk, episode, event, reactions, was_held=was_held)
    if today.holds or today.releases:
        _hold(walk, today, was_held=was_held)
    if today.closings:
        episodes.close(walk, episode, today.closings[0])
        if today.deferred:
            opening.start(walk, today, today.deferred)
            opening.meet(walk, today)
    elif today.deferred:
        opening.start(walk, today, today.deferred)


def _hold(walk: Walk, today: Today, *, was_held: bool) -> None:
    """A decision ends the hold it found; a safety event of the same day begins one of its own."""
    episode = today.episode
    if was_held and today.releases:
        episodes.release(walk, episode)
    for cause in today.holds:
        episodes.hold(walk, episode, cause)
    if not was_held and today.releases:
        episodes.release(walk, episode)
