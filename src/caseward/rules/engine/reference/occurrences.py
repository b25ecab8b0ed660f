"""Occurrences: opened, noted upon, met, ended (M9–M15, M17, M18).

A step has one open occurrence per key; a further trigger while it is open is noted and moves
nothing; the earliest qualifying event of the same key meets it.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from caseward.rules.engine.reference import (
    dating,
    endings,
    matching,
    meetings,
    parts,
    spans,
    threads,
    watching,
)
from caseward.rules.engine.reference.known import value_of
from caseward.rules.engine.reference.law import LawMet, LawStep
from caseward.rules.engine.reference.live import (
    NO_KEYS,
    Cause,
    LiveEpisode,
    Occurrence,
    Slot,
    cause_of,
)
from caseward.rules.engine.reference.walk import Walk
from caseward.rules.engine.tasks import Status
from caseward.rules.facts.entries import Event

ONLY_IF = "only_if"


def start(walk: Walk, episode: LiveEpisode, law: LawStep, cause: Cause) -> None:
    """Open the step for the cause: one occurrence, or one for each name, role or event (M9)."""
    if not law.slot_names and not law.has_each:
        start_one(walk, episode, law, cause, slot=(), keys=NO_KEYS)
        return
    eaches = _eaches(walk, episode, law, cause) if law.has_each else (("", _own_keys(law, cause)),)
    for each, keys in eaches:
        slot = tuple([keys.get(name) for name in law.slot_names])
        if law.step.each is not None and law.step.each.event is not None:
            slot = (*slot, each)
        start_one(walk, episode, law, cause, slot=slot, keys=keys, each=each)


def start_one(
    walk: Walk,
    episode: LiveEpisode,
    law: LawStep,
    cause: Cause,
    *,
    slot: Slot,
    keys: Mapping[str, str],
    each: str = "",
) -> None:
    """Open one occurrence, unless one of its key is open already or it does not apply."""
    standing = episode.open[law.root].get(slot) if law.root in episode.open else None
    text = cause.text
    if standing is not None:
        if standing.cause.text != text:
            standing.notes = tuple(dict.fromkeys((*standing.notes, *cause.entries)))
        return
    key = f"{episode.key}/{law.root}/{text}"
    if each:
        key += f"/{law.each_name or 'each'}={each}"
    if key in walk.by_key:
        return
    ordinal = episode.fulfilled.get((law.root, slot), 0) + 1 if law.rows else 0
    occurrence = Occurrence(
        law,
        episode,
        cause,
        key,
        slot,
        keys,
        walk.day,
        each,
        ordinal,
        law.role,
        missing=cause.missing,
    )
    if law.only_if is not None and not _applies(walk, occurrence):
        _does_not_apply(walk, occurrence)
        return
    if law.while_ is not None:
        scene = walk.scene_of(occurrence)
        said = law.while_.ask(scene)
        if said is False:
            # The trigger has come but what must hold does not: it opens when that begins to.
            watching.fall_asleep(walk, occurrence)
            return
        occurrence.lack(watching.WHILE, scene.missing if said is None else [])
    _open(walk, occurrence)


def try_to_meet(
    walk: Walk, episode: LiveEpisode, law: LawStep, met: LawMet, event: Event
) -> Occurrence | None:
    """Let the event meet the step if it may; an attempt that does not qualify is shown (B3)."""
    occurrence, is_by_date = matching.match(episode, law, event)
    if occurrence is None:
        return None
    if not matching.qualifies(walk, occurrence, met, event):
        if event.entry_id not in occurrence.attempts:
            occurrence.attempts += (event.entry_id,)
        return None
    if event.entry_id in occurrence.attempts:
        occurrence.attempts = tuple(one for one in occurrence.attempts if one != event.entry_id)
    if episode.procedure.keyed_kinds and episode.is_unnamed(event):
        if walk.is_taken(episode, event, law.root):
            return None
        walk.take(episode, event, law.root)
        is_by_date = True
    occurrence.matched_by_date = is_by_date
    meet(walk, occurrence, event)
    return occurrence


def meet(walk: Walk, occurrence: Occurrence, event: Event) -> None:
    """The event meets the occurrence."""
    endings.met(occurrence, event.occurred_on, event.entry_id)
    thread = occurrence.thread
    if thread is not None:
        meetings.hold(walk, thread, event.occurred_on, event.entry_id)


def open_next(walk: Walk, occurrence: Occurrence, cause: Cause) -> None:
    """A recurring duty's fulfilment opens the next (M16); an episode that has closed none."""
    episode, law = occurrence.episode, occurrence.law
    counted = episode.fulfilled.get((law.root, occurrence.slot), 0)
    episode.fulfilled[law.root, occurrence.slot] = counted + 1
    current = episode.view.by_root.get(law.root)
    if episode.closed_on is None and current is not None:
        start_one(
            walk,
            episode,
            current,
            cause,
            slot=occurrence.slot,
            keys=occurrence.keys,
            each=occurrence.each,
        )


