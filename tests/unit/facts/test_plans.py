"""A planned day that looks like a slip is asked about when it is typed, and never refused."""

from datetime import date, timedelta

import pytest

from caseward.rules.facts import plans
from caseward.rules.facts.kinds import EventKind, Field
from tests.builders.facts import an_entry

TODAY = date(2025, 12, 4)
CHRISTMAS = date(2025, 12, 25)
ARRANGED = EventKind(
    id="meeting.arranged",
    title="Meeting arranged",
    plans=True,
    fields=(Field(name="planned_on", title="Planned day", type="date"),),
)
EXPECTED = EventKind(
    id="birth.expected",
    title="Expected birth",
    plans=True,
    fields=(Field(name="expected_on", title="Expected date of birth", type="date"),),
)


def why_not(day: date) -> str | None:
    """Say why a day is no working day, by a calendar that knows weekends and Christmas."""
    if day.weekday() > 4:
        return ("Saturday", "Sunday")[day.weekday() - 5]
    return "Christmas Day" if day == CHRISTMAS else None


def asked(kind: EventKind, day: str) -> list[tuple[str, str]]:
    """Return what is asked of a plan for that day, made on 4 December 2025."""
    draft = an_entry("draft", 99, on="2025-12-04", kind=kind.id, fields={kind.fields[0].name: day})
    return list(plans.questions(draft, kind, today=TODAY, why_not=why_not))


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2025-12-03", "before the day on which it was arranged (4 December 2025)"),
        ("2025-12-06", "6 December 2025, which is a Saturday"),
        ("2025-12-25", "no working day: Christmas Day"),
    ],
    ids=["before it was arranged", "at a weekend", "on a bank holiday"],
)
def test_a_meeting_planned_for_an_odd_day_is_asked_about(day: str, says: str) -> None:
    """The day is named with what is odd about it, at its own field."""
    ((field, question),) = asked(ARRANGED, day)
    assert field == "planned_on"
    assert says in question


def test_a_working_day_ahead_and_a_day_unreadable_ask_nothing() -> None:
    """What is right is not asked about, and what cannot be read is refused elsewhere."""
    assert asked(ARRANGED, "2025-12-15") == []
    assert asked(ARRANGED, "the 15th") == []


def test_without_a_calendar_no_holiday_is_known() -> None:
    """A reader without a calendar asks only what it can tell."""
    draft = an_entry(
        "draft", 99, on="2025-12-04", kind=ARRANGED.id, fields={"planned_on": "2025-12-25"}
    )
    assert list(plans.questions(draft, ARRANGED, today=TODAY)) == []


def test_a_birth_expected_long_ago_is_asked_about() -> None:
    """Six weeks past the expected day a birth has happened, or the day is wrong; before, neither."""
    on = TODAY - plans.LATEST_BIRTH
    assert asked(EXPECTED, on.isoformat()) == []
    ((field, question),) = asked(EXPECTED, (on - timedelta(days=1)).isoformat())
    assert field == "expected_on"
    assert "more than six weeks ago" in question
