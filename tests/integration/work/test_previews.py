"""What is shown before saving is what is saved, act by act, in the rows that people then read (M36)."""

from random import Random
from typing import Any

import pytest
from django.db import transaction

from caseward.rules.engine import what_if
from caseward.rules.engine.tasks import Evaluation
from caseward.work.tasks import queries as tasks
from caseward.work.tasks import settle as settling
from tests.builders import random_acts
from tests.builders.stores import DISCHARGE, REVIEWS, Store, a_store

pytestmark = pytest.mark.django_db(databases="__all__")
COUNTS = [25, pytest.param(1_000, marks=pytest.mark.soak)]
ACTS_A_STORE = 25


def a_store_of_four() -> Store:
    """Return a store with four children who entered care in autumn."""
    store = a_store("2026-03-02", law=(DISCHARGE, REVIEWS))
    for number in range(4):
        store = store.with_child(f"Child {number}", started_on="2025-01-06", roles=())
        store.record("looked_after.began", "2025-01-06", reason="S")
    return store


def differing(store: Store, chance: Random) -> tuple[int, list[Any]]:
    """Do acts at random; return how many were taken in, and those that did otherwise than shown."""
    children, n_taken, wrong = list(store.children.values()), 0, []
    for number in range(4 * ACTS_A_STORE):
        before = {child: tasks.evaluation_of(child) for child in children}
        attempted = random_acts.attempt(store, chance, children=children)
        if attempted is None:
            continue
        n_taken += 1
        for child in children:
            rows = _told(before[child], tasks.evaluation_of(child), store)
            shown = attempted.preview.differences.get(child)
            if rows != (_content(shown) if shown else NOTHING):
                wrong.append((number, child))
        if n_taken == ACTS_A_STORE:
            break
    return n_taken, wrong


def _told(before: Evaluation, after: Evaluation, store: Store) -> dict[str, Any]:
    return _content(what_if.difference(before, after, store.today))


def _content(found: what_if.Difference) -> dict[str, Any]:
    """Return what a difference says, in no order: rows and engine have each their own."""
    return {
        "opened": what_if.digest_of(sorted(found.opened, key=lambda one: one.key)),
        "gone": what_if.digest_of(sorted(found.gone, key=lambda one: one.key)),
        "changed": what_if.digest_of(
            [change.after for change in sorted(found.changed, key=lambda one: one.key)]
        ),
        "episodes": sorted(
            what_if.digest_of(one)
            for one in (
                *found.episodes_opened,
                *found.episodes_gone,
                *(change.after for change in found.episodes_changed),
            )
        ),
    }


EMPTY = Evaluation(child="", episodes=(), tasks=())
NOTHING = _content(what_if.difference(EMPTY, EMPTY, random_acts.FIRST_DAY))


@pytest.mark.parametrize("count", COUNTS)
def test_what_is_shown_is_what_is_saved(count: int) -> None:
    """For each act: the rows of every child change as the preview said, and nobody else's do."""
    n_taken, wrong = 0, []
    for seed in range(count // ACTS_A_STORE):
        with transaction.atomic():
            taken, found = differing(a_store_of_four(), Random(seed))
            n_taken += taken
            wrong += [(seed, *one) for one in found]
            transaction.set_rollback(True)
    print(f"{n_taken:,} acts, {len(wrong)} otherwise than shown")
    assert wrong == []
    assert n_taken >= count


def test_control_previews(monkeypatch: pytest.MonkeyPatch) -> None:
    """A settling that leaves a task out is told apart from what was shown."""
    settle = settling.settle

    def forgetful(child: str, evaluation: Evaluation, **named: Any) -> None:
        kept = Evaluation(child=child, episodes=evaluation.episodes, tasks=evaluation.tasks[:-1])
        settle(child, kept, **named)

    store = a_store_of_four()
    monkeypatch.setattr(settling, "settle", forgetful)
    _, wrong = differing(store, Random(0))
    assert wrong != []
