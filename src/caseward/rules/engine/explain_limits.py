"""How one limit was counted, in words: from what, how many of what, which days did not count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from caseward.rules.calendars import counting
from caseward.rules.engine import law_words, wording
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import UNDER, LimitDate, Task
from caseward.rules.facts.entries import Event
from caseward.rules.procedures.conditions import Ordinal, Otherwise, SettingRef, Span
from caseward.rules.procedures.model import Force, Interval, Limit, Source, Step

EVERY = "every:"


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitExplained:
    """One limit in words: its rule, its date, its marks, and whether it is the one that binds.

    `unit` is what was counted, for a calendar to be drawn; `skipped` the days that did not count.
    """

    limit: str
    words: str
    force_words: str
    is_law: bool
    is_binding: bool
    anchor_on: date | None
    unit: str
    due_on: date | None
    first_on: date | None
    marks: tuple[str, ...]
    source: Source | None
    skipped: tuple[tuple[date, str], ...]
    sentences: tuple[str, ...]


def limits_of(
    task: Task, step: Step, events: Mapping[str, Event], rulebook: Rulebook
) -> tuple[LimitExplained, ...]:
    """Return each limit of the task in words, in the order of the law file."""
    return tuple(_explained(task, step, limit, events, rulebook) for limit in task.limits)


def fact(event: Event, rulebook: Rulebook) -> str:
    """Return a fact with its outcome and date: Review held (agreed) on Thu 4 December 2025."""
    kind = rulebook.vocabulary.kinds.get(event.kind)
    title = wording.kind_title(rulebook.vocabulary, event.kind)
    outcome = ""
    if event.outcome:
        named = kind.outcomes.get(event.outcome) if kind is not None else None
        outcome = f" ({named or wording.plain(event.outcome)})"
    return f"{title}{outcome} on {wording.day(event.occurred_on)}"


def _explained(
    task: Task, step: Step, date_of: LimitDate, events: Mapping[str, Event], rulebook: Rulebook
) -> LimitExplained:
    rule = _rule(step, date_of, rulebook)
    unit = _unit(rule, rulebook)
    words = _words(rule, date_of, step, events, rulebook)
    skipped = _skipped(rule, date_of, unit, rulebook)
    marks = tuple(_marks(date_of))
    is_binding = (
        date_of.due_on is not None
        and date_of.due_on == task.expected_on
        and (date_of.force in (Force.LAW, Force.MUST) or task.due_on is None)
    )
    return LimitExplained(
        limit=date_of.limit,
        words=words,
        force_words=wording.FORCES[date_of.force],
        is_law=date_of.force is Force.LAW,
        is_binding=is_binding,
        anchor_on=date_of.anchor_on,
        unit=unit,
        due_on=date_of.due_on,
        first_on=date_of.first_on,
        marks=marks,
        source=rule.source if rule is not None else None,
        skipped=skipped,
        sentences=(
            *_sentences(words, date_of, rule, skipped, marks, rulebook),
            *_why_this_row(rule, events, rulebook),
        ),
    )


def _rule(step: Step, date_of: LimitDate, rulebook: Rulebook) -> Limit | Interval | None:
    if date_of.limit.startswith(UNDER):
        return _national_rule(date_of, rulebook)
    if date_of.limit.startswith(EVERY):
        index = int(date_of.limit.removeprefix(EVERY))
        return step.every[index] if index < len(step.every) else None
    for index, limit in enumerate(step.limits):
        if date_of.limit == (limit.id or str(index)):
            return limit
    return None


def _national_rule(date_of: LimitDate, rulebook: Rulebook) -> Limit | Interval | None:
    """The rule of the national step that the task covers: under:<procedure>/<step>/<limit>."""
    procedure_id, step_id, limit = date_of.limit.removeprefix(UNDER).split("/", 2)
    for procedure in rulebook.procedures:
        for edition in reversed(procedure.editions if procedure.id == procedure_id else ()):
            step = edition.step(step_id)
            if step is not None:
                return _rule(step, replace(date_of, limit=limit), rulebook)
    return None


def _sentences(
    words: str,
    date_of: LimitDate,
    rule: Limit | Interval | None,
    skipped: tuple[tuple[date, str], ...],
    marks: tuple[str, ...],
    rulebook: Rulebook,
) -> Iterator[str]:
    where = wording.source(rule.source if rule is not None else None)
    yield (
        f"{wording.sentence(words).rstrip('.')}: {wording.FORCES[date_of.force]}"
        f"{f' ({where})' if where else ''}."
    )
    if skipped:
        listed = "; ".join(f"{wording.day(day)}, {why}" for day, why in skipped)
        yield f"Days that did not count: {listed}."
    if date_of.from_on is not None:
        yield f"It may be done from {wording.day(date_of.from_on)}."
    if rule is not None and date_of.due_on is not None and _is_statutory(rule, rulebook):
        last = counting.last_working_day_by(rulebook.calendar, date_of.due_on)
        if last != date_of.due_on:
            yield f"The last working day before it is {wording.day(last)}."
    if isinstance(rule, Limit) and rule.assumption:
        yield wording.sentence(rule.assumption)
    for mark in marks:
        yield wording.sentence(mark)


def _why_this_row(
    rule: Limit | Interval | None, events: Mapping[str, Event], rulebook: Rulebook
) -> Iterator[str]:
    """Why a recurring duty's interval is this one, and on which day that was asked (M16)."""
    if not isinstance(rule, Interval) or isinstance(rule.when, Ordinal | Otherwise):
        return
    day = ""
    if rule.read_at is not None:
        days = [one.occurred_on for one in events.values() if one.kind == rule.read_at]
        if days:
            read_on = min(days) if rule.read_at_first else max(days)
            title = wording.kind_title(rulebook.vocabulary, rule.read_at)
            day = (
                f", as on {wording.day(read_on)} ({'first ' if rule.read_at_first else ''}{title})"
            )
    why = law_words.condition(rule.when, rulebook)
    yield f"{_counted(rule.span, rulebook)} because {why}{day}."


