"""Counting over the shipped calendar: the values worked by hand, and what must hold of all."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from caseward.rules.calendars import counting
from tests.builders import calendars

ENGLAND = calendars.england_and_wales()
DAYS = st.dates(date(2001, 1, 1), date(2028, 12, 31))
WORKING_DAYS = DAYS.filter(ENGLAND.is_working_day)
COUNTS = st.integers(0, 120)


def day(text: str) -> date:
    """Return 'Wed 2 Apr 2025' as a date, checking the day of the week that was written."""
    name, rest = text.split(" ", 1)
    number, month, year = rest.split(" ")
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    written = date(int(year), months.index(month) + 1, int(number))
    assert f"{written:%a}" == name, f"{rest} is a {written:%A}"
    return written


def on(text: str, count: int, unit: str = "working_days", **how: counting.How) -> date:
    """Count forward."""
    return counting.count_forward(ENGLAND, day(text), count, unit, **how).day


def back(text: str, count: int, unit: str = "working_days", **how: counting.How) -> date:
    """Count back."""
    return counting.count_back(ENGLAND, day(text), count, unit, **how).day


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("Wed 2 Apr 2025", 15, "Fri 25 Apr 2025"),
        ("Fri 19 Dec 2025", 10, "Wed 7 Jan 2026"),
        ("Fri 27 Mar 2026", 5, "Tue 7 Apr 2026"),
        ("Fri 1 May 2026", 10, "Mon 18 May 2026"),
        ("Sat 19 Apr 2025", 5, "Mon 28 Apr 2025"),
        ("Sat 19 Apr 2025", 1, "Tue 22 Apr 2025"),
        ("Fri 18 Dec 2026", 15, "Wed 13 Jan 2027"),
        ("Fri 18 Dec 2026", 20, "Wed 20 Jan 2027"),
        ("Fri 18 Dec 2026", 50, "Wed 3 Mar 2027"),
    ],
)
def test_within_n_working_days_of_a_day_is_the_nth_working_day_after_it(
    start: str, count: int, due: str
) -> None:
    """The day counted from is day 0 and never moved; the due date is the Nth working day after."""
    assert on(start, count) == day(due)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("Fri 18 Dec 2026", 15, "Tue 12 Jan 2027"),
        ("Fri 18 Dec 2026", 20, "Tue 19 Jan 2027"),
        ("Sat 19 Apr 2025", 1, "Tue 22 Apr 2025"),
    ],
)
def test_working_days_beginning_with_a_day_count_that_day(start: str, count: int, due: str) -> None:
    """Counted beginning with a day, a working day is itself day 1; a day off cannot be."""
    assert on(start, count, how="beginning_with") == day(due)


@pytest.mark.parametrize(
    ("meeting", "count", "due"),
    [
        ("Fri 25 Apr 2025", 5, "Wed 16 Apr 2025"),
        ("Thu 8 Jan 2026", 5, "Wed 31 Dec 2025"),
        ("Mon 29 Dec 2025", 5, "Thu 18 Dec 2025"),
        ("Sun 4 Jan 2026", 1, "Fri 2 Jan 2026"),
    ],
)
def test_n_working_days_before_a_meeting_is_the_nth_working_day_before_it(
    meeting: str, count: int, due: str
) -> None:
    """Five working days before a meeting is the fifth working day before its day."""
    assert back(meeting, count) == day(due)


CHAINS = [
    (
        "Thu 4 Dec 2025",
        "Mon 29 Dec 2025",
        "Thu 18 Dec 2025",
        ["Tue 6 Jan 2026", "Tue 13 Jan 2026"],
        ["Tue 20 Jan 2026", "Tue 3 Feb 2026", "Tue 17 Feb 2026"],
    ),
    (
        "Fri 13 Mar 2026",
        "Tue 7 Apr 2026",
        "Fri 27 Mar 2026",
        ["Tue 14 Apr 2026", "Tue 21 Apr 2026"],
        ["Tue 28 Apr 2026", "Wed 13 May 2026", "Thu 28 May 2026"],
    ),
]


@pytest.mark.parametrize(("review", "meeting", "papers", "from_meeting", "after_pack"), CHAINS)
def test_the_chain_from_review_to_court_falls_on_the_days_worked_by_hand(
    review: str, meeting: str, papers: str, from_meeting: list[str], after_pack: list[str]
) -> None:
    """15 to the meeting, papers 5 before; minutes 5 and pack 10 after it; then 5, 10 and 10."""
    assert on(review, 15) == day(meeting)
    assert back(meeting, 5) == day(papers)
    assert [on(meeting, 5), on(meeting, 10)] == [day(text) for text in from_meeting]
    pack = from_meeting[-1]
    decision, application, court = after_pack
    assert on(pack, 5) == day(decision)
    assert on(decision, 10) == day(application)
    assert on(application, 10) == day(court)


@pytest.mark.parametrize(
    ("start", "count", "unit", "due"),
    [
        ("Sun 31 Aug 2025", 6, "months", "Sat 28 Feb 2026"),
        ("Thu 31 Aug 2023", 6, "months", "Thu 29 Feb 2024"),
        ("Sat 15 Nov 2025", 3, "months", "Sun 15 Feb 2026"),
        ("Wed 31 Dec 2025", 2, "months", "Sat 28 Feb 2026"),
        ("Thu 29 Feb 2024", 1, "years", "Fri 28 Feb 2025"),
        ("Thu 29 Feb 2024", 4, "years", "Tue 29 Feb 2028"),
        ("Fri 2 Jan 2026", 6, "weeks", "Fri 13 Feb 2026"),
        ("Fri 2 Jan 2026", 7, "days", "Fri 9 Jan 2026"),
        ("Fri 2 Jan 2026", 0, "days", "Fri 2 Jan 2026"),
    ],
)
def test_weeks_months_and_years_are_calendar_ones_and_a_month_end_clips(
    start: str, count: int, unit: str, due: str
) -> None:
    """Weeks, months and years end on the day of the same name, clipped, and never move."""
    assert on(start, count, unit) == day(due)


@pytest.mark.parametrize(
    ("start", "count", "unit", "due"),
    [
        ("Mon 31 Mar 2025", 1, "months", "Fri 28 Feb 2025"),
        ("Sun 15 Feb 2026", 3, "months", "Sat 15 Nov 2025"),
        ("Thu 29 Feb 2024", 1, "years", "Tue 28 Feb 2023"),
        ("Fri 13 Feb 2026", 6, "weeks", "Fri 2 Jan 2026"),
        ("Fri 9 Jan 2026", 7, "days", "Fri 2 Jan 2026"),
    ],
)
def test_weeks_months_and_years_are_counted_back_alike(
    start: str, count: int, unit: str, due: str
) -> None:
    """Counting back clips at a month's end too."""
    assert back(start, count, unit) == day(due)


