"""Threads of meetings (M21): everything arranged for one occurrence, found or begun.

Steps "before" a meeting hang on its thread: its planned date, or until something is arranged the
date projected from the meeting's own expected day. `meetings` says what happens to a thread.
"""

from collections.abc import Mapping
from datetime import date

from caseward.rules.engine.reference import merging
from caseward.rules.engine.reference.known import value_of
from caseward.rules.engine.reference.law import Noun
from caseward.rules.engine.reference.live import LiveEpisode, Occurrence, Thread, fits
from caseward.rules.engine.reference.walk import Walk
from caseward.rules.facts.entries import Event


def date_of(thread: Thread) -> date | None:
    """Return the day that "before" steps count from: planned, held, or else projected."""
    if thread.planned_on is not None:
        return thread.planned_on
    if thread.held_on is not None:
        return thread.held_on
    meeting = thread.occurrence
    # A meeting without a limit (M17) has no expected day to project from.
    return None if meeting is None or meeting.is_unbound else meeting.expected_on


def find(
    walk: Walk,
    episode: LiveEpisode,
    name: str,
    keys: Mapping[str, str],
    *,
    hanging: Occurrence | None = None,
) -> Thread:
    """Return the thread of a meeting that these keys belong to; `hanging` is dated by it."""
    if hanging is not None:
        for thread in hanging.before:
            if thread.noun.name == name:
                return thread
    home, noun = _home(walk, episode, name)
    thread = _open_thread(home, noun, keys) or _new(home, noun, keys)
    if hanging is not None:
        thread.before.append(hanging)
        hanging.before += (thread,)
    return thread


def of_meeting(walk: Walk, occurrence: Occurrence, noun: Noun) -> Thread:
    """Give an occurrence of a meeting its thread: the one arranged already, or a new one."""
    episode, law = occurrence.episode, occurrence.law
    keys = {**occurrence.keys, **law.meeting_keys} if law.meeting_keys else occurrence.keys
    thread = _open_thread(episode, noun, keys, only_free=True)
    if thread is None:
        thread = _new(episode, noun, keys)
    thread.occurrence = occurrence
    thread.keys = {**thread.keys, **law.meeting_keys}
    occurrence.thread = thread
    merging.join(walk, occurrence)
    return thread


def for_event(episode: LiveEpisode, noun: Noun, event: Event) -> Thread:
    """Return the thread that an event about the meeting belongs to."""
    keys = {
        name: str(value) for name in noun.slot_names if (value := value_of(event, name)) is not None
    }
    return _open_thread(episode, noun, keys) or _new(episode, noun, keys)


def _home(walk: Walk, episode: LiveEpisode, name: str) -> tuple[LiveEpisode, Noun]:
    """The episode whose step asks for the meeting: this one, or another procedure's."""
    own = episode.view.nouns[name]
    if not own.steps:
        for other in walk.living:
            noun = other.view.nouns.get(name)
            if other.closed_on is None and noun is not None and noun.steps:
                return other, noun
    return episode, own


def _open_thread(
    episode: LiveEpisode, noun: Noun, keys: Mapping[str, str], *, only_free: bool = False
) -> Thread | None:
    free: Thread | None = None
    for thread in episode.threads:
        if thread.noun.name != noun.name or not fits(thread.keys, keys):
            continue
        if thread.occurrence is None:
            free = free or thread
        elif thread.occurrence.is_open and not only_free:
            return thread
    return free


def _new(episode: LiveEpisode, noun: Noun, keys: Mapping[str, str]) -> Thread:
    """Begin a thread; those whose meeting has ended otherwise are forgotten."""
    names = noun.slot_names
    thread = Thread(noun, episode, {name: keys[name] for name in names if name in keys})
    episode.threads = [
        one for one in episode.threads if one.occurrence is None or one.occurrence.is_open
    ]
    episode.threads.append(thread)
    return thread
