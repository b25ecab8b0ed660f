"""S7: a new fact conflicts with nothing; correcting what has changed does, and shows both."""

import pytest

from caseward.record.ledger import queries
from caseward.record.ledger.acts import child_stream
from caseward.work.casework import record_event
from caseward.work.entries.errors import Changed, Differs
from tests.builders.stores import Store, a_store

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)


def a_looked_after_child() -> Store:
    """Return a store with one child, who has been looked after since January 2025."""
    store = a_store("2025-12-05").with_child("Child One", started_on="2025-01-06")
    store.record("looked_after.began", "2025-01-06")
    return store


def test_S7a_a_new_fact_never_conflicts_with_another() -> None:
    """Two people record about one child from pages made at one time: both are saved."""
    store = a_looked_after_child()
    seen = queries.seqs([child_stream(store.child)])[child_stream(store.child)]
    store.record("visit.made", "2025-12-01", seen="yes")
    store.record("visit.made", "2025-12-02", seen="yes")
    written = queries.since(child_stream(store.child), seen)
    assert [shown.entry.kind for shown in written] == ["visit.made", "visit.made"]


def test_S7b_correcting_an_entry_that_somebody_changed_since_is_refused() -> None:
    """Nothing is saved, and the page learns what now stands so that it can show both."""
    store = a_looked_after_child()
    entry = store.record("visit.made", "2025-12-01", seen="yes").entry_ids[0]
    found = queries.find(entry)
    assert found is not None
    store.record("visit.made", "2025-12-03", seen="yes")
    store.correct(entry, "visit.made", "2025-11-30", seq=found.seq, seen="yes")
    with pytest.raises(Changed) as refusal:
        store.correct(entry, "visit.made", "2025-11-28", seq=found.seq, seen="yes")
    assert (refusal.value.entry_id, refusal.value.child) == (entry, store.child)
    assert refusal.value.now_seq == found.seq + 2
    with pytest.raises(Changed):
        store.withdraw(entry, seq=found.seq)
    store.withdraw(entry, seq=refusal.value.now_seq)


def test_S7c_a_preview_that_no_longer_holds_is_shown_anew() -> None:
    """M36: saved with the digest of what was shown; if it would now differ, it is not saved."""
    store = a_looked_after_child()
    what = store.what("looked_after_review.held", "2025-12-04", outcome="discharge_supported")
    shown = record_event.preview(store.act(key="the form"), what)
    store.record("looked_after.ended", "2025-12-03")
    n_before = queries.head().position
    with pytest.raises(Differs) as refusal:
        record_event.record(
            store.act(key="the form"), what, confirmed=True, preview_digest=shown.digest
        )
    assert queries.head().position == n_before
    anew = refusal.value.preview
    assert anew.digest != shown.digest
    record_event.record(store.act(key="the form"), what, confirmed=True, preview_digest=anew.digest)
