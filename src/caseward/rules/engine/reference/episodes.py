"""Episodes (M5–M8): opened by a fact, noted upon, taken on part-way, closed; and their holds (M40)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from caseward.rules.engine.reference import compile as compiling
from caseward.rules.engine.reference import endings, intervals, occurrences, triggers, watching
from caseward.rules.engine.reference.known import Change, as_date, value_of
from caseward.rules.engine.reference.law import LawProcedure, LawStep, Leaf
from caseward.rules.engine.reference.live import Cause, LiveEpisode, cause_of
from caseward.rules.engine.reference.walk import LOOK_AGAIN, TOUCH, Walk
from caseward.rules.engine.tasks import Status
from caseward.rules.facts.entries import Event

TAKEN_ON = "episode.taken_on"


def open_by_events(walk: Walk, events: Sequence[Event]) -> None:
    """Let the day's events open episodes, or be noted on the ones that are open (M6)."""
    for event in events:
        for leaf in walk.law.openers.get(event.kind, ()):
            cause = triggers.by_event(walk, None, leaf, event)
            if cause is not None:
                come(walk, leaf, cause)
        if event.kind == TAKEN_ON:
            _take_on(walk, event)


def open_by_changes(walk: Walk, changes: Sequence[Change], *, again: bool = False) -> None:
    """Let the day's changes of state open episodes.

    A state that ended and began again on one day closes its episode and opens another; so such a
    beginning is looked at after the closings, with `again`.
    """
    for change in changes:
        for leaf in walk.law.state_openers.get(change.state, ()):
            if again != (change.ended and not leaf.ends):
                continue
            cause = triggers.by_change(walk, None, leaf, change)
            if cause is not None:
                come(walk, leaf, cause)


def come(walk: Walk, leaf: Leaf, cause: Cause) -> None:
    """A leaf of an opener has come: open the episode, or note the fact on it."""
    rule, day = leaf.rule, walk.day
    procedure = rule.procedure
    if procedure is None or not procedure.is_used_on(day):
        return
    if compiling.edition_number(procedure.procedure, day) != rule.edition_number:
        return
    whole = triggers.complete(walk, None, leaf, cause)
    if whole is None:
        return
    standing = _standing(walk, leaf, whole)
    if standing is not None:
        if whole.text != standing.cause.text and whole.text not in standing.again:
            standing.again.extend(
                entry for entry in whole.entries if entry not in standing.cause.entries
            )
        return
    episode = _begin(walk, procedure, whole)
    episode.enters_at = rule.enters_at or ""
    if rule.enters_at is None:
        for opened in episode.view.opened:
            walk.work_for(episode).fired.append((opened, whole))
    else:
        step = episode.view.steps.get(rule.enters_at)
        if step is not None:
            occurrences.start(walk, episode, step, whole)


def close(walk: Walk, episode: LiveEpisode, cause: Cause) -> None:
    """Close the episode: what is open is not needed any more, unless it outlives (M7)."""
    episode.closed_on = walk.day
    walk.has_closed = True
    entry = cause.fact or (cause.entries[-1] if cause.entries else cause.computed)
    episode.closed_by = entry
    for occurrence in endings.standing(episode):
        if not occurrence.law.outlives:
            endings.end(occurrence, walk.day, Status.NOT_NEEDED, entry, "episode closed")
    for thread in episode.threads:
        if thread.say is not None and thread.say.is_open:
            endings.end(thread.say, walk.day, Status.NOT_NEEDED, entry, "episode closed")
    for occurrence in endings.standing(episode):
        if occurrence.law.while_ is not None:
            watching.look_again(walk, occurrence, {})
    episode.dormant.clear()
    episode.put_off.clear()
    if episode.is_held:
        release(walk, episode)
    _tell_others(walk, episode)


def listen(episode: LiveEpisode) -> None:
    """A closed episode hears only what its outliving steps may be met or dated by."""
    kinds = set(episode.waiting)
    for occurrence in endings.standing(episode):
        law = occurrence.law
        kinds |= law.met_kinds
        kinds.update(met.kind for part in law.parts for met in part.met)
        kinds.update(name for _, name in law.needs)
    for thread in episode.threads:
        noun = thread.noun
        kinds |= {noun.arranged, noun.rearranged, noun.cancelled, noun.adjourned, noun.held}
    kinds.update(episode.collecting)
    episode.ears = frozenset(kinds)


def hold(walk: Walk, episode: LiveEpisode, cause: Cause) -> None:
    """A safety event puts the episode on hold; a further one is part of the same hold (M40)."""
    if not episode.is_held:
        episode.held.append((walk.day, None, cause.entries[-1] if cause.entries else cause.text))


def release(walk: Walk, episode: LiveEpisode) -> None:
    """The manager has decided, or the episode has closed."""
    if episode.is_held:
        since, _, entry = episode.held[-1]
        episode.held[-1] = (since, walk.day, entry)


