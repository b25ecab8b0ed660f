"""A small return into the store: every row accounted for, and nothing twice or by halves."""

import errno
import os
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caseward.record.ledger import queries
from caseward.record.ledger.acts import child_stream
from caseward.record.people import queries as people
from caseward.work import entries
from caseward.work.exchange.imports import run_folders
from caseward.work.exchange.imports.report import Report
from caseward.work.exchange.imports.run_folders import Cancelled
from caseward.work.exchange.imports.values import ImportRefused
from caseward.work.imports.models import ImportRun
from tests.builders import importing, stores
from tests.integration.exchange import returns

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def store() -> stores.Store:
    """An authority that has adopted the national reviews and nothing else."""
    return stores.a_store(law=[stores.REVIEWS])


def bring_in(store: stores.Store, files: dict[str, bytes], **more: Any) -> Report:
    """Import a return as an act of its own."""
    return importing.bring_in(store.act(), files, **more)


def counts(report: Report) -> dict[str, tuple[int, int, int, int]]:
    """Return read, accepted, duplicate and refused of each file."""
    return {t.file: (t.read, t.accepted, t.duplicate, t.refused) for t in report.totals}


def recorded(identifier: str) -> list[tuple[str, date]]:
    """Return what is recorded of a child by the identifier of the return, in order of days."""
    child = people.outside_children(importing.SCHEME)[identifier].child_id
    stored = queries.entries_of(child_stream(child))
    return sorted((entry.kind, entry.occurred_on) for entry in stored)


def test_every_row_is_accounted_for(store: stores.Store) -> None:
    """Each row is accepted, a duplicate or refused, and the totals add up."""
    held = returns.HELD + (
        "1001,01/05/2012,28/03/2024,PN1\n"  # the same again
        "1001,01/05/2012,20/06/2024,PN6\n"  # the same key, another code
        "1002,09/09/2011,31/02/2025,PN1\n"  # no such day
        "9999,09/09/2011,26/02/2024,PN1\n"  # nobody knows this child
    )
    report = bring_in(store, returns.a_return(held=held))
    assert counts(report) == {
        "header.csv": (2, 2, 0, 0),
        "episodes.csv": (3, 3, 0, 0),
        "reviews.csv": (7, 3, 1, 3),
    }
    assert [(row.row, row.code) for row in report.refused] == [
        (6, "conflict"), (7, "date"), (8, "unknown_child"),
    ]  # fmt: skip
    assert [(row.row, row.of) for row in report.duplicates] == [(5, "row 2 of this file")]
    assert (report.children_new, report.children_touched) == (2, 2)


def test_what_is_recorded_is_what_the_rows_say(store: stores.Store) -> None:
    """Entering and leaving care, status, placement and reviews, each on its day."""
    report = bring_in(store, returns.a_return())
    assert recorded("1002") == [
        ("child.born", date(2011, 9, 9)),
        ("child.registered", stores.TODAY),
        ("legal_status.began", date(2024, 2, 1)),
        ("looked_after.began", date(2024, 2, 1)),
        ("looked_after.ended", date(2024, 8, 1)),
        ("looked_after_review.held", date(2024, 2, 26)),
        ("outside_id.recorded", stores.TODAY),
        ("placement.began", date(2024, 2, 1)),
        ("placement.ended", date(2024, 8, 1)),
    ]
    assert report.facts["looked_after_review.held"] == 3
    assert report.facts["placement.began"] == 3
    assert sum(report.facts.values()) == len(recorded("1001")) + len(recorded("1002"))


def test_a_second_time_changes_nothing(store: stores.Store) -> None:
    """The same files again are duplicates throughout, and the ledger's head stands still."""
    bring_in(store, returns.a_return())
    before = queries.head()
    report = bring_in(store, returns.a_return())
    assert queries.head() == before
    assert counts(report) == {
        "header.csv": (2, 0, 2, 0),
        "episodes.csv": (3, 0, 3, 0),
        "reviews.csv": (3, 0, 3, 0),
    }
    assert {row.of for row in report.duplicates} == {"an earlier import"}
    assert (report.children_new, report.children_touched, dict(report.facts)) == (0, 0, {})


def test_the_order_of_rows_says_nothing(store: stores.Store) -> None:
    """Rows in another order are the same rows."""
    bring_in(store, returns.a_return())
    before = queries.head()
    turned = "".join(reversed(returns.CARE.splitlines(keepends=True)))
    assert counts(bring_in(store, returns.a_return(care=turned)))["episodes.csv"] == (3, 0, 3, 0)
    assert queries.head() == before


def test_a_changed_row_is_a_correction(store: stores.Store) -> None:
    """A row that now says otherwise corrects the entry that it gave, and nothing else is written."""
    bring_in(store, returns.a_return())
    before = queries.head()
    changed = returns.HELD.replace("20/06/2024,PN3", "20/06/2024,PN4")
    report = bring_in(store, returns.a_return(held=changed))
    assert queries.head().position == before.position + 1
    (row,) = report.changed
    assert (row.file, row.row, row.kind) == ("reviews.csv", 3, "looked_after_review.held")
    assert row.was["fields"] == {"participation": "PN3"}
    assert row.says["fields"] == {"participation": "PN4"}
    assert [(t.file, t.changed) for t in report.totals if t.changed] == [("reviews.csv", 1)]
    stored = queries.entries_of(
        child_stream(people.outside_children(importing.SCHEME)["1001"].child_id)
    )
    (correction,) = [entry for entry in stored if entry.corrects]
    (corrected,) = [entry for entry in stored if entry.entry_id == correction.corrects]
    assert corrected.fields == {"participation": "PN3"}


