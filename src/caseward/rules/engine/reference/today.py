"""What a day brings one episode, gathered before anything is done about it."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from caseward.rules.engine.reference.known import Change
from caseward.rules.engine.reference.law import LawProcedure, LawStep, Leaf, Reactions
from caseward.rules.engine.reference.live import Cause, LiveEpisode, Occurrence
from caseward.rules.engine.reference.scene import Need
from caseward.rules.engine.reference.walk import Walk
from caseward.rules.facts.entries import Event

NOBODY: AbstractSet[LawProcedure] = frozenset()


@dataclass(slots=True)
class News:
    """What the day brings, the same for every episode.

    `needs` are its kinds and states as conditions name them, `heard_in` the procedures in whose
    episodes they may set anything going: most days touch few. `asked` adds to the needs what has
    changed since the last day's news without being news.
    """

    events: Sequence[Event]
    changes: Sequence[Change]
    kinds: frozenset[str]
    needs: Sequence[Need]
    changed: Mapping[str, str]
    heard_in: AbstractSet[LawProcedure]
    asked: frozenset[Need]

    @classmethod
    def of(cls, walk: Walk, events: Sequence[Event], changes: Sequence[Change]) -> "News":
        """Gather the kinds of the day's events and the states that change."""
        kinds = frozenset([event.kind for event in events])
        changed = {change.state: change.entry for change in changes}
        needs = [("kind", kind) for kind in kinds]
        if changed:
            needs.extend([("state", state) for state in changed])
        heard_in, listeners = NOBODY, walk.law.listeners
        for need in needs:
            heard_in |= listeners.get(need, NOBODY)
        asked = walk.quiet.union(needs) if walk.quiet else needs
        walk.quiet = set()
        return cls(events, changes, kinds, needs, changed, heard_in, frozenset(asked))


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
    asked: frozenset[Need]
    arranges_meetings: bool = False
    tells_of_meetings: bool = False
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
    def of(cls, walk: Walk, episode: LiveEpisode, news: News, *, may_wake: bool) -> "Today | None":
        """Gather the day for the episode; None where nothing in it is touched."""
        work = walk.work.get(episode.key) if walk.work else None
        is_called = work is not None or may_wake
        if not is_called and episode.ears is not None and episode.ears.isdisjoint(news.kinds):
            return None
        view = episode.view
        look_at = {} if work is None else dict(work.look_at)
        watchers = episode.procedure.watchers
        for need in news.needs:
            if need in watchers:
                for occurrence in episode.watchers(need):
                    look_at[occurrence.key] = occurrence
        events: list[tuple[Event, Reactions]] = []
        arranges = tells = stirs = False
        open_ones = episode.open
        for event in news.events:
            reactions = view.by_kind.get(event.kind)
            if reactions is not None and episode.accepts(event):
                events.append((event, reactions))
                arranges = arranges or reactions.arranges
                tells = tells or bool(reactions.meetings)
                if not stirs:
                    stirs = not reactions.is_idle or not reactions.roots.isdisjoint(open_ones)
        changes: Sequence[Change] = ()
        if news.changes:
            changes = [change for change in news.changes if change.state in view.by_state]
        waiting, collecting = episode.waiting, episode.collecting
        anchors = [kind for kind in news.kinds if kind in waiting] if waiting else ()
        collected = [kind for kind in news.kinds if kind in collecting] if collecting else ()
        if not (stirs or is_called or changes or look_at or anchors or collected or episode.elder):
            return None
        return cls(
            episode,
            events,
            changes,
            () if work is None else work.taken(),
            look_at,
            news.events,
            news.changed,
            news.asked,
            arranges,
            tells,
            anchors,
            collected,
        )

    @classmethod
    def late(cls, episode: LiveEpisode, fired: Sequence[tuple[Leaf, Cause]]) -> "Today":
        """Return what has fired only since the day's own news was lived through."""
        return cls(episode, (), (), fired, {}, (), {}, frozenset())
