"""When a child has died nothing goes out for that child through Caseward without a manager (C5)."""

import pytest

from caseward.work.casework import record_event
from caseward.work.entries import Override, errors
from tests.builders.stores import Store, a_store

pytestmark = pytest.mark.django_db(databases="__all__")

LETTER = "plan_ending_letter.sent"


def bereaved() -> Store:
    """Return a store without any procedure adopted, one of whose two children died on 8 June."""
    store = a_store("2025-06-06", law=()).with_child("Child Two").with_child("Child One")
    store.record("child.died", "2025-06-06", note="Told by the hospital.")
    return store


def test_a_letter_through_caseward_is_refused_from_the_day_of_the_death() -> None:
    """It is refused whichever procedures the authority uses, and says whom to ask."""
    store = bereaved()
    with pytest.raises(errors.OnHold, match=r"The child died on Fri 6 June 2025\. Everything that"):
        record_event.record(store.act(), store.what(LETTER), done_here=True, confirmed=True)


def test_before_the_death_was_known_the_letter_went() -> None:
    """Control: the same letter goes where no death is on record."""
    store = a_store("2025-06-06", law=()).with_child()
    assert record_event.record(
        store.act(), store.what(LETTER), done_here=True, confirmed=True
    ).entry_ids


def test_a_letter_that_went_all_the_same_is_recorded() -> None:
    """What happened outside is a fact, after a death too (M30)."""
    store = bereaved()
    assert store.record(LETTER, "2025-06-06").entry_ids


def test_a_brother_s_letters_go_on() -> None:
    """The death of one child stops nothing for another."""
    store = bereaved()
    what = store.what(LETTER, children=[store.children["Child Two"]])
    assert record_event.record(store.act(), what, done_here=True, confirmed=True).entry_ids


def test_a_second_named_person_lets_one_letter_go() -> None:
    """The manager who holds what is outgoing lets a single letter go, with a reason."""
    store = bereaved()
    second = Override(worker=store.workers["team_manager"], reason="The parents asked for it.")
    taken = record_event.record(
        store.act(by="social_worker"),
        store.what(LETTER),
        done_here=True,
        override=second,
        confirmed=True,
    )
    assert taken.entry_ids
