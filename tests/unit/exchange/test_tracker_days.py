"""The day a tracker's cell names: written in many ways, and never guessed."""

from datetime import date, datetime

import pytest

from caseward.work.exchange.tracker import days

TODAY = date(2026, 3, 2)
SIXTH = date(2026, 1, 6)


@pytest.mark.parametrize(
    "cell",
    [
        SIXTH,
        datetime(2026, 1, 6, 14, 30),  # noqa: DTZ001 -- a spreadsheet's times have no zone
        "6/1/2026",
        "06/01/26",
        "6.1.26",
        "06-01-2026",
        "2026-01-06",
        "2026-01-06 00:00:00",
        "2026-01-06T09:15:00",
        "6 January 2026",
        "6th Jan 2026",
        "6 jan '26",
        "06-Jan-26",
        "Tue 6 January 2026",
        "January 6, 2026",
        " 6/1/2026 ",
    ],
)
def test_one_day_is_read_however_it_is_written(cell: object) -> None:
    """Every usual way of writing a day gives the same day, and no words beside it."""
    assert days.read(cell, today=TODAY) == days.Dated(day=SIXTH)


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "N/A", "n/k", "TBC", "Not applicable", "?"])
def test_nothing_yet_is_no_day(cell: object) -> None:
    """A blank, and each way of writing that there is nothing yet, is no day."""
    assert days.read(cell, today=TODAY) is None


def test_words_without_a_figure_are_words_and_no_day() -> None:
    """What names no day at all is left to be kept as a note."""
    assert days.read("Awaiting legal advice", today=TODAY) is None
    assert not days.is_empty("Awaiting legal advice")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("6/1/2026 - mother did attend", "mother did attend"),
        ("Held on 6 January 2026 (by phone)", "Held on (by phone)"),
        ("6/1/2026, father by video", "father by video"),
    ],
)
def test_words_beside_a_day_are_kept_beside_it(cell: str, words: str) -> None:
    """The day counts and the words are handed on."""
    assert days.read(cell, today=TODAY) == days.Dated(day=SIXTH, words=words)


def test_a_year_of_two_digits_is_the_nearer_century() -> None:
    """A birthday of 98 is of the last century, a plan of 27 is of this one."""
    assert days.read("9/1/98", today=TODAY) == days.Dated(day=date(1998, 1, 9))
    assert days.read("9/1/27", today=TODAY) == days.Dated(day=date(2027, 1, 9))


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("6/1/2026, 9/2/2026", "several dates (06/01/2026 and 09/02/2026)"),
        ("31/02/2026", "names no day of the calendar"),
        ("6/1", "holds no whole date"),
        ("1/2026", "holds no whole date"),
        ("January 2026", "holds no whole date"),
        ("zz/MM/2026", "holds no whole date"),
        ("6/13/2026", "names no day of the calendar"),
        ("6/1/20260", "holds no whole date"),
        ("by 6/1/2026", "may not be the day on which it happened"),
        ("due 6/1/2026", "may not be the day on which it happened"),
        ("w/c 6/1/2026", "may not be the day on which it happened"),
        ("6/1/2026?", "may not be the day on which it happened"),
        ("6/1/2026 cancelled", "may not be the day on which it happened"),
        (45000.0, "is a number, not a date"),
        (True, "is a number, not a date"),
    ],
)
def test_what_is_no_one_day_is_refused_with_the_reason(cell: object, reason: str) -> None:
    """Nothing is guessed: the sentence quotes the cell and says what is wrong with it."""
    with pytest.raises(days.NotADay) as refused:
        days.read(cell, today=TODAY)
    assert reason in str(refused.value)


def test_a_plan_may_be_provisional_but_not_called_off() -> None:
    """A planned day may be said to be provisional; one that was cancelled is no plan."""
    assert days.read("6/1/2026 tbc", today=TODAY, is_plan=True) == days.Dated(
        day=SIXTH, words="tbc"
    )
    with pytest.raises(days.NotADay):
        days.read("6/1/2026 cancelled", today=TODAY, is_plan=True)


def test_the_same_day_said_twice_is_one_day() -> None:
    """A cell may repeat its day."""
    found = days.read("6/1/2026 (held 06.01.26)", today=TODAY)
    assert found is not None
    assert found.day == SIXTH
