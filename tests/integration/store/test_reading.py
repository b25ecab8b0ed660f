"""Reading the ledger: corrections, withdrawals, places, sources, as known at a position."""

from datetime import date, time

import pytest

from caseward.record.ledger import queries
from caseward.record.ledger.acts import StreamRef, new_id
from caseward.record.ledger.refusals import Refused
from caseward.rules.facts import record as records
from tests.integration.store.writing import NOON, a_child, a_fact, an_act, hours, record

pytestmark = pytest.mark.django_db(databases="__all__")


def days(child: StreamRef, position: int | None = None) -> list[str]:
    """Return the days of a child's events as known at a position."""
    entries = queries.entries_of(child, position=position)
    known = records.as_known(entries, child=child.id)
    return [event.occurred_on.isoformat() for event in known.events]


def test_every_part_of_an_entry_comes_back() -> None:
    """Day, time, outcome, keys, fields, end, occasion, source: as they were given."""
    child, occasion = a_child(), new_id()
    given = a_fact(
        child,
        "looked_after_review.held",
        on="2026-01-06",
        time=time(14, 30),
        outcome="discharge_supported",
        keys={"meeting": "m1"},
        fields={"quorate": "yes", "names": ["A", "B"], "n": 3},
        until=date(2026, 2, 1),
        occasion=occasion,
        source="ssda903:Reviews:7",
    )
    record(given, act=an_act(by="worker-1", why="as minuted", via="web"))
    (shown,) = queries.recorded(child)
    for name in ("kind", "occurred_on", "time", "outcome", "keys", "fields", "until", "entry_id"):
        assert getattr(shown.entry, name) == getattr(given, name), name
    assert (shown.occasion, shown.source, shown.seq) == (occasion, "ssda903:Reviews:7", 1)
    assert (shown.act.by, shown.act.why, shown.act.via) == ("worker-1", "as minuted", "web")
    assert queries.find(given.entry_id) == shown
    assert queries.of_act(shown.act.act_id) == (shown,)
    assert queries.find("none") is None


def test_a_correction_keeps_the_old_values_for_whoever_asks_of_an_earlier_day() -> None:
    """M3, M4: what was known before the correction is still there to be shown."""
    child = a_child()
    (first,) = record(a_fact(child, on="2026-01-06")).entries
    record(a_fact(child, on="2026-01-09", corrects=first.entry_id))
    assert days(child) == ["2026-01-09"]
    assert days(child, position=1) == ["2026-01-06"]
    record(a_fact(child, on="2026-01-09", withdraws=first.entry_id))
    assert days(child) == []
    assert days(child, position=2) == ["2026-01-09"]


def test_what_another_record_says_cannot_be_corrected_on_this_one() -> None:
    """An entry of another child, or of none, is refused in a sentence, and nothing is written."""
    child, other = a_child(), a_child()
    (elsewhere,) = record(a_fact(other)).entries
    for target in (elsewhere.entry_id, new_id()):
        with pytest.raises(Refused, match="which was to be corrected or withdrawn, is not on this"):
            record(a_fact(child, withdraws=target))
    assert queries.head().position == 1


def test_one_act_may_correct_what_it_has_just_written() -> None:
    """An import that brings a row and its correction needs no second act."""
    child = a_child()
    first = a_fact(child)
    record(first, a_fact(child, on="2026-01-07", corrects=first.entry_id))
    assert days(child) == ["2026-01-07"]


def test_a_page_learns_what_was_written_since_it_was_made() -> None:
    """S7: the page keeps the stream's seq; what came later is shown with who did it."""
    child, untouched = a_child(), a_child()
    record(a_fact(child))
    seen = queries.seqs([child, untouched])
    assert seen == {child: 1, untouched: 0}
    record(a_fact(child, "contact.made"), act=an_act(by="worker-2"))
    (since,) = queries.since(child, seen[child])
    assert (since.entry.kind, since.act.by) == ("contact.made", "worker-2")
    assert queries.since(untouched, 0) == ()


def test_many_streams_are_read_in_one_pass() -> None:
    """Each child's entries together, children without any, and only streams of the kind."""
    one, other, nobody = a_child(), a_child(), a_child()
    record(a_fact(one), a_fact(other), a_fact(one))
    record(a_fact(StreamRef("person", one.id), "person.registered"))
    found = queries.entries_of_all([one, other, nobody])
    assert {ref: len(entries) for ref, entries in found.items()} == {one: 2, other: 1, nobody: 0}
    walked = dict(queries.each_stream("child"))
    assert {ref: len(entries) for ref, entries in walked.items()} == {one: 2, other: 1}
    assert {ref for ref, _ in queries.each_stream("child", position=1)} == {one}


def test_an_import_knows_its_own_rows_again() -> None:
    """By source: what was first recorded from a row, and whether it was withdrawn since."""
    child = a_child()
    (first, _, _) = record(
        a_fact(child, source="903:a:1"), a_fact(child, source="903:a:2"), a_fact(child)
    ).entries
    record(a_fact(child, source="903:a:1", on="2026-01-20", withdraws=first.entry_id))
    found = queries.by_source("903:")
    assert set(found) == {"903:a:1", "903:a:2"}
    assert (found["903:a:1"].entry_id, found["903:a:1"].is_withdrawn) == (first.entry_id, True)
    assert not found["903:a:2"].is_withdrawn
    assert queries.by_source("other:") == {}


def test_equal_heads_of_a_stream_mean_equal_streams() -> None:
    """What may be kept in memory is kept under the stream's seq and hash."""
    child = a_child()
    assert queries.stream_head(child) == (0, "")
    record(a_fact(child), act=an_act(at=NOON + hours(1)))
    seq, head_hash = queries.stream_head(child)
    assert (seq, len(head_hash)) == (1, 64)
