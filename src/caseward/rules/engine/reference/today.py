"""What a day brings one episode, gathered before anything is done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from caseward.rules.engine.reference.known import Change
from caseward.rules.engine.reference.law import LawStep, Leaf, Reactions
from caseward.rules.engine.reference.live import Cause, LiveEpisode, Occurrence
from caseward.rules.engine.reference.walk import Walk
from caseward.rules.facts.entries import Event


@dataclass(slots=True)
class News:
    """What the day brings, the same for every episode."""

    events: Sequence[Event]
    changes: Sequence[Change]
    kinds: frozenset[str]
    needs: tuple[tuple[str, str], ...]
    changed: Mapping[str, str]

    @classmethod
    def of(cls, events: Sequence[Event], changes: Sequence[Change]) -> "News":
        """Gather the kinds of the day's events and the states that change."""
        kinds = frozenset([event.kind for event in events])
        changed = {change.state: change.entry for change in changes}
        needs = tuple([("kind", kind) for kind in kinds] + [("state", one) for one in changed])
        return cls(events, changes, kinds, needs, changed)


@dataclass(slots=True)
class Today:
    """An episode's day: the events and changes that concern it, and what they set going."""

    episode: LiveEpisode
    events: Sequence[tuple[Event, Reactions]]
    changes: Sequence[Change]
    fired: Sequence[tuple[Leaf, Cause]] = ()
    look_at: dict[str, Occurrence] = field(default_factory=dict)
    anchors: Sequence[str] = ()
    collected: Sequence[str] = ()
    all_events: Sequence[Event] = ()
    changed: Mapping[str, str] = field(default_factory=dict)
    starts: Sequence[tuple[LawStep, Cause]] = ()
    deferred: Sequence[tuple[LawStep, Cause]] = ()
    closings: Sequence[Cause] = ()
    holds: Sequence[Cause] = ()
    releases: Sequence[Cause] = ()
    planned: set[tuple[str, str]] = field(default_factory=set)
    met: set[tuple[str, str]] = field(default_factory=set)
    is_reopened: bool = False

    @classmethod
    def of(cls, walk: Walk, episode: LiveEpisode, news: News) -> "Today | None":
        """Gather the day for the episode; None where nothing in it is touched."""
        view = episode.view
        work = walk.work.get(episode.key)
        if work is None and not episode.dormant and not _hears(episode, news):
            return None
        look_at = {} if work is None else dict(work.look_at)
        for need in news.needs:
            if need in episode.watching:
                look_at.update(episode.watching[need])
        mine = [
            (event, reactions)
            for event in news.events
            if (reactions := view.by_kind.get(event.kind)) is not None and episode.accepts(event)
        ]
        return cls(
            episode=episode,
            events=mine,
            changes=[change for change in news.changes if change.state in view.by_state]
            if news.changes
            else (),
            fired=() if work is None else work.taken(),
            look_at=look_at,
            anchors=[kind for kind in news.kinds if kind in episode.waiting]
            if episode.waiting
            else (),
            collected=[kind for kind in news.kinds if kind in episode.collecting]
            if episode.collecting
            else (),
            all_events=news.events,
            changed=news.changed,
        )

    @property
    def has_meetings(self) -> bool:
        """Whether one of the day's events arranges, moves, calls off or holds a meeting."""
        return any(reactions.meetings for _, reactions in self.events)


def _hears(episode: LiveEpisode, news: News) -> bool:
    """Say whether anything of the day may touch the episode; most days touch few."""
    kinds = news.kinds
    if episode.ears is not None:
        return not episode.ears.isdisjoint(kinds)
    for kind in kinds:
        if kind in episode.view.by_kind or kind in episode.waiting or kind in episode.collecting:
            return True
    for need in news.needs:
        if need in episode.watching:
            return True
    if news.changes and not episode.view.by_state.keys().isdisjoint(news.changed):
        return True
    return bool(episode.elder) and bool(news.events)
