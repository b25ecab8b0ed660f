"""The record as known (M3, M4)."""

import random
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from caseward.rules.facts import record
from tests.builders.facts import CHILD, an_entry


def days(*entries: object, position: int | None = None) -> list[str]:
    """Return the days of the events that the record knows, in its order."""
    known = record.as_known(entries, child=CHILD, position=position)  # type: ignore[arg-type]
    return [event.occurred_on.isoformat() for event in known.events]


def test_a_correction_gives_its_values_and_keeps_the_identity() -> None:
    """A corrected entry has the correction's values, and stays the entry first recorded (M3)."""
    known = record.as_known(
        [an_entry("e", 1), an_entry("k", 2, on="2025-01-05", corrects="e", outcome="x")],
        child=CHILD,
    )
    (event,) = known.events
    assert (event.entry_id, event.position) == ("e", 1)
    assert (event.occurred_on, event.outcome) == (date(2025, 1, 5), "x")
    assert (event.standing_entry_id, event.standing_position) == ("k", 2)
    assert event.corrected_by == ("k",)


def test_of_two_corrections_the_one_recorded_later_stands() -> None:
    """Whichever entry each of them names, the correction recorded last gives the values (M3)."""
    first, second = (
        an_entry("k1", 2, on="2025-01-05", corrects="e"),
        an_entry("k2", 3, on="2025-01-06", corrects="e"),
    )
    assert days(an_entry("e"), first, second) == ["2025-01-06"]
    assert days(second, an_entry("e"), first) == ["2025-01-06"]


def test_a_correction_of_a_correction_belongs_to_the_first_entry() -> None:
    """A correction may name a correction: the event keeps its first id and lists both (M3)."""
    entries = [
        an_entry("e", 1),
        an_entry("k1", 2, on="2025-01-05", corrects="e"),
        an_entry("k2", 3, on="2025-01-06", corrects="k1"),
    ]
    (event,) = record.as_known(entries, child=CHILD).events
    assert (event.entry_id, event.corrected_by) == ("e", ("k1", "k2"))
    assert event.occurred_on == date(2025, 1, 6)


def test_a_withdrawn_correction_gives_back_the_values_before_it() -> None:
    """A correction that is withdrawn is gone, and the earlier values stand (M3)."""
    entries = [
        an_entry("e", 1),
        an_entry("k1", 2, on="2025-01-05", corrects="e"),
        an_entry("k2", 3, on="2025-01-06", corrects="k1"),
    ]
    assert days(*entries, an_entry("w", 4, withdraws="k2")) == ["2025-01-05"]
    assert days(*entries, an_entry("w", 4, withdraws="k1")) == ["2025-01-06"]
    both = [an_entry("w1", 4, withdraws="k1"), an_entry("w2", 5, withdraws="k2")]
    assert days(*entries, *both) == ["2025-01-01"]


def test_withdrawing_the_first_entry_takes_its_corrections_with_it() -> None:
    """A withdrawn entry is gone, corrected or not, and its id is kept as withdrawn (M3)."""
    entries = [
        an_entry("e", 1),
        an_entry("k", 2, on="2025-01-05", corrects="e"),
        an_entry("w", 3, withdraws="e"),
    ]
    known = record.as_known(entries, child=CHILD)
    assert known.events == ()
    assert known.withdrawn == {"e"}


def test_a_withdrawal_that_is_withdrawn_gives_the_entry_back() -> None:
    """Undoing a withdrawal restores what it had taken (M3)."""
    entries = [
        an_entry("e", 1),
        an_entry("w", 2, withdraws="e"),
        an_entry("w2", 3, withdraws="w"),
    ]
    assert days(*entries) == ["2025-01-01"]
    assert record.as_known(entries, child=CHILD).withdrawn == {"w"}


def test_a_position_hides_what_was_recorded_after_it() -> None:
    """What was recorded after the position asked about is not known, corrections included (M4)."""
    entries = [
        an_entry("e", 1),
        an_entry("k", 2, on="2025-01-05", corrects="e"),
        an_entry("w", 3, withdraws="e"),
    ]
    assert days(*entries, position=0) == []
    assert days(*entries, position=1) == ["2025-01-01"]
    assert days(*entries, position=2) == ["2025-01-05"]
    assert days(*entries, position=3) == []


def test_a_correction_of_what_is_not_known_says_nothing() -> None:
    """A correction or withdrawal whose entry is not known adds no event and takes none (M3)."""
    entries = [an_entry("k", 1, corrects="elsewhere"), an_entry("w", 2, withdraws="elsewhere")]
    known = record.as_known(entries, child=CHILD)
    assert (known.events, known.withdrawn) == ((), frozenset())


def test_the_order_of_recording_changes_nothing() -> None:
    """Entries handed over in any order give the same record (M3)."""
    entries = [
        an_entry("a", 1, on="2025-03-01"),
        an_entry("b", 2, on="2025-02-01"),
        an_entry("c", 3, on="2025-02-01", time=time(9)),
        an_entry("k", 4, on="2025-04-01", corrects="a"),
        an_entry("w", 5, withdraws="b"),
        an_entry("d", 6, on="2025-02-01", kind="a.b"),
    ]
    expected = record.as_known(entries, child=CHILD)
    assert [event.entry_id for event in expected.events] == ["d", "c", "a"]
    for seed in range(10):
        random.Random(seed).shuffle(entries)
        assert record.as_known(entries, child=CHILD) == expected


def test_another_childs_entries_are_left_out_unless_the_records_are_joined() -> None:
    """The record is one child's; joined records are read as one (M37, M39)."""
    entries = [an_entry("a", 1), an_entry("b", 2, child="c2", on="2025-02-01")]
    assert days(*entries) == ["2025-01-01"]
    joined = record.as_known(entries, child=CHILD, joined=["c2"])
    assert [(event.entry_id, event.child) for event in joined.events] == [("a", "c1"), ("b", "c1")]


@pytest.mark.parametrize(
    ("moment", "position"),
    [
        (date(2025, 6, 9), 1),
        (date(2025, 6, 10), 3),
        (datetime.fromisoformat("2025-06-10T12:00"), 2),
        (datetime(2025, 6, 10, 13, 0, tzinfo=ZoneInfo("Europe/London")), 2),
        (date(2025, 6, 11), 4),
    ],
)
def test_a_moment_resolves_to_a_position(moment: date | datetime, position: int) -> None:
    """A date means the end of that London day; what says no moment was known at once (M4)."""
    entries = [
        an_entry("a", 1),
        an_entry("b", 2, recorded_at="2025-06-10T11:00+01:00"),
        # Half past ten in the evening by London's clock, which is an hour ahead in June.
        an_entry("c", 3, recorded_at="2025-06-10T21:30+00:00"),
        an_entry("d", 4, recorded_at="2025-06-10T23:30+00:00"),
    ]
    assert record.position_at(entries, moment) == position


def test_before_the_first_entry_nothing_is_known() -> None:
    """A moment before everything resolves to position 0."""
    entry = an_entry("a", 1, recorded_at="2025-06-10T11:00+01:00")
    assert record.position_at([entry], date(2025, 6, 9)) == 0
