"""S1: every verb takes one act; its key decides whether it was done before."""

from datetime import UTC, date, datetime

import pytest

from caseward.record.ledger import models, operations, queries, refusals
from caseward.record.ledger.acts import Act
from tests.integration.store.writing import a_child, a_fact, an_act, record

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)


def test_S1a_the_same_key_with_the_same_input_gives_the_first_answer() -> None:
    """A form sent twice is one act: the second time says what the first said, and writes nothing."""
    child = a_child()
    act = an_act(key="the form's key")
    first = record(a_fact(child, fields={"seen": "yes"}), act=act, said={"n": 1})
    again = record(a_fact(child, fields={"seen": "yes"}), act=an_act(key="the form's key"))
    assert again == first
    assert models.Entry.objects.count() == 1
    assert models.ActRow.objects.count() == 1


def test_S1b_the_same_key_with_other_input_is_refused() -> None:
    """A key stands for one input: anything else under it is refused in a sentence, and not saved."""
    child = a_child()
    record(a_fact(child), act=an_act(key="k"))
    with pytest.raises(refusals.KeyReused, match="was used before for something else, so nothing"):
        record(a_fact(child, on="2026-01-07"), act=an_act(key="k"))
    assert len(queries.entries_of(child)) == 1


def test_S1c_the_same_key_from_somebody_else_is_refused() -> None:
    """A key belongs to who used it first; nobody is told another's answer."""
    child = a_child()
    record(a_fact(child), act=an_act(key="k", by="worker-1"))
    with pytest.raises(refusals.KeyReused):
        record(a_fact(child), act=an_act(key="k", by="worker-2"))


def test_S1d_an_act_carries_its_moment_and_that_moment_s_london_day() -> None:
    """Half past eleven at night by UTC on 30 June is 1 July in London, and must be said so."""
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    Act(by="w", at=late, today=date(2026, 7, 1), key="k", via="web")
    with pytest.raises(ValueError, match="2026-06-30 is not the London day"):
        Act(by="w", at=late, today=date(2026, 6, 30), key="k", via="web")
    with pytest.raises(ValueError, match="time zone"):
        Act(by="w", at=late.replace(tzinfo=None), today=date(2026, 7, 1), key="k", via="web")


def test_S1e_the_ledger_takes_its_moments_from_the_act_alone() -> None:
    """What the database's clock says is nowhere: rows of a past act carry the past moment."""
    past = datetime(2019, 5, 1, 8, 0, tzinfo=UTC)
    child = a_child()
    record(a_fact(child, on="2019-04-30"), act=an_act(at=past))
    (entry,) = queries.entries_of(child)
    assert entry.recorded_at == past
    assert models.ActRow.objects.get().at == past
    moments = [
        field
        for model in (models.ActRow, models.Entry, models.Payload, models.Stream)
        for field in model._meta.fields
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    ]
    assert moments == []
    assert operations.input_digest([a_fact(child)]) == operations.input_digest([a_fact(child)])
