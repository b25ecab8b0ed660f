"""What a limit is counted from (M9, M18, M21, M42): the trigger, another event, a planned day.

An anchor that is not the trigger names a kind of event: the one that the trigger points to (they
share a key), or else the latest in the episode on or before the trigger; with none yet the limit
waits for the first to come.
"""

from dataclasses import dataclass
from datetime import date, time

from caseward.rules.engine.reference import spans, threads
from caseward.rules.engine.reference.known import date_of, value_of
from caseward.rules.engine.reference.law import LawLimit
from caseward.rules.engine.reference.live import LiveEpisode, Occurrence, fits
from caseward.rules.engine.reference.walk import Walk
from caseward.rules.facts.entries import Event


@dataclass(slots=True)
class Anchor:
    """The day counted from, what says so, and how sure it is."""

    day: date | None
    at: time | None = None
    entries: tuple[str, ...] = ()
    is_projected: bool = False
    is_deemed: bool = False
    first_day: date | None = None
    keeps_first: bool = False
    waits_for: str = ""


def find(walk: Walk, occurrence: Occurrence, limit: LawLimit) -> Anchor:
    """Return what the limit of this occurrence is counted from."""
    rule = limit.limit
    name = limit.anchor
    cause, episode = occurrence.cause, occurrence.episode
    if name == "trigger":
        return Anchor(cause.day, cause.at, cause.entries)
    if limit.noun:
        return _planned(walk, occurrence, limit)
    if name == "birth":
        return _birth(walk, occurrence, is_before=rule.before is not None)
    if name in episode.anchors:
        return Anchor(episode.anchors[name], None, episode.cause.entries)
    if name == "episode_opened":
        return Anchor(episode.opened_on, episode.cause.at, episode.cause.entries)
    event = _event(walk, occurrence, name)
    if event is not None:
        return Anchor(event.occurred_on, event.time, (event.entry_id,))
    deemed = _deemed(walk, occurrence, limit)
    wait(occurrence, name)
    return deemed or Anchor(None, waits_for=name)


def is_in_episode(episode: LiveEpisode, event: Event) -> bool:
    """Say whether the event lies in the episode, or helped to open it."""
    is_inside = event.occurred_on >= episode.opened_on or event.entry_id in episode.cause.entries
    return is_inside and episode.accepts(event)


def _event(walk: Walk, occurrence: Occurrence, name: str) -> Event | None:
    """The event once found stays the anchor; a later one of its kind moves nothing (M10)."""
    if occurrence.anchors is not None and name in occurrence.anchors:
        return occurrence.anchors[name]
    own = [event for event in occurrence.cause.events if event.kind == name]
    event = own[-1] if own else _pointed_or_latest(walk, occurrence, name)
    if event is not None:
        occurrence.anchors = {**(occurrence.anchors or {}), name: event}
    return event


def _pointed_or_latest(walk: Walk, occurrence: Occurrence, kind: str) -> Event | None:
    names = _pointing_names(walk, occurrence, kind)
    latest: Event | None = None
    later: Event | None = None
    for event in reversed(walk.known.events(kind)):
        given = {name: str(value) for name in names if (value := value_of(event, name)) is not None}
        if not fits(given, names):
            continue
        if given or event.entry_id in names.values():
            return event
        if not is_in_episode(occurrence.episode, event):
            continue
        if event.occurred_on > occurrence.cause.day:
            later = event
        elif latest is None:
            latest = event
    return latest or later


def _pointing_names(walk: Walk, occurrence: Occurrence, kind_id: str) -> dict[str, str]:
    """The keys by which trigger and anchor may share something, the episode's own apart."""
    own = occurrence.episode.procedure.procedure.key
    found = {name: value for name, value in occurrence.keys.items() if name != own}
    kind = walk.law.vocabulary.kinds.get(kind_id)
    for name in kind.keys if kind is not None else ():
        value = occurrence.cause.names(name)
        if name != own and value is not None:
            found[name] = value
    return found


def _planned(walk: Walk, occurrence: Occurrence, limit: LawLimit) -> Anchor:
    """The thread's planned day; projected from the meeting's own expected day until then (M21)."""
    thread = threads.find(walk, occurrence.episode, limit.noun, occurrence.keys, hanging=occurrence)
    is_projected = thread.planned_on is None and thread.held_on is None
    day = threads.date_of(thread)
    if day is None:
        return Anchor(None, waits_for=f"{limit.noun}.planned")
    return Anchor(
        day,
        thread.planned_at,
        (thread.arranged_by,) if thread.arranged_by else (),
        is_projected=is_projected,
        first_day=thread.first_planned_on or day,
    )


def _birth(walk: Walk, occurrence: Occurrence, *, is_before: bool) -> Anchor:
    """The birth, or until then the day it is expected; the first expected date stays (M42)."""
    known = walk.known
    if occurrence not in walk.from_birth:
        walk.from_birth.append(occurrence)
    expected = [
        (day, event)
        for event in known.expected_births
        if (day := date_of(event, "expected_on")) is not None
    ]
    first = expected[0][0] if expected else None
    if known.birth is not None:
        entries = (known.birth.entry_id,)
        return Anchor(known.birth.occurred_on, known.birth.time, entries, first_day=first)
    if not expected:
        return Anchor(None, waits_for="birth")
    day, event = expected[-1]
    # A duty after a birth that has not happened cannot be late; one before it can.
    return Anchor(day, None, (event.entry_id,), is_projected=not is_before, first_day=first)


def _deemed(walk: Walk, occurrence: Occurrence, limit: LawLimit) -> Anchor | None:
    """The authority's rule for a receipt that nobody knows of, marked as such (M18)."""
    if limit.deemed is None:
        return None
    cause = occurrence.cause
    day = spans.forward(walk.calendar, cause.day, limit.deemed)
    if day is None:
        return None
    return Anchor(day, None, cause.entries, is_deemed=True)


def wait(occurrence: Occurrence, name: str) -> None:
    """Have the occurrence dated anew when an event of the kind comes."""
    waiting = occurrence.episode.waiting.setdefault(name, [])
    if occurrence not in waiting:
        waiting.append(occurrence)
