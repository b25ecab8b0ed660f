"""The first half of an episode's day (M15): plans, fulfilments, openings, what meets.

A recurring duty's fulfilment meets first and opens the next; of an ordinary step, what opens comes
before what meets. What the closing event itself starts waits until the episode has closed (M7).
"""

from collections.abc import Collection, Sequence

from caseward.rules.engine.reference import (
    dating,
    intervals,
    meetings,
    occurrences,
    parts,
    threads,
    triggers,
    watching,
)
from caseward.rules.engine.reference.law import LawStep, Leaf, Noun
from caseward.rules.engine.reference.live import Cause, Dormant, LiveEpisode, cause_of
from caseward.rules.engine.reference.scene import Scene, Test
from caseward.rules.engine.reference.today import Today
from caseward.rules.engine.reference.walk import TOUCH, Walk
from caseward.rules.facts.entries import Event


def live(walk: Walk, today: Today) -> None:
    """Live through the openings and meetings of the day."""
    episode = today.episode
    if episode.closed_on is None:
        _fire(walk, today)
    of_the_next = _plan_early(walk, today) if today.tells_of_meetings else ()
    _fulfil(walk, today)
    if episode.dormant:
        _reopen(walk, today)
    if today.starts:
        start(walk, today, today.starts)
    if today.anchors:
        _date_anew(walk, today)
    meet(walk, today)
    if today.met and today.starts:
        _start_again(walk, today)
    for kind in today.collected:
        parts.collect(walk, episode, kind)
    if today.tells_of_meetings:
        _plan(walk, today, is_early=False)
    if of_the_next:
        _begin_the_next(walk, today, of_the_next)


def start(walk: Walk, today: Today, starts: Sequence[tuple[LawStep, Cause]]) -> None:
    """Open the steps; the states that they begin hold at once, and may start more (M1)."""
    episode = today.episode
    waiting = list(starts)
    while waiting:
        more: list[tuple[LawStep, Cause]] = []
        for law, cause in waiting:
            if law.step.begins is not None and _may_begin(walk, episode, law, cause):
                more.extend(_begin_state(walk, today, law, cause))
        for law, cause in waiting:
            occurrences.start(walk, episode, law, cause)
        waiting = more


def _date_anew(walk: Walk, today: Today) -> None:
    """What was waited for to count from, or moves a date, has happened today."""
    for kind in today.anchors:
        for occurrence in today.episode.waiting.pop(kind, ()):
            if occurrence.is_open:
                dating.date_anew(walk, occurrence)


def _start_again(walk: Walk, today: Today) -> None:
    """The outcome with which a step was met may lead to the step itself: the next opens (M26).

    A further meeting that agrees nothing asks for another; nothing is met by what opened it.
    """
    for law, cause in today.starts:
        event = cause.event
        if event is None or event.outcome not in law.again_after:
            continue
        if (event.entry_id, law.root) not in today.met:
            continue
        for occurrence in today.episode.occurrences:
            if occurrence.law.root == law.root and occurrence.met_on == walk.day:
                occurrence.notes = tuple(
                    [one for one in occurrence.notes if one not in occurrence.met_by]
                )
        occurrences.start(walk, today.episode, law, cause)


def meet(walk: Walk, today: Today, *, alone: Collection[str] = ()) -> None:
    """Let the day's events meet what is open: every step, or these alone."""
    episode = today.episode
    for event, reactions in today.events:
        for law, met in reactions.meets:
            if law.root not in episode.open or (alone and law.root not in alone):
                continue
            occurrence = occurrences.try_to_meet(walk, episode, law, met, event)
            if occurrence is not None:
                today.met |= {(event.entry_id, law.root)}
        for law, part, met in reactions.parts:
            if not alone or law.root in alone:
                parts.take(walk, episode, law, part, met, event)
    if episode.elder and not alone:
        _meet_elder(walk, today)


