"""The dates of an occurrence: each limit worked out, and which of them is due (M9, M22–M24, M31).

Forwards from an anchor, back from a planned day, a date of the trigger, at once; in hours and at
a time of day (M32). What moves a date (a re-arrangement, a delay, a corrected birth) moves
`due_on` and leaves `first_on`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from caseward.rules.calendars import counting, hours
from caseward.rules.calendars.counting import CalendarTooShort
from caseward.rules.engine.reference import anchors, building, moves, recurring
from caseward.rules.engine.reference.known import date_of as field_date
from caseward.rules.engine.reference.known import time_of
from caseward.rules.engine.reference.law import LawLimit
from caseward.rules.engine.reference.live import Occurrence
from caseward.rules.engine.reference.walk import ONE_DAY, OVERDUE, Walk
from caseward.rules.engine.tasks import LimitDate
from caseward.rules.facts.entries import Event
from caseward.rules.procedures.model import Force

BINDING = (Force.LAW, Force.MUST)


@dataclass(slots=True)
class Counted:
    """A date counted to: the day, its moment, the first day of its week, and its marks."""

    day: date | None
    at: datetime | None = None
    from_on: date | None = None
    is_provisional: bool = False
    has_no_time: bool = False


def work_out(walk: Walk, occurrence: Occurrence) -> None:
    """Work out every date of an open occurrence anew; first dates already given stay (M24)."""
    law = occurrence.law
    dates: list[LimitDate] = []
    if law.rows:
        dates.append(recurring.interval_date(walk, occurrence, _previous(occurrence, 0)))
    for limit in _limits(walk, occurrence):
        date_of_limit = _date(walk, occurrence, limit, _previous(occurrence, len(dates)))
        if limit.limit.moved_by:
            date_of_limit = _moved(walk, occurrence, limit, date_of_limit)
        dates.append(date_of_limit)
    if occurrence.delays and dates:
        dates = _delayed(occurrence, dates)
    occurrence.dates = tuple(dates)
    _settle(walk, occurrence)


def _settle(walk: Walk, occurrence: Occurrence) -> None:
    firm = settle(occurrence)
    if firm != occurrence.firm_due_on:
        occurrence.firm_due_on = firm
        _reschedule(walk, occurrence)


def settle(occurrence: Occurrence) -> date | None:
    """Take what is due from the dates, and return the first that is not projected.

    `due_on` is the earliest of law and must, `expected_on` that or the earliest usual (M22).
    """
    due: LimitDate | None = None
    firm: date | None = None
    usual: date | None = None
    first: date | None = None
    for one in occurrence.dates:
        due_on = one.due_on
        if due_on is None:
            continue
        if one.force in BINDING:
            if due is None or _sooner(one, due):
                due = one
            if not one.is_projected and (firm is None or due_on < firm):
                firm = due_on
            if one.first_on is not None and (first is None or one.first_on < first):
                first = one.first_on
        elif one.force is Force.USUAL and (usual is None or due_on < usual):
            usual = due_on
    if due is None:
        occurrence.due_on = occurrence.due_at = None
        occurrence.is_projected = False
        expected_on = usual
    else:
        occurrence.due_on, occurrence.due_at = due.due_on, due.due_at
        occurrence.is_projected = due.is_projected
        expected_on = due.due_on
    occurrence.expected_on = expected_on
    occurrence.is_provisional = _is_provisional(occurrence)
    occurrence.first_due_on = first
    occurrence.waits_for = "" if expected_on is not None else _waits_for(occurrence)
    return firm


def _is_provisional(occurrence: Occurrence) -> bool:
    for one in occurrence.dates:
        if one.is_provisional and one.due_on == occurrence.expected_on:
            return True
    return False


def _sooner(one: LimitDate, other: LimitDate) -> bool:
    if one.due_on is None or other.due_on is None or one.due_on != other.due_on:
        return one.due_on is not None and other.due_on is not None and one.due_on < other.due_on
    # On one day a limit with a time of day ends first.
    return one.due_at is not None and (other.due_at is None or one.due_at < other.due_at)


def _reschedule(walk: Walk, occurrence: Occurrence) -> None:
    firm = occurrence.firm_due_on
    if firm is None:
        return
    if firm < walk.day and occurrence.impossible_since is None:
        # A day typed that leaves no time: already late, and said since when (M21).
        occurrence.impossible_since = walk.day
    elif firm >= walk.day:
        occurrence.impossible_since = None
    law, view = occurrence.law, occurrence.episode.view
    if law.is_window or law.step.silence or law.root in view.passed:
        walk.wake(firm + ONE_DAY, OVERDUE, occurrence)


def _waits_for(occurrence: Occurrence) -> str:
    return next((one.waits_for for one in occurrence.dates if one.waits_for), "")


def _previous(occurrence: Occurrence, index: int) -> LimitDate | None:
    return occurrence.dates[index] if index < len(occurrence.dates) else None


def _limits(walk: Walk, occurrence: Occurrence) -> Sequence[LawLimit]:
    """The limits that apply: a `when` is asked once, when the occurrence is first dated."""
    limits = occurrence.law.limits
    if not occurrence.law.has_conditional_limits:
        return limits
    if len(occurrence.applies) != len(limits):
        occurrence.applies = [_applies(walk, occurrence, limit) for limit in limits]
    return [limit for limit, applies in zip(limits, occurrence.applies, strict=True) if applies]


def _applies(walk: Walk, occurrence: Occurrence, limit: LawLimit) -> bool:
    if limit.when is None:
        return True
    scene = walk.scene_of(occurrence)
    said = limit.when.ask(scene)
    if said is None:
        occurrence.missing += tuple(scene.missing)
    return said is not False


def _date(
    walk: Walk, occurrence: Occurrence, limit: LawLimit, previous: LimitDate | None
) -> LimitDate:
    if limit.lacks:
        occurrence.miss(limit.lacks)
        return _waiting(limit, limit.lacks)
    if limit.limit.by_field is not None:
        return _by_field(occurrence, limit)
    anchor = anchors.find(walk, occurrence, limit)
    if anchor.day is None:
        return _waiting(limit, anchor.waits_for, previous)
    try:
        counted = _counted(walk, limit, anchor.day, anchor.at)
        first = counted.day
        if anchor.first_day is not None and anchor.first_day != anchor.day:
            first = _counted(walk, limit, anchor.first_day, None).day
    except CalendarTooShort:
        occurrence.miss("calendar before its first year")
        return _waiting(limit, "")
    if previous is not None and previous.first_on is not None and anchor.keeps_first:
        first = previous.first_on
    return building.limit_date(
        limit=limit.label,
        force=limit.limit.force,
        first_on=first,
        due_on=counted.day,
        due_at=counted.at,
        from_on=counted.from_on,
        anchor_on=anchor.day,
        anchor_entries=anchor.entries,
        is_provisional=counted.is_provisional,
        is_projected=anchor.is_projected,
        is_deemed=anchor.is_deemed,
        has_no_time=counted.has_no_time,
    )


def _moved(
    walk: Walk, occurrence: Occurrence, limit: LawLimit, date_of_limit: LimitDate
) -> LimitDate:
    """The last day as a later event sets it; the first date stays, and who moved it is named."""
    for move in limit.limit.moved_by:
        anchors.wait(occurrence, move.event)
    found = moves.latest(walk, occurrence, limit)
    if found is None:
        return date_of_limit
    event, move = found
    day = field_date(event, move.to) if move.to else None
    if day is not None:
        counted = _at_time(_clock(limit, event, move.to), day, False)
    else:
        new_count, start = moves.count_in(event, move), date_of_limit.anchor_on
        if new_count is None or start is None:
            return date_of_limit
        counted = _counted(walk, replace(limit, count=new_count), start, None)
    if event.occurred_on == walk.day and counted.day != date_of_limit.due_on:
        moves.keep_late_days(walk, occurrence)
    return replace(
        date_of_limit,
        first_on=date_of_limit.first_on or counted.day,
        due_on=counted.day,
        due_at=counted.at,
        anchor_entries=(*date_of_limit.anchor_entries, event.entry_id),
        is_provisional=counted.is_provisional,
        is_projected=date_of_limit.is_projected and day is None,
        waits_for="",
    )


def _counted(walk: Walk, limit: LawLimit, day: date, at: time | None) -> Counted:
    rule, calendar = limit.limit, walk.calendar
    if rule.at_once is not None:
        once = counting.at_once(calendar, day, rule.at_once)
        return _at_time(rule.due_by, once.day, once.is_provisional)
    if rule.before is not None:
        return _before(walk, limit, day, at)
    if limit.unit == "hours":
        moment, is_marked = hours.hours_after(day, at, limit.count or 0)
        return Counted(moment.date(), moment, has_no_time=is_marked)
    if limit.unit == "weeks_of_proceedings":
        first, last = counting.week_of_proceedings(day, limit.count or 1)
        return Counted(last, from_on=first)
    found = counting.count_forward(calendar, day, limit.count or 0, limit.unit, how=rule.how)
    counted = _at_time(rule.due_by, found.day, found.is_provisional)
    if limit.from_count is not None:
        earliest = counting.count_forward(calendar, day, limit.from_count, limit.unit, how=rule.how)
        counted.from_on = earliest.day
    return counted


def _before(walk: Walk, limit: LawLimit, day: date, at: time | None) -> Counted:
    """Back from a day; without a count on or before it, and before its time where known (M31)."""
    if limit.count is None:
        return _at_time(limit.limit.due_by or at, day, False)
    found = counting.count_back(walk.calendar, day, limit.count, limit.unit, how=limit.limit.how)
    return _at_time(limit.limit.due_by, found.day, found.is_provisional)


def _at_time(due_by: time | None, day: date, is_provisional: bool) -> Counted:
    moment = None if due_by is None else hours.at_time(day, due_by)
    return Counted(day, moment, None, is_provisional)


def _by_field(occurrence: Occurrence, limit: LawLimit) -> LimitDate:
    """The date stands in the trigger, with its time where it names one (M22)."""
    name = limit.limit.by_field or ""
    for event in reversed(occurrence.cause.events):
        day = field_date(event, name)
        if day is None:
            continue
        counted = _at_time(_clock(limit, event, name), day, False)
        return building.limit_date(
            limit=limit.label,
            force=limit.limit.force,
            first_on=counted.day,
            due_on=counted.day,
            due_at=counted.at,
            anchor_on=occurrence.cause.day,
            anchor_entries=occurrence.cause.entries,
        )
    return _waiting(limit, f"field {name}")


def _clock(limit: LawLimit, event: Event, name: str) -> time | None:
    """The time of day that goes with a date field of the event, or that the limit names."""
    stem = name.removesuffix("_on")
    names = (name, f"{stem}_at", f"{stem}_time")
    return limit.limit.due_by or next(filter(None, (time_of(event, n) for n in names)), None)


def _waiting(limit: LawLimit, waits_for: str, previous: LimitDate | None = None) -> LimitDate:
    return building.limit_date(
        limit=limit.label,
        force=limit.limit.force,
        first_on=None if previous is None else previous.first_on,
        due_on=None,
        waits_for=waits_for,
    )


def _delayed(occurrence: Occurrence, dates: list[LimitDate]) -> list[LimitDate]:
    """The delay recorded last gives the date of every limit but the law's (M3, M23)."""
    standing = [(position, delay) for position, delay in occurrence.delays if delay.stands]
    if not standing:
        return dates
    _, delay = max(standing, key=lambda one: one[0])
    return [
        one
        if one.force is Force.LAW
        else replace(one, due_on=delay.new_date, due_at=None, is_delayed=True, is_projected=False)
        for one in dates
    ]
