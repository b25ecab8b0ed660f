"""Gates and holds as the record breaches them (M30, M40): what happened is recorded all the same."""

from caseward.rules.engine.reference.law import LawStep, Reactions
from caseward.rules.engine.reference.live import LiveEpisode
from caseward.rules.engine.reference.walk import Walk
from caseward.rules.engine.tasks import Role, Status
from caseward.rules.facts.entries import Event

ON_HOLD = "hold"
# A gate that does not apply, is not needed or lies before Caseward keeps nothing shut.
PASSED = (Status.DOES_NOT_APPLY, Status.NOT_NEEDED, Status.BEFORE_CASEWARD)


def note_breaches(
    walk: Walk, episode: LiveEpisode, event: Event, reactions: Reactions, *, was_held: bool
) -> None:
    """Note on the episode that an act was done before its gate was met, or while on hold."""
    if was_held and reactions.is_blocked_by_hold:
        episode.breaches.append((event.entry_id, ON_HOLD))
    for law in reactions.gates:
        if not _is_met(walk, episode, law):
            episode.breaches.append((event.entry_id, law.id))


def _is_met(walk: Walk, episode: LiveEpisode, law: LawStep) -> bool:
    latest = None
    for occurrence in reversed(episode.occurrences):
        if occurrence.law.root == law.root and occurrence.role is Role.STEP:
            latest = occurrence
            break
    if latest is None:
        entered = episode.view.steps.get(episode.enters_at)
        return entered is not None and entered.number > law.number
    met_on = latest.met_on
    return (met_on is not None and met_on <= walk.day) or latest.ending in PASSED
