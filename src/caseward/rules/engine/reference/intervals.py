"""When an interval has passed (M20): the day after its last day; a birthday on the day itself."""

from datetime import date

from caseward.rules.calendars import counting
from caseward.rules.calendars.counting import CalendarTooShort
from caseward.rules.engine.reference.ages import reached_on
from caseward.rules.engine.reference.law import Leaf
from caseward.rules.engine.reference.walk import ONE_DAY, Walk


def interval_end(walk: Walk, leaf: Leaf, start: date) -> date | None:
    """Return the day on which the passing of the leaf's interval is a trigger."""
    if leaf.span is None:
        return None
    if leaf.anchor == "birth":
        return reached_on(start, leaf.span)
    try:
        return counting.count_forward(walk.calendar, start, *leaf.span).day + ONE_DAY
    except CalendarTooShort:
        return None


def text_of(leaf: Leaf, came_from: str) -> str:
    """Return what a passed interval was computed from, as it stands in keys (M38)."""
    count, unit = leaf.span or (0, "")
    return f"{came_from}+{count}{unit}"