def _is_statutory(rule: Limit | Interval, rulebook: Rulebook) -> bool:
    unit = _unit(rule, rulebook)
    return rule.force is Force.LAW and unit in ("days", "weeks", "months", "years")


def _words(
    rule: Limit | Interval | None,
    date_of: LimitDate,
    step: Step,
    events: Mapping[str, Event],
    rulebook: Rulebook,
) -> str:
    if date_of.due_on is None:
        waits = "what it is counted from"
        if date_of.waits_for:
            waits = law_words.awaited(date_of.waits_for, step, rulebook)
        return f"No date yet: it waits for {waits}"
    end = _end(date_of)
    if date_of.is_delayed:
        return f"Moved by an agreed delay to {end}"
    mover = _mover(rule, date_of, events)
    if mover is not None:
        first = "" if date_of.first_on is None else f"First {wording.day(date_of.first_on)}; "
        return f"{first}moved to {end}: {fact(mover, rulebook)}"
    anchor = _anchor(date_of, events, rulebook)
    if isinstance(rule, Interval) and rule.by_field is not None:
        return f"The date was given, {anchor}: by {end}"
    if isinstance(rule, Interval):
        return f"{_counted(rule.span, rulebook)} from {anchor}: by {end}"
    return f"{_how_counted(rule, anchor, rulebook)}by {end}"


def _mover(
    rule: Limit | Interval | None, date_of: LimitDate, events: Mapping[str, Event]
) -> Event | None:
    """The event that moved the limit's last day; it stands last among what the date hangs on."""
    if not isinstance(rule, Limit) or not rule.moved_by or not date_of.anchor_entries:
        return None
    event = events.get(date_of.anchor_entries[-1])
    moves = {move.event for move in rule.moved_by}
    return event if event is not None and event.kind in moves else None