def before_caseward(walk: Walk, episode: LiveEpisode, law: LawStep, cause: Cause) -> None:
    """A step that came before the child was taken on: neither met nor late (M8)."""
    walk.add(
        Occurrence(
            law=law,
            episode=episode,
            cause=cause,
            key=f"{episode.key}/{law.root}/{cause.text}",
            slot=(),
            keys={},
            opened_on=walk.day,
            ended_on=walk.day,
            ending=Status.BEFORE_CASEWARD,
            ended_by=cause.entries[0],
            ended_because="taken on at a later step",
        )
    )


def _open(walk: Walk, occurrence: Occurrence) -> None:
    episode, law = occurrence.episode, occurrence.law
    episode.open.setdefault(law.root, {})[occurrence.slot] = occurrence
    episode.dormant.pop((law.root, occurrence.slot), None)
    walk.add(occurrence)
    if law.is_watched:
        watching.begin(walk, occurrence)
    else:
        occurrence.owner = law.sole_owner or ()
    meeting = law.step.meeting
    if meeting is not None:
        threads.of_meeting(walk, occurrence, episode.view.nouns[meeting.name])
    dating.date_anew(walk, occurrence)
    if law.parts:
        parts.begin(walk, occurrence)
    if law.back_to is not None:
        _look_back(walk, occurrence)


def _applies(walk: Walk, occurrence: Occurrence) -> bool:
    law = occurrence.law
    if law.only_if is None:
        return True
    scene = walk.scene_of(occurrence)
    said = law.only_if.ask(scene)
    if said is None:
        occurrence.missing += tuple(scene.missing)
    return said is not False


def _does_not_apply(walk: Walk, occurrence: Occurrence) -> None:
    """Asked once, at the trigger: a task that does not apply, with its reason and no date (M17)."""
    occurrence.ended_on = walk.day
    occurrence.ending = Status.DOES_NOT_APPLY
    occurrence.ended_because = ONLY_IF
    walk.add(occurrence)


def _look_back(walk: Walk, occurrence: Occurrence) -> None:
    """The latest earlier event within the look-back meets the step (M13)."""
    earliest = matching.earliest_day(walk, occurrence)
    if earliest is None:
        return
    if occurrence.law.parts:
        parts.look_back(walk, occurrence, earliest)
        return
    found = matching.latest_before(walk, occurrence, occurrence.law.met, earliest, occurrence.slot)
    if found is None:
        return
    event, is_by_date = found
    occurrence.matched_by_date = is_by_date
    meet(walk, occurrence, event)
    if occurrence.law.rows:
        open_next(walk, occurrence, cause_of(event))


def _eaches(
    walk: Walk, episode: LiveEpisode, law: LawStep, cause: Cause
) -> Iterator[tuple[str, Mapping[str, str]]]:
    base = _own_keys(law, cause)
    each = law.step.each
    if each is not None and each.event is not None:
        yield from _each_event(walk, episode, law, cause)
    elif law.each_roles:
        for role in law.each_roles:
            yield role, {**base, law.each_name: role}
    elif each is not None and each.field is not None:
        names = _names(cause, each.field)
        if not names:
            cause.missing = (*cause.missing, f"field {each.field}")
            yield "", base
        for name in names:
            yield name, {**base, law.each_name: name}
    else:
        yield "", base


def _own_keys(law: LawStep, cause: Cause) -> dict[str, str]:
    """The fields named in `same`; what a trigger reports is keyed by itself (M9, M18)."""
    found: dict[str, str] = {}
    for name in law.step.same:
        value = cause.names(name)
        if value is None and cause.event is not None:
            noun = cause.event.kind.partition(".")[0]
            value = cause.event.entry_id if noun == name else None
        if value is not None:
            found[name] = value
    return found


def _names(cause: Cause, field: str) -> list[str]:
    for event in reversed(cause.events):
        value = value_of(event, field)
        if isinstance(value, list | tuple):
            return [str(name) for name in value]
        if value is not None:
            return [name.strip() for name in str(value).split(",") if name.strip()]
    return []


def _each_event(
    walk: Walk, episode: LiveEpisode, law: LawStep, cause: Cause
) -> Iterator[tuple[str, Mapping[str, str]]]:
    each = law.step.each
    if each is None or each.event is None:
        return
    latest = parts.look_back_from(walk, episode, each, cause.day, cause.keys)
    earliest = date.min
    if law.each_span is not None:
        earliest = spans.back(walk.calendar, latest, law.each_span)
    for event in walk.known.events(each.event):
        if earliest <= event.occurred_on <= latest and episode.accepts(event):
            yield event.entry_id, {**_own_keys(law, cause), **dict(event.keys)}
