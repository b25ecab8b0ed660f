"""S5: what the authority adopts, declares and chooses are entries, taken as known then."""

from datetime import date

import pytest
from django.db import transaction

from caseward.interfaces import shipped
from caseward.record.ledger import authority, operations, queries
from caseward.record.ledger.acts import AUTHORITY, Act
from caseward.work import entries
from caseward.work.casework import adopt
from tests.builders.stores import REVIEWS, a_store
from tests.integration.store.writing import NOON, a_fact, an_act, hours, record

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)

FIRST_TEXT = "procedure: example\n# ä first edition\n"
SECOND_TEXT = "procedure: example\n# second edition\n"


def adopt_example(text: str, *, adopted_from: str, hour: int) -> None:
    """Adopt a text of the procedure `example`, so many hours after noon."""
    fields = {
        "procedure": "example",
        "path": "national/example.yaml",
        "fingerprint": operations.text_fingerprint(text),
        "adopted_from": adopted_from,
    }
    fact = a_fact(AUTHORITY, "procedure.adopted", on="2026-03-02", fields=fields)
    act = an_act(at=NOON + hours(hour))
    with transaction.atomic():
        operations.lock(act, [AUTHORITY])
        operations.append(act, [fact], input_digest="of this test", texts=[text])


def test_S5a_adopted_law_is_the_text_itself_as_known_at_a_position() -> None:
    """A later text takes the place of an earlier one from its position on, and not before."""
    adopt_example(FIRST_TEXT, adopted_from="2026-04-01", hour=0)
    adopt_example(SECOND_TEXT, adopted_from="2026-06-01", hour=1)
    before, between, now = (
        authority.known(queries.position_at(NOON + hours(hour))) for hour in (-1, 0.5, 2)
    )
    assert before.laws == ()
    assert between.standing_laws()["example"].text == FIRST_TEXT
    assert now.standing_laws()["example"].text == SECOND_TEXT
    assert now.uses() == (authority.Use("example", since=date(2026, 4, 1)),)
    assert (between.position, now.position) == (1, 2)


def test_S5b_settings_are_dated_ahead() -> None:
    """A setting chosen today for April holds from April on, and the old one until then."""
    for value, from_on in (("15", "2026-01-01"), ("10", "2026-04-01")):
        fields = {"name": "w5_days", "value": value, "from_on": from_on}
        record(a_fact(AUTHORITY, "setting.chosen", on="2026-03-02", fields=fields))
    known = authority.known()
    assert known.settings_on(date(2026, 3, 31)) == {"w5_days": "15"}
    assert known.settings_on(date(2026, 4, 1)) == {"w5_days": "10"}
    assert known.settings_on(date(2025, 12, 31)) == {}


def test_S5c_a_closure_day_declared_by_mistake_is_withdrawn_like_any_entry() -> None:
    """The authority's facts are corrected and withdrawn as a child's are, and known so then."""
    fields = {"day": "2026-12-24", "reason": "Offices closed"}
    (entry,) = record(
        a_fact(AUTHORITY, "closure.declared", on="2026-03-02", fields=fields), act=an_act(at=NOON)
    ).entries
    withdrawal = a_fact(AUTHORITY, "closure.declared", on="2026-03-02", withdraws=entry.entry_id)
    record(withdrawal, act=an_act(at=NOON + hours(1)))
    assert authority.known().closures == {}
    then = authority.known(queries.position_at(NOON))
    assert then.closures == {date(2026, 12, 24): "Offices closed"}


def test_S5d_a_demonstration_store_says_so_itself() -> None:
    """Being a demonstration is an entry in the store, so that no setting can hide it."""
    assert not authority.is_demonstration()
    record(a_fact(AUTHORITY, "demonstration.declared", on="2026-03-02"))
    assert authority.is_demonstration()
    assert authority.known().is_demonstration


def test_S5e_a_release_changes_nothing_until_its_law_is_adopted() -> None:
    """The procedures in use are those adopted, and a child is settled to them when next read."""
    store = a_store("2025-12-05", law=()).with_child("Child One", started_on="2025-01-06")
    store.record("looked_after.began", "2025-01-06")
    assert store.tasks() == ()
    adopt_shipped(store.act(), REVIEWS, adopted_from=date(2015, 1, 1))
    assert store.tasks() == ()
    entries.settle_on_reading([store.child], on=store.today)
    assert store.tasks() != ()
    assert entries.verify_child(store.child, on=store.today) == ()


def adopt_shipped(act: Act, path: str, *, adopted_from: date) -> None:
    """Adopt a procedure as it comes with the release."""
    text = shipped.law_texts().procedures[path]
    adopt.adopt_procedure(act, text, path=path, adopted_from=adopted_from)
