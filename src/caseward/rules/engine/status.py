"""What a task is on a day (M33): status and flags are asked of the row, never stored (M20).

Due today is not late. Lateness is against law and must alone; a usual time passed is "behind the
usual time" (M22). A projected date is never late (M21), nor a day on which nothing binds (M17).
"""

from collections.abc import Iterable
from datetime import date, timedelta

from caseward.rules.calendars import counting
from caseward.rules.calendars.counting import CalendarTooShort
from caseward.rules.calendars.days import Calendar
from caseward.rules.engine.tasks import LimitDate, Role, Standing, Status, Task
from caseward.rules.procedures.model import Force

ONE_DAY = timedelta(days=1)
BINDING = (Force.LAW, Force.MUST)
USUAL = (Force.USUAL, Force.WHERE_POSSIBLE)


def is_shown(task: Task, as_of: date) -> bool:
    """Say whether the row is a task on the day: one whose opening lies ahead is not yet."""
    return task.opened_on <= as_of


def standing_on(task: Task, as_of: date, calendar: Calendar) -> Standing:
    """Return the task's status on the day, with its flags.

    Units: `days_late` are calendar days late on which something bound; `slippage_days` and
           `slippage_working_days` are days past the first due date, until met or ended.
    Errors: none; before the calendar's first year slippage in working days is 0.
    """
    status = _status(task, as_of)
    is_over = status not in (Status.OPEN, Status.WAITING)
    until = _until(task, as_of, status)
    is_measured = _is_measured(task, status)
    late_days = _days_late(task, until) if is_measured else 0
    binds = _binds(task, until)
    slippage, working = _slippage(task, until, calendar) if is_measured else (0, 0)
    against = tuple(_late_against(task, until)) if is_measured and binds else ()
    return Standing(
        status=status,
        is_late=not is_over and bool(against),
        was_met_late=status is Status.MET and not task.is_met_by_silence and late_days > 0,
        is_delayed=any(delay.stands for delay in task.delays),
        is_projected=task.is_projected and not is_over,
        is_provisional=task.is_provisional,
        is_held=_is_held(task, as_of) and not is_over,
        is_listed=task.is_listed,
        binds=binds,
        cannot_tell=bool(task.cannot_tell),
        is_behind_usual=not against and binds and is_measured and _is_behind_usual(task, until),
        days_late=late_days,
        slippage_days=slippage,
        slippage_working_days=working,
        late_against=against,
        owner=_owner(task, as_of),
    )


def _status(task: Task, as_of: date) -> Status:
    if task.met_on is not None and _has_come(task, task.met_on, as_of):
        return Status.MET
    if task.ending is not None and task.ended_on is not None and task.ended_on <= as_of:
        return task.ending
    if task.waits_for and task.expected_on is None:
        return Status.WAITING
    return Status.OPEN


def _has_come(task: Task, met_on: date, as_of: date) -> bool:
    # A silence has spoken only when the last day is over; an answer may still come on it (M19).
    return met_on < as_of if task.is_met_by_silence else met_on <= as_of


def _until(task: Task, as_of: date, status: Status) -> date:
    """The day up to which lateness and slippage are counted."""
    if status is Status.MET and task.met_on is not None:
        return task.met_on
    if task.ended_on is not None and task.ended_on <= as_of:
        return task.ended_on
    return as_of


def _is_measured(task: Task, status: Status) -> bool:
    is_duty = task.role in (Role.STEP, Role.PART)
    return is_duty and status not in (Status.BEFORE_CASEWARD, Status.DOES_NOT_APPLY)


def _late_against(task: Task, day: date) -> Iterable[str]:
    """The limits that are past: within the law though past ours says so by naming ours alone."""
    for limit in _binding(task):
        if limit.due_on is not None and limit.due_on < day:
            yield f"{limit.force}:{limit.limit}"


def _binding(task: Task) -> Iterable[LimitDate]:
    return (limit for limit in task.limits if limit.force in BINDING and not limit.is_projected)


def _is_behind_usual(task: Task, day: date) -> bool:
    return any(
        limit.force in USUAL
        and limit.due_on is not None
        and limit.due_on < day
        and not limit.is_projected
        for limit in task.limits
    )


def _days_late(task: Task, until: date) -> int:
    """Late days so far: those before a delay was agreed stay (M23), unbound ones do not count."""
    spans = [(first, min(last, until)) for first, last in task.already_late]
    due_on = min((one.due_on for one in _binding(task) if one.due_on is not None), default=None)
    if due_on is not None and due_on < until:
        spans.append((due_on + ONE_DAY, until))
    return sum(_bound_days(task, first, last) for first, last in spans if first <= last)


def _bound_days(task: Task, first: date, last: date) -> int:
    n_days = (last - first).days + 1
    for since, until, _ in task.unbound:
        begin = max(first, since)
        end = last if until is None else min(last, until - ONE_DAY)
        if begin <= end:
            n_days -= (end - begin).days + 1
    return n_days


def _binds(task: Task, day: date) -> bool:
    return not any(
        since <= day and (until is None or day < until) for since, until, _ in task.unbound
    )


def _slippage(task: Task, until: date, calendar: Calendar) -> tuple[int, int]:
    first = task.first_due_on
    if first is None or first >= until or task.is_projected:
        return 0, 0
    try:
        working = counting.working_days_between(calendar, first, until)
    except CalendarTooShort:
        working = 0
    return (until - first).days, working


def _is_held(task: Task, as_of: date) -> bool:
    return any(
        span.since <= as_of and (span.until is None or as_of < span.until) for span in task.held
    )


def _owner(task: Task, as_of: date) -> tuple[str, ...]:
    known = [roles for since, roles in task.owners_from if since <= as_of]
    return known[-1] if known else task.owner
