"""The rows that a walk leaves: frozen episodes and tasks, in a fixed order (M33, M34)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseward.rules.engine.reference import building, covering
from caseward.rules.engine.reference import parts as live_parts
from caseward.rules.engine.reference.live import LiveEpisode, LivePart, Occurrence
from caseward.rules.engine.reference.walk import Walk
from caseward.rules.engine.tasks import (
    Breach,
    Delay,
    Episode,
    Evaluation,
    HeldSpan,
    Need,
    Receipt,
    Role,
    Status,
    Task,
)


@dataclass(slots=True)
class Shared:
    """What all the rows of one episode have in common."""

    own_keys: Mapping[str, str]
    held: tuple[HeldSpan, ...]
    entry: str
    is_national: bool


def evaluation_of(walk: Walk) -> Evaluation:
    """Return everything that the walk found, episodes by their day and procedure."""
    covering.cover(walk)
    episodes = sorted(walk.episodes, key=lambda one: (one.opened_on, one.procedure.number, one.key))
    merged = _merged(walk)
    tasks: list[Task] = []
    for episode in episodes:
        shared = _shared(episode)
        rows = sorted(episode.occurrences, key=lambda one: (one.law.number, one.key))
        for occurrence in rows:
            task = _task(walk, occurrence, shared, merged)
            tasks.append(task)
            if occurrence.parts:
                parts = sorted(occurrence.parts, key=lambda one: (one.law.part.part, one.each))
                tasks.extend([_part_task(task, occurrence, part) for part in parts])
    return Evaluation(
        child=walk.child,
        episodes=tuple(_episode(one) for one in episodes),
        tasks=tuple(tasks),
        no_longer_arise=tuple(sorted(walk.unattached)),
    )


def _shared(episode: LiveEpisode) -> Shared:
    procedure = episode.procedure.procedure
    name = procedure.key
    return Shared(
        own_keys={name: episode.key_value} if name is not None and episode.key_value else {},
        held=tuple(HeldSpan(since=a, until=b, entry_id=c) for a, b, c in episode.held),
        entry=_entry_of(episode),
        is_national=procedure.is_national,
    )


def _episode(episode: LiveEpisode) -> Episode:
    return Episode(
        key=episode.key,
        child=episode.key.partition("/")[0],
        procedure=episode.procedure.id,
        number=episode.number,
        episode_key=episode.key_value,
        opened_on=episode.opened_on,
        opened_by=_entry_of(episode),
        enters_at=episode.enters_at,
        again=tuple(episode.again),
        closed_on=episode.closed_on,
        closed_by=episode.closed_by,
        edition_from=episode.procedure.procedure.editions[episode.edition_number].in_force_from,
        held=tuple(HeldSpan(since=a, until=b, entry_id=c) for a, b, c in episode.held),
        breaches=tuple(Breach(entry_id=entry, gate=gate) for entry, gate in episode.breaches),
    )


def _entry_of(episode: LiveEpisode) -> str:
    cause = episode.cause
    return cause.fact or (cause.entries[-1] if cause.entries else cause.computed)


def _task(
    walk: Walk,
    one: Occurrence,
    shared: Shared,
    merged: Mapping[str, tuple[Occurrence, ...]],
) -> Task:
    law, episode = one.law, one.episode
    step = law.step
    missing = _missing(one) if one.missing or one.lacks else ()
    task: Any = building.open_task(
        key=one.key,
        child=walk.child,
        procedure=episode.procedure.id,
        episode=episode.key,
        episode_number=episode.number,
        step=law.id,
        role=one.role,
        each=one.each,
        keys={**shared.own_keys, **one.keys} if one.keys else shared.own_keys,
        ordinal=one.ordinal,
        fulfils=step.fulfils if one.row is None else _fulfils(one),
        owner=one.owner if not one.owners_from else _owner(walk, one),
        trigger_on=one.cause.day,
        opened_on=one.opened_on,
        first_due_on=one.first_due_on,
        due_on=one.due_on,
        due_at=one.due_at,
        expected_on=one.expected_on,
        limits=one.dates,
        met_on=one.met_on,
        met_by=one.met_by,
        waits_for=one.waits_for,
        is_listed=not shared.is_national or (not one.covered_by and _is_listed(walk, one)),
        cannot_tell=missing,
        receipt=_receipt(walk, one, shared, missing),
    )
    if one.ending is not None:
        task.ended_on, task.ending = one.ended_on, one.ending
        task.ended_by, task.ended_because = one.ended_by, one.ended_because
    if one.thread is not None or one.before:
        task.planned_on, task.first_planned_on = _planned(one)
        if one.key in merged:
            together = merged[one.key]
            task.merged_with = tuple(other.key for other in together)
            task.suits_both_on = _suits(one, together)
    if step.needs:
        task.needs = _needs(walk, one)
    if shared.held:
        task.held = _held(shared.held, one)
    if one.unbound:
        task.unbound = one.unbound
        if not _binds(walk, one):
            task.due_on = task.due_at = task.expected_on = None
    if one.delays:
        task.delays = _delays(one)
    _add_marks(task, one)
    return building.close(task)


def _add_marks(task: Any, one: Occurrence) -> None:
    """What is said of a task here and there."""
    task.owners_from = one.owners_from
    task.taken_by = one.taken_by
    task.covered_by = one.covered_by
    task.is_met_by_silence = one.by_silence
    task.is_stale = one.is_stale
    task.attempts = one.attempts
    task.already_late = one.already_late
    task.impossible_since = one.impossible_since
    task.is_projected = one.is_projected
    task.is_provisional = one.is_provisional


def _receipt(walk: Walk, one: Occurrence, shared: Shared, missing: tuple[str, ...]) -> Receipt:
    cause, edition = one.cause, one.law.edition
    return building.receipt(
        trigger_entries=cause.entries or ((cause.fact,) if cause.fact else ()),
        step=one.law.step.id,
        edition_from=edition.in_force_from,
        edition_fingerprint=edition.fingerprint,
        calendar_version=walk.calendar.version,
        episode_entry=shared.entry,
        computed_from=cause.computed,
        missing=missing,
        note_entries=one.notes,
        matched_by_date=one.matched_by_date,
        reason=one.ended_because,
    )


def _part_task(task: Task, one: Occurrence, part: LivePart) -> Task:
    return building.closed_task(
        key=live_parts.key_of(one, part),
        child=task.child,
        procedure=task.procedure,
        episode=task.episode,
        episode_number=task.episode_number,
        step=task.step,
        role=Role.PART,
        part=part.law.part.part,
        parent=task.key,
        each=part.each,
        keys={**task.keys, **part.keys},
        fulfils=task.fulfils,
        owner=task.owner,
        owners_from=task.owners_from,
        trigger_on=task.trigger_on,
        opened_on=part.opened_on,
        first_due_on=task.first_due_on,
        due_on=task.due_on,
        due_at=task.due_at,
        expected_on=task.expected_on,
        limits=task.limits,
        met_on=part.met_on,
        met_by=part.met_by,
        is_stale=part.is_stale,
        ended_on=part.ended_on,
        ending=part.ending,
        ended_by=part.ended_by,
        ended_because=part.ended_because,
        waits_for=task.waits_for,
        planned_on=task.planned_on,
        first_planned_on=task.first_planned_on,
        delays=task.delays,
        already_late=task.already_late,
        impossible_since=task.impossible_since,
        held=task.held,
        unbound=task.unbound,
        is_projected=task.is_projected,
        is_provisional=task.is_provisional,
        is_listed=task.is_listed,
        cannot_tell=task.cannot_tell,
        receipt=building.receipt(
            trigger_entries=task.receipt.trigger_entries,
            step=task.step,
            edition_from=task.receipt.edition_from,
            edition_fingerprint=task.receipt.edition_fingerprint,
            calendar_version=task.receipt.calendar_version,
            episode_entry=task.receipt.episode_entry,
            computed_from=task.receipt.computed_from,
            missing=task.receipt.missing,
            note_entries=part.notes,
            matched_by_date=part.matched_by_date,
            reason=part.ended_because,
        ),
    )


def _binds(walk: Walk, one: Occurrence) -> bool:
    """Whether a limit binds as of the last fact; without one the first date stays shown (M17)."""
    day = min(walk.last_fact_on, one.met_on or one.ended_on or walk.last_fact_on)
    day = max(day, one.opened_on)
    return not any(
        since <= day and (until is None or day < until) for since, until, _ in one.unbound
    )


def _owner(walk: Walk, one: Occurrence) -> tuple[str, ...]:
    """The roles as of the last fact: what time alone will change stands in `owners_from`."""
    if len(one.owners_from) < 2:  # noqa: PLR2004 - one row: it never changed
        return one.owner
    known = [roles for day, roles in one.owners_from if day <= walk.last_fact_on]
    return known[-1] if known else one.owners_from[0][1]


def _fulfils(one: Occurrence) -> tuple[str, ...]:
    """The duties of the row that gave the interval, where it names its own (M16)."""
    row = one.tightened[1] if one.tightened is not None else one.row
    return (row.row.fulfils if row is not None else ()) or one.law.step.fulfils


def _planned(one: Occurrence) -> tuple[date | None, date | None]:
    """The planned day of the meeting, or of the one it is to be done before, and the first one."""
    threads = (*((one.thread,) if one.thread is not None else ()), *one.before)
    planned = (thread.planned_on for thread in threads if thread.planned_on is not None)
    first = (thread.first_planned_on for thread in threads if thread.first_planned_on is not None)
    return next(planned, None), next(first, None)


def _missing(one: Occurrence) -> tuple[str, ...]:
    if one.ending is Status.BEFORE_CASEWARD:
        return ()
    return tuple(
        dict.fromkeys([*one.missing, *(n for lack in (one.lacks or {}).values() for n in lack)])
    )


def _delays(one: Occurrence) -> tuple[Delay, ...]:
    return tuple(delay for _, delay in sorted(one.delays, key=lambda pair: pair[0]))


def _needs(walk: Walk, one: Occurrence) -> tuple[Need, ...]:
    """What the task waits for, and since when it is there; the clock runs on all the same (M25)."""
    return tuple(_need(walk, one, name) for name in one.law.step.needs)


def _need(walk: Walk, one: Occurrence, name: str) -> Need:
    episode = one.episode
    found = [other for other in episode.occurrences if name in (other.law.id, other.law.root)]
    if found:
        days = [other.met_on for other in found if other.met_on is not None]
        return Need(name=name, there_on=min(days, default=None), owner=found[-1].owner)
    law = episode.view.steps.get(name)
    if law is not None:
        roles = next((roles for test, roles in law.owner if test is None), ())
        return Need(name=name, there_on=None, owner=roles)
    days = [
        event.occurred_on
        for event in walk.known.events(name)
        if event.occurred_on >= episode.opened_on and episode.accepts(event)
    ]
    return Need(name=name, there_on=min(days, default=None), owner=())


def _held(held: tuple[HeldSpan, ...], one: Occurrence) -> tuple[HeldSpan, ...]:
    """The days of the episode's holds that fall into the task's own time (M40)."""
    ended_on = one.met_on or one.ended_on
    return tuple(
        span
        for span in held
        if (span.until is None or span.until >= one.opened_on)
        and (ended_on is None or span.since <= ended_on)
    )


def _is_listed(walk: Walk, one: Occurrence) -> bool:
    """A national duty due before the child's first day is measured, not listed (M8).

    Save the one occurrence of a recurring duty that is still open, and what somebody decided to keep.
    """
    if walk.first_day is None or one.is_kept:
        return True
    due_on = one.due_on or one.expected_on
    if due_on is None or due_on >= walk.first_day:
        return True
    return bool(one.law.rows) and one.is_open


def _merged(walk: Walk) -> Mapping[str, tuple[Occurrence, ...]]:
    """Which occurrences are held as one occasion (M29): those that share an arrangement."""
    by_arrangement: dict[str, list[Occurrence]] = {}
    for episode in walk.episodes:
        for one in episode.occurrences:
            if one.thread is not None and one.thread.merged_by:
                by_arrangement.setdefault(one.thread.merged_by, []).append(one)
    return {
        one.key: together
        for group in by_arrangement.values()
        for one in group
        if (together := tuple(_together(one, group)))
    }


def _together(one: Occurrence, group: list[Occurrence]) -> Iterator[Occurrence]:
    """Of each other step the occurrence that stood beside this one: the latest, had it opened."""
    end = one.met_on or one.ended_on or date.max
    latest: dict[tuple[str, str], Occurrence] = {}
    for other in sorted(group, key=lambda each: each.opened_on):
        step = (other.episode.key, other.law.root)
        if step != (one.episode.key, one.law.root) and (
            other.opened_on < end or step not in latest
        ):
            latest[step] = other
    yield from latest.values()


def _suits(one: Occurrence, together: tuple[Occurrence, ...]) -> date | None:
    """The last day that suits every limit of a merged meeting, None where none does (M29)."""
    if not together:
        return None
    group = (one, *together)
    dues = [other.due_on or other.expected_on for other in group]
    firsts = [
        limit.from_on for other in group for limit in other.dates if limit.from_on is not None
    ]
    last = min((day for day in dues if day is not None), default=None)
    if last is None or any(first > last for first in firsts):
        return None
    return last
