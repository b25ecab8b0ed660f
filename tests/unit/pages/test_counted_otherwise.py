"""What sets another system's due dates apart from ours is found in the dates, never told beforehand."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import pytest

from caseward.interfaces import shipped
from caseward.rules.calendars import counting, reading
from caseward.rules.calendars.days import Calendar
from caseward.work.readings import counted_otherwise
from caseward.work.readings.counted_otherwise import Compared, Ours, Told, Way

REVIEW = "looked_after_review"
Counts = Callable[[date, date], date]


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    """The shipped calendar of England and Wales."""
    return reading.read_calendar(shipped.law_texts().calendar)


def working_days(calendar: Calendar, since: date, count: int) -> date:
    """Return the day so many working days on."""
    return counting.count_forward(calendar, since, count, "working_days").day


def months(calendar: Calendar, since: date, count: int) -> date:
    """Return the day so many months on."""
    return counting.count_forward(calendar, since, count, "months").day


def later_reviews(
    calendar: Calendar, n_children: int, theirs: Counts, *, chance: Random
) -> tuple[list[Told], dict[tuple[str, str], list[Ours]]]:
    """Return third and later reviews: ours six months after the one before, theirs as they count.

    `theirs` is given the day of the meeting before and the date that was due before.
    """
    told, ours = [], {}
    for number in range(n_children):
        child, tasks = f"c{number}", []
        held = date(2020, 1, 6) + timedelta(days=chance.randrange(700))
        due = held
        for n in range(4):
            their_due = theirs(held, due)
            next_held = their_due + timedelta(days=chance.randrange(-20, 9))
            told.append(Told(child=child, duty=REVIEW, due_on=their_due, held_on=next_held))
            tasks.append(Ours(task_id=f"{child}.{n}", due_on=months(calendar, held, 6),
                              counted_from=held, rule="6 months", met_on=next_held))  # fmt: skip
            held, due = next_held, their_due
        ours[child, REVIEW] = tasks
    return told, ours


def ways_found(compared: tuple[Compared, ...]) -> list[tuple[Way, int]]:
    """Return each rule found, with how many dates follow it."""
    return [(one.way, one.n_dates) for one in counted_otherwise.patterns(compared)]


@pytest.mark.parametrize("days", [182, 183, 180, 168])
def test_a_system_that_counts_days_is_told_from_six_months(calendar: Calendar, days: int) -> None:
    """Whatever number of days a system counts, it is found from its dates, and how far it is from ours."""
    told, ours = later_reviews(
        calendar, 25, lambda held, _: held + timedelta(days=days), chance=Random(days)
    )
    compared = counted_otherwise.compare(told, ours, calendar)
    assert ways_found(compared) == [(Way(count=days, unit="days"), 100)]
    (found,) = counted_otherwise.patterns(compared)
    assert (found.n_agree + found.n_earlier + found.n_later, found.rule) == (100, "6 months")
    assert -17 <= found.least <= found.most <= 2
    assert all(one.way is not None for one in compared)


def test_a_system_that_counts_from_the_due_date_is_told_from_the_meeting(
    calendar: Calendar,
) -> None:
    """Counted from when it was due and not from when it was held: the first of each child apart."""
    told, ours = later_reviews(
        calendar, 25, lambda _, due: months(calendar, due, 6), chance=Random(9)
    )
    compared = counted_otherwise.compare(told, ours, calendar)
    found = dict(ways_found(compared))
    assert found[Way(count=6, unit="months", is_from_due=True)] >= 70
    assert found[Way(count=6, unit="months")] >= 25
    apart = [one for one in compared if one.verdict != "agree"]
    assert apart
    assert {one.way for one in apart if one.way} == {Way(count=6, unit="months", is_from_due=True)}


def test_a_system_that_counts_as_we_do_agrees(calendar: Calendar) -> None:
    """The same rule gives the same dates, and the rule is named all the same."""
    told, ours = later_reviews(
        calendar, 25, lambda held, _: months(calendar, held, 6), chance=Random(2)
    )
    compared = counted_otherwise.compare(told, ours, calendar)
    assert {one.verdict for one in compared} == {"agree"}
    assert ways_found(compared) == [(Way(count=6, unit="months"), 100)]


@pytest.mark.parametrize(
    ("way", "theirs"),
    [
        (Way(count=28, unit="days"), lambda _, since: since + timedelta(days=28)),
        (Way(count=20, unit="working_days"), lambda calendar, since: working_days(calendar, since, 20)),
        (Way(count=19, unit="working_days"), lambda calendar, since: working_days(calendar, since, 19)),
    ],
    ids=["four weeks", "as we do", "the first day counted too"],
)  # fmt: skip
def test_first_reviews_within_twenty_working_days_or_four_weeks(
    calendar: Calendar, way: Way, theirs: Callable[[Calendar, date], date]
) -> None:
    """Twenty working days are four weeks but for bank holidays; enough dates tell the two apart."""
    chance, told, ours = Random(5), [], {}
    for number in range(60):
        child, since = f"c{number}", date(2021, 1, 4) + timedelta(days=chance.randrange(1_500))
        due, held = theirs(calendar, since), since + timedelta(days=chance.randrange(10, 40))
        told.append(Told(child=child, duty=REVIEW, due_on=due, held_on=held))
        ours[child, REVIEW] = [
            Ours(task_id=child, due_on=working_days(calendar, since, 20), counted_from=since,
                 rule="20 working days", met_on=held)
        ]  # fmt: skip
    compared = counted_otherwise.compare(told, ours, calendar)
    assert ways_found(compared)[0] == (way, 60)
    is_ours = way == Way(count=20, unit="working_days")
    assert (sum(one.verdict != "agree" for one in compared) == 0) is is_ours


def test_two_rules_in_one_system_are_both_found(calendar: Calendar) -> None:
    """Where a system changed how it counts, or two teams count otherwise, each rule has its dates."""
    old, ours_old = later_reviews(
        calendar, 20, lambda held, _: held + timedelta(days=183), chance=Random(1)
    )
    new, ours_new = later_reviews(
        calendar, 10, lambda held, _: held + timedelta(days=170), chance=Random(2)
    )
    new = [Told(child=f"n{t.child}", duty=t.duty, due_on=t.due_on, held_on=t.held_on) for t in new]
    ours = ours_old | {(f"n{child}", duty): tasks for (child, duty), tasks in ours_new.items()}
    found = ways_found(counted_otherwise.compare([*old, *new], ours, calendar))
    assert found == [(Way(count=183, unit="days"), 80), (Way(count=170, unit="days"), 40)]


def test_dates_without_a_rule_stay_unexplained(calendar: Calendar) -> None:
    """Dates typed by hand are no rule: nothing is claimed of them."""
    chance = Random(8)
    told, ours = later_reviews(
        calendar, 40, lambda held, _: held + timedelta(days=chance.randrange(60, 360)),
        chance=Random(3),
    )  # fmt: skip
    compared = counted_otherwise.compare(told, ours, calendar)
    assert sum(one.way is not None for one in compared) <= 16


def test_a_meeting_not_held_stands_beside_the_task_it_would_meet(calendar: Calendar) -> None:
    """An open date is set beside the task counted last before it, and one before all tasks beside none."""
    tasks = [
        Ours(task_id="a", due_on=date(2024, 7, 1), counted_from=date(2024, 1, 1), rule="6 months",
             met_on=date(2024, 6, 20)),
        Ours(task_id="b", due_on=date(2024, 12, 20), counted_from=date(2024, 6, 20), rule="6 months"),
    ]  # fmt: skip
    told = [
        Told(child="c", duty=REVIEW, due_on=date(2024, 12, 18)),
        Told(child="c", duty=REVIEW, due_on=date(2023, 12, 1)),
        Told(child="c", duty=REVIEW, due_on=date(2024, 7, 4), held_on=date(2024, 6, 20)),
        Told(child="c", duty="other", due_on=date(2024, 7, 4)),
    ]
    found = counted_otherwise.compare(told, {("c", REVIEW): tasks}, calendar)
    shown = [(one.ours.task_id if one.ours else "", one.days, one.verdict) for one in found]
    assert shown == [
        ("", 0, "not_counted"), ("a", 3, "later"), ("b", -2, "earlier"), ("", 0, "not_counted"),
    ]  # fmt: skip


def test_days_beyond_the_calendar_are_compared_in_days_and_months(calendar: Calendar) -> None:
    """Working days before the calendar begins cannot be counted, and nothing falls over."""
    since = calendar.first_day - timedelta(days=400)
    ours = {("c", REVIEW): [Ours(task_id="a", due_on=since, counted_from=since, rule="x")]}
    told = [Told(child="c", duty=REVIEW, due_on=since + timedelta(days=28))]
    (found,) = counted_otherwise.compare(told, ours, calendar)
    assert found.ways == {Way(count=28, unit="days")}
