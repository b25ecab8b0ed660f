"""When an interval has passed (M20): the day after its last day; a birthday on the day itself."""

from datetime import date

from caseward.rules.calendars.ages import reached_on
from caseward.rules.engine.reference import spans
from caseward.rules.engine.reference.conditions import PLANNED
from caseward.rules.engine.reference.law import Leaf
from caseward.rules.engine.reference.live import Cause, LiveEpisode, Thread
from caseward.rules.engine.reference.walk import INTERVAL, ONE_DAY, Walk


def interval_end(walk: Walk, leaf: Leaf, start: date) -> date | None:
    """Return the day on which the passing of the leaf's interval is a trigger."""
    if leaf.span is None:
        return None
    if leaf.anchor == "birth":
        return reached_on(start, *leaf.span)
    end = spans.forward(walk.calendar, start, leaf.span)
    return None if end is None else end + ONE_DAY


def wait_for(
    walk: Walk, episode: LiveEpisode, anchor: str, cause: Cause, thread: Thread | None = None
) -> None:
    """Wake up when an interval counted from the cause has passed."""
    for leaf in episode.view.spans.get(anchor, ()):
        day = interval_end(walk, leaf, cause.day)
        if day is not None:
            walk.wake(day, INTERVAL, (episode, leaf, cause, thread))


def wait_for_birthdays(walk: Walk, episode: LiveEpisode) -> None:
    """A birthday that comes while the episode is open is a trigger inside it (M20)."""
    birth = walk.known.birth
    for leaf in episode.view.spans.get("birth", ()) if birth is not None else ():
        day = interval_end(walk, leaf, birth.occurred_on) if birth is not None else None
        if day is not None and day >= episode.opened_on:
            cause = Cause(day, computed="birth", fact=birth.entry_id if birth is not None else "")
            walk.wake(day, INTERVAL, (episode, leaf, cause, None))


def wait_for_planned(walk: Walk, thread: Thread) -> None:
    """An interval counted from a planned day is counted anew when the day moves (M21)."""
    anchor = f"{thread.noun.name}{PLANNED}"
    if thread.planned_on is not None and anchor in thread.episode.view.spans:
        cause = Cause(
            thread.planned_on,
            computed=f"planned:{thread.arranged_by}",
            keys=thread.keys,
            fact=thread.arranged_by,
        )
        wait_for(walk, thread.episode, anchor, cause, thread)


def text_of(leaf: Leaf, came_from: str) -> str:
    """Return what a passed interval was computed from, as it stands in keys (M38)."""
    count, unit = leaf.span or (0, "")
    return f"{came_from}+{count}{unit}"
