"""Parts of an `all_of` (M12, M14): each its own small occurrence; the last one meets the step."""

from collections.abc import Mapping
from datetime import date

from caseward.rules.engine.reference import endings, matching, spans, threads
from caseward.rules.engine.reference.conditions import PLANNED
from caseward.rules.engine.reference.known import value_of
from caseward.rules.engine.reference.law import LawMet, LawPart, LawStep
from caseward.rules.engine.reference.live import LiveEpisode, LivePart, Occurrence, fits
from caseward.rules.engine.reference.walk import Walk
from caseward.rules.engine.tasks import Status
from caseward.rules.facts.entries import Event
from caseward.rules.procedures.model import Each

OUTSIDE = "outside the look-back"


def begin(walk: Walk, occurrence: Occurrence) -> None:
    """Open every part of the step."""
    for law in occurrence.law.parts:
        if law.part.each is None:
            _add(walk, occurrence, LivePart(law, walk.day))
    refresh(walk, occurrence)


def refresh(walk: Walk, occurrence: Occurrence) -> None:
    """Open a part for each event now within its look-back; one that is no longer ends (M9)."""
    for law in occurrence.law.parts:
        each = law.part.each
        if each is None or each.event is None or not occurrence.is_open:
            continue
        wanted = _within(walk, occurrence, law, each)
        there = {part.each: part for part in occurrence.parts if part.law is law}
        for entry, event in wanted.items():
            if entry not in there:
                part = LivePart(law, walk.day, each=entry, keys=dict(event.keys))
                _add(walk, occurrence, part)
        for entry, part in there.items():
            if entry not in wanted and part.is_open:
                part.ended_on, part.ending = walk.day, Status.NOT_NEEDED
                part.ended_because = OUTSIDE
            elif entry in wanted and part.ended_because == OUTSIDE:
                part.ended_on, part.ending, part.ended_because = None, None, ""
        _collect(occurrence, each.event)
    if not occurrence.parts and not occurrence.waits_for and occurrence.expected_on is None:
        # Nothing to hand over yet: the first event of the look-back is waited for.
        eaches = [law.part.each for law in occurrence.law.parts]
        occurrence.waits_for = next((one.event for one in eaches if one and one.event), "")
    _complete(occurrence, walk.day, "")


def collect(walk: Walk, episode: LiveEpisode, kind: str) -> None:
    """An event that parts stand for has happened: those whose look-back it lies in have it."""
    waiting = episode.collecting.pop(kind, [])
    for occurrence in waiting:
        if occurrence.is_open and occurrence.looks_back_from >= walk.day:
            refresh(walk, occurrence)


def look_back_from(
    walk: Walk,
    episode: LiveEpisode,
    each: Each,
    day: date,
    keys: Mapping[str, str],
    hanging: Occurrence | None = None,
) -> date:
    """Return the day from which a look-back counts: a meeting's planned day, or the trigger's."""
    if each.before is None:
        return day
    if each.before.endswith(PLANNED):
        noun = each.before.removesuffix(PLANNED)
        thread = threads.find(walk, episode, noun, keys, hanging=hanging)
        return threads.date_of(thread) or day
    days = [event.occurred_on for event in walk.known.events(each.before) if episode.accepts(event)]
    return max(days, default=day)


def take(
    walk: Walk, episode: LiveEpisode, law: LawStep, wanted: LawPart, met: LawMet, event: Event
) -> None:
    """Let the event meet the part of the open occurrence, or make a complete paper stale."""
    occurrence, is_by_date = matching.match(episode, law, event)
    if occurrence is None:
        _overtake(walk, episode, law, wanted, met, event)
        return
    if not matching.qualifies(walk, occurrence, met, event):
        return
    part = _part_for(occurrence, wanted, event)
    if part is None:
        return
    if episode.procedure.keyed_kinds and episode.is_unnamed(event):
        name = f"{law.root}#{part.law.part.part}"
        if walk.is_taken(episode, event, name):
            return
        walk.take(episode, event, name)
        is_by_date = True
    part.matched_by_date = is_by_date or (bool(part.keys) and not _names_any(part, event))
    _present(occurrence, part, event)


def not_applicable(occurrence: Occurrence, part_id: str, event: Event, reason: str) -> bool:
    """A part need not be there, with a reason and a name (M14)."""
    for part in occurrence.parts:
        if part_id not in (part.law.part.part, part.each) or not part.is_open:
            continue
        part.ended_on, part.ending = event.occurred_on, Status.DOES_NOT_APPLY
        part.ended_by, part.ended_because = event.entry_id, reason
        _complete(occurrence, event.occurred_on, event.entry_id)
        return True
    return False


