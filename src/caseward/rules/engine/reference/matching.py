"""Which occurrence an event belongs to, and whether it meets it (M2, M11, M13; B3)."""

from datetime import date

from caseward.rules.engine.reference import spans
from caseward.rules.engine.reference.known import value_of
from caseward.rules.engine.reference.law import LawMet, LawStep
from caseward.rules.engine.reference.live import Cause, LiveEpisode, Occurrence, Slot
from caseward.rules.engine.reference.walk import Walk
from caseward.rules.facts.entries import Event


def match(episode: LiveEpisode, law: LawStep, event: Event) -> tuple[Occurrence | None, bool]:
    """Return the open occurrence that the event belongs to, and whether by its date alone (M11).

    An event that names no key belongs to the occurrence, open on its day, that opened first.
    """
    standing = episode.open.get(law.root)
    if not standing:
        return None, False
    if not law.slot_names:
        occurrence = next(iter(standing.values()))
        if occurrence.law is law and _may_meet(occurrence, event):
            return occurrence, False
        return None, False
    values = (value_of(event, name) for name in law.slot_names)
    named = tuple(None if value is None else str(value) for value in values)
    exact = standing.get(named) if None not in named else None
    if exact is not None and exact.law is law and _may_meet(exact, event):
        return exact, False
    for slot, occurrence in standing.items():
        fits_in = all(
            wanted is None or given is None or wanted == given
            for wanted, given in zip(slot, named, strict=False)
        )
        if fits_in and occurrence.law is law and _may_meet(occurrence, event):
            return occurrence, True
    return None, False


def qualifies(walk: Walk, occurrence: Occurrence, met: LawMet, event: Event) -> bool:
    """Say whether the event meets a step: its outcome and conditions certainly hold (B3)."""
    if met.outcomes and event.outcome not in met.outcomes:
        return False
    if met.where is None:
        return True
    said = met.where.by_fields(event)
    if said is not None:
        return said
    scene = walk.scene(occurrence.episode, event=event, keys=occurrence.keys)
    return met.where.ask(scene) is True


def earliest_day(walk: Walk, occurrence: Occurrence) -> date | None:
    """Return the first day of the look-back: an event's, the episode's, or so long ago (M13)."""
    back_to, episode = occurrence.law.back_to, occurrence.episode
    if back_to == "episode_opened":
        return episode.opened_on
    if isinstance(back_to, str):
        days = [
            event.occurred_on
            for event in walk.known.events(back_to)
            if episode.accepts(event)
            and event.occurred_on <= occurrence.cause.day
            and _may_be_of(event, occurrence.law.slot_names, occurrence.slot)
        ]
        return max(days, default=None)
    if back_to is None:
        return None
    return spans.back(walk.calendar, occurrence.cause.day, back_to)


def latest_before(
    walk: Walk, occurrence: Occurrence, met_by: tuple[LawMet, ...], earliest: date, slot: Slot
) -> tuple[Event, bool] | None:
    """Return the latest earlier event that qualifies, and whether it names no key."""
    episode, law, cause = occurrence.episode, occurrence.law, occurrence.cause
    closed_on, closed_by = episode.closings.get((law.root, slot), (None, ""))
    best: tuple[Event, bool] | None = None
    for met in met_by:
        for event in reversed(walk.known.events(met.kind)):
            if event.occurred_on < earliest:
                break
            if closed_on is not None and event.occurred_on <= closed_on:
                break
            if event.entry_id in (*cause.entries, closed_by) or not _is_before(cause, event):
                continue
            if not _may_be_of(event, law.slot_names, slot):
                continue
            if episode.accepts(event) and qualifies(walk, occurrence, met, event):
                if best is None or event.occurred_on > best[0].occurred_on:
                    is_by_date = any(value_of(event, name) is None for name in law.slot_names)
                    best = event, is_by_date
                break
    return best


def _may_be_of(event: Event, names: tuple[str, ...], slot: Slot) -> bool:
    """The event names no other key than the slot's."""
    for name, wanted in zip(names, slot, strict=False):
        value = value_of(event, name)
        if value is not None and wanted is not None and str(value) != wanted:
            return False
    return True


def _may_meet(occurrence: Occurrence, event: Event) -> bool:
    """Never the event that opened it, nor one timed before it; a recurring duty later (M2, M11)."""
    cause = occurrence.cause
    if event.entry_id in cause.entries:
        return False
    if event.occurred_on > cause.day:
        return True
    if occurrence.law.rows:
        return False
    return event.time is None or cause.at is None or event.time >= cause.at


def _is_before(cause: Cause, event: Event) -> bool:
    if event.occurred_on != cause.day:
        return event.occurred_on < cause.day
    return event.time is not None and cause.at is not None and event.time < cause.at