@pytest.mark.parametrize(
    ("start", "count", "unit", "due"),
    [
        ("Mon 5 Jan 2026", 26, "weeks", "Sun 5 Jul 2026"),
        ("Mon 5 Jan 2026", 1, "days", "Mon 5 Jan 2026"),
        ("Mon 1 Sep 2025", 6, "months", "Sat 28 Feb 2026"),
        ("Sun 31 Aug 2025", 6, "months", "Sat 28 Feb 2026"),
        ("Mon 5 Jan 2026", 15, "years", "Fri 4 Jan 2041"),
    ],
)
def test_a_period_beginning_with_a_day_ends_a_day_earlier(
    start: str, count: int, unit: str, due: str
) -> None:
    """26 weeks beginning with the day of issue end on the 182nd day, unless a month-end clips."""
    assert on(start, count, unit, how="beginning_with") == day(due)


def test_a_period_ending_with_a_day_counts_that_day() -> None:
    """Counted back beginning with a day, the day itself is the first of them."""
    assert back("Fri 9 Jan 2026", 5, how="beginning_with") == day("Mon 5 Jan 2026")
    assert back("Fri 9 Jan 2026", 2, "weeks", how="beginning_with") == day("Sat 27 Dec 2025")


@pytest.mark.parametrize(
    ("count", "due"),
    [
        (3, "Wed 22 Apr 2026"),
        (7, "Tue 28 Apr 2026"),
        (14, "Fri 1 May 2026"),
        (17, "Tue 5 May 2026"),
    ],
)
def test_clear_days_forward_skip_days_off_when_few_and_end_on_a_working_day(
    count: int, due: str
) -> None:
    """From Fri 17 Apr 2026: up to seven are working days; 17 would end on the bank holiday."""
    assert on("Fri 17 Apr 2026", count, "days", how="clear") == day(due)