def withdraw(episode: LiveEpisode, event: Event) -> bool:
    """A paper withdrawn later makes what held it stale; one not yet complete lacks it again."""
    paper = value_of(event, "paper")
    is_found = False
    for occurrence in _with_parts(episode):
        for part in occurrence.parts:
            if part.law.paper != paper or part.met_on is None or not _same(part, event):
                continue
            is_found = True
            part.notes += (event.entry_id,)
            if occurrence.is_open:
                part.met_on, part.met_by = None, ()
            else:
                part.is_stale = occurrence.is_stale = True
                occurrence.notes += (event.entry_id,)
    return is_found


def look_back(walk: Walk, occurrence: Occurrence, earliest: date) -> None:
    """Let earlier events within the step's look-back meet its parts (M13)."""
    for part in occurrence.parts:
        slot = tuple([part.keys.get(name) for name in occurrence.law.slot_names])
        found = matching.latest_before(walk, occurrence, part.law.met, earliest, slot)
        if found is not None and part.is_open and _same(part, found[0]):
            _present(occurrence, part, found[0])


def _add(walk: Walk, occurrence: Occurrence, part: LivePart) -> None:
    occurrence.parts = (*occurrence.parts, part)
    walk.by_key[key_of(occurrence, part)] = (occurrence, part)


def key_of(occurrence: Occurrence, part: LivePart) -> str:
    """Return the part's own key: the step's, the part, and the event it stands for (M38)."""
    return f"{occurrence.key}#{part.law.part.part}{':' if part.each else ''}{part.each}"


def _present(occurrence: Occurrence, part: LivePart, event: Event) -> None:
    part.met_on, part.met_by = event.occurred_on, (event.entry_id,)
    _complete(occurrence, max(event.occurred_on, occurrence.opened_on), event.entry_id)


def _complete(occurrence: Occurrence, day: date, entry: str) -> None:
    """The step is met on the day its last part is (M14)."""
    if not occurrence.is_open or not occurrence.parts:
        return
    if all(part.is_there for part in occurrence.parts):
        by = [entry_id for part in occurrence.parts for entry_id in part.met_by]
        days = [part.met_on or part.ended_on for part in occurrence.parts]
        last = max((one for one in days if one is not None), default=day)
        endings.met(occurrence, last, entry)
        occurrence.met_by = tuple(dict.fromkeys(by)) or ((entry,) if entry else ())
        occurrence.episode.complete[occurrence.law.root] = occurrence


def _part_for(occurrence: Occurrence, wanted: LawPart, event: Event) -> LivePart | None:
    named = [
        part
        for part in occurrence.parts
        if part.law is wanted and part.is_open and _same(part, event)
    ]
    exact = [part for part in named if _names_any(part, event)]
    return next(iter(exact or named), None)


def _same(part: LivePart, event: Event) -> bool:
    """The event names no other key than the part's, or the very event that the part stands for."""
    given = {str(value) for value in event.keys.values()}
    return part.each in given or fits(part.keys, dict(event.keys))


def _names_any(part: LivePart, event: Event) -> bool:
    given = dict(event.keys)
    return part.each in given.values() or any(name in given for name in part.keys)


def _overtake(
    walk: Walk, episode: LiveEpisode, law: LawStep, wanted: LawPart, met: LawMet, event: Event
) -> None:
    occurrence = episode.complete.get(law.root)
    if occurrence is None or event.occurred_on < (occurrence.met_on or event.occurred_on):
        return
    for part in occurrence.parts:
        if part.law.part.part != wanted.part.part or not _same(part, event):
            continue
        if event.entry_id in (*part.met_by, *occurrence.cause.entries):
            continue
        if part.met_on is not None and matching.qualifies(walk, occurrence, met, event):
            part.is_stale = occurrence.is_stale = True
            occurrence.notes += (event.entry_id,)


def _with_parts(episode: LiveEpisode) -> list[Occurrence]:
    open_ones = [
        occurrence
        for standing in episode.open.values()
        for occurrence in standing.values()
        if occurrence.parts
    ]
    return [*open_ones, *episode.complete.values()]


def _collect(occurrence: Occurrence, kind: str) -> None:
    """Have a later event of the kind looked at: it may lie within the look-back too."""
    collecting = occurrence.episode.collecting.setdefault(kind, [])
    if occurrence not in collecting:
        collecting.append(occurrence)


def _within(walk: Walk, occurrence: Occurrence, law: LawPart, each: Each) -> dict[str, Event]:
    cause = occurrence.cause
    latest = look_back_from(
        walk, occurrence.episode, each, cause.day, occurrence.keys, hanging=occurrence
    )
    occurrence.looks_back_from = latest
    earliest = date.min
    if law.look_back is not None:
        earliest = spans.back(walk.calendar, latest, law.look_back)
    found: list[Event] = []
    for event in reversed(walk.known.events(each.event or "")):
        if event.occurred_on < earliest:
            break
        if event.occurred_on <= latest and occurrence.episode.accepts(event):
            found.append(event)
    return {event.entry_id: event for event in reversed(found)}
