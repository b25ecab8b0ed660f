"""Random ledgers in a store: rows settled fact by fact equal rows made again from nothing (S8).

Facts come in a chance order, some forms are sent twice, some facts are corrected or withdrawn; the
order changes no row, and an empty table filled from the ledger equals what stood, in every column.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from caseward.record.ledger.acts import NewEntry, child_stream
from caseward.rules.facts.entries import Entry
from caseward.work import entries
from caseward.work.casework import adopt
from caseward.work.entries import errors
from caseward.work.tasks import settle as tasks_settle
from caseward.work.tasks.models import TaskRow
from tests.builders import calendars
from tests.builders.random_ledgers import CHILDREN, Ledger, ledgers
from tests.builders.small_procedures import SmallProcedure, small_procedures
from tests.builders.stores import an_act, on
from tests.spec.specs import KINDS

TODAY = date(2026, 12, 31)
IDS = uuid.UUID("3f9c7e34-0a55-4b5e-8f0b-6f7d4cc1a1f0")
# Sorts of thing that the proof is about: a run without one of them has proved nothing of it.
WANTED = (
    "tasks", "episodes", "owed", "sent twice", "correction", "withdrawn fact",
    "occasion over several children",
)  # fmt: skip
FEW = settings(
    max_examples=25,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
pytestmark = pytest.mark.django_db(databases="__all__")


@dataclass
class Met:
    """Counts what this run held, so that an empty proof is seen."""

    counts: Counter[str] = field(default_factory=Counter)


MET = Met()


@pytest.fixture(autouse=True)
def _authority(db: None) -> None:
    """An authority with the rulebook's kinds, a calendar and the one setting that is asked."""
    adopt.adopt_kinds(an_act(day=TODAY), {"kinds.yaml": KINDS.read_text("utf-8")})
    adopt.adopt_calendar(an_act(day=TODAY), calendars.PATH.read_text("utf-8"))
    adopt.set_setting(an_act(day=TODAY), "deemed_receipt", 2, since=on("2015-01-01"))


def test_rows_settled_one_by_one_equal_rows_made_again() -> None:
    """In any order, with corrections and re-tries: the same rows, and the same from nothing."""
    MET.counts.clear()
    prove()
    print(f"\nrebuilt: {dict(MET.counts)}")
    assert all(MET.counts[name] for name in WANTED), MET.counts


@FEW
@given(
    procedure=small_procedures(),
    ledger=ledgers(),
    chance=st.randoms(use_true_random=False),
)
def prove(procedure: SmallProcedure, ledger: Ledger, chance: Random) -> None:
    """Settle a random ledger twice, in two orders, and rebuild it."""
    with taken_back():
        adopt_text(procedure)
        record_all(ledger.entries, chance)
        first = rows()
        again = entries.rebuild(on=TODAY, swap=False)
    with taken_back():
        adopt_text(procedure)
        record_all(in_another_order(ledger.entries, chance), chance)
        second = rows()
    assert again.is_equal, again.n_differences
    assert second == first
    MET.counts["ledgers"] += 1
    MET.counts["tasks"] += again.n_rows["tasks_task"]
    MET.counts["episodes"] += again.n_rows["tasks_episode"]
    MET.counts["owed"] += again.n_rows["worklists_owed"]
    MET.counts.update(ledger.features)


def test_control_a_row_left_behind_turns_it_red(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a settling that forgets to delete what no longer arises, the comparison says so."""
    keep = tasks_settle.replace

    def forgetful(model: Any, child: str, wanted: Any) -> None:
        stored = {row["id"]: row for row in model.objects.filter(child=child).values()}
        keep(model, child, {**stored, **wanted})

    adopt_text(SmallProcedure(PLAIN, has_second_edition=False))
    child = str(uuid.uuid5(IDS, "control"))
    opened, made = (
        NewEntry(stream=child_stream(child), kind=kind, occurred_on=on("2026-01-05"))
        for kind in ("matter.opened", "request.made")
    )
    entries.take_in(an_act(day=TODAY), [opened, made], confirmed=True)
    monkeypatch.setattr(tasks_settle, "replace", forgetful)
    withdrawn = NewEntry(
        stream=child_stream(child),
        kind="request.made",
        occurred_on=on("2026-01-05"),
        withdraws=made.entry_id,
    )
    entries.take_in(an_act(day=TODAY), [withdrawn], confirmed=True)
    assert TaskRow.objects.filter(child=child).count() == 1
    assert entries.rebuild(on=TODAY, swap=False).n_differences["tasks_task"] == 1
    assert entries.verify_child(child, on=TODAY)


PLAIN = """
procedure: example
title: Example
authority: wirral
source: {document: "Example"}
editions:
  - in_force_from: "2025-01-01"
    opens: [matter.opened]
    steps:
      - id: answer
        duty: Answer the request.
        owner: social_worker
        starts_when: request.made
        met_by: answer.given
        limits: [{count: 5, unit: working_days, source: "§1"}]
        source: "§1"
        fulfils: [W1]
"""


@contextmanager
def taken_back() -> Iterator[None]:
    """Run in a savepoint and take everything back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def adopt_text(procedure: SmallProcedure) -> None:
    """Adopt a small procedure, used for whatever happened since 2015."""
    adopt.adopt_procedure(
        an_act(day=TODAY), procedure.text, path="example.yaml", adopted_from=on("2015-01-01")
    )


def record_all(facts: Iterable[Entry], chance: Random) -> None:
    """Take each fact in by itself; now and then the same form is sent twice."""
    for fact in facts:
        act = an_act(day=TODAY)
        new = [new_entry(fact)]
        try:
            taken = entries.take_in(act, new, confirmed=True)
        except errors.Refused:
            MET.counts["refused"] += 1
            continue
        if chance.random() < 0.3:
            assert entries.take_in(act, new, confirmed=True).act_id == taken.act_id
            MET.counts["sent twice"] += 1


def in_another_order(facts: tuple[Entry, ...], chance: Random) -> list[Entry]:
    """Return the facts in a chance order, each correction and withdrawal after what it names."""
    first = [fact for fact in facts if not (fact.corrects or fact.withdraws)]
    after = [fact for fact in facts if fact.corrects or fact.withdraws]
    chance.shuffle(first)
    return first + after


def new_entry(fact: Entry) -> NewEntry:
    """Return a fact of a random ledger as it comes to the door, with ids of the store's form."""

    def id_of(name: str | None) -> str | None:
        return None if name is None else str(uuid.uuid5(IDS, name))

    assert fact.child in CHILDREN
    return NewEntry(
        stream=child_stream(id_of(fact.child) or ""),
        kind=fact.kind,
        occurred_on=fact.occurred_on,
        outcome=fact.outcome,
        keys=fact.keys,
        fields=fact.fields,
        corrects=id_of(fact.corrects),
        withdraws=id_of(fact.withdraws),
        entry_id=id_of(fact.entry_id) or "",
    )


def rows() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every projection, table by table, in order of its key."""
    return {
        model._meta.db_table: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if getattr(model, "table_class", "") == "projection"
    }
