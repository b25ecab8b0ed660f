"""A task becomes a row and comes back, losing nothing."""

from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

import pytest

from caseward.record.ledger.acts import LONDON
from caseward.rules.engine.tasks import (
    Breach,
    Delay,
    Episode,
    HeldSpan,
    LimitDate,
    Need,
    Receipt,
    Role,
    Status,
    Task,
)
from caseward.rules.procedures.model import Force
from caseward.work.tasks import canonical, models

DAY = date(2026, 7, 6)
AT = datetime(2026, 7, 6, 16, 0, tzinfo=LONDON)
HELD = (HeldSpan(since=DAY, until=None, entry_id="e9"),)
TASK = Task(
    key="c/p/1/step",
    child="c",
    procedure="p",
    episode="c/p/1",
    episode_number=1,
    step="step",
    role=Role.PART,
    part="report",
    parent="c/p/1",
    each="mother",
    keys={"meeting": "m1", "audience": "who’s there"},
    ordinal=2,
    fulfils=("W1", "W2"),
    owner=("iro",),
    owners_from=((DAY, ("iro", "adm")),),
    taken_by="w",
    trigger_on=DAY,
    opened_on=DAY,
    first_due_on=DAY,
    due_on=DAY,
    due_at=AT,
    expected_on=DAY,
    limits=(
        LimitDate(
            limit="0", force=Force.LAW, first_on=DAY, due_on=DAY, due_at=AT, anchor_entries=("e1",)
        ),
        LimitDate(limit="every:1", force=Force.USUAL, first_on=None, due_on=None, waits_for="x"),
    ),
    met_on=DAY,
    met_by=("e2",),
    is_met_by_silence=True,
    is_stale=True,
    attempts=("e3",),
    ended_on=DAY,
    ending=Status.MISSED,
    ended_by="e4",
    ended_because="gone",
    waits_for="review.held",
    needs=(Need(name="W1", there_on=None, owner=("iro",)),),
    planned_on=DAY,
    first_planned_on=DAY,
    delays=(Delay(entry_id="e5", agreed_on=DAY, new_date=DAY, reason="school_holidays"),),
    already_late=((DAY, DAY),),
    impossible_since=DAY,
    held=HELD,
    unbound=((DAY, None, "e6"), (DAY, DAY, "e7")),
    merged_with=("k",),
    suits_both_on=DAY,
    covered_by="k2",
    is_projected=True,
    is_provisional=True,
    is_listed=False,
    cannot_tell=("legal_status",),
    receipt=Receipt(
        trigger_entries=("e1", "e2"),
        step="step",
        edition_from=DAY,
        edition_fingerprint="f",
        calendar_version="v",
        episode_entry="e1",
        missing=("legal_status",),
    ),
)
EPISODE = Episode(
    key="c/p/1",
    child="c",
    procedure="p",
    number=1,
    opened_on=DAY,
    opened_by="e1",
    again=("e2",),
    edition_from=DAY,
    held=HELD,
    breaches=(Breach(entry_id="e8", gate="hold"),),
)


@pytest.mark.parametrize("value", [TASK, EPISODE], ids=["task", "episode"])
def test_a_row_holds_every_field_and_gives_it_back(value: Any) -> None:
    """Columns and back is the same value, moments in London's time."""
    columns = canonical.columns_of(value)
    assert canonical.value_of(type(value), columns) == value
    assert set(columns) == {"id", *(field.name for field in fields(value))}


@pytest.mark.parametrize(
    ("kind", "model"),
    [(Task, models.TaskRow), (Episode, models.EpisodeRow)],
    ids=["task", "episode"],
)
def test_a_table_has_a_column_for_every_field(kind: type[Any], model: type[Any]) -> None:
    """A field that the engine adds needs a column: none is left out (S8)."""
    columns = {field.attname for field in model._meta.concrete_fields}
    assert columns == {"id", *(field.name for field in fields(kind))}


def test_no_field_of_the_sample_is_left_at_its_default() -> None:
    """The sample says something in every field, so that a lost one is seen."""
    plain = Task(
        key="",
        child="",
        procedure="",
        episode="",
        episode_number=0,
        step="",
        trigger_on=date.min,
        opened_on=date.min,
        receipt=replace(TASK.receipt, step=""),
    )
    same = [
        field.name
        for field in fields(Task)
        if getattr(TASK, field.name) == getattr(plain, field.name)
    ]
    assert same == []


def test_equal_values_are_equal_texts() -> None:
    """The order in which keys were given changes no text."""
    one, other = {"a": "1", "b": "2"}, {"b": "2", "a": "1"}
    assert canonical.text_of(one) == canonical.text_of(other)


def test_an_id_never_changes() -> None:
    """The id in an address is made from the key alone."""
    assert canonical.id_of("c/p/1/step") == canonical.id_of(TASK.key)
    assert canonical.id_of("c/p/1/step") != canonical.id_of("c/p/1/other")
