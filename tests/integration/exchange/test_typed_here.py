"""What was typed here goes back out: by worker, with the child's number, as the reader may read it."""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from caseward.interfaces.cli import exits
from caseward.record.ledger.acts import NewEntry, child_stream
from caseward.work import entries
from caseward.work.exchange import safe_csv
from caseward.work.exchange.returning import files
from caseward.work.readings import child_page, typed_here
from caseward.work.readings.shapes.typed_here import TypedHere
from tests.builders.stores import REVIEWS, Store, a_store, on
from tests.integration.cli import asking

pytestmark = pytest.mark.django_db(databases="__all__")

SINCE = on("2026-02-23")


def with_typing() -> Store:
    """Return a store in which a social worker recorded a visit, and the system what came before."""
    store = a_store("2026-03-02", law=(REVIEWS,)).with_child(started_on="2026-03-02")
    store.record("looked_after.began", "2024-01-08", reason="S")
    store.record("visit.made", "2026-02-27", by="social_worker", seen="yes", seen_alone="yes")
    return store


def page(store: Store, role: str = "team_manager", *, since: date = SINCE) -> TypedHere:
    """Return the page as somebody of the store sees it."""
    return typed_here.page(store.asker(role), since=since, as_of=store.today)


def test_what_people_typed_is_there_and_what_the_system_did_is_not() -> None:
    """One line, under the name of who typed it; a child without a number is counted."""
    shown = page(with_typing())
    assert [(group.worker_name, len(group.lines)) for group in shown.workers] == [
        ("Worker Social Worker", 1)
    ]
    line = shown.workers[0].lines[0]
    assert (line.kind, line.state, line.occurred_on) == ("visit.made", "new", on("2026-02-27"))
    assert (shown.n_all, shown.n_without_number) == (1, 1)


def seq_of(store: Store, entry_id: str) -> int:
    """Return the last seq of an entry, as the child's page hands it to its forms."""
    shown = child_page.page(store.asker("social_worker"), store.child, as_of=store.today)
    return next(each.seq for each in shown.timeline if each.entry_id == entry_id)


def imported(store: Store) -> str:
    """Bring a visit in as an import does; return the entry."""
    act = replace(store.act(), via="import")
    new = NewEntry(
        stream=child_stream(store.child),
        kind="visit.made",
        occurred_on=on("2026-02-25"),
        fields={"seen": "yes"},
        source="la_child_id:ssd:visits:9:visit.made",
    )
    entries.take_in_many(act, [(new.stream, [new])])
    return next(
        each.entry_id
        for each in child_page.page(
            store.asker("social_worker"), store.child, as_of=store.today
        ).timeline
        if each.occurred_on == on("2026-02-25")
    )


def test_a_correction_changes_the_line_and_a_withdrawal_removes_it() -> None:
    """What was typed and put right goes out as it stands; what was typed by mistake never goes."""
    store = with_typing()
    entry = page(store).workers[0].lines[0].entry_id
    store.correct(
        entry, "visit.made", "2026-02-26", seq=seq_of(store, entry), by="social_worker", seen="yes"
    )
    line = page(store).workers[0].lines[0]
    assert (line.state, line.occurred_on) == ("new", on("2026-02-26"))
    store.withdraw(entry, seq=seq_of(store, entry), by="social_worker")
    assert page(store).workers == ()


def test_what_the_other_system_sent_goes_back_only_where_people_changed_it() -> None:
    """An imported entry is not typed here; its correction is, and is said to be one."""
    store = with_typing()
    entry = imported(store)
    assert page(store).n_all == 1
    store.correct(
        entry, "visit.made", "2026-02-24", seq=seq_of(store, entry), by="social_worker", seen="yes"
    )
    states = {line.entry_id: line.state for line in page(store).workers[0].lines}
    assert states[entry] == "corrected"


def test_an_earlier_day_reaches_further_back_and_a_later_one_leaves_out() -> None:
    """The day is when it was typed, not when it happened."""
    store = with_typing()
    assert page(store, since=on("2026-03-02")).n_all == 1
    assert page(store, since=on("2026-03-03")).n_all == 0


def test_a_stranger_is_given_nothing() -> None:
    """Only children whom the asker may see are there."""
    store = with_typing().with_worker("duty_worker", everywhere=True)
    assert page(store, "duty_worker").n_all == 0


def test_free_text_stays_with_those_who_may_read_it() -> None:
    """A policy lead takes the file for every child, and no free text leaves in it."""
    store = with_typing().with_worker("policy_lead", everywhere=True)
    store.record("visit.made", "2026-02-28", by="social_worker", seen="no", note="Nobody at home")
    assert "Nobody at home" in files.as_csv(page(store))
    text = files.as_csv(page(store, "policy_lead"))
    assert "Nobody at home" not in text
    assert len(list(csv.DictReader(io.StringIO(text)))) == 2


def test_no_cell_of_the_file_begins_a_formula() -> None:
    """What somebody typed as =1+1 opens as text."""
    store = with_typing()
    store.record("visit.made", "2026-02-28", by="social_worker", seen="no", note="=1+1")
    rows = list(csv.reader(io.StringIO(files.as_csv(page(store)))))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert safe_csv.cell("=1+1") == "'=1+1"
    assert safe_csv.cell(" @x") == "' @x"


def test_the_command_writes_the_same_file_and_writes_over_none(
    tmp_path: Path, settings: Settings
) -> None:
    """Printed, or into a file that is not there yet, closed to others; without a day it asks for one."""
    # The tests' own settings are silent about themselves.
    silenced = ["templates.E002", "caseward.E007"]
    settings.SILENCED_SYSTEM_CHECKS = [*settings.SILENCED_SYSTEM_CHECKS, *silenced]
    with_typing()
    printed = asking.caseward("export", "--typed-here", "--since", "2026-02-23")
    assert printed.code == exits.OK
    assert "visit.made" in printed.out
    path = tmp_path / "entries.csv"
    assert (
        asking.caseward("export", "--typed-here", "--since", "2026-02-23", str(path)).code
        == exits.OK
    )
    assert path.stat().st_mode & 0o077 == 0
    again = asking.caseward("export", "--typed-here", "--since", "2026-02-23", str(path))
    assert "cannot be written" in again.err
    assert "Name the day" in asking.caseward("export", "--typed-here").err
    assert "Name the folder" in asking.caseward("export", "--since", "2026-02-23").err