def _begin(walk: Walk, procedure: LawProcedure, cause: Cause) -> LiveEpisode:
    name = procedure.procedure.key
    key_value = (cause.names(name) or "") if name is not None else ""
    number = walk.numbers.get((procedure.id, key_value), 0) + 1
    walk.numbers[procedure.id, key_value] = number
    edition = compiling.edition_number(procedure.procedure, walk.day)
    episode = LiveEpisode(
        procedure=procedure,
        key=f"{walk.child}/{procedure.id}/{cause.text}{'/' if key_value else ''}{key_value}",
        key_value=key_value,
        number=number,
        opened_on=walk.day,
        cause=cause,
        view=procedure.views[edition, edition],
        edition_number=edition,
    )
    walk.episodes.append(episode)
    walk.living.append(episode)
    walk.work_for(episode)
    intervals.wait_for(walk, episode, "episode_opened", replace(cause, day=walk.day))
    intervals.wait_for_birthdays(walk, episode)
    for event in cause.events:
        if event.occurred_on < walk.day:
            intervals.wait_for(walk, episode, event.kind, cause_of(event))
    _tell_others(walk, episode)
    return episode


def _standing(walk: Walk, leaf: Leaf, cause: Cause) -> LiveEpisode | None:
    procedure = leaf.rule.procedure
    if procedure is None:
        return None
    name = procedure.procedure.key
    value = (cause.names(name) or "") if name is not None else ""
    for episode in walk.living:
        if (
            episode.procedure is procedure
            and episode.closed_on is None
            and episode.key_value == value
        ):
            return episode
    return None


def _tell_others(walk: Walk, episode: LiveEpisode) -> None:
    """Conditions on whether this procedure is open are asked again today."""
    need = ("episode", episode.procedure.id)
    walk.quiet.add(need)
    if need not in walk.law.needs:
        return
    for other in walk.living:
        for occurrence in other.watchers(need):
            walk.wake(walk.day, LOOK_AGAIN, occurrence)
        if other.dormant:
            walk.wake(walk.day, TOUCH, other)


def _take_on(walk: Walk, event: Event) -> None:
    """The child is taken on at a step: what came before it is before Caseward (M8, B4)."""
    named = value_of(event, "procedure")
    procedure = next((one for one in walk.law.procedures if one.id == named), None)
    if procedure is None or not procedure.is_used_on(walk.day):
        return
    cause = cause_of(event)
    name = procedure.procedure.key
    value = (cause.names(name) or "") if name is not None else ""
    for standing in walk.living:
        if (
            standing.procedure is procedure
            and standing.closed_on is None
            and standing.key_value == value
        ):
            standing.again.append(event.entry_id)
            return
    episode = _begin(walk, procedure, cause)
    episode.anchors = anchors_of(event)
    for kind, day in episode.anchors.items():
        earlier = Cause(day, computed=f"{event.entry_id}:{kind}", fact=event.entry_id)
        intervals.wait_for(walk, episode, kind, earlier)
    wanted = _steps_named(event)
    steps = [step for step in episode.view.steps.values() if step.id in wanted]
    episode.enters_at = steps[0].id if steps else " ".join(wanted)
    first = min((step.number for step in steps), default=0)
    for step in episode.view.steps.values():
        if step.number < first and not step.step.window:
            occurrences.before_caseward(walk, episode, step, cause)
    for step in steps:
        started = Cause(
            _started_on(episode.anchors, step, event),
            cause.entries,
            cause.events,
            at=cause.at,
        )
        occurrences.start(walk, episode, step, started)


def anchors_of(event: Event) -> Mapping[str, date]:
    """Return the earlier dates that a child is taken on with: a mapping, or lines "kind: date"."""
    given = event.fields.get("anchors")
    if isinstance(given, str):
        given = _anchors_in(given.strip())
    if not isinstance(given, Mapping):
        return {}
    days = {str(kind): as_date(day) for kind, day in given.items()}
    return {kind: day for kind, day in days.items() if day is not None}


def _anchors_in(text: str) -> object:
    if text.startswith("{"):
        try:
            return json.loads(text)
        except ValueError:
            return None
    rows = (line.partition(":") for line in text.replace(";", "\n").splitlines())
    return {kind.strip(): day.strip() for kind, _, day in rows}


def _steps_named(event: Event) -> list[str]:
    value = value_of(event, "step")
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return str(value or "").replace(",", " ").split()


def _started_on(anchors: Mapping[str, date], law: LawStep, event: Event) -> date:
    """The day of the trigger, or of the last fulfilment, where it is among the anchors."""
    kinds = (law.met_kinds if law.rows else frozenset()) & anchors.keys()
    kinds = kinds or law.trigger_kinds & anchors.keys()
    return max((anchors[kind] for kind in kinds), default=event.occurred_on)
