"""What a day brings one episode, gathered before anything is done about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from caseward.rules.engine.reference.known import Change
from caseward.rules.engine.reference.law import LawStep, Reactions
from caseward.rules.engine.reference.live import Cause, LiveEpisode, Occurrence
from caseward.rules.engine.reference.walk import Walk, Work
from caseward.rules.facts.entries import Event


@dataclass(slots=True)
class Today:
    """An episode's day: the events and changes that concern it, and what they set going."""

    episode: LiveEpisode
    events: Sequence[tuple[Event, Reactions]]
    changes: Sequence[Change]
    work: Work
    look_at: dict[str, Occurrence] = field(default_factory=dict)
    anchors: list[str] = field(default_factory=list)
    all_events: Sequence[Event] = ()
    changed: dict[str, str] = field(default_factory=dict)
    starts: list[tuple[LawStep, Cause]] = field(default_factory=list)
    deferred: list[tuple[LawStep, Cause]] = field(default_factory=list)
    closings: list[Cause] = field(default_factory=list)
    holds: list[Cause] = field(default_factory=list)
    releases: list[Cause] = field(default_factory=list)
    planned: set[tuple[str, str]] = field(default_factory=set)
    met: set[tuple[str, str]] = field(default_factory=set)
    is_reopened: bool = False

    @classmethod
    def of(
        cls,
        walk: Walk,
        episode: LiveEpisode,
        events: Sequence[Event],
        changes: Sequence[Change],
    ) -> "Today | None":
        """Gather the day for the episode; None where nothing in it is touched."""
        by_kind = episode.view.by_kind
        mine = [
            (event, reactions)
            for event in events
            if (reactions := by_kind.get(event.kind)) is not None and episode.accepts(event)
        ]
        look_at: dict[str, Occurrence] = {}
        watching, waiting = episode.watching, episode.waiting
        anchors: list[str] = []
        if watching or waiting:
            for event in events:
                look_at.update(watching.get(("kind", event.kind), {}))
                if event.kind in waiting:
                    anchors.append(event.kind)
            for change in changes:
                look_at.update(watching.get(("state", change.state), {}))
        work = walk.work.get(episode.key)
        own = [change for change in changes if change.state in episode.view.by_state]
        is_waiting = episode.dormant or ((episode.elder or episode.collecting) and events)
        if not (mine or own or work or look_at or anchors or is_waiting):
            return None
        return cls(
            episode,
            mine,
            own,
            work or walk.work_for(episode),
            look_at,
            anchors,
            events,
            {change.state: change.entry for change in changes},
        )