@pytest.mark.parametrize(
    ("hearing", "count", "unit", "due"),
    [
        ("Fri 20 Oct 2023", 3, "days", "Mon 16 Oct 2023"),
        ("Tue 7 Apr 2026", 2, "days", "Tue 31 Mar 2026"),
        ("Fri 30 Oct 2026", 14, "days", "Thu 15 Oct 2026"),
        ("Fri 30 Oct 2026", 2, "weeks", "Thu 15 Oct 2026"),
    ],
)
def test_clear_days_before_a_hearing_count_neither_it_nor_the_day_of_the_act(
    hearing: str, count: int, unit: str, due: str
) -> None:
    """Three clear days lie between Monday's notice and Friday's hearing."""
    assert back(hearing, count, unit, how="clear") == day(due)


def test_a_week_of_proceedings_is_seven_days_the_day_of_issue_being_day_1() -> None:
    """Week N is the days D+7(N-1) to D+7N-1, and a duty at week N is due on its last."""
    issued = day("Mon 5 Jan 2026")
    assert counting.week_of_proceedings(issued, 1) == (issued, day("Sun 11 Jan 2026"))
    assert counting.week_of_proceedings(issued, 26)[1] == day("Sun 5 Jul 2026")
    assert on("Mon 5 Jan 2026", 19, "weeks_of_proceedings") == issued + timedelta(days=132)
    with pytest.raises(ValueError, match="the first week is week 1"):
        counting.week_of_proceedings(issued, 0)


@pytest.mark.parametrize(
    ("happened", "paperwork"),
    [
        ("Thu 2 Apr 2026", "Thu 2 Apr 2026"),
        ("Fri 3 Apr 2026", "Tue 7 Apr 2026"),
        ("Sat 11 Apr 2026", "Mon 13 Apr 2026"),
    ],
)
def test_immediately_is_today_for_safety_and_the_next_working_day_at_most_for_paperwork(
    happened: str, paperwork: str
) -> None:
    """Paperwork waits for a working day; a safety duty is due the same day whatever day it is."""
    assert counting.at_once(ENGLAND, day(happened), "paperwork").day == day(paperwork)
    assert counting.at_once(ENGLAND, day(happened), "safety").day == day(happened)
    with pytest.raises(ValueError, match="'paperwork' or 'safety', not 'soon'"):
        counting.at_once(ENGLAND, day(happened), "soon")


def test_the_last_working_day_before_a_statutory_date_is_shown() -> None:
    """A statutory date on a day off does not move; the working day by which to act is before it."""
    assert counting.last_working_day_by(ENGLAND, day("Mon 6 Apr 2026")) == day("Thu 2 Apr 2026")
    assert counting.last_working_day_by(ENGLAND, day("Thu 2 Apr 2026")) == day("Thu 2 Apr 2026")


def test_past_the_horizon_working_days_are_provisional_and_expect_the_usual_holidays() -> None:
    """Days that nobody has published are counted with the standing holidays, and marked."""
    counted = counting.count_forward(ENGLAND, day("Fri 22 Dec 2028"), 5, "working_days")
    assert counted == (day("Wed 3 Jan 2029"), True)
    back_over_it = counting.count_back(ENGLAND, day("Wed 3 Jan 2029"), 4, "working_days")
    assert back_over_it == (day("Wed 27 Dec 2028"), True)
    within = counting.count_forward(ENGLAND, day("Wed 27 Dec 2028"), 2, "working_days")
    assert within == (day("Fri 29 Dec 2028"), False)
    assert ENGLAND.why_not(date(2029, 12, 25)) == "Christmas Day (expected)"
    assert counting.count_forward(ENGLAND, date(2090, 1, 2), 200, "working_days").is_provisional


def test_weeks_and_months_past_the_horizon_are_not_provisional() -> None:
    """No bank holiday moves a date counted in weeks or months, so nothing about it can change."""
    assert counting.count_forward(ENGLAND, date(2028, 12, 1), 6, "months") == (
        date(2029, 6, 1),
        False,
    )


