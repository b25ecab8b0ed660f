"""Days and times as people type them, and the sentences for those that cannot be read."""

from datetime import date, time

import pytest

from caseward.interfaces.govuk import day_words

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("6/1/2026", date(2026, 1, 6)),
        ("06.01.26", date(2026, 1, 6)),
        ("6 1 2026", date(2026, 1, 6)),
        ("2026-01-06", date(2026, 1, 6)),
        ("6 January 2026", date(2026, 1, 6)),
        ("Tue 6 Jan 2026", date(2026, 1, 6)),
        ("Tuesday, 6th january 2026", date(2026, 1, 6)),
        ("14 Sept 2025", date(2025, 9, 14)),
        ("29/2/2024", date(2024, 2, 29)),
        ("today", TODAY),
        (" Yesterday ", date(2026, 3, 1)),
    ],
)
def test_a_day_is_read_as_people_type_it(typed: str, day: date) -> None:
    """The day comes first, then the month, whatever stands between them."""
    assert day_words.read_day(typed, today=TODAY) == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/2/2026", "There is no day 31/2/2026. Check the day and the month."),
        ("29/2/2026", "There is no day 29/2/2026. Check the day and the month."),
        ("1/13/2026", "There is no day 1/13/2026. Check the day and the month."),
        ("next week", "Enter a date such as 6/1/2026, or the word today."),
        ("6 Jamuary 2026", "There is no month called jamuary. Enter a date such as 6/1/2026."),
    ],
)
def test_what_is_no_day_is_refused_in_a_sentence(typed: str, sentence: str) -> None:
    """The sentence says what is wrong and what to type instead."""
    with pytest.raises(day_words.NotADay) as refusal:
        day_words.read_day(typed, today=TODAY)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("14:30", time(14, 30)),
        ("2.30pm", time(14, 30)),
        ("9am", time(9)),
        ("12 am", time(0)),
        ("12pm", time(12)),
        ("9", time(9)),
    ],
)
def test_a_time_is_read_as_people_type_it(typed: str, at: time) -> None:
    """Twelve at night is the day's first hour and twelve at noon its twelfth."""
    assert day_words.read_time(typed) == at


@pytest.mark.parametrize("typed", ["25:00", "14:75", "13pm"])
def test_what_is_no_time_is_refused_in_a_sentence(typed: str) -> None:
    """The sentence repeats what was typed and gives an example."""
    with pytest.raises(day_words.NotATime) as refusal:
        day_words.read_time(typed)
    assert str(refusal.value) == f"There is no time {typed}. Enter a time such as 14:30."


def test_a_day_is_written_long_short_and_as_typed() -> None:
    """Long in a sentence, short in a list, and in a form as one types it."""
    day = date(2026, 1, 6)
    written = (day_words.long_day(day), day_words.short_day(day), day_words.typed_day(day))
    assert written == ("Tuesday 6 January 2026", "Tue 6 Jan 2026", "6/1/2026")
