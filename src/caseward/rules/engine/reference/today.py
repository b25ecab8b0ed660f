"""What a day brings one episode, gathered before anything is done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from caseward.rules.engine.reference.known import Change
from caseward.rules.engine.reference.law import LawStep, Leaf, Reactions
from caseward.rules.engine.reference.live import Cause, LiveEpisode, Occurrence
from caseward.rules.engine.reference.walk import Walk
from caseward.rules.facts.entries import Event


@dataclass(slots=True)
class News:
    """What the day brings, the same for every episode; `needs` as conditions name what they need."""

    events: Sequence[Event]
    changes: Sequence[Change]
    kinds: frozenset[str]
    needs: frozenset[tuple[str, str]]
    changed: Mapping[str, str]

    @classmethod
    def of(cls, events: Sequence[Event], changes: Sequence[Change]) -> "News":
        """Gather the kinds of the day's events and the states that change."""
        kinds = frozenset([event.kind for event in events])
        changed = {change.state: change.entry for change in changes}
        needs = [("kind", kind) for kind in kinds]
        if changed:
            needs.extend([("state", state) for state in changed])
        return cls(events, changes, kinds, frozenset(needs), changed)


@dataclass(slots=True)
class Today:
    """An episode's day: the events and changes that concern it, and what they set going."""

    episode: LiveEpisode
    events: Sequence[tuple[Event, Reactions]]
    changes: Sequence[Change]
    fired: Sequence[tuple[Leaf, Cause]]
    look_at: dict[str, Occurrence]
    all_events: Sequence[Event]
    changed: Mapping[str, str]
    has_meetings: bool = False
    anchors: Sequence[str] = ()
    collected: Sequence[str] = ()
    starts: Sequence[tuple[LawStep, Cause]] = ()
    deferred: Sequence[tuple[LawStep, Cause]] = ()
    closings: Sequence[Cause] = ()
    holds: Sequence[Cause] = ()
    releases: Sequence[Cause] = ()
    planned: frozenset[tuple[str, str]] = frozenset()
    met: frozenset[tuple[str, str]] = frozenset()
    is_reopened: bool = False

    @classmethod
    def of(cls, walk: Walk, episode: LiveEpisode, news: News) -> "Today | None":
        """Gather the day for the episode; None where nothing in it is touched."""
        work = walk.work.get(episode.key) if walk.work else None
        if work is None and not episode.dormant and not _hears(episode, news):
            return None
        view, watching = episode.view, episode.watching
        look_at = {} if work is None else dict(work.look_at)
        if watching:
            for need in news.needs:
                if need in watching:
                    look_at.update(watching[need])
        events: list[tuple[Event, Reactions]] = []
        has_meetings = False
        for event in news.events:
            reactions = view.by_kind.get(event.kind)
            if reactions is not None and episode.accepts(event):
                events.append((event, reactions))
                has_meetings = has_meetings or bool(reactions.meetings)
        today = cls(
            episode,
            events,
            [change for change in news.changes if change.state in view.by_state]
            if news.changes
            else (),
            () if work is None else work.taken(),
            look_at,
            news.events,
            news.changed,
            has_meetings,
        )
        if episode.waiting:
            today.anchors = [kind for kind in news.kinds if kind in episode.waiting]
        if episode.collecting:
            today.collected = [kind for kind in news.kinds if kind in episode.collecting]
        return today

    @classmethod
    def late(cls, episode: LiveEpisode, fired: Sequence[tuple[Leaf, Cause]]) -> "Today":
        """Return what has fired only since the day's own news was lived through."""
        return cls(episode, (), (), fired, {}, (), {})


def _hears(episode: LiveEpisode, news: News) -> bool:
    """Say whether anything of the day may touch the episode; most days touch few."""
    if episode.ears is not None:
        return not episode.ears.isdisjoint(news.kinds)
    if not news.needs.isdisjoint(episode.view.hears):
        return True
    if episode.watching and not news.needs.isdisjoint(episode.watching):
        return True
    if episode.waiting and not news.kinds.isdisjoint(episode.waiting):
        return True
    if episode.collecting and not news.kinds.isdisjoint(episode.collecting):
        return True
    return bool(episode.elder) and bool(news.events)
