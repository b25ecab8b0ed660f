"""Each format goes into a store whole, comes again without a change, and is refused without a trace."""

from collections.abc import Mapping
from typing import Any

import pytest

from caseward.record.ledger import queries
from caseward.record.ledger.acts import child_stream
from caseward.record.people import queries as people
from caseward.work.exchange.imports.report import Report
from caseward.work.exchange.imports.values import ImportRefused
from tests.builders import importing, stores, workbook_files
from tests.unit.exchange import test_facts_are_declared as full

pytestmark = pytest.mark.django_db(databases="__all__")
FORMATS = {
    "ssda903": ({name: text.encode() for name, text in full.RETURN.items()}, {}),
    "cin": ({"cin.xml": full.CENSUS.replace("2026-", "2025-").replace("2027-02", "2026-02").encode()}, {}),
    "annex_a": ({"annex.xlsx": workbook_files.workbook(full.LISTS)}, {"extract_day": "2020-02-01"}),
}  # fmt: skip


@pytest.fixture
def store() -> stores.Store:
    """An authority that has adopted the national reviews and nothing else."""
    return stores.a_store(law=[stores.REVIEWS])


def bring_in(store: stores.Store, code: str, files: Mapping[str, bytes]) -> Report:
    """Import some files in a format."""
    options: dict[str, Any] = FORMATS[code][1]
    return importing.bring_in(store.act(), files, format_code=code, options=options)


def n_entries() -> int:
    """Return how many entries all children have that the imports named."""
    known = people.outside_children(importing.SCHEME)
    return sum(len(queries.entries_of(child_stream(child.child_id))) for child in known.values())


@pytest.mark.parametrize("code", FORMATS)
def test_every_row_goes_in_and_comes_again_without_a_change(store: stores.Store, code: str) -> None:
    """One file of every table, block or list: nothing refused, and the same again changes nothing."""
    files = FORMATS[code][0]
    first = bring_in(store, code, files)
    assert [(r.file, r.row, r.column, r.reason) for r in first.refused] == []
    assert sum(t.accepted for t in first.totals) == sum(t.read for t in first.totals)
    assert first.children_new == 1
    before = n_entries()
    assert before >= len(first.facts) > 15
    again = bring_in(store, code, files)
    assert n_entries() == before
    assert [(t.changed, t.conflict, t.refused) for t in again.totals] == [(0, 0, 0)] * len(
        again.totals
    )
    for report in (first, again):
        assert all(
            t.read == t.accepted + t.duplicate + t.changed + t.conflict + t.refused
            for t in report.totals
        )


@pytest.mark.parametrize("code", FORMATS)
def test_a_file_cut_off_leaves_no_trace(store: stores.Store, code: str) -> None:
    """Of a file whose end is missing nothing goes in, however much of it was read."""
    files = {
        name: content[: len(content) * 2 // 3] if name in {"cin.xml", "annex.xlsx"} else content
        for name, content in FORMATS[code][0].items()
    }
    if code == "ssda903":
        files["reviews.csv"] = files["reviews.csv"] + b'1001,"03/0'
    with pytest.raises(ImportRefused, match="Nothing has been imported"):
        bring_in(store, code, files)
    assert people.outside_children(importing.SCHEME) == {}


def test_a_later_snapshot_adds_the_latest_review(store: stores.Store) -> None:
    """The next Annex A adds its latest review; what the first told stays, and nothing is corrected."""
    heading, row = full.LISTS["List 8"][0], list(full.LISTS["List 8"][1])
    at = heading.index("Date of Latest Statutory Review")
    for column, value in (
        ("Date Ceased to be Looked After", None),
        ("Reason Ceased to be Looked After", None),
    ):
        row[heading.index(column)] = value  # fmt: skip
    later = [*row[:at], "10/07/2020", *row[at + 1 :]]
    for day, cells in (("2020-02-01", row), ("2020-09-01", later)):
        content = workbook_files.workbook({"List 8": [heading, cells]})
        report = importing.bring_in(
            store.act(),
            {"annex.xlsx": content},
            format_code="annex_a",
            options={"extract_day": day},
        )
        assert [t.changed + t.conflict + t.refused for t in report.totals] == [0]
        assert list(report.vanished) == []
    child = people.outside_children(importing.SCHEME)["17"].child_id
    stored = queries.entries_of(child_stream(child))
    held = [e.occurred_on.isoformat() for e in stored if e.kind == "looked_after_review.held"]
    assert sorted(held) == ["2020-02-01", "2020-07-10"]
    assert [e.kind for e in stored if e.corrects] == []
    assert len([e for e in stored if e.kind == "looked_after.began"]) == 1
