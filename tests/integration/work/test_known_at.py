"""A question about what was known then has one answer, whatever is recorded or adopted later (M4)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest

from caseward.interfaces import shipped
from caseward.record.access import askers
from caseward.record.ledger import authority
from caseward.record.ledger.acts import LONDON
from caseward.rules.engine import what_if
from caseward.work.casework import adopt, join_records
from caseward.work.readings import tasks_of
from tests.builders import random_acts
from tests.builders.stores import DISCHARGE, REVIEWS, Store, a_store, on

pytestmark = pytest.mark.django_db(databases="__all__")
DAYS = 30


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is asked, recorded later, and changed by the authority later."""

    n_children: int
    n_facts: int
    n_questions: int
    n_changes: int


SMALL = Size(n_children=3, n_facts=20, n_questions=30, n_changes=4)
SIZES = [
    SMALL,
    pytest.param(
        Size(n_children=20, n_facts=1_000, n_questions=1_000, n_changes=10), marks=pytest.mark.soak
    ),
]


def grown(size: Size, chance: Random) -> Store:
    """Return a store in which facts were recorded over a month, some of them late or corrected."""
    store = a_store("2026-01-05", law=(DISCHARGE, REVIEWS))
    for number in range(size.n_children):
        store = store.with_child(f"Child {number}", started_on="2025-01-06", roles=())
    return recorded(store, size.n_facts, chance)


def recorded(store: Store, count: int, chance: Random) -> Store:
    """Record so many facts, spread over a month from the store's day on."""
    first, children = store.today, list(store.children.values())
    n_taken = 0
    for _ in range(20 * count):
        store = store.on(first + timedelta(days=n_taken * DAYS // count))
        n_taken += random_acts.attempt(store, chance, children=children) is not None
        if n_taken == count:
            return store
    raise AssertionError(f"Only {n_taken} of {count} facts were taken in in so many tries.")


def questions(store: Store, count: int, chance: Random) -> list[tuple[str, datetime, date]]:
    """Return questions at random: which child, as known when, as of which day."""
    asked = []
    for _ in range(count):
        known_on = on("2026-01-06") + timedelta(days=chance.randint(0, DAYS - 2))
        known_at = datetime.combine(known_on, time(chance.randint(0, 23)), tzinfo=LONDON)
        as_of = known_on + timedelta(days=chance.randint(-60, 60))
        asked.append((chance.choice(list(store.children.values())), known_at, as_of))
    return asked


def answers(store: Store, asked: list[tuple[str, datetime, date]]) -> list[str]:
    """Return the digest of every answer: each task with all its dates, and how it stands."""
    asker = askers.system(at=store.act().at, today=store.today)
    return [
        what_if.digest_of([
            [task, standing]
            for _, task, standing in tasks_of.answer(
                asker, [child], as_of=as_of, known_at=known_at
            )
        ])
        for child, known_at, as_of in asked
    ]  # fmt: skip


def change(store: Store, number: int) -> None:
    """Have the authority adopt, declare or choose something that moves dates."""
    texts = shipped.law_texts()
    text = texts.procedures[DISCHARGE]
    act = store.act()
    ways: tuple[Any, ...] = (
        lambda: adopt.declare_closure(act, {on("2025-12-08") + timedelta(days=number): "Closed"}),
        lambda: adopt.set_setting(act, "deemed_receipt", 3 + number, since=on("2020-01-01")),
        lambda: adopt.adopt_procedure(
            act,
            text.replace("count: 15", f"count: {10 + number}", 1),
            path=DISCHARGE,
            adopted_from=on("2015-01-01"),
        ),
        lambda: adopt.adopt_calendar(
            act,
            texts.calendar.replace(
                '  "2025-12-25"', f'  "2025-11-{10 + number}": "More"\n  "2025-12-25"', 1
            ),
            path=texts.calendar_path,
        ),
    )
    ways[number % len(ways)]()


def asked_twice(size: Size) -> tuple[list[str], list[str], list[str]]:
    """Return the answers before, after all that came later, and those of the record as it is."""
    chance = Random(11)
    store = grown(size, chance)
    store = replace(store, today=store.today + timedelta(days=1))
    asked = questions(store, size.n_questions, chance)
    before = answers(store, asked)
    for number in range(size.n_changes):
        store = recorded(store, max(1, size.n_facts // size.n_changes), chance)
        change(store, number)
    one, other, *_ = store.children.values()
    join_records.join(store.act(), other, one)
    now = [(child, datetime.combine(store.today, time(23), tzinfo=LONDON), as_of)
           for child, _, as_of in asked if child != other]  # fmt: skip
    return before, answers(store, asked), answers(store, now)


@pytest.mark.parametrize("size", SIZES, ids=["small", "whole"])
def test_what_was_known_then_is_answered_the_same_later(size: Size) -> None:
    """Later facts, corrections, withdrawals, adoptions and a joining change no answer of before."""
    before, after, now = asked_twice(size)
    moved = sum(one != other for one, other in zip(before, after, strict=True))
    print(f"{len(before):,} questions, {moved} answered otherwise, {len(set(before)):,} unlike")
    assert moved == 0
    assert len(set(before)) > 5
    # What came later does matter to those who ask what is known now.
    assert not set(now) <= set(before)


def test_control_known_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the authority's facts always the latest, the same proof sees answers change."""
    whole = authority.known

    def always_latest(_position: int | None = None, **named: Any) -> authority.Authority:
        return whole(None, **named)

    monkeypatch.setattr(authority, "known", always_latest)
    before, after, _ = asked_twice(SMALL)
    assert before != after
