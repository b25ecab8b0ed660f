"""Which rules fire on a day: events, states, computed triggers, and `all` of several (M9).

A condition on a trigger that cannot be told lets it fire: the task is raised and says what is
missing (M1). An `all` fires on the day its last part comes; then each part is awaited anew.
"""

from collections.abc import Iterable, Mapping

from caseward.rules.engine.reference.known import Change, holds
from caseward.rules.engine.reference.law import Formula, Leaf, Rule
from caseward.rules.engine.reference.live import Cause, LiveEpisode, cause_of
from caseward.rules.engine.reference.walk import Walk
from caseward.rules.facts.entries import Event


def by_event(walk: Walk, episode: LiveEpisode | None, leaf: Leaf, event: Event) -> Cause | None:
    """Return the cause if the event fires the leaf."""
    if leaf.outcomes and event.outcome not in leaf.outcomes:
        return None
    where = leaf.where
    if where is not None:
        said = where.by_fields(event)
        if said is False:
            return None
        where = None if said else where
    if where is None and leaf.only_while is None:
        return cause_of(event)
    scene = walk.scene(episode, event=event, keys=event.keys)
    for test in (where, leaf.only_while):
        if test is not None and test.ask(scene) is False:
            return None
    return cause_of(event, tuple(scene.missing))


def by_change(walk: Walk, episode: LiveEpisode | None, leaf: Leaf, change: Change) -> Cause | None:
    """Return the cause if the state's change fires the leaf (M5)."""
    turned = change.ends(leaf.values) if leaf.ends else change.begins(leaf.values)
    if not turned:
        return None
    key = walk.law.vocabulary.states.get(change.state)
    keys = {key.per: change.key} if key is not None and key.per and change.key else {}
    missing: list[str] = []
    if leaf.only_while is not None:
        scene = walk.scene(episode, event=change.event, keys=keys)
        if leaf.only_while.ask(scene) is False:
            return None
        missing = scene.missing
    if change.event is not None:
        cause = cause_of(change.event)
        cause.keys = keys
        # A state that runs out began on another day: the cause is the day on which it changed.
        cause.day = walk.day
    else:
        computed = f"{change.entry}~ended" if change.entry else change.state
        cause = Cause(walk.day, computed=computed, keys=keys, fact=change.entry)
    cause.missing = tuple(missing)
    return cause


def complete(walk: Walk, episode: LiveEpisode | None, leaf: Leaf, cause: Cause) -> Cause | None:
    """Return the rule's whole cause now that the leaf has come, None while parts are awaited."""
    rule = leaf.rule
    if rule.formula is None:
        return cause
    memories = walk.opener_memory if episode is None else episode.memory
    memory = memories.setdefault(rule, {})
    memory.setdefault(leaf.number, cause)
    found = _found(walk, episode, rule, rule.formula, memory)
    if found is None:
        return None
    memory.clear()
    return _joined(walk, found)


def _found(
    walk: Walk,
    episode: LiveEpisode | None,
    rule: Rule,
    formula: Formula,
    memory: Mapping[int, Cause],
) -> list[Cause] | None:
    if isinstance(formula, int):
        cause = memory.get(formula) or _standing(walk, episode, rule.leaves[formula])
        return None if cause is None else [cause]
    word, parts = formula
    found: list[Cause] = []
    for part in parts:
        causes = _found(walk, episode, rule, part, memory)
        if causes is not None and word == "any":
            return causes
        if causes is None and word == "all":
            return None
        found.extend(causes or ())
    return found or None


def _standing(walk: Walk, episode: LiveEpisode | None, leaf: Leaf) -> Cause | None:
    """A state that holds already, or the episode's own opening, has come as well."""
    if leaf.sort == "opened":
        return episode.cause if episode is not None and not episode.enters_at else None
    if leaf.sort != "state" or leaf.ends:
        return None
    keys = walk.scene(episode).keys
    value = walk.known.value(leaf.kind, keys)
    if not (value in leaf.values if leaf.values else holds(value)):
        return None
    kind = walk.law.vocabulary.states.get(leaf.kind)
    key = keys.get(kind.per, "") if kind is not None and kind.per is not None else ""
    entry = walk.known.entry_of(leaf.kind, key)
    return Cause(walk.day, entries=(entry,) if entry else (), computed="" if entry else leaf.kind)


def _joined(walk: Walk, causes: Iterable[Cause]) -> Cause:
    """The day of an `all` is the last one's; its key names all the entries (M38)."""
    parts = list(causes)
    keys: dict[str, str] = {}
    for part in parts:
        keys.update(part.keys)
    last = max(parts, key=lambda part: part.day)
    return Cause(
        walk.day,
        entries=tuple(dict.fromkeys(entry for part in parts for entry in part.entries)),
        events=tuple(
            sorted(
                (event for part in parts for event in part.events),
                key=lambda event: event.occurred_on,
            )
        ),
        computed="+".join(part.text for part in parts if part.computed)
        and "+".join(part.text for part in parts),
        keys=keys,
        at=last.at,
        missing=tuple(dict.fromkeys(name for part in parts for name in part.missing)),
    )
