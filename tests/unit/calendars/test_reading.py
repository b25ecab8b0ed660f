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
            (
                "small.yaml: 'title' is missing; a calendar states calendar, title, first_day, "
                "horizon, source, holidays"
            ),
        ),
        (
            "title:",
            "titel: x\ntitle:",
            (
                "small.yaml, line 2: 'titel' is not a key of a calendar; use calendar, title, "
                "first_day, horizon, source, holidays, expected"
            ),
        ),
        (
            '"2026-12-25"',
            '"2025-12-25"',
            "small.yaml, line 8: '2025-12-25' is stated twice, first on line 7; delete one of them",
        ),
        (
            '"2026-12-25"',
            '"31/02/2026"',
            "small.yaml, line 8: '31/02/2026' is not a day; write it as \"2026-12-25\"",
        ),
        (
            '"2026-12-25"',
            '"2027-12-27"',
            (
                "small.yaml, line 8: the holiday 2027-12-27 lies outside the years it is stated for; "
                "move it, or correct first_day and horizon"
            ),
        ),
        (
            'horizon: "2026-12-31"',
            'horizon: "2024-12-31"',
            "small.yaml, line 4: the horizon 2024-12-31 lies before the first day 2025-01-01",
        ),
        (
            "title: A small place",
            "title: [A, B]",
            "small.yaml, line 2: 'title' holds a list where a text is wanted",
        ),
    ],
)
def test_a_file_with_a_fault_is_refused_in_the_readers_words(
    find: str, put: str, sentence: str
) -> None:
    """Missing, unknown and repeated keys, days that are none, and years that do not fit."""
    assert GOOD.count(find) == 1
    assert refused(GOOD.replace(find, put)) == sentence


def test_a_file_that_is_no_list_of_keys_is_refused() -> None:
    """A text that is not YAML, or not keys, or without dated holidays, is refused."""
    assert refused("- one\n- two\n").startswith("small.yaml: a calendar is a list of keys")
    assert refused("calendar: [\n").startswith("small.yaml, line 2: not YAML:")
    none = GOOD.split("holidays:", maxsplit=1)[0] + "holidays: none\n"
    assert refused(none) == (
        "small.yaml: holidays are written one a line: a quoted date, a colon and the name"
    )


def test_the_shipped_calendar_names_its_source_and_licence() -> None:
    """The shipped file says whence it comes and under which licence."""
    text = calendars.PATH.read_text("utf-8")
    assert "https://www.gov.uk/bank-holidays.json" in text
    assert "Open Government Licence v3.0" in text
