"""How an occurrence ends: met, or ended without being met (M7, M11, M17, M41)."""

from datetime import date

from caseward.rules.engine.reference.live import LiveEpisode, Occurrence
from caseward.rules.engine.tasks import Status


def met(occurrence: Occurrence, day: date, entry: str) -> None:
    """The occurrence is met on the day; earlier facts may meet one that opened later (M13)."""
    occurrence.met_on = day
    occurrence.met_by = (entry,) if entry else ()
    _close(occurrence, max(day, occurrence.opened_on), entry)


def end(occurrence: Occurrence, day: date, ending: Status, entry: str, because: str) -> None:
    """The occurrence ends without being met, and so do the parts still missing."""
    occurrence.ended_on, occurrence.ending = day, ending
    occurrence.ended_by, occurrence.ended_because = entry, because
    for part in occurrence.parts:
        if part.is_open:
            part.ended_on, part.ending = day, ending
            part.ended_by, part.ended_because = entry, because
    _close(occurrence, day, entry)


def standing(episode: LiveEpisode) -> list[Occurrence]:
    """Return the episode's open occurrences, those that opened first first."""
    return [one for slots in episode.open.values() for one in slots.values()]


def _close(occurrence: Occurrence, day: date, entry: str) -> None:
    episode, root = occurrence.episode, occurrence.law.root
    occurrence.scene = None
    slots = episode.open.get(root)
    if slots is not None and slots.get(occurrence.slot) is occurrence:
        del slots[occurrence.slot]
        if not slots:
            del episode.open[root]
        episode.closings[root, occurrence.slot] = (day, entry)
