"""Calendar files that cannot be used say where, what and what to do."""

from datetime import date

import pytest

from caseward.rules.calendars import reading
from tests.builders import calendars

GOOD = """\
calendar: small
title: A small place
first_day: "2025-01-01"
horizon: "2026-12-31"
source: {document: The council's own list}
holidays:
  "2025-12-25": Christmas Day
  "2026-12-25": Christmas Day
"""


def refused(text: str) -> str:
    """Return the sentence with which the file is refused."""
    with pytest.raises(reading.CalendarError) as error:
        reading.read_calendar(text, path="small.yaml")
    return str(error.value)


def test_a_calendar_file_is_read() -> None:
    """A file states an id, a title, its years, its source and its holidays."""
    calendar = reading.read_calendar(GOOD)
    assert (calendar.id, calendar.title) == ("small", "A small place")
    assert (calendar.first_day, calendar.horizon) == (date(2025, 1, 1), date(2026, 12, 31))
    assert calendar.why_not(date(2025, 12, 25)) == "Christmas Day"
    assert calendar.is_working_day(date(2025, 12, 26))


def test_the_first_and_the_last_day_may_be_holidays() -> None:
    """A holiday on the first day of the stated years, or on the last, lies within them."""
    ends = '  "2025-01-01": New Year\n  "2026-12-31": The last day\n'
    calendar = reading.read_calendar(GOOD + ends)
    assert calendar.why_not(date(2025, 1, 1)) == "New Year"
    assert calendar.why_not(date(2026, 12, 31)) == "The last day"


def test_the_version_is_the_fingerprint_of_the_text() -> None:
    """The same text is the same calendar; any change makes another version."""
    assert reading.read_calendar(GOOD) == reading.read_calendar(GOOD, path="elsewhere.yaml")
    changed = reading.read_calendar(GOOD + '  "2026-12-28": Boxing Day (substitute day)\n')
    assert changed != reading.read_calendar(GOOD)


@pytest.mark.parametrize(
    ("find", "put", "sentence"),
    [
        (
            "title: A small place\n",
            "",
            "line 1: A calendar has no “title”. Say what a person calls it.",
        ),
        (
            "source: {document: The council's own list}\n",
            "",
            "line 1: A calendar has no “source”. Name the document that publishes its holidays.",
        ),
        (
            "title:",
            "titel: x\ntitle:",
            "line 2: “titel” is not a key of a calendar. Did you mean “title”?",
        ),
        (
            '"2026-12-25"',
            '"2025-12-25"',
            "line 8: “2025-12-25” is written twice (first on line 7). Keep one of them.",
        ),
        (
            '"2026-12-25"',
            '"31/02/2026"',
            'line 8: “31/02/2026” is not a day. Write it as "2026-12-25".',
        ),
        (
            '"2026-12-25"',
            "2026-12-25",
            'line 8: The date 2026-12-25 must stand in quotes: "2026-12-25".',
        ),
        (
            '"2026-12-25"',
            '"2027-12-27"',
            (
                "line 8: The holiday 2027-12-27 lies outside the years stated for “holidays”. Move it, "
                "or correct first_day and horizon."
            ),
        ),
        (
            'first_day: "2025-01-01"',
            'first_day: "2026-01-32"',
            "line 3: “2026-01-32” is not a date. Write it as year-month-day in quotes.",
        ),
        (
            "title: A small place",
            "title: [A, B]",
            "line 2: “title” of a calendar must be a text.",
        ),
    ],
)
def test_a_file_with_a_fault_is_refused_in_the_readers_words(
    find: str, put: str, sentence: str
) -> None:
    """Missing, unknown and repeated keys, days that are none, and years that do not fit."""
    assert GOOD.count(find) == 1
    assert refused(GOOD.replace(find, put)) == f"small.yaml, {sentence}"


def test_every_fault_of_a_file_is_told_at_once() -> None:
    """A horizon before the first day also leaves the holidays outside the years."""
    said = refused(GOOD.replace('horizon: "2026', 'horizon: "2024'))
    assert said.splitlines()[0] == (
        "small.yaml, line 4: The horizon 2024-12-31 lies before the first day 2025-01-01."
    )
    assert len(said.splitlines()) == 3


def test_a_file_that_is_no_list_of_keys_is_refused() -> None:
    """A text that is not YAML, or without dated holidays, is refused."""
    assert "must be keys with values" in refused("- one\n- two\n")
    assert refused("calendar: [\n").startswith("small.yaml, line 2: The file cannot be read")
    none = GOOD.split("holidays:", maxsplit=1)[0]
    assert refused(none) == (
        "small.yaml, line 1: A calendar has no “holidays”. Write one a line: a quoted date and its "
        "name."
    )


def test_the_shipped_calendar_names_its_source_and_licence() -> None:
    """The shipped file says whence it comes and under which licence."""
    text = calendars.PATH.read_text("utf-8")
    assert "https://www.gov.uk/bank-holidays.json" in text
    assert "Open Government Licence v3.0" in text
