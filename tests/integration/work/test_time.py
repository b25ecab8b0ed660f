"""Days are London's, order is the ledger's, and what passes overnight needs nobody to record it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from caseward.interfaces import clock
from caseward.record.access import askers
from caseward.record.ledger import queries, verification
from caseward.record.ledger.acts import LONDON, Act, child_stream
from caseward.work.casework import record_birth, record_event
from caseward.work.entries import Taken, errors
from caseward.work.readings import child_page, my_tasks
from caseward.work.readings.shapes import ChildPage
from tests.builders.stores import SYSTEM, Store, a_store
from tests.strictness import FrozenClock

pytestmark = pytest.mark.django_db(databases="__all__")

REVIEW = "looked_after_review.held"
MIDNIGHT = datetime(2026, 6, 30, 23, 0, tzinfo=UTC)
"""Midnight in London, an hour before it is in UTC."""
HALF_AN_HOUR = timedelta(minutes=30)


def _now(key: str) -> Act:
    """Return an act at the moment it is now, on the day that it is in London."""
    return Act(by=SYSTEM, at=clock.now(), today=clock.today(), key=key, via="tests")


def _record(store: Store, kind: str, day: date, key: str, **said: Any) -> Taken:
    return record_event.record(_now(key), store.what(kind, day, **said), confirmed=True)


def _page(store: Store, *, as_of: date, known_at: datetime | None = None) -> ChildPage:
    asker = askers.asker_for(store.workers["social_worker"], at=clock.now(), today=clock.today())
    return child_page.page(asker, store.child, as_of=as_of, known_at=known_at)


def _kinds(store: Store, *, as_of: date, known_at: datetime | None = None) -> list[str]:
    return [entry.kind for entry in _page(store, as_of=as_of, known_at=known_at).timeline]


# --- midnight in London, and in UTC ---------------------------------------------------------------


def test_half_past_eleven_in_utc_is_the_next_day_in_london(frozen_clock: FrozenClock) -> None:
    """Before London's midnight 1 July has not come; half an hour after it, it is today."""
    first_of_july = date(2026, 7, 1)
    store = a_store("2026-06-29").with_child()
    frozen_clock.move_to(MIDNIGHT - HALF_AN_HOUR)
    assert clock.today() == date(2026, 6, 30)
    with pytest.raises(errors.Refused, match="1 July 2026 has not come yet"):
        _record(store, "looked_after.began", first_of_july, "too early")
    frozen_clock.move_to(MIDNIGHT + HALF_AN_HOUR)
    assert clock.today() == first_of_july
    assert _record(store, "looked_after.began", first_of_july, "in time").entry_ids


def test_what_was_recorded_after_londons_midnight_was_not_known_the_day_before(
    frozen_clock: FrozenClock,
) -> None:
    """`known_at` a date is the end of the London day, not of the day in UTC."""
    store = a_store("2026-06-29").with_child()
    frozen_clock.move_to(MIDNIGHT - HALF_AN_HOUR)
    _record(store, "care_plan.made", date(2026, 6, 30), "before")
    frozen_clock.move_to(MIDNIGHT + HALF_AN_HOUR)
    _record(store, "supervision.held", date(2026, 6, 30), "after")
    day = date(2026, 6, 30)
    assert "supervision.held" not in _kinds(store, as_of=day, known_at=clock.end_of_day(day))
    assert "care_plan.made" in _kinds(store, as_of=day, known_at=clock.end_of_day(day))
    later = clock.end_of_day(date(2026, 7, 1))
    assert "supervision.held" in _kinds(store, as_of=day, known_at=later)


def test_a_duty_is_late_from_londons_midnight_on(frozen_clock: FrozenClock) -> None:
    """The whole last day is in time, as London has it."""
    store = a_store("2026-06-09").with_child(started_on="2026-06-01")
    store.record("looked_after.began", "2026-06-02")  # the first review by 30 June
    (review,) = store.tasks("review")
    assert review.due_on == date(2026, 6, 30)
    for moment, place in ((MIDNIGHT - HALF_AN_HOUR, "due_today"), (MIDNIGHT, "late")):
        frozen_clock.move_to(moment)
        assert _places(store, "iro", as_of=clock.today())["review"] == place


def _places(store: Store, role: str, *, as_of: date) -> dict[str, str]:
    asker = askers.asker_for(store.workers[role], at=clock.now(), today=as_of)
    found = my_tasks.page(asker, as_of=as_of)
    return {line.step: group.code for group in found.groups for line in group.lines}