def _fire(walk: Walk, today: Today) -> None:
    """Find every rule that fires today, closings first of all: their events start things last."""
    episode = today.episode
    starts: list[tuple[LawStep, Cause]] = []
    for leaf, cause in _fired(walk, today):
        rule = leaf.rule
        whole = triggers.complete(walk, episode, leaf, cause)
        if whole is None:
            continue
        purpose = rule.purpose
        if rule.step is not None:
            starts.append((rule.step, whole))
        elif purpose == "hold":
            today.holds = [*today.holds, whole]
        elif purpose == "release":
            today.releases = [*today.releases, whole]
            if whole.event is not None and whole.event.outcome in episode.view.withdraws:
                today.closings = [*today.closings, whole]
        elif _may_close(today, whole):
            today.closings = [*today.closings, whole]
    if not today.closings:
        today.starts = starts
        return
    closing = {entry for cause in today.closings for entry in (*cause.entries, cause.computed)}
    closing.discard("")
    last = [
        cause.computed in closing or not closing.isdisjoint(cause.entries) for _, cause in starts
    ]
    today.starts = [one for one, is_last in zip(starts, last, strict=True) if not is_last]
    today.deferred = [one for one, is_last in zip(starts, last, strict=True) if is_last]


def _fired(walk: Walk, today: Today) -> list[tuple[Leaf, Cause]]:
    """Every leaf that has come today: by an event, by a state, or computed."""
    episode = today.episode
    found: list[tuple[Leaf, Cause]] = []
    for event, reactions in today.events:
        if event.kind in episode.view.spans:
            intervals.wait_for(walk, episode, event.kind, cause_of(event))
        for leaf in reactions.leaves:
            cause = triggers.by_event(walk, episode, leaf, event)
            if cause is not None:
                found.append((leaf, cause))
    for change in today.changes:
        for leaf in episode.view.by_state[change.state]:
            cause = triggers.by_change(walk, episode, leaf, change)
            if cause is not None:
                found.append((leaf, cause))
    found.extend(today.fired)
    return found


def _may_close(today: Today, cause: Cause) -> bool:
    """What opened the episode does not close it, nor what is timed before it that day (M2)."""
    opened = today.episode.cause
    if today.is_reopened or not set(cause.entries).isdisjoint(opened.entries):
        return False
    if cause.at is None or opened.at is None or cause.day > opened.day:
        return True
    return cause.at >= opened.at


def _plan(walk: Walk, today: Today, *, is_early: bool) -> None:
    """Arrangements: those for today or gone by before what is held, those for later after it.

    So an arrangement made at a meeting for the next belongs to the next one (M21).
    """
    for event, reactions in today.events:
        for noun, word in reactions.meetings:
            if word == "held":
                if not is_early and not _has_met(today, noun, event):
                    meetings.told(walk, today.episode, noun, event)
                continue
            key = (noun.name, event.entry_id)
            if key in today.planned:
                continue
            planned = meetings.planned_day(noun, event)
            if is_early and not _is_early(walk, today.episode, noun.name, event, planned):
                continue
            today.planned |= {key}
            meetings.plan(walk, today.episode, noun, word, event)


def _plan_early(walk: Walk, today: Today) -> Sequence[tuple[LawStep, Cause]]:
    """Take in what is arranged for today or gone by; return what waits for the next meeting."""
    if today.arranges_meetings:
        _plan(walk, today, is_early=True)
    return _of_the_next_meeting(walk, today) if today.starts else ()


def _of_the_next_meeting(walk: Walk, today: Today) -> Sequence[tuple[LawStep, Cause]]:
    """Take out of the day's starts those that belong to the meeting after the one held today.

    An arrangement made at a meeting for the next begins them, or the meeting held itself, for what
    is to be done before one. The next one's thread is there once the one held has met what it meets.
    """
    held = {
        noun.name: event.entry_id
        for event, reactions in today.events
        for noun, word in reactions.meetings
        if word == "held"
    }
    if not held:
        return ()
    later = {
        event.entry_id
        for event, reactions in today.events
        for noun, word in reactions.meetings
        if word != "held" and noun.name in held and _is_for_later(walk, noun, event)
    }
    of_the_next: list[tuple[LawStep, Cause]] = []
    others: list[tuple[LawStep, Cause]] = []
    for law, cause in today.starts:
        after = {held[noun] for noun in law.before_meetings if noun in held}
        belongs = not (later | after).isdisjoint(cause.entries)
        (of_the_next if belongs else others).append((law, cause))
    today.starts = others
    return of_the_next


def _begin_the_next(walk: Walk, today: Today, starts: Sequence[tuple[LawStep, Cause]]) -> None:
    """Open what belongs to the next meeting; of the day's events it may be met by any."""
    start(walk, today, starts)
    meet(walk, today, alone={law.root for law, _ in starts})


def _is_for_later(walk: Walk, noun: Noun, event: Event) -> bool:
    planned = meetings.planned_day(noun, event)
    return planned is not None and planned > walk.day


def _has_met(today: Today, noun: Noun, event: Event) -> bool:
    return any((event.entry_id, step.root) in today.met for step in noun.steps)


