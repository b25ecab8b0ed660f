"""What opens, closes and meets: triggers and `met_by`, read."""

from caseward.rules.facts.kinds import EventKind
from caseward.rules.procedures import reading_conditions
from caseward.rules.procedures.conditions import AllOf, Condition
from caseward.rules.procedures.model import (
    AllTrigger,
    AnyTrigger,
    EpisodeOpened,
    EventTrigger,
    MetBy,
    Opening,
    PassedTrigger,
    StateTrigger,
    Trigger,
)
from caseward.rules.procedures.scope import BUILT_IN_ANCHORS, Scope
from caseward.rules.texts.problems import listed, suggestion
from caseward.rules.texts.rows import Row, scalar_text
from caseward.rules.texts.strict_yaml import Node, Scalar, Sequence, Table

EPISODE_OPENED = "episode_opened"
SORTS: dict[str, tuple[str, ...]] = {
    "event": ("outcome", "while", "where"),
    "state": ("is", "in", "begins", "ends", "while"),
    "passed": ("unless",),
    "all": (),
    "any": (),
}
SPAN_FROM = ("count", "unit", "from")


def trigger(scope: Scope, node: Node, within: str) -> Trigger:
    """Return the trigger; what is wrong with it is told."""
    if isinstance(node, Scalar):
        return _event_alone(scope, node, within)
    row = scope.free_row(node, "a trigger", within=within)
    sorts = [key for key in row.names if key in SORTS]
    if len(sorts) != 1:
        said = f", and this one says {listed(sorts)}" if sorts else ""
        first = next(iter(row.names), "")
        row.add(
            f"A trigger says one of {listed(SORTS)}{said}."
            f"{'' if sorts else suggestion(first, SORTS)}"
        )
        return EpisodeOpened()
    return _READERS[sorts[0]](scope, row, within)


def triggers(scope: Scope, row: Row, key: str) -> tuple[Trigger, ...]:
    """Return the triggers under a key; a single one counts as a list of one."""
    return tuple(trigger(scope, node, row.within) for node in row.parts(key))


def opening(scope: Scope, node: Node, within: str) -> Opening:
    """Return one opener: a trigger and the step at which the episode enters."""
    if not isinstance(node, Table):
        return Opening(trigger=trigger(scope, node, within))
    row = scope.free_row(node, "an opener", within=within)
    enters_at = row.text("enters_at")
    scope.mention(row, "enters_at", enters_at or "")
    rest = {key: value for key, value in node.rows.items() if key != "enters_at"}
    return Opening(
        trigger=trigger(scope, Table(rest, node.line, node.key_lines), within),
        enters_at=enters_at,
    )


def met_by(scope: Scope, row: Row, key: str) -> tuple[MetBy, ...]:
    """Return the events any of which meets the step, the earliest first in time."""
    return tuple(_met_by(scope, node, row.within) for node in row.parts(key))


def kinds_of(found: Trigger | None) -> tuple[str, ...]:
    """Return the kinds of event that the trigger speaks of."""
    if isinstance(found, EventTrigger):
        return (found.event,)
    if isinstance(found, AllTrigger | AnyTrigger):
        return tuple(kind for part in found.parts for kind in kinds_of(part))
    return ()


def _event_alone(scope: Scope, node: Scalar, within: str) -> Trigger:
    word = scalar_text(node) or ""
    if word == EPISODE_OPENED:
        return EpisodeOpened()
    scope.kind(word, scope.free_row(Table({}, node.line, {}), "a trigger", within=within))
    return EventTrigger(event=word)


def _event(scope: Scope, row: Row, within: str) -> Trigger:
    event, outcomes, where = _event_and_where(scope, row, within, beside=SORTS["event"])
    return EventTrigger(
        event=event,
        outcomes=outcomes,
        where=where,
        only_while=reading_conditions.optional(scope, row, "while"),
    )


