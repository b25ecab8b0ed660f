"""Another system's due dates beside our own, and what sets the two apart where it is always the same.

Nothing is known here of any system: for each date every plain way to count to it is written down, from
the day that we count from and from the date that was due before. The way that explains most of them is
what that system does; then the way that explains most of the rest. What no way explains stays so.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from caseward.rules.calendars import counting
from caseward.rules.calendars.counting import CalendarTooShort
from caseward.rules.calendars.days import Calendar

Verdict = Literal["agree", "earlier", "later", "not_counted"]
FEWEST = 3
"""Dates that must follow one way to count before it is called a rule."""
LEAST_SHARE = 20
"""One in so many of the dates of a rule must follow it."""
MOST_MONTHS = 12
MOST_WORKING_DAYS = 60
MOST_DAYS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A due date that another system told: what for, by when, and the day on which it was held."""

    child: str
    duty: str
    due_on: date
    held_on: date | None = None
    row: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """A task of ours for the same duty: its first date, what it was counted from and by which rule."""

    task_id: str
    due_on: date
    counted_from: date
    rule: str
    met_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to count: so many units from the day that we count from, or from the date due before."""

    count: int
    unit: str
    is_from_due: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One date told beside ours; `way` explains the other system's where it is a rule of theirs."""

    told: Told
    ours: Ours | None
    ways: frozenset[Way] = frozenset()
    way: Way | None = None

    @property
    def days(self) -> int:
        """Return how many days later than ours theirs is; less than nothing where it is earlier."""
        return 0 if self.ours is None else (self.told.due_on - self.ours.due_on).days

    @property
    def verdict(self) -> Verdict:
        if self.ours is None:
            return "not_counted"
        return "agree" if self.days == 0 else "later" if self.days > 0 else "earlier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A rule of the other system's, found in its dates, beside the rule of ours that it stands for.

    Shapes: least and most, the days by which its dates differ from ours, later counted upwards.
    """

    duty: str
    rule: str
    way: Way
    n_dates: int
    n_agree: int
    n_earlier: int
    n_later: int
    least: int
    most: int


def compare(
    told: Iterable[Told], ours: Mapping[tuple[str, str], Iterable[Ours]], calendar: Calendar
) -> tuple[Compared, ...]:
    """Return each date told beside our task, with the other system's rule where there is one.

    Shapes: ours, the tasks by child and duty; the result in order of child, duty and date.
    Errors: none; a date for which we have no task is "not_counted".
    """
    by_child: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for one in told:
        by_child[one.child, one.duty].append(one)
    found: list[Compared] = []
    for key in sorted(by_child):
        tasks = sorted(ours.get(key, ()), key=lambda task: task.counted_from)
        found += _side_by_side(sorted(by_child[key], key=_in_order), tasks, calendar)
    return _explained(found)


def patterns(compared: Iterable[Compared]) -> tuple[Pattern, ...]:
    """Return the rules found, of each duty and rule of ours, the one of most dates first."""
    by_rule: dict[tuple[str, str, Way], list[int]] = defaultdict(list)
    for one in compared:
        if one.way is not None and one.ours is not None:
            by_rule[one.told.duty, one.ours.rule, one.way].append(one.days)
    found = [
        Pattern(
            duty=duty,
            rule=rule,
            way=way,
            n_dates=len(days),
            n_agree=days.count(0),
            n_earlier=sum(n < 0 for n in days),
            n_later=sum(n > 0 for n in days),
            least=min(days),
            most=max(days),
        )
        for (duty, rule, way), days in by_rule.items()
    ]
    return tuple(
        sorted(found, key=lambda one: (one.duty, -one.n_dates, one.rule, _plainness(one.way)))
    )


def _in_order(told: Told) -> tuple[date, date, str]:
    return (told.due_on, told.held_on or date.max, told.row)


def _side_by_side(told: list[Told], tasks: list[Ours], calendar: Calendar) -> Iterator[Compared]:
    before: date | None = None
    for one in told:
        ours = _task_of(one, tasks)
        ways = (
            frozenset(_ways(one.due_on, ours.counted_from, before, calendar))
            if ours
            else frozenset()
        )
        yield Compared(told=one, ours=ours, ways=ways)
        before = one.due_on


def _task_of(told: Told, tasks: list[Ours]) -> Ours | None:
    """The task that the meeting met; of one not held, the task counted from the last day before it."""
    if told.held_on is not None:
        return next((task for task in tasks if task.met_on == told.held_on), None)
    earlier = [task for task in tasks if task.counted_from < told.due_on]
    return earlier[-1] if earlier else None


def _ways(due_on: date, since: date, before: date | None, calendar: Calendar) -> Iterator[Way]:
    """Yield every plain way to count to a date."""
    yield from _counted(due_on, since, calendar, is_from_due=False)
    yield from _working_days(due_on, since, calendar)
    if before is not None and before < due_on:
        yield from _counted(due_on, before, calendar, is_from_due=True)


def _counted(due_on: date, since: date, calendar: Calendar, *, is_from_due: bool) -> Iterator[Way]:
    months = (due_on.year - since.year) * 12 + due_on.month - since.month
    for count in (months, months + 1):
        if not 0 < count <= MOST_MONTHS:
            continue
        if counting.count_forward(calendar, since, count, "months").day == due_on:
            yield Way(count=count, unit="months", is_from_due=is_from_due)
    days = (due_on - since).days
    if 0 < days <= MOST_DAYS:
        yield Way(count=days, unit="days", is_from_due=is_from_due)


def _working_days(due_on: date, since: date, calendar: Calendar) -> Iterator[Way]:
    if not since < due_on <= since + timedelta(days=MOST_WORKING_DAYS * 2):
        return
    try:
        if calendar.is_working_day(due_on):
            count = counting.working_days_between(calendar, since, due_on)
            if 0 < count <= MOST_WORKING_DAYS:
                yield Way(count=count, unit="working_days")
    except CalendarTooShort:
        return


def _explained(found: list[Compared]) -> tuple[Compared, ...]:
    by_rule: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, one in enumerate(found):
        if one.ours is not None:
            by_rule[one.told.duty, one.ours.rule].append(place)
    ways: dict[int, Way] = {}
    for places in by_rule.values():
        ways |= _most_told(found, places)
    return tuple(
        Compared(told=one.told, ours=one.ours, ways=one.ways, way=ways.get(place))
        for place, one in enumerate(found)
    )


def _most_told(found: list[Compared], places: list[int]) -> dict[int, Way]:
    """Return the way of each date, taking the way that explains most of those left, again and again."""
    fewest = max(FEWEST, len(places) // LEAST_SHARE)
    left, ways = set(places), dict[int, Way]()
    while left:
        counts = Counter(way for place in left for way in found[place].ways)
        if not counts:
            break
        way = min(counts, key=lambda each: (-counts[each], _plainness(each)))
        if counts[way] < fewest:
            break
        explained = {place for place in left if way in found[place].ways}
        ways |= dict.fromkeys(explained, way)
        left -= explained
    return ways


def _plainness(way: Way) -> tuple[bool, int, int]:
    """Of two ways that explain as much, the plainer: from our own day, in months, in working days."""
    return (way.is_from_due, ("months", "working_days", "days").index(way.unit), way.count)