def test_before_the_first_year_there_is_no_answer_in_working_days_and_the_error_says_so() -> None:
    """Only before the calendar's first year is there no answer; calendar units need no calendar."""
    with pytest.raises(counting.CalendarTooShort) as refused:
        counting.count_forward(ENGLAND, date(1999, 12, 31), 5, "working_days")
    assert str(refused.value) == (
        "Working days cannot be counted from 31 December 1999: the calendar 'England and Wales' "
        "begins on 1 January 2000. Correct the date if it is mistyped; otherwise add the bank "
        "holidays of the earlier years to the calendar."
    )
    with pytest.raises(counting.CalendarTooShort):
        counting.count_back(ENGLAND, date(2000, 1, 6), 4, "working_days")
    assert counting.count_forward(ENGLAND, date(1990, 5, 1), 18, "years").day == date(2008, 5, 1)


def test_a_count_that_cannot_be_meant_is_refused() -> None:
    """A negative count, none beginning with a day, and hours as days are refused."""
    with pytest.raises(ValueError, match="-1 is too few"):
        counting.count_forward(ENGLAND, date(2026, 1, 5), -1, "working_days")
    with pytest.raises(ValueError, match="0 is too few to count beginning with"):
        counting.count_back(ENGLAND, date(2026, 1, 5), 0, "days", how="beginning_with")
    with pytest.raises(ValueError, match="'hours' is not a unit of days"):
        counting.count_forward(ENGLAND, date(2026, 1, 5), 72, "hours")


@given(WORKING_DAYS, COUNTS)
@example(date(2025, 4, 17), 1)
def test_from_a_working_day_n_on_and_n_back_returns(start: date, count: int) -> None:
    """From a working day, N working days on and N back again is the same day."""
    end = counting.count_forward(ENGLAND, start, count, "working_days").day
    assert counting.count_back(ENGLAND, end, count, "working_days").day == start


@given(DAYS, st.integers(0, 60), COUNTS)
def test_a_later_start_is_never_due_earlier(start: date, later: int, count: int) -> None:
    """Counting keeps the order of days, forwards and backwards, and grows with the count."""
    other = start + timedelta(days=later)
    for count_days in (counting.count_forward, counting.count_back):
        first = count_days(ENGLAND, start, count, "working_days").day
        assert first <= count_days(ENGLAND, other, count, "working_days").day
        longer = count_days(ENGLAND, start, count + 1, "working_days").day
        assert longer > first if count_days is counting.count_forward else longer < first


@given(DAYS, COUNTS)
def test_the_days_skipped_explain_the_difference(start: date, count: int) -> None:
    """The calendar days on the way are the working days counted and the days named as skipped."""
    end = counting.count_forward(ENGLAND, start, count, "working_days").day
    assert (end - start).days == count + len(counting.skipped(ENGLAND, start, end))
    assert counting.working_days_between(ENGLAND, start, end) == count
    before = counting.count_back(ENGLAND, start, count, "working_days").day
    assert (start - before).days == count + len(counting.skipped(ENGLAND, start, before))


def test_the_days_skipped_are_named() -> None:
    """Every day skipped is named with its reason, earliest first, in either direction."""
    easter = (
        (date(2026, 4, 3), "Good Friday"),
        (date(2026, 4, 4), "Saturday"),
        (date(2026, 4, 5), "Sunday"),
        (date(2026, 4, 6), "Easter Monday"),
    )
    assert counting.skipped(ENGLAND, date(2026, 4, 1), date(2026, 4, 7)) == easter
    assert counting.skipped(ENGLAND, date(2026, 4, 8), date(2026, 4, 2)) == easter
    assert counting.working_days_between(ENGLAND, date(2026, 4, 7), date(2026, 4, 1)) == 0


@given(DAYS, st.integers(1, 40), st.sampled_from(["working_days", "days", "weeks"]))
def test_beginning_with_a_working_day_is_one_less_than_after_it(
    start: date, count: int, unit: str
) -> None:
    """N beginning with a working day end where N after the day before it do."""
    start = counting.last_working_day_by(ENGLAND, start)
    inclusive = counting.count_forward(ENGLAND, start, count, unit, how="beginning_with").day
    before = counting.count_back(ENGLAND, start, 1, "working_days").day
    if unit != "working_days":
        before = start - timedelta(days=1)
    assert inclusive == counting.count_forward(ENGLAND, before, count, unit).day
