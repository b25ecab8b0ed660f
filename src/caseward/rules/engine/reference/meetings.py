"""What happens to a meeting's thread (M21, M29): arranged, moved, cancelled, adjourned, held."""

from datetime import date, time

from caseward.rules.engine.reference import dating, endings, intervals, merging, threads
from caseward.rules.engine.reference.conditions import PLANNED
from caseward.rules.engine.reference.known import date_of as field_date
from caseward.rules.engine.reference.known import time_of
from caseward.rules.engine.reference.law import Noun
from caseward.rules.engine.reference.live import Cause, LiveEpisode, Occurrence, Thread, fits
from caseward.rules.engine.reference.walk import ONE_DAY, PLAN_PAST, Walk
from caseward.rules.engine.tasks import Role, Status
from caseward.rules.facts.entries import Event


def plan(walk: Walk, episode: LiveEpisode, noun: Noun, word: str, event: Event) -> None:
    """Take in that the meeting was arranged, moved, cancelled or adjourned."""
    thread = threads.for_event(episode, noun, event)
    _take(walk, thread, word, event, noun)
    meeting = thread.occurrence
    if meeting is None or meeting.law.id not in walk.law.merging:
        return
    for other in list(merging.partners(walk, meeting)):
        if other.thread is not None:
            other.thread.merged_by = thread.merged_by = merging.key_of(meeting, other)
            _take(walk, other.thread, word, event, noun)


def planned_day(noun: Noun, event: Event) -> date | None:
    """Return the day that an arrangement names."""
    return field_date(event, noun.planned_field)


def hold(walk: Walk, thread: Thread, day: date, entry: str) -> None:
    """The meeting was held: its unmet "before" steps are missed, unless they outlive it."""
    thread.held_on = day
    if thread in thread.episode.threads:
        thread.episode.threads.remove(thread)
    if thread.planned_on is None:
        dating.date_thread(walk, thread)
    _say(thread, day, entry)
    for occurrence in list(thread.before):
        if occurrence.is_open and not occurrence.law.outlives:
            endings.end(occurrence, day, Status.MISSED, entry, "not done before the meeting")


def told(walk: Walk, episode: LiveEpisode, noun: Noun, event: Event) -> None:
    """Take in a meeting held that met no occurrence: adjourned, not quorate, or not owed yet."""
    thread = threads.for_event(episode, noun, event)
    if thread.held_on is not None:
        return
    if thread.occurrence is None:
        hold(walk, thread, event.occurred_on, event.entry_id)
    else:
        _take(walk, thread, "adjourned", event, noun)


def plan_past(walk: Walk, subject: tuple[Thread, str]) -> None:
    """The planned day is past and nothing was said: somebody is asked what happened (M21)."""
    thread, entry = subject
    steps = thread.noun.steps
    if thread.arranged_by != entry or thread.planned_on is None or thread.held_on is not None:
        return
    if thread.occurrence is not None and not thread.occurrence.is_open:
        return
    episode = thread.episode
    if not steps or episode.closed_on is not None:
        return
    if thread.occurrence is not None:
        meeting = thread.occurrence.law
    else:
        meeting = next((one for one in steps if fits(one.meeting_keys, thread.keys)), steps[0])
    cause = Cause(walk.day, computed=f"planned:{entry}", keys=thread.keys, fact=entry)
    occurrence = Occurrence(
        law=meeting,
        episode=episode,
        cause=cause,
        key=f"{episode.key}/{meeting.root}/{cause.text}",
        slot=(),
        keys=thread.keys,
        opened_on=walk.day,
        role=Role.SAY_WHAT_HAPPENED,
    )
    thread.say = occurrence
    walk.add(occurrence)


def _take(walk: Walk, thread: Thread, word: str, event: Event, noun: Noun) -> None:
    planned = planned_day(noun, event)
    if planned is None and word in ("arranged", "rearranged"):
        return
    walk.quiet.add(("kind", f"{thread.noun.name}{PLANNED}"))
    _say(thread, event.occurred_on, event.entry_id)
    thread.planned_on = None if word == "cancelled" else planned
    thread.planned_at = _planned_time(noun, event)
    thread.arranged_by = "" if thread.planned_on is None else event.entry_id
    thread.arranged_on = event.occurred_on
    if thread.planned_on is not None:
        if thread.first_planned_on is None:
            thread.first_planned_on = thread.planned_on
        if noun is thread.noun:
            # A merged meeting asks once what happened, on its own thread.
            walk.wake(thread.planned_on + ONE_DAY, PLAN_PAST, (thread, event.entry_id))
        intervals.wait_for_planned(walk, thread)
    dating.date_thread(walk, thread)


def _say(thread: Thread, day: date, entry: str) -> None:
    if thread.say is not None:
        if thread.say.is_open:
            endings.met(thread.say, day, entry)
        thread.say = None


def _planned_time(noun: Noun, event: Event) -> time | None:
    stem = noun.planned_field.removesuffix("_on")
    return time_of(event, f"{stem}_at") or time_of(event, f"{stem}_time")
