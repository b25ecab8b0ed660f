"""Conditions asked of a child's record on a day: yes, no, or it cannot be told (M1, M17).

Each condition is made once per rulebook into a `Test`. `ask` answers True, False or None; with
None it adds to the scene what is missing ("state looked_after", "field seen"). `needs` names what
the answer hangs on, so that it is asked again only when one of these changes; `next_change` gives
the next day on which time alone may change it (an age, a look-back running out).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from caseward.rules.calendars.ages import UNITS as UNITS_OF_AGE
from caseward.rules.calendars.days import Calendar
from caseward.rules.engine.reference import ages, spans
from caseward.rules.engine.reference.known import as_date, date_of, holds, value_of
from caseward.rules.engine.reference.scene import Ask, Scene, Test
from caseward.rules.facts.entries import Event
from caseward.rules.procedures.conditions import (
    Age,
    AllOf,
    AnyOf,
    Condition,
    EpisodeIs,
    FieldIs,
    Happened,
    Not,
    Ordinal,
    Otherwise,
    SettingIs,
    SettingRef,
    Span,
    StateIs,
)

PLANNED = ".planned"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Counts:
    """What spans and settings need to be worked out, and what must be known of states.

    `begun_by_steps` are those that a procedure's own step may begin, `kept_apart` those that each
    plan, placement or challenge has a value of.
    """

    calendar: Calendar
    settings: Mapping[str, Any]
    begun_by_steps: frozenset[str] = frozenset()
    kept_apart: frozenset[str] = frozenset()

    def setting(self, name: str) -> Any:
        """Return the authority's setting, None where it has not set one."""
        return self.settings.get(name)

    def span(self, span: Span) -> tuple[int, str] | None:
        """Return the count and unit of a span, None where a setting it names is not set."""
        count = self.setting(span.count.name) if isinstance(span.count, SettingRef) else span.count
        unit = self.setting(span.unit.name) if isinstance(span.unit, SettingRef) else span.unit
        return None if count is None or unit is None else (int(count), str(unit))


def test_of(condition: Condition | None, counts: Counts) -> Test | None:
    """Return the condition ready to be asked, None where there is none."""
    return None if condition is None else _MAKERS[type(condition)](condition, counts)


def is_steady(condition: Condition | None, counts: Counts) -> bool:
    """Say whether the answer changes with shared states, past events and time alone.

    Such a condition need not be asked again before one of its `needs` has changed or its
    `next_change` has come, whatever event or occurrence it is asked for.
    """
    if isinstance(condition, AllOf | AnyOf):
        return all(is_steady(part, counts) for part in condition.parts)
    if isinstance(condition, StateIs):
        return condition.state not in counts.begun_by_steps | counts.kept_apart
    if isinstance(condition, Happened):
        return condition.since is None and condition.before is None
    return condition is None or isinstance(condition, Ordinal | Otherwise)


def names_a_date(field: str) -> Test:
    """Return whether the event at hand names a date in the field."""
    return Test(lambda scene: scene.event is not None and date_of(scene.event, field) is not None)


