"""What a record has said so far: states of a day, births, badly typed fields."""

from datetime import date, time

import pytest

from caseward.rules.engine.reference.known import Known, date_of, sets_by_kind, time_of
from caseward.rules.facts.entries import Event
from caseward.rules.facts.kinds import EventKind, Sets, StateKind, Vocabulary

MONDAY = date(2026, 3, 2)
VOCABULARY = Vocabulary(
    kinds={
        "care.began": EventKind(id="care.began", title="Began", sets=(Sets(state="care"),)),
        "care.ended": EventKind(
            id="care.ended", title="Ended", sets=(Sets(state="care", ends=True),)
        ),
    },
    states={"care": StateKind(id="care", title="In care", absent="no")},
)


def known() -> Known:
    """Return a record of which nothing is known yet."""
    return Known(VOCABULARY, sets_by_kind(VOCABULARY))


def event(kind: str, day: date = MONDAY, **said: object) -> Event:
    """Return an event of the day."""
    return Event(
        entry_id=f"{kind}@{day}", child="c", kind=kind, occurred_on=day, position=1, **said  # type: ignore[arg-type]
    )  # fmt: skip


def test_leaving_and_coming_back_on_one_day_ends_and_begins() -> None:
    """A state that held ends before it begins again: it has ended, and it holds (M1, M15)."""
    so_far = known()
    so_far.learn(date(2026, 1, 5), [event("care.began", date(2026, 1, 5))], [])
    (change,) = so_far.learn(MONDAY, [event("care.began"), event("care.ended")], [])
    assert (change.ends(()), change.begins(())) == (True, True)
    assert so_far.value("care", {}) == "yes"


def test_a_stay_of_one_day_never_holds() -> None:
    """A state that did not hold begins before it ends, so that a day's stay leaves nothing."""
    so_far = known()
    assert so_far.learn(MONDAY, [event("care.began"), event("care.ended")], []) == []
    assert so_far.value("care", {}) == "no"


def test_times_of_day_settle_the_order() -> None:
    """Where every change of the day names its time, the later one stands (M2)."""
    so_far = known()
    morning, evening = time(9), time(18)
    so_far.learn(MONDAY, [event("care.ended", time=morning), event("care.began", time=evening)], [])
    assert so_far.value("care", {}) == "yes"


def test_until_ends_only_what_its_own_event_began() -> None:
    """A later word that the state holds outlasts the earlier one's until."""
    so_far = known()
    first = event("care.began", until=date(2026, 3, 9))
    so_far.learn(MONDAY, [first], [])
    endings = so_far.endings_of(first)
    so_far.learn(date(2026, 3, 4), [event("care.began", date(2026, 3, 4))], [])
    assert so_far.learn(date(2026, 3, 9), [], endings) == []
    assert so_far.value("care", {}) == "yes"


@pytest.mark.parametrize("typed", ["soon", "", "2026-02-31", "31/02/2026", None])
def test_a_badly_typed_date_is_a_missing_one(typed: str | None) -> None:
    """What cannot be read as a day or a time is missing, and never an error (M1)."""
    said = event("court.directed", fields={"due_on": typed})
    assert date_of(said, "due_on") is None
    assert time_of(said, "due_on") is None


def test_a_moment_gives_its_day_and_its_time() -> None:
    """A date field may carry a time of day (M22)."""
    said = event("court.directed", fields={"due_on": "2026-03-04T16:00"})
    assert (date_of(said, "due_on"), time_of(said, "due_on")) == (date(2026, 3, 4), time(16))
