"""Nobody approves what is their own work (P11): whoever wrote a letter does not countersign it."""

from typing import Any

import pytest

from caseward.work.casework import hold_role
from caseward.work.entries import errors
from tests.builders.stores import LAW_FROM, Store, a_store, on

pytestmark = pytest.mark.django_db(databases="__all__")
DRAFTED = "letter_before_proceedings.drafted"
COUNTERSIGNED = "letter_before_proceedings.countersigned"
SAID: dict[str, Any] = {"concerns": "yes", "support": "yes", "consequences": "yes"}


def a_letter(*, recipient: str = "A parent") -> Store:
    """Return a store where a manager who also does casework wrote a letter for one parent."""
    store = a_store("2026-03-02").with_child()
    both = store.workers["team_manager"]
    hold_role.hold(store.act(), both, "social_worker", since=on(LAW_FROM), team=store.team)
    store = store.with_worker("safeguarding_team_manager")
    keys = {"proceedings": "p", "recipient": recipient}
    store.record(DRAFTED, by="team_manager", keys=keys, **SAID)
    return store


def countersign(store: Store, role: str, *, recipient: str = "A parent") -> None:
    """Countersign the letter as the worker of this role."""
    keys = {"proceedings": "p", "recipient": recipient}
    store.record(COUNTERSIGNED, by=role, keys=keys, outcome="countersigned")


def test_who_wrote_the_letter_does_not_countersign_it() -> None:
    """The writer is refused in a sentence that says why, and nothing is saved."""
    store = a_letter()
    with pytest.raises(errors.Refused, match="You recorded “Letter before proceedings written"):
        countersign(store, "team_manager")


def test_another_manager_countersigns_it() -> None:
    """Control: the same act by somebody else is saved."""
    countersign(a_letter(), "safeguarding_team_manager")


def test_a_letter_that_somebody_else_wrote_is_ones_own_to_countersign() -> None:
    """What one wrote for another recipient keeps nobody from this one, and the latest draft counts."""
    store = a_letter(recipient="Another parent")
    keys = {"proceedings": "p", "recipient": "A parent"}
    store.record(DRAFTED, by="social_worker", keys=keys, **SAID)
    countersign(store, "team_manager")