# --- summer time ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "n_hours"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)],
    ids=["spring", "autumn"],
)
def test_a_day_on_which_the_clocks_change_is_one_day(
    frozen_clock: FrozenClock, day: date, n_hours: int
) -> None:
    """Every hour of it is on it, in order, its repeated hour too; the next begins after its last."""
    store = a_store(day - timedelta(days=2)).with_child()
    begins = datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(UTC)
    assert clock.end_of_day(day) == begins + timedelta(hours=n_hours, microseconds=-1)
    for hour in range(n_hours):
        frozen_clock.move_to(begins + timedelta(hours=hour, minutes=30))
        assert clock.today() == day
        _record(store, "supervision.held", day, f"hour {hour}", considered=f"Hour {hour}")
    frozen_clock.move_to(begins + timedelta(hours=n_hours))
    assert clock.today() == day + timedelta(days=1)
    held = [one for one in _recorded(store) if one.entry.kind == "supervision.held"]
    assert [one.entry.fields["considered"] for one in held] == [f"Hour {n}" for n in range(n_hours)]
    moments = [one.entry.recorded_at for one in held]
    assert moments == sorted(set(moments), key=lambda moment: moment or begins)
    assert _kinds(store, as_of=day, known_at=clock.end_of_day(day)).count("supervision.held") == (
        n_hours
    )


@pytest.mark.parametrize(
    ("reviewed_on", "due_on"),
    [("2026-03-27", "2026-04-21"), ("2026-10-23", "2026-11-13")],
    ids=["spring, over Easter", "autumn"],
)
def test_days_are_counted_over_a_change_of_the_clocks_as_over_any_other(
    reviewed_on: str, due_on: str
) -> None:
    """Fifteen working days are days, not multiples of 24 hours."""
    store = a_store(reviewed_on).with_child(started_on="2026-01-05")
    store.record(REVIEW, outcome="discharge_supported")
    store.record("review_decision.ratified")
    (meeting,) = store.tasks("W5.meeting")
    assert str(meeting.due_on) == due_on


# --- a clock that goes back -----------------------------------------------------------------------


def test_a_clock_set_back_changes_no_order_and_is_said(frozen_clock: FrozenClock) -> None:
    """What is recorded second stays second, and its line says that the clock was behind."""
    store = a_store("2026-06-29").with_child()
    noon = datetime(2026, 6, 30, 11, tzinfo=UTC)
    frozen_clock.move_to(noon)
    _record(store, "care_plan.made", date(2026, 6, 29), "first")
    frozen_clock.move_to(noon - timedelta(hours=20))
    _record(store, "supervision.held", date(2026, 6, 29), "second")
    frozen_clock.move_to(noon + timedelta(hours=1))
    assert [one.entry.kind for one in _recorded(store)][-2:] == [
        "care_plan.made",
        "supervision.held",
    ]
    assert verification.verify().is_whole
    page = _page(store, as_of=date(2026, 6, 30))
    said = {entry.kind: entry.recorded_words for entry in page.timeline}
    assert "a clock that was behind: it was not before" in said["supervision.held"]
    assert "a clock that was behind" not in said["care_plan.made"]
    # As known while the clock was wrong, it was not known: nothing that was answered changes.
    before = noon - timedelta(minutes=1)
    assert "supervision.held" not in _kinds(store, as_of=date(2026, 6, 29), known_at=before)


# --- leap years and birthdays ---------------------------------------------------------------------


def test_born_on_a_leap_day(frozen_clock: FrozenClock) -> None:
    """On 28 February eighteen is still ahead, on 1 March it is reached: on page and in procedure."""
    frozen_clock.move_to(datetime(2026, 2, 28, 10, tzinfo=UTC))
    store = a_store("2026-02-27").with_child(born_on="2008-02-29", started_on="2026-01-05")
    store.record("looked_after.began", "2026-01-06")
    store.record(REVIEW, "2026-02-27", outcome="discharge_supported")
    before = _page(store, as_of=date(2026, 2, 28))
    assert before.age_words == "17 years old"
    assert "W4.ratify" in {line.step for line in before.tasks[0].lines}
    frozen_clock.move_to(datetime(2026, 3, 1, 10, tzinfo=UTC))
    after = _page(store, as_of=date(2026, 3, 1))
    assert after.age_words == "18 years old"
    assert "W4.ratify" not in {line.step for line in after.tasks[0].lines}