def _is_early(walk: Walk, episode: LiveEpisode, noun: str, event: Event, planned: object) -> bool:
    if planned is not None:
        return bool(planned <= walk.day)  # type: ignore[operator]
    # Calling off comes first where something was arranged, else after today's arrangement.
    return threads.for_event(episode, episode.view.nouns[noun], event).planned_on is not None


def _fulfil(walk: Walk, today: Today) -> None:
    episode = today.episode
    for event, reactions in today.events:
        for law, met in reactions.recurring:
            if law.root not in episode.open:
                continue
            occurrence = occurrences.try_to_meet(walk, episode, law, met, event)
            if occurrence is not None:
                today.met |= {(event.entry_id, law.root)}
                occurrences.open_next(walk, occurrence, cause_of(event))


def _meet_elder(walk: Walk, today: Today) -> None:
    """What was opened under an earlier edition is met as that edition says (M28)."""
    episode = today.episode
    for occurrence in list(episode.elder):
        for event in today.all_events:
            if not episode.accepts(event):
                continue
            law = occurrence.law
            for met in law.met:
                if met.kind == event.kind and occurrence.is_open:
                    found = occurrences.try_to_meet(walk, episode, law, met, event)
                    if found is not None and law.rows:
                        occurrences.open_next(walk, found, cause_of(event))
            for part in law.parts:
                for met in part.met:
                    if met.kind == event.kind:
                        parts.take(walk, episode, law, part, met, event)
    episode.elder = [one for one in episode.elder if one.is_open]


def _reopen(walk: Walk, today: Today) -> None:
    """What a `while` had ended, or kept shut, opens when it holds: a new trigger (M17)."""
    episode = today.episode
    for key, one in list(episode.dormant.items()):
        law, keys = one.law, one.keys
        if law.while_ is None or not watching.may_wake(walk, one, today.asked):
            continue
        scene = walk.scene(episode, event=one.cause.event, keys=keys)
        if law.while_.ask(scene) is not True:
            _sleep_on(walk, episode, one, law.while_, scene)
            continue
        del episode.dormant[key]
        entry = watching.fact(walk, law.while_, today.changed)
        event = next((one for one in today.all_events if one.entry_id == entry), None)
        if event is not None:
            cause = cause_of(event)
        else:
            computed = entry or f"{one.cause.text}~again"
            cause = Cause(walk.day, computed=computed, fact=entry)
        cause.keys = keys
        occurrences.start_one(walk, episode, law, cause, slot=key[1], keys=keys, each=one.each)


def _sleep_on(walk: Walk, episode: LiveEpisode, one: Dormant, test: Test, scene: Scene) -> None:
    turn = None if test.next_change is None else test.next_change(scene)
    one.turn = turn if turn is not None and turn > walk.day else None
    if one.turn is not None:
        walk.wake(one.turn, TOUCH, episode)


def _may_begin(walk: Walk, episode: LiveEpisode, law: LawStep, cause: Cause) -> bool:
    if law.only_if is None:
        return True
    return law.only_if.ask(walk.scene(episode, event=cause.event)) is not False


def _begin_state(
    walk: Walk, today: Today, law: LawStep, cause: Cause
) -> list[tuple[LawStep, Cause]]:
    begins, episode = law.step.begins, today.episode
    if begins is None:
        return []
    entry = cause.fact or (cause.entries[-1] if cause.entries else cause.computed)
    kind = walk.law.vocabulary.states.get(begins.state)
    name = episode.procedure.procedure.key
    is_kept_apart = kind is not None and kind.per is not None and kind.per == name
    key = episode.key_value if is_kept_apart else episode.local_key
    change = walk.known.set_state(begins.state, key, begins.value, entry)
    if change is None:
        return []
    walk.quiet.add(("state", begins.state))
    today.changed = {**today.changed, begins.state: entry}
    for occurrence in episode.watchers(("state", begins.state)):
        today.look_at[occurrence.key] = occurrence
    found: list[tuple[LawStep, Cause]] = []
    for leaf in episode.view.by_state.get(begins.state, ()):
        fired = triggers.by_change(walk, episode, leaf, change)
        if fired is None or leaf.rule.step is None:
            continue
        fired.entries, fired.events = cause.entries, cause.events
        fired.computed = cause.computed
        whole = triggers.complete(walk, episode, leaf, fired)
        if whole is not None:
            found.append((leaf.rule.step, whole))
    return found