def _met_by(scope: Scope, node: Node, within: str) -> MetBy:
    if isinstance(node, Scalar):
        word = scalar_text(node) or ""
        scope.kind(word, scope.free_row(Table({}, node.line, {}), "“met_by”", within=within))
        return MetBy(event=word)
    row = scope.free_row(node, "“met_by”", within=within)
    if "event" not in row:
        row.add(
            "“met_by” must name an event: a kind, or {event: kind, …}."
            f"{suggestion(next(iter(row.names), ''), ('event', 'outcome', 'where'))}"
        )
        return MetBy(event="")
    event, outcomes, where = _event_and_where(scope, row, within, beside=("outcome", "where"))
    return MetBy(event=event, outcomes=outcomes, where=where)


def _event_and_where(
    scope: Scope, row: Row, within: str, *, beside: tuple[str, ...]
) -> tuple[str, tuple[str, ...], Condition | None]:
    event = row.text("event") or ""
    if not event:
        row.add("“event” must name a kind of event.", key="event")
    kind = scope.kind(event, row, key="event")
    outcomes = row.texts("outcome")
    scope.outcomes(kind, outcomes, row, "outcome")
    return event, outcomes, _where(scope, row, kind, within, known=("event", *beside))


def _where(
    scope: Scope, row: Row, kind: EventKind | None, within: str, *, known: tuple[str, ...]
) -> Condition | None:
    """Everything beside the known keys must be a field or key of the kind."""
    found: list[Condition] = []
    for name in row.names:
        if name not in known:
            wanted = reading_conditions.field_is(row, name, kind=kind)
            if wanted is not None:
                found.append(wanted)
    node = row.node("where") if "where" in known else None
    if node is not None:
        found.append(reading_conditions.condition(scope, node, within))
    if not found:
        return None
    return found[0] if len(found) == 1 else AllOf(tuple(found))


def _state(scope: Scope, row: Row, _: str) -> Trigger:
    _refuse_others(row, "state")
    begins, ends = row.flag("begins"), row.flag("ends")
    if begins == ends:
        row.add("A trigger on a state says either begins: true or ends: true.")
    state, wanted = row.text("state") or "", reading_conditions.values(row)
    scope.state(state, wanted, row)
    return StateTrigger(
        state=state,
        values=wanted,
        ends=ends,
        only_while=reading_conditions.optional(scope, row, "while"),
    )


def _passed(scope: Scope, row: Row, _within: str) -> Trigger:
    _refuse_others(row, "passed")
    unless = reading_conditions.optional(scope, row, "unless")
    node = row.node("passed")
    if not isinstance(node, Table):
        step = row.text("passed")
        if not step:
            row.add("“passed” names a step, or a count, a unit and “from”.", key="passed")
        scope.mention(row, "passed", step or "")
        return PassedTrigger(step=step, unless=unless)
    interval = row.at(node, noun="“passed”", allowed=SPAN_FROM)
    anchor = interval.required(
        "from", f"Say from what: {listed(BUILT_IN_ANCHORS)} or a kind of event."
    )
    if anchor:
        scope.anchor(anchor, interval, key="from")
    units = (
        reading_conditions.UNITS_OF_AGE if anchor == "birth" else reading_conditions.UNITS_OF_DAYS
    )
    return PassedTrigger(
        span=reading_conditions.span(interval, units=units), anchor=anchor, unless=unless
    )


def _all(scope: Scope, row: Row, within: str) -> Trigger:
    return AllTrigger(_parts(scope, row, "all", within))


def _any(scope: Scope, row: Row, within: str) -> Trigger:
    return AnyTrigger(_parts(scope, row, "any", within))


def _parts(scope: Scope, row: Row, key: str, within: str) -> tuple[Trigger, ...]:
    _refuse_others(row, key)
    node = row.node(key)
    if not isinstance(node, Sequence) or not node.parts:
        row.add(f"“{key}” needs a list of triggers.", key=key)
        return ()
    return tuple(trigger(scope, part, within) for part in node.parts)


def _refuse_others(row: Row, sort: str) -> None:
    allowed = {sort, *SORTS[sort]}
    for key in row.names:
        if key not in allowed:
            row.add(
                f"“{key}” cannot stand beside “{sort}” in a trigger.{suggestion(key, allowed)}",
                key=key,
            )


_READERS = {"event": _event, "state": _state, "passed": _passed, "all": _all, "any": _any}
