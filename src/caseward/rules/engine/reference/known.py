"""What is known so far on the walk through a child's days: states, what happened, birth, siblings.

M1: a state is what events say holds from a day until the next; on the day of change the new one
holds; what nobody recorded is unknown (None here), and unknown is not no.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from caseward.rules.facts.entries import Event
from caseward.rules.facts.kinds import Sets, StateKind, Vocabulary

NO = "no"
CHILD_BORN = "child.born"
BIRTH_EXPECTED = "birth.expected"
SIBLING_RECORDED = "sibling.recorded"


@dataclass(slots=True)
class Change:
    """A state as it changed on a day: what held when the day began, and what holds from now on.

    `ended` tells that it stopped holding on the way: a child who left care and came back on one
    day has left, and has come back.
    """

    state: str
    key: str
    before: str | None
    after: str | None
    ended: bool
    entry: str
    event: Event | None

    def begins(self, values: tuple[str, ...]) -> bool:
        """Say whether the state begins to hold (with one of the values) on this day."""
        return _is_one(self.after, values) and (self.ended or not _is_one(self.before, values))

    def ends(self, values: tuple[str, ...]) -> bool:
        """Say whether the state stops holding (with one of the values) on this day."""
        return _is_one(self.before, values) and (self.ended or not _is_one(self.after, values))


@dataclass(slots=True)
class Ending:
    """A state begun with an `until`: it stops holding on that day if nothing else set it since."""

    state: str
    key: str
    entry: str
    until: date


@dataclass(slots=True)
class Line:
    """The values of one state (of one plan, one challenge …) in the order of their days."""

    days: list[date]
    values: list[str | None]
    entries: list[str]

    def put(self, day: date, value: str | None, entry: str) -> None:
        """Let the value hold from the day on; a second change of one day takes the first's place."""
        if self.days and self.days[-1] == day:
            self.values[-1], self.entries[-1] = value, entry
        else:
            self.days.append(day)
            self.values.append(value)
            self.entries.append(entry)

    def on(self, day: date) -> str | None:
        """Return the value that holds on the day; None before the first change."""
        if self.days[-1] <= day:
            return self.values[-1]
        index = bisect_right(self.days, day)
        return self.values[index - 1] if index else None


def holds(value: str | None) -> bool:
    """Say whether a state with this value holds at all."""
    return value is not None and value != NO


def value_of(event: Event, name: str) -> Any:
    """Return a key or field of the event, booleans as "yes" and "no"; None if it names none."""
    value = event.keys.get(name)
    if value is None:
        value = event.fields.get(name)
        if value is None:
            return event.outcome if name == "outcome" else None
    if value is True:
        return "yes"
    if value is False:
        return NO
    return value if value != "" else None


def date_of(event: Event, name: str) -> date | None:
    """Return a field of the event as a day, or None where it names none or holds no date."""
    return as_date(value_of(event, name))