def as_text(value: Any) -> str:
    """Return a value as conditions compare it: booleans are "yes" and "no"."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _state(condition: StateIs, counts: Counts) -> Test:
    state = condition.state
    wanted = _values(condition.values, counts)
    may_be_local = state in counts.begun_by_steps

    def ask(scene: Scene) -> bool | None:
        episode = scene.episode
        if may_be_local and episode is not None and state in episode.own_states:
            key = episode.local_key
            value = scene.known.local_value(state, key, scene.keys, scene.asked_on)
        else:
            value = scene.known.value(state, scene.keys, scene.read_on)
        if value is None:
            scene.missing.append(f"state {state}")
            return None
        return value in wanted if condition.values else holds(value)

    return Test(ask, frozenset({("state", state)}))


def _values(values: tuple[str | SettingRef, ...], counts: Counts) -> frozenset[str]:
    found: set[str] = set()
    for value in values:
        given = counts.setting(value.name) if isinstance(value, SettingRef) else value
        many = given if isinstance(given, list | tuple) else (given,)
        found.update(as_text(one) for one in many if one is not None)
    return frozenset(found)


def _happened(condition: Happened, counts: Counts) -> Test:
    span = None if condition.within is None else counts.span(condition.within)
    needs = {("kind", condition.kind)}
    needs.update(("kind", kind) for kind in (condition.since, condition.before) if kind)

    def ask(scene: Scene) -> bool | None:
        if condition.within is not None and span is None:
            scene.missing.append(f"setting for {condition.kind}")
            return None
        if not scene.known.events(condition.kind):
            return False
        earliest, latest = _look_back(condition, span, scene, counts)
        if earliest is None:
            return False
        return _latest(condition, scene, earliest, latest) is not None

    def next_change(scene: Scene) -> date | None:
        if span is None or condition.before is not None:
            return None
        earliest, latest = _look_back(condition, span, scene, counts)
        event = None if earliest is None else _latest(condition, scene, earliest, latest)
        if event is None:
            return None
        return _runs_out_on(event.occurred_on, span, scene.day, counts.calendar)

    return Test(ask, frozenset(needs), next_change if span is not None else None)


def _runs_out_on(happened_on: date, span: tuple[int, str], day: date, calendar: Calendar) -> date:
    """The first day after `day` whose look-back no longer reaches the event.

    Counting on and counting back differ where months clip (28 February is a month back from 28 to
    31 March), so the day counted to is only where the search begins.
    """
    end = max(day, spans.forward(calendar, happened_on, span) or day) + ONE_DAY
    while spans.back(calendar, end, span) <= happened_on:
        end += ONE_DAY
    return end


def _latest(condition: Happened, scene: Scene, earliest: date, latest: date) -> Event | None:
    for event in reversed(scene.known.events(condition.kind)):
        if event.occurred_on > latest:
            continue
        is_opener = condition.within is None and _opened(event, scene)
        if event.occurred_on < earliest and not is_opener:
            return None
        if condition.outcomes and event.outcome not in condition.outcomes:
            continue
        if scene.episode is None or scene.episode.accepts(event):
            return event
    return None


def _opened(event: Event, scene: Scene) -> bool:
    return scene.episode is not None and event.entry_id in scene.episode.opening_entries


def _look_back(
    condition: Happened, span: tuple[int, str] | None, scene: Scene, counts: Counts
) -> tuple[date | None, date]:
    """Return the first and last day looked at; no first day where what it hangs on is not there.

    Without `since` and `within` an episode's conditions look at that episode alone.
    """
    latest = scene.asked_on
    if condition.before is not None:
        before = _day_of(condition.before, scene)
        if before is None:
            return None, latest
        latest = min(latest, before) if condition.within is None else before
    earliest = date.min
    if condition.since is not None:
        since = _day_of(condition.since, scene)
        if since is None:
            return None, latest
        earliest = since
    if span is not None:
        earliest = max(earliest, spans.back(counts.calendar, latest, span))
    elif condition.since is None and scene.episode is not None:
        earliest = scene.episode.opened_on
    return earliest, min(latest, scene.asked_on)


def _day_of(name: str, scene: Scene) -> date | None:
    if name == "episode_opened":
        return None if scene.episode is None else scene.episode.opened_on
    if name == "birth":
        return scene.known.born_on
    if name.endswith(PLANNED):
        return None if scene.episode is None else scene.episode.planned_on(name, scene.keys)
    for event in reversed(scene.known.events(name)):
        if event.occurred_on <= scene.asked_on and (
            scene.episode is None or scene.episode.accepts(event)
        ):
            return event.occurred_on
    return None


def _age(condition: Age, counts: Counts) -> Test:
    under, over = _age_of(condition.under, counts), _age_of(condition.over, counts)
    lacks = (condition.under is not None and under is None) or (
        condition.over is not None and over is None
    )
    siblings = ages.SIBLINGS_OF.get(condition.of)

    def ask(scene: Scene) -> bool | None:
        day = scene.asked_on if condition.at is None else _day_of(condition.at, scene)
        if day is None or lacks:
            scene.missing.append("setting of an age" if lacks else f"event {condition.at}")
            return None
        return ages.is_age(scene.known, day, under, over, siblings, scene.missing)

    def next_change(scene: Scene) -> date | None:
        return ages.next_change(scene.known, scene.day, under, over, siblings)

    needs = frozenset({("kind", kind) for kind in ages.KINDS})
    if condition.at is not None:
        return Test(ask, needs | {("kind", condition.at)})
    return Test(ask, needs | {("state", "age")}, next_change)


def _age_of(span: Span | None, counts: Counts) -> tuple[int, str] | None:
    """An age in days, weeks, months or years; a setting may be unset, or in another unit."""
    age = None if span is None else counts.span(span)
    return age if age is not None and age[1] in UNITS_OF_AGE else None


def _setting(condition: SettingIs, counts: Counts) -> Test:
    value = counts.setting(condition.name)
    if condition.has_come and value is not None:
        return _has_come(as_date(value))
    answer = as_text(value) in condition.values

    def ask(scene: Scene) -> bool | None:
        if value is None:
            scene.missing.append(f"setting {condition.name}")
            return None
        return answer

    return Test(ask)


def _has_come(day: date | None) -> Test:
    """A dated switch: false before its day and while there is none, true from the day on."""

    def next_change(scene: Scene) -> date | None:
        return day if day is not None and day > scene.day else None

    return Test(lambda scene: day is not None and scene.asked_on >= day, frozenset(), next_change)


def _field(condition: FieldIs, _: Counts) -> Test:
    def ask(scene: Scene) -> bool | None:
        value = None if scene.event is None else value_of(scene.event, condition.name)
        if value is None:
            value = scene.keys.get(condition.name)
        if value is None:
            scene.missing.append(f"field {condition.name}")
            return None
        if isinstance(value, str):
            return value in condition.values
        if isinstance(value, list | tuple):
            return any(as_text(one) in condition.values for one in value)
        return as_text(value) in condition.values

    return Test(ask, fields=((condition.name, frozenset(condition.values)),))


def _episode(condition: EpisodeIs, _: Counts) -> Test:
    procedure = condition.procedure

    def ask(scene: Scene) -> bool | None:
        if procedure is not None:
            is_open = scene.is_open(procedure)
        else:
            is_open = scene.episode is not None and scene.episode.closed_on is None
        return is_open == condition.is_open

    return Test(ask, frozenset() if procedure is None else frozenset({("episode", procedure)}))


def _ordinal(condition: Ordinal, _: Counts) -> Test:
    def ask(scene: Scene) -> bool | None:
        if condition.is_ == "later":
            return scene.ordinal > 2  # noqa: PLR2004 - later than the second
        return scene.ordinal == (1 if condition.is_ == "first" else 2)

    return Test(ask)


def _all(condition: AllOf, counts: Counts) -> Test:
    tests = [_made(part, counts) for part in condition.parts]

    def ask(scene: Scene) -> bool | None:
        answer: bool | None = True
        n_missing = len(scene.missing)
        for test in tests:
            said = test.ask(scene)
            if said is False:
                if n_missing < len(scene.missing):
                    del scene.missing[n_missing:]
                return False
            if said is None:
                answer = None
        return answer

    is_of_fields = all(test.fields for test in tests)
    return _joined(ask, tests, tuple(one for test in tests for one in test.fields if is_of_fields))


def _any(condition: AnyOf, counts: Counts) -> Test:
    tests = [_made(part, counts) for part in condition.parts]

    def ask(scene: Scene) -> bool | None:
        answer: bool | None = False
        n_missing = len(scene.missing)
        for test in tests:
            said = test.ask(scene)
            if said:
                del scene.missing[n_missing:]
                return True
            if said is None:
                answer = None
        return answer

    return _joined(ask, tests)


def _not(condition: Not, counts: Counts) -> Test:
    test = _made(condition.part, counts)

    def ask(scene: Scene) -> bool | None:
        said = test.ask(scene)
        return None if said is None else not said

    return _joined(ask, [test])


def _otherwise(_: Otherwise, __: Counts) -> Test:
    return Test(lambda _: True)


def _joined(
    ask: Ask, tests: list[Test], fields: tuple[tuple[str, frozenset[str]], ...] = ()
) -> Test:
    turns = [test.next_change for test in tests if test.next_change is not None]

    def next_change(scene: Scene) -> date | None:
        days = [day for turn in turns if (day := turn(scene)) is not None]
        return min(days, default=None)

    needs = frozenset(need for test in tests for need in test.needs)
    return Test(ask, needs, next_change if turns else None, fields)


def _made(condition: Condition, counts: Counts) -> Test:
    return _MAKERS[type(condition)](condition, counts)


_MAKERS: dict[type, Callable[[Any, Counts], Test]] = {
    StateIs: _state,
    Happened: _happened,
    Age: _age,
    SettingIs: _setting,
    FieldIs: _field,
    EpisodeIs: _episode,
    Ordinal: _ordinal,
    AllOf: _all,
    AnyOf: _any,
    Not: _not,
    Otherwise: _otherwise,
}
