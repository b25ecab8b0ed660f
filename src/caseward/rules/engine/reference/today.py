"""What a day brings one episode, gathered before anything is done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from caseward.rules.engine.reference.known import Change
from caseward.rules.engine.reference.law import LawStep, Reactions
from caseward.rules.engine.reference.live import Cause, LiveEpisode, Occurrence
from caseward.rules.engine.reference.walk import Walk, Work
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
        kinds = frozenset(event.kind for event in events)
        changed = {change.state: change.entry for change in changes}
        needs = (*(("kind", kind) for kind in kinds), *(("state", state) for state in changed))
        return cls(events, changes, kinds, needs, changed)


@dataclass(slots=True)
class Today:
    """An episode's day: the events and changes that concern it, and what they set going."""

    episode: LiveEpisode
    events: Sequence[tuple[Event, Reactions]]
    changes: Sequence[Change]
    work: Work
    look_at: dict[str, Occurrence] = field(default_factory=dict)
    anchors: Sequence[str] = ()
    collected: Sequence[str] = ()
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
    def of(cls, walk: Walk, episode: LiveEpisode, news: News) -> "Today | None":
        """Gather the day for the episode; None where nothing in it is touched."""
        view, watching, waiting = episode.view, episode.watching, episode.waiting
        work = walk.work.get(episode.key)
        is_touched = work is not None or bool(episode.dormant)
        if not is_touched and episode.ears is not None and episode.ears.isdisjoint(news.kinds):
            return None
        mine = [
            (event, reactions)
            for event in news.events
            if (reactions := view.by_kind.get(event.kind)) is not None and episode.accepts(event)
        ]
        look_at: dict[str, Occurrence] = {}
        for need in news.needs:
            if need in watching:
                look_at.update(watching[need])
        anchors = [kind for kind in news.kinds if kind in waiting] if waiting else []
        collecting = episode.collecting
        collected = [kind for kind in news.kinds if kind in collecting] if collecting else []
        own = [one for one in news.changes if one.state in view.by_state] if news.changes else []
        is_touched = is_touched or bool(mine or own or look_at or anchors or collected)
        if not (is_touched or (episode.elder and news.events)):
            return None
        return cls(
            episode=episode,
            events=mine,
            changes=own,
            work=work or walk.work_for(episode),
            look_at=look_at,
            anchors=anchors,
            collected=collected,
            all_events=news.events,
            changed=dict(news.changed),
        )