def _how_counted(rule: Limit | None, anchor: str, rulebook: Rulebook) -> str:
    """What was counted from where, up to the colon before the date."""
    if rule is None:
        return ""
    if rule.by_field is not None:
        return "The date was given: "
    if rule.at_once is not None:
        how = (
            "the same day" if rule.at_once == "safety" else "the same working day, or else the next"
        )
        return f"At once, {how}, from {anchor}: "
    if rule.before is not None:
        what = law_words.anchor(rule.before, rulebook)
        how = "On or before" if rule.count is None else f"{_span(rule, rulebook)} before"
        return f"{how} {what}, {anchor}: "
    if _unit(rule, rulebook) == "weeks_of_proceedings":
        return f"In week {_count(rule.count, rulebook)} of proceedings from {anchor}: "
    how = {"beginning_with": " beginning with", "clear": " clear of"}.get(rule.how, " from")
    return f"{_span(rule, rulebook)}{how} {anchor}: "


def _end(date_of: LimitDate) -> str:
    if date_of.due_at is not None:
        return wording.moment(date_of.due_at)
    return wording.day(date_of.due_on) if date_of.due_on is not None else "no date"


def _anchor(date_of: LimitDate, events: Mapping[str, Event], rulebook: Rulebook) -> str:
    told = [fact(events[entry], rulebook) for entry in date_of.anchor_entries if entry in events]
    same_day = [
        fact(event, rulebook)
        for entry in date_of.anchor_entries
        if (event := events.get(entry)) is not None and event.occurred_on == date_of.anchor_on
    ]
    if same_day:
        return same_day[-1]
    when = wording.day(date_of.anchor_on) if date_of.anchor_on is not None else "its start"
    if date_of.is_projected:
        return f"{when} (expected, nothing is arranged yet)"
    return f"{when} ({told[-1]})" if told else when


def _span(rule: Limit, rulebook: Rulebook) -> str:
    return wording.count(_count(rule.count, rulebook), _unit(rule, rulebook))


def _counted(span: Span | None, rulebook: Rulebook) -> str:
    if span is None:
        return "No interval"
    unit = span.unit
    named = rulebook.settings.get(unit.name, "") if isinstance(unit, SettingRef) else unit
    return wording.count(_count(span.count, rulebook), str(named))


def _count(count: int | SettingRef | None, rulebook: Rulebook) -> int:
    if isinstance(count, SettingRef):
        return int(rulebook.settings.get(count.name) or 0)
    return count or 0


def _unit(rule: Limit | Interval | None, rulebook: Rulebook) -> str:
    if rule is None:
        return ""
    unit = rule.unit if isinstance(rule, Limit) else (rule.span.unit if rule.span else None)
    if isinstance(unit, SettingRef):
        return str(rulebook.settings.get(unit.name) or "")
    return unit or ""


def _skipped(
    rule: Limit | Interval | None, date_of: LimitDate, unit: str, rulebook: Rulebook
) -> tuple[tuple[date, str], ...]:
    """The days that did not count, between what it is counted from and the date."""
    paperwork = isinstance(rule, Limit) and rule.at_once == "paperwork"
    if unit not in ("working_days", "court_days") and not paperwork:
        return ()
    if date_of.anchor_on is None or date_of.due_on is None or date_of.is_delayed:
        return ()
    start = date_of.anchor_on
    if paperwork:
        # Counting at once begins with the day itself.
        start -= timedelta(days=1)
    calendar = rulebook.calendar
    if unit == "court_days":
        calendar = calendar.of_the_courts
    return counting.skipped(calendar, start, date_of.due_on)


def _marks(date_of: LimitDate) -> Iterator[str]:
    if date_of.is_projected:
        yield "Projected: what it hangs on has not been arranged or has not happened yet"
    if date_of.is_deemed:
        yield "Receipt is not known: counted by this authority's rule of deemed receipt"
    if date_of.is_provisional:
        yield "Provisional: the bank holidays of that time are not published yet"
    if date_of.has_no_time:
        yield "The time of day is not known: this is the earliest possible end"