def test_next_years_return_adds_what_is_new(store: stores.Store) -> None:
    """A later return with one more review records that review and nothing else."""
    bring_in(store, returns.a_return())
    before = queries.head().position
    report = bring_in(
        store, returns.a_return(held=returns.HELD + "1001,01/05/2012,12/12/2024,PN1\n")
    )
    assert dict(report.facts) == {"looked_after_review.held": 1}
    assert queries.head().position == before + 1
    assert (report.children_new, report.children_touched) == (0, 1)


def test_a_trial_writes_nothing(store: stores.Store) -> None:
    """A trial says what the import then says, and leaves the ledger as it was."""
    before = queries.head()
    trial = bring_in(store, returns.a_return(), is_trial=True)
    assert queries.head() == before
    assert people.outside_children(importing.SCHEME) == {}
    assert bring_in(store, returns.a_return()) == trial
    assert queries.head() != before


@pytest.mark.parametrize(
    ("doing", "at"),
    [
        ("Reading the files", 0), ("Comparing with the record", 0), ("Working out what is due", 0),
        ("Working out what is due", 1), ("Bringing in", 0),
    ],
)  # fmt: skip
def test_an_import_broken_off_leaves_nothing(
    store: stores.Store, monkeypatch: pytest.MonkeyPatch, doing: str, at: int
) -> None:
    """Stopped at any point, none of it is in: no entry, no child, no task; then it can be repeated."""
    before = queries.head()
    monkeypatch.setattr("caseward.work.entries.staging.STREAMS_AT_ONCE", 1)
    heard: list[int] = []

    def stop_in_the_middle(what: str, n_done: int, of: int) -> None:
        if what == doing:
            heard.append(n_done)
            if len(heard) > at:
                raise KeyboardInterrupt

    with pytest.raises(Cancelled):
        bring_in(store, returns.a_return(), progress=stop_in_the_middle)
    assert len(heard) == at + 1
    assert queries.head() == before
    assert people.outside_children(importing.SCHEME) == {}
    assert list(people.all_ids()) == []
    assert counts(bring_in(store, returns.a_return()))["episodes.csv"] == (3, 3, 0, 0)


@pytest.mark.parametrize("doing", ["Comparing with the record", "Working out what is due"])
def test_no_room_where_it_is_made_ready_is_said_and_nothing_is_in(
    store: stores.Store, doing: str
) -> None:
    """A full disk is no fault of ours: the run ends with what to do, its folder is cleared."""
    before = queries.head()

    def full(what: str, _done: int, _of: int) -> None:
        if what == doing:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(ImportRefused, match="no room on the disk"):
        bring_in(store, returns.a_return(), progress=full)
    assert queries.head() == before
    (run,) = ImportRun.objects.all()
    assert (run.phase, run.sentence) == ("failed", run_folders.NO_ROOM)


def test_a_staging_file_that_is_full_is_known_from_one_that_is_damaged(tmp_path: Path) -> None:
    """SQLite says it by a code of its own."""
    staged = sqlite3.connect(tmp_path / "staging.sqlite3", isolation_level=None)
    staged.execute("PRAGMA max_page_count = 3")
    staged.execute("CREATE TABLE fact (text)")
    with pytest.raises(sqlite3.OperationalError) as full:
        staged.executemany("INSERT INTO fact VALUES (?)", (("x" * 4_000,) for _ in range(9)))
    assert run_folders.has_no_room(full.value)
    with pytest.raises(sqlite3.OperationalError) as other:
        staged.execute("SELECT nothing FROM fact")
    staged.close()
    assert not run_folders.has_no_room(other.value)


def test_progress_counts_up_to_all(store: stores.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar hears how many are done, up to all of them, never more."""
    monkeypatch.setattr("caseward.work.entries.staging.STREAMS_AT_ONCE", 1)
    heard: list[tuple[str, int, int]] = []
    report = bring_in(store, returns.a_return(), progress=lambda *said: heard.append(said))
    assert [said for said in heard if said[0] == "Working out what is due"] == [
        ("Working out what is due", 1, 2), ("Working out what is due", 2, 2),
    ]  # fmt: skip
    n_entries = sum(report.facts.values())
    assert heard[-1] == ("Bringing in", n_entries, n_entries)
    assert all(done <= of for _, done, of in heard)


def _utf16(files: dict[str, bytes]) -> None:
    files["reviews.csv"] = files["reviews.csv"].decode().encode("utf-16")


def _cut_off(files: dict[str, bytes]) -> None:
    files["reviews.csv"] = files["reviews.csv"][:-9]


def _column_twice(files: dict[str, bytes]) -> None:
    files["header.csv"] = files["header.csv"].replace(b"MC_DOB", b"DOB")


def _no_header(files: dict[str, bytes]) -> None:
    del files["header.csv"]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_utf16, "reviews.csv is saved as UTF-16"),
        (_cut_off, "reviews.csv ends in the middle of row 4: the file has been cut off"),
        (_column_twice, "header.csv has the column DOB more than once"),
        (_no_header, "There is no Header file"),
    ],
)
def test_a_file_that_may_be_incomplete_is_refused_whole(
    store: stores.Store, spoil: Callable[[dict[str, bytes]], None], sentence: str
) -> None:
    """Where rows may be missing unseen, nothing of the return goes in, of no file."""
    files = returns.a_return()
    spoil(files)
    before = queries.head()
    with pytest.raises(ImportRefused) as refused:
        bring_in(store, files)
    assert str(refused.value).startswith(sentence)
    assert queries.head() == before


def test_what_was_settled_is_what_a_rebuild_gives(store: stores.Store) -> None:
    """The rows that the import wrote are those that each child's record gives when worked out anew."""
    bring_in(store, returns.a_return())
    for child in people.all_ids():
        assert list(entries.verify_child(child, on=stores.TODAY)) == []
