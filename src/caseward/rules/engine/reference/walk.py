"""The walk through one child's days: what it carries from day to day.

`daily` lives through a day; here is only what is remembered and what is to be woken up for. A wake
is a day on which something follows from what is known without a new fact: a limit has passed, a
birthday comes, a planned day has gone by (M20). All wakes are lived through, those ahead of the
last fact too, so that the rows stay right overnight.
"""

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from caseward.rules.calendars.days import Calendar
from caseward.rules.engine.reference.known import Known
from caseward.rules.engine.reference.law import Law, Leaf
from caseward.rules.engine.reference.live import Cause, LiveEpisode, LivePart, Occurrence
from caseward.rules.engine.reference.scene import Need, Scene
from caseward.rules.facts.entries import Event

ONE_DAY = timedelta(days=1)
# What is woken up for, in the order in which one day's wakes are looked at.
STATE_ENDS, EDITION, OVERDUE, PLAN_PAST, INTERVAL, OPENER, LOOK_AGAIN, TOUCH = range(8)


@dataclass(slots=True)
class Work:
    """What a day brings an episode beside its events: triggers that came about, things to look at."""

    fired: list[tuple[Leaf, Cause]] = field(default_factory=list)
    look_at: dict[str, Occurrence] = field(default_factory=dict)

    def taken(self) -> list[tuple[Leaf, Cause]]:
        """Return what has fired so far, and forget it."""
        fired, self.fired = self.fired, []
        return fired


class Walk:
    """One child's days, lived through in order."""

    def __init__(self, law: Law, child: str, *, first_day: date | None) -> None:
        self.law = law
        self.calendar: Calendar = law.calendar
        self.child = child
        self.first_day = first_day
        self.known = Known(law.vocabulary, law.sets)
        self.day = date.min
        self.last_fact_on = date.min
        self.episodes: list[LiveEpisode] = []
        self.living: list[LiveEpisode] = []
        self.numbers: dict[tuple[str, str], int] = {}
        self.by_key: dict[str, Occurrence | tuple[Occurrence, LivePart]] = {}
        self.opener_memory: dict[Any, dict[int, Cause]] = {}
        self.from_birth: list[Occurrence] = []
        self.unattached: list[str] = []
        self.early_delays: list[Event] = []
        self.put_off_openers: list[tuple[Leaf, Cause]] = []
        self.opened: list[Occurrence] = []
        self.work: dict[str, Work] = {}
        self.has_closed = False
        # What has changed and is no news of any day: states that steps begin, episodes open or shut.
        self.quiet: set[Need] = set()
        self.met_unnamed: set[tuple[str, str, str]] = set()
        self._wakes: list[tuple[date, int, int, Any]] = []
        self._n_wakes = 0

    def add(self, occurrence: Occurrence) -> None:
        """Keep an occurrence that has come about, to be told at the end of the walk."""
        occurrence.episode.occurrences.append(occurrence)
        self.by_key[occurrence.key] = occurrence
        if self.early_delays:
            self.opened.append(occurrence)

    def forget(self) -> None:
        """Let go of everything, once it is told: nothing here then holds anything in a circle."""
        for episode in self.episodes:
            for occurrence in episode.occurrences:
                occurrence.thread = occurrence.scene = None
                occurrence.before = ()
            episode.occurrences, episode.threads = [], []
            for held in (episode.open, episode.waiting, episode.collecting, episode.complete):
                held.clear()
            episode.put_off, episode.elder = [], []
        self.by_key.clear()
        self._wakes.clear()
        self.work = {}

    def wake(self, day: date, sort: int, subject: Any) -> None:
        """Have something looked at on a day; one that has gone by is looked at today."""
        self._n_wakes += 1
        heapq.heappush(self._wakes, (max(day, self.day), sort, self._n_wakes, subject))

    def is_taken(self, episode: LiveEpisode, event: Event, root: str) -> bool:
        """Say whether an event that names no episode has met the step in an earlier one (M11)."""
        return (event.entry_id, episode.procedure.id, root) in self.met_unnamed

    def take(self, episode: LiveEpisode, event: Event, root: str) -> None:
        """Keep in mind that the event, naming no episode, met the step in this one."""
        self.met_unnamed.add((event.entry_id, episode.procedure.id, root))

    def next_wake(self) -> date:
        """Return the day of the next wake, the last of all days where there is none."""
        return self._wakes[0][0] if self._wakes else date.max

    def woken(self, day: date) -> list[tuple[int, Any]]:
        """Return what is to be looked at on the day, and forget it."""
        found = []
        while self._wakes and self._wakes[0][0] == day:
            _, sort, _, subject = heapq.heappop(self._wakes)
            found.append((sort, subject))
        return found

    def work_for(self, episode: LiveEpisode) -> Work:
        """Return what today brings the episode beside its events."""
        return self.work.setdefault(episode.key, Work())

    def scene(
        self,
        episode: LiveEpisode | None,
        *,
        event: Event | None = None,
        keys: Mapping[str, str] | None = None,
        ordinal: int = 0,
    ) -> Scene:
        """Return what a condition is asked of, today."""
        if episode is not None and episode.key_value:
            name = episode.procedure.procedure.key or ""
            keys = {name: episode.key_value, **(keys or {})}
        return Scene(
            self.known, self.day, episode, event, keys or {}, ordinal, is_open=self.is_open
        )

    def scene_of(self, occurrence: Occurrence) -> Scene:
        """Return what the conditions of an occurrence are asked of, today; nothing is missing yet."""
        scene = occurrence.scene
        if scene is None:
            scene = occurrence.scene = self.scene(
                occurrence.episode,
                event=occurrence.cause.event,
                keys=occurrence.keys,
                ordinal=occurrence.ordinal,
            )
            return scene
        scene.day, scene.read_on, scene.missing = self.day, None, []
        return scene

    def is_open(self, procedure: str) -> bool:
        """Say whether an episode of the procedure is open today."""
        return any(
            episode.procedure.id == procedure and episode.closed_on is None
            for episode in self.living
        )
