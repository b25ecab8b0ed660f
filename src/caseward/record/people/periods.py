"""How long something held: from the entry that began it to the one that ended it, half-open."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from caseward.rules.facts.entries import Event


@dataclass(frozen=True, slots=True)
class Period:
    """An event that began something, and the day from which it no longer holds."""

    event: Event
    until_on: date | None


def of(
    events: Iterable[Event], *, begins: str, ends: str, about: Callable[[Event], Hashable]
) -> list[Period]:
    """Return the periods that events of one kind begin, and of another end, in order of days.

    `about` says what an event is about: an end closes what is about the same and began before its
    day; what began on that very day only if nothing earlier was open (re-taken the same day, the
    new one holds). An event's own `until` ends it too; the earlier end counts.
    """
    ordered = sorted(events, key=lambda event: (event.occurred_on, event.position))
    until = {event.entry_id: event.until for event in ordered if event.kind == begins}
    begun = [event for event in ordered if event.kind == begins]
    for end in (event for event in ordered if event.kind == ends):
        for event in _closed_by(end, begun, until, about):
            until[event.entry_id] = end.occurred_on
    return [Period(event, until[event.entry_id]) for event in begun]


def _closed_by(
    end: Event,
    begun: list[Event],
    until: dict[str, date | None],
    about: Callable[[Event], Hashable],
) -> list[Event]:
    day = end.occurred_on
    standing = [
        event
        for event in begun
        if about(event) == about(end)
        and event.occurred_on <= day
        and ((ends_on := until[event.entry_id]) is None or ends_on > day)
    ]
    earlier = [event for event in standing if event.occurred_on < day]
    return earlier or standing