def as_date(value: Any) -> date | None:
    """Return a value as a day, or None where it is none that can be read."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10]) if value is not None else None
    except ValueError:
        return None


def time_of(event: Event, name: str) -> time | None:
    """Return a field of the event as a time of day, or None where it holds none."""
    value = value_of(event, name)
    if isinstance(value, time):
        return value
    try:
        text = "" if value is None else str(value)
        return time.fromisoformat(text.partition("T")[2] or text) if text else None
    except ValueError:
        return None


class Known:
    """Everything that the child's record has said up to the day that the walk stands on."""

    def __init__(self, vocabulary: Vocabulary, sets: Mapping[str, tuple[Sets, ...]]) -> None:
        self._sets = sets
        self._states: Mapping[str, StateKind] = vocabulary.states
        self._lines: dict[tuple[str, str], Line] = {}
        self._keys_of: dict[str, list[str]] = {}
        self._history: dict[str, list[Event]] = {}
        # What holds today of each state that is not kept apart: asked more often than any other.
        self._now = {
            state: self._absent(state) for state, kind in self._states.items() if not kind.per
        }
        self.day = date.min
        self.n_changes = 0
        self.born_on: date | None = None
        self.birth: Event | None = None
        self.expected_births: list[Event] = []
        self.siblings: dict[str, Event] = {}

    def learn(self, day: date, events: Sequence[Event], endings: Iterable[Ending]) -> list[Change]:
        """Take in a day: every event of it, and the states that it changes, all at once (M1)."""
        self.day = day
        wishes: dict[tuple[str, str], list[tuple[Event | None, str | None, str]]] = {}
        for ending in endings:
            line = self._lines.get((ending.state, ending.key))
            if line is not None and line.entries[-1] == ending.entry:
                wishes.setdefault((ending.state, ending.key), []).append((None, NO, ending.entry))
        for event in events:
            self._history.setdefault(event.kind, []).append(event)
            sets = self._sets.get(event.kind)
            if sets is not None:
                self._wish(event, sets, wishes)
            if event.kind in _ABOUT_BIRTHS:
                self._learn_birth(event)
        return [
            change
            for (state, key), wished in wishes.items()
            if (change := self._apply(state, key, wished)) is not None
        ]

    def set_state(self, state: str, key: str, value: str, entry: str) -> Change | None:
        """Let a computed trigger begin a state (M1)."""
        return self._apply(state, key, [(None, value, entry)])

    def value(self, state: str, keys: Mapping[str, str], day: date | None = None) -> str | None:
        """Return the state's value on the day (today where none is given); None is unknown."""
        if day is None and state in self._now:
            return self._now[state]
        kind = self._states.get(state)
        if kind is None or kind.per is None:
            return self.value_for(state, "", day)
        key = keys.get(kind.per)
        if key is not None:
            return self.value_for(state, key, day)
        values = [self.value_for(state, key, day) for key in self._keys_of.get(state, ())]
        return next((value for value in values if holds(value)), self._absent(state))

    def local_value(self, state: str, key: str, keys: Mapping[str, str], day: date) -> str | None:
        """Return the value of a state that an episode's own steps begin; the later change stands."""
        own = self._lines.get((state, key))
        kind = self._states.get(state)
        name = "" if kind is None or kind.per is None else keys.get(kind.per, "")
        shared = self._lines.get((state, name))
        if own is None or (shared is not None and shared.days[-1] > own.days[-1]):
            return self.value(state, keys, day)
        return own.on(day) or self._absent(state)

    def value_for(self, state: str, key: str, day: date | None = None) -> str | None:
        """Return the value of a state for one key ("" for a state that is not kept apart)."""
        line = self._lines.get((state, key))
        if line is None:
            return self._absent(state)
        value = line.values[-1] if day is None else line.on(day)
        return self._absent(state) if value is None else value

    def entry_of(self, state: str, key: str) -> str:
        """Return the entry that set the value that holds today, or nothing."""
        line = self._lines.get((state, key))
        return line.entries[-1] if line is not None else ""

    def events(self, kind: str) -> Sequence[Event]:
        """Return the events of a kind up to today, in the order of the record."""
        return self._history.get(kind, ())

    def endings_of(self, event: Event) -> list[Ending]:
        """Return the states that this event begins and that end on its `until` (half-open)."""
        if event.until is None:
            return []
        return [
            Ending(row.state, self._key_for(event, row.state), event.entry_id, event.until)
            for row in self._sets.get(event.kind, ())
            if not row.ends and _applies(row, event)
        ]

    def _wish(
        self,
        event: Event,
        sets: tuple[Sets, ...],
        wishes: dict[tuple[str, str], list[tuple[Event | None, str | None, str]]],
    ) -> None:
        if event.until is not None and event.until <= event.occurred_on:
            return
        for row in sets:
            if not _applies(row, event):
                continue
            value = NO if row.ends else _set_value(row, event)
            if value is not None:
                wished = wishes.setdefault((row.state, self._key_for(event, row.state)), [])
                wished.append((event, value, event.entry_id))

    def _apply(
        self, state: str, key: str, wished: list[tuple[Event | None, str | None, str]]
    ) -> Change | None:
        before = self.value_for(state, key)
        was_ended = False
        after, entry, by = before, "", None
        if len(wished) > 1:
            wished = _in_order(wished, held=before is None or holds(before))
        for event, value, entry_id in wished:
            if value == NO and (before is None or holds(before)):
                was_ended = True
            if value != after or not entry:
                after, entry, by = value, entry_id, event
        line = self._lines.get((state, key))
        if after == before and not was_ended:
            if line is not None:
                # Said again, it holds on the newer word: the older one's `until` ends it no more.
                line.entries[-1] = entry
            return None
        if line is None:
            line = self._lines[state, key] = Line([], [], [])
            self._keys_of.setdefault(state, []).append(key)
        line.put(self.day, after, entry)
        self.n_changes += 1
        if state in self._now and not key:
            self._now[state] = after
        return Change(state, key, before, after, was_ended, entry, by)

    def _key_for(self, event: Event, state: str) -> str:
        kind = self._states.get(state)
        if kind is None or kind.per is None:
            return ""
        named = value_of(event, kind.per)
        if named is None and event.kind.partition(".")[0] == kind.per:
            # What an event begins without naming it is named by the event itself (M9): a
            # placement recorded without its key still holds, and its duties with it.
            return event.entry_id
        return str(named or "")

    def _absent(self, state: str) -> str | None:
        kind = self._states.get(state)
        if kind is None:
            # A state that only a procedure's own steps begin does not hold until one does.
            return NO
        return None if kind.absent == "unknown" else kind.absent

    def _learn_birth(self, event: Event) -> None:
        if event.kind == CHILD_BORN:
            if self.birth is None:
                self.birth, self.born_on = event, event.occurred_on
        elif event.kind == BIRTH_EXPECTED:
            self.expected_births.append(event)
        else:
            self.siblings[str(value_of(event, "sibling") or event.entry_id)] = event


