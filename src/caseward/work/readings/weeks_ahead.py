"""The coming weeks of a worklist: its days with what is due on them, and the meetings arranged."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from caseward.record.access.askers import Asker
from caseward.rules.calendars.days import SATURDAY
from caseward.work.readings import banner, choices, listed, looks, sources, words, worklists
from caseward.work.readings.looks import Asked
from caseward.work.readings.shapes import DayCell, TaskLine, Week, WeeksAhead
from caseward.work.readings.sources import Choice
from caseward.work.worklists import queries
from caseward.work.worklists.queries import OnDay

N_WEEKS = 6
_A_WEEK, _A_DAY = timedelta(weeks=1), timedelta(days=1)
# A day of a calendar names so many of its tasks; all of them are a list of their own.
_ON_A_DAY = 3
_MOST_MEETINGS = 200
_MOST_YEARS_AHEAD = 20


def page(asker: Asker, *, as_of: date, choice: Choice, first: date | None = None) -> WeeksAhead:
    """Return six weeks of a list, from the week of a day on: this week's, if none is named."""
    asked = looks.ask(asker, as_of=as_of)
    rows = sources.of(asked, choice)
    monday = _monday(first if first and _is_near(first, as_of) else as_of)
    last = monday + N_WEEKS * _A_WEEK - _A_DAY
    # What was due on a day gone by is late, or done: it stands on the list.
    begins = max(monday, as_of)
    days = queries.by_day(rows, as_of=as_of, first=begins, last=last, at_most=_ON_A_DAY)
    planned = _meetings(asked, rows, begins, last)
    shown = [each.task_id for day in days.values() for each in day.rows]
    made = listed.lines_of(asked, [*shown, *(task for _, task in planned)])
    chosen = choices.of(asked, choice, page="calendar")
    meetings: dict[date, list[TaskLine]] = {}
    for day, task in planned:
        if task in made:
            meetings.setdefault(day, []).append(made[task])
    looks.write_log(
        asked,
        "weeks_ahead",
        {line.child_id for line in made.values()},
        first=monday.isoformat(),
        **worklists.said_of(choice),
    )
    n_late = queries.n_late(rows, as_of=as_of)
    return WeeksAhead(
        banner=banner.page(asker, as_of=as_of),
        title=choices.title(chosen, choice),
        choices=chosen,
        weeks=tuple(
            _week(asked, monday + n * _A_WEEK, days, meetings, made) for n in range(N_WEEKS)
        ),
        first=monday,
        before=monday - N_WEEKS * _A_WEEK if monday > _monday(as_of) else None,
        next=monday + N_WEEKS * _A_WEEK,
        late_words=_late_words(n_late),
        empty_words="" if days or meetings else "Nothing has a date in these weeks.",
    )


def _meetings(
    asked: Asked, rows: Sequence[queries.Source], first: date, last: date
) -> list[tuple[date, str]]:
    """Return the meetings planned between two days; papers wanted before one are no meeting."""
    steps = sorted({
        step.id
        for procedure in asked.rulebook.procedures
        for edition in procedure.editions
        for step in edition.steps
        if step.meeting is not None
    })  # fmt: skip
    of_meetings = [
        queries.Source(rows=each.rows.filter(step__in=steps), is_narrow=each.is_narrow)
        for each in rows
    ]
    return queries.planned(
        of_meetings, as_of=asked.as_of, first=first, last=last, at_most=_MOST_MEETINGS
    )


def _week(
    asked: Asked,
    monday: date,
    days: Mapping[date, OnDay],
    meetings: Mapping[date, list[TaskLine]],
    made: Mapping[str, TaskLine],
) -> Week:
    return Week(
        title=f"Week of {words.short_day(monday)}",
        days=tuple(
            _cell(asked, day, days.get(day), meetings.get(day, ()), made)
            for day in (monday + n * _A_DAY for n in range(7))
        ),
    )


def _cell(
    asked: Asked,
    day: date,
    found: OnDay | None,
    meetings: Sequence[TaskLine],
    made: Mapping[str, TaskLine],
) -> DayCell:
    shown = [made[each.task_id] for each in found.rows if each.task_id in made] if found else []
    n_more = found.count - len(shown) if found else 0
    closed = asked.rulebook.calendar.why_not(day) or ""
    return DayCell(
        day=day,
        is_today=day == asked.as_of,
        is_past=day < asked.as_of,
        closed_words="" if day.weekday() >= SATURDAY else closed,
        meetings=tuple(meetings),
        lines=tuple(shown),
        n_more_words=_more_words(n_more, found) if n_more > 0 and found else "",
    )


def _more_words(n_more: int, found: OnDay) -> str:
    if found.count > queries.MOST_COUNTED:
        return f"{worklists.count_words(found.count)} in all"
    return f"{n_more} more"


def _late_words(n_late: int) -> str:
    if not n_late:
        return ""
    return f"{worklists.count_words(n_late).capitalize()} {'is' if n_late == 1 else 'are'} late."


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _is_near(day: date, as_of: date) -> bool:
    return as_of <= day and day.year - as_of.year <= _MOST_YEARS_AHEAD