@pytest.mark.parametrize(
    ("held_on", "next_by"),
    [
        ("2023-08-31", "2024-02-29"),
        ("2024-02-29", "2024-08-29"),
        ("2025-08-31", "2026-02-28"),
    ],
)
def test_six_months_to_and_from_a_leap_day(held_on: str, next_by: str) -> None:
    """A month that is too short gives its last day; a leap day counts on to the 29th."""
    store = a_store(held_on).with_child(started_on="2022-01-03")
    store.record("looked_after.began", "2022-01-04")
    for day in ("2022-01-24", "2022-04-20", held_on):
        store.record(REVIEW, day, outcome="plan_continues")
    assert str(store.tasks("review")[-1].due_on) == next_by


def test_a_birth_just_after_midnight_is_of_its_london_day(frozen_clock: FrozenClock) -> None:
    """Born and recorded at ten past twelve at night: the day is London's, not the one in UTC."""
    store = a_store("2026-06-29").with_child("Unborn", expected_on="2026-07-20")
    frozen_clock.move_to(MIDNIGHT + timedelta(minutes=10))
    record_birth.record(_now("born"), store.child, clock.today(), name="Child Two")
    page = _page(store, as_of=clock.today())
    assert (page.born_on, page.is_unborn) == (date(2026, 7, 1), False)
    assert page.age_words == "0 days old"


# --- nothing recorded -----------------------------------------------------------------------------


def test_a_birthday_passes_with_nothing_recorded() -> None:
    """On the eighteenth birthday care's duties are off every list, and no row was written."""
    store = a_store("2026-03-02").with_child(born_on="2008-03-10", started_on="2026-01-05")
    store.record("looked_after.began", "2026-01-06")
    store.record(REVIEW, "2026-02-27", outcome="discharge_supported")
    written = verification.digest()
    eve, birthday = date(2026, 3, 9), date(2026, 3, 10)
    assert {"W4.ratify", "review"} <= set(_places(store, "iro", as_of=eve))
    assert not {"W4.ratify", "review"} & set(_places(store, "iro", as_of=birthday))
    assert verification.digest() == written


def test_limits_pass_with_nothing_recorded() -> None:
    """Due today, late tomorrow, each day's page by itself: nothing runs overnight."""
    store = a_store("2025-12-04").with_child(started_on="2025-01-06")
    store.record(REVIEW, outcome="discharge_supported")
    store.record("review_decision.ratified")
    store.record("administrator.named", name="Administrator")
    rows = store.tasks()
    places = {
        day: _places(store, "social_worker", as_of=date(2025, 12, day)).get("W9.invitees")
        for day in (4, 5)
    }
    assert places == {4: "due_today", 5: "late"}
    assert store.tasks() == rows


def test_a_planned_day_passes_with_nothing_recorded() -> None:
    """On the day after a meeting of which nobody spoke, the page asks what happened."""
    store = a_store("2025-12-04").with_child(started_on="2025-01-06")
    store.record(REVIEW, outcome="discharge_supported")
    store.record("review_decision.ratified")
    store.record("discharge_meeting.arranged", keys={"meeting": "m1"}, planned_on="2025-12-18")
    asked = {day: "say what happened" in _duties(store, date(2025, 12, day)) for day in (18, 19)}
    assert asked == {18: False, 19: True}


def test_a_right_to_act_lapses_with_nothing_recorded() -> None:
    """Two working days deemed and five to write in: the day after the last, the right has lapsed."""
    store = a_store("2025-12-04").with_child(started_on="2025-01-06")
    store.record(REVIEW, outcome="discharge_supported")
    store.record("review_decision.ratified")
    meeting = {"meeting": "m1"}
    store.record("discharge_meeting.held", outcome="agreed", keys=meeting, held="whole")
    store.record("discharge_minutes.agreed", keys=meeting)
    store.record("discharge_minutes.sent", keys=meeting, recipients=["Mother"])
    (window,) = store.tasks("W18.window")
    assert window.due_on == date(2025, 12, 15)
    statuses = {
        day: next(
            line.status
            for group in _page(store, as_of=date(2025, 12, day)).tasks
            for line in group.lines
            if line.step == "W18.window"
        )
        for day in (15, 16)
    }
    assert statuses == {15: "open", 16: "lapsed"}


def _duties(store: Store, day: date) -> str:
    lines = [line for group in _page(store, as_of=day).tasks for line in group.lines]
    return " ".join(line.duty.lower() for line in lines)


def _recorded(store: Store) -> list[queries.Recorded]:
    return list(queries.recorded(child_stream(store.child)))
