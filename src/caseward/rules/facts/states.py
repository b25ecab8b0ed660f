"""What an event says of states, and what a record says holds on a day (M1).

A state holds from a day until the next event that speaks of it; on the day of change the new one
holds. What nobody recorded is unknown, unless the state's kind says what absence means.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from itertools import groupby
from operator import itemgetter

from caseward.rules.facts.entries import Event, Record
from caseward.rules.facts.kinds import Sets, StateKind, Vocabulary

UNKNOWN = "unknown"
NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChange:
    """An event gives a state a value from a day on; `until` is the first day it no longer holds.

    `key` is the plan, placement or challenge for which the state is kept apart ("" where it is
    not). `value` is "no" where the event ends the state.
    """

    state: str
    key: str
    value: str
    on: date
    until: date | None
    entry_id: str
    at: time | None = None

    @property
    def is_end(self) -> bool:
        return self.value == NO


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSpan:
    """A value that held from a day until another (half-open; None: still)."""

    value: str
    since: date
    until: date | None
    entry_id: str


def changes(event: Event, vocabulary: Vocabulary) -> tuple[StateChange, ...]:
    """Return the state changes that the event makes; none for a kind without `sets`."""
    kind = vocabulary.kinds.get(event.kind)
    if kind is None:
        return ()
    found = (_change(event, sets, vocabulary) for sets in kind.sets)
    return tuple(change for change in found if change is not None)


def history(
    events: Iterable[Event], vocabulary: Vocabulary, state: str, *, key: str = ""
) -> tuple[StateSpan, ...]:
    """Return the spans over which the state had each value, earliest first, without gaps after
    the first event; neighbouring spans of one value are one, begun by the earlier event.
    """
    made = sorted(
        (
            change
            for event in events
            for change in changes(event, vocabulary)
            if change.state == state and change.key == key
        ),
        key=lambda change: change.on,
    )
    absent = _absent(vocabulary.states.get(state))
    spans: list[StateSpan] = []
    for day, group in groupby(made, key=lambda change: change.on):
        held = _value_before(spans, day, absent) != NO
        for change in _in_order_of_the_day(list(group), held=held):
            _begin(spans, change)
    return tuple(_joined(spans))


def value_on(
    record: Record, vocabulary: Vocabulary, state: str, day: date, *, key: str = ""
) -> str:
    """Return the value that holds on the day: what absence means where nothing was recorded."""
    for span in reversed(history(record.events, vocabulary, state, key=key)):
        if span.since <= day and (span.until is None or day < span.until):
            return span.value
    return _absent(vocabulary.states.get(state))


def _change(event: Event, sets: Sets, vocabulary: Vocabulary) -> StateChange | None:
    if sets.outcomes and event.outcome not in sets.outcomes:
        return None
    if sets.when_field is not None and said(event, sets.when_field) not in sets.when_values:
        return None
    if event.until is not None and event.until <= event.occurred_on:
        # It stopped holding on the day it would have begun: it never held.
        return None
    value = NO if sets.ends else _value(event, sets)
    if value is None:
        return None
    state = vocabulary.states.get(sets.state)
    per = state.per if state is not None else None
    return StateChange(
        state=sets.state,
        key=_key(event, per),
        value=value,
        on=event.occurred_on,
        until=None if sets.ends else event.until,
        entry_id=event.entry_id,
        at=event.time,
    )


def _key(event: Event, per: str | None) -> str:
    """Return whose state it is; what an event begins without naming it is named by the event."""
    if per is None:
        return ""
    own = event.entry_id if event.kind.partition(".")[0] == per else ""
    return event.keys.get(per, own)


def said(event: Event, name: str) -> str | None:
    """Return what the event says under a field or key, as the text that conditions compare."""
    value = event.fields.get(name, event.keys.get(name))
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "yes" if value else NO
    return str(value)


def _value(event: Event, sets: Sets) -> str | None:
    """The value set, or None where the event leaves the field empty: it then says nothing."""
    if sets.value == "outcome":
        return event.outcome
    source, _, name = sets.value.partition(".")
    if source in ("field", "key") and name:
        return said(event, name)
    return sets.value


def _in_order_of_the_day(made: list[StateChange], *, held: bool) -> list[StateChange]:
    """By time where every change of the day has one. Otherwise a state that held ends before it
    begins again (left care and came back), and one that did not hold begins before it ends (one
    day's stay); what one event both ends and begins is ended first.
    """
    times = [change.at for change in made if change.at is not None]
    if len(times) == len(made):
        return [change for _, change in sorted(zip(times, made, strict=True), key=itemgetter(0))]
    ends_first = held or len({change.entry_id for change in made}) == 1
    return sorted(made, key=lambda change: change.is_end != ends_first)


def _value_before(spans: list[StateSpan], day: date, absent: str) -> str:
    """The value as the day begins; what nobody recorded may hold, so that it counts as held."""
    for span in reversed(spans):
        if span.since < day:
            is_over = span.until is not None and span.until < day
            return NO if is_over else span.value
    return absent


def _begin(spans: list[StateSpan], change: StateChange) -> None:
    """Let the change begin: what held ends that day, and a bounded value leaves “no” behind."""
    while spans and spans[-1].since >= change.on:
        spans.pop()
    if spans and (spans[-1].until is None or spans[-1].until > change.on):
        spans[-1] = replace(spans[-1], until=change.on)
    spans.append(
        StateSpan(value=change.value, since=change.on, until=change.until, entry_id=change.entry_id)
    )
    if change.until is not None:
        spans.append(StateSpan(value=NO, since=change.until, until=None, entry_id=change.entry_id))


def _joined(spans: list[StateSpan]) -> list[StateSpan]:
    joined: list[StateSpan] = []
    for span in spans:
        if joined and joined[-1].value == span.value and joined[-1].until == span.since:
            joined[-1] = replace(joined[-1], until=span.until)
        else:
            joined.append(span)
    return joined


def _absent(state: StateKind | None) -> str:
    return state.absent if state is not None else UNKNOWN