_ABOUT_BIRTHS = frozenset((CHILD_BORN, BIRTH_EXPECTED, SIBLING_RECORDED))


def sets_by_kind(vocabulary: Vocabulary) -> dict[str, tuple[Sets, ...]]:
    """Return what each kind of event sets; endings first: what it ends is the old value."""
    return {
        kind.id: tuple(sorted(kind.sets, key=lambda row: not row.ends))
        for kind in vocabulary.kinds.values()
        if kind.sets
    }


def _is_one(value: str | None, values: tuple[str, ...]) -> bool:
    return value in values if values else holds(value)


def _applies(row: Sets, event: Event) -> bool:
    if row.outcomes and event.outcome not in row.outcomes:
        return False
    return row.when_field is None or value_of(event, row.when_field) in row.when_values


def _set_value(row: Sets, event: Event) -> str | None:
    if row.value == "outcome":
        return event.outcome
    source, _, name = row.value.partition(".")
    if source in ("field", "key") and name:
        value = value_of(event, name)
        return None if value is None else str(value)
    return row.value


def _in_order(
    wished: list[tuple[Event | None, str | None, str]], *, held: bool
) -> list[tuple[Event | None, str | None, str]]:
    """Put the changes of one day into the only order that makes sense of them.

    By the time of day where all name one. Otherwise a state that held ends before it begins
    again (left care and came back); one that did not hold begins before it ends (one day's stay).
    """
    times = [event.time for event, _, _ in wished if event is not None and event.time is not None]
    if len(times) == len(wished):
        return [wish for _, wish in sorted(zip(times, wished, strict=True), key=lambda p: p[0])]
    one_event = len({entry for _, _, entry in wished}) == 1
    return sorted(wished, key=lambda wish: (wish[1] != NO) == (held or one_event))
