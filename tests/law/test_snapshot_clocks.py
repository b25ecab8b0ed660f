"""What a snapshot starts: the next review and visit are owed as counted from the latest ones.

Nothing that the list does not tell is owed, met late or measured from: no review of the years that
the snapshot is silent about.
"""

from datetime import date
from pathlib import Path

import pytest

from caseward.rules.engine import reference
from caseward.rules.engine.tasks import Task
from caseward.rules.facts import record
from caseward.rules.facts.entries import Entry
from caseward.work.exchange.annex_a import workbook
from tests.builders import sinks, workbook_files
from tests.builders.workbook_files import Value
from tests.law import shelf

EXTRACT = date(2021, 3, 16)
BORN = date(2012, 5, 31)
HEADING: list[Value] = [
    "Child Unique ID", "Date of Birth", "Date Started to be Looked After",
    "Start date of current legal status", "Child's Legal Status", "Date of Latest Statutory Review",
    "Date of Last Social Work Visit", "Start Date of Most Recent Placement", "Placement Type",
]  # fmt: skip


def tasks(folder: Path, procedure: str, **cells: Value) -> tuple[Task, ...]:
    """Return the tasks of one procedure for a child of list 8 on the day of the extract."""
    row: dict[str, Value] = {
        "child": 17, "born": BORN, "began": date(2015, 8, 6), "status_on": date(2016, 7, 12),
        "status": "C2: FCO", "reviewed": date(2021, 1, 12), "visited": date(2021, 2, 22),
        "placed": date(2019, 11, 2), "placement": "f) U6: Foster placement - not FFA",
    }  # fmt: skip
    content = workbook_files.workbook({"List 8": [HEADING, list((row | cells).values())]})
    sink = sinks.told_by(
        workbook.FORMAT, {"annex.xlsx": content}, folder, today=EXTRACT, extract_day=EXTRACT
    )
    known = [
        Entry(
            entry_id=f.source,
            child="17",
            kind=f.kind,
            occurred_on=f.occurred_on,
            position=position,
            keys=dict(f.keys),
            fields=dict(f.fields),
        )
        for position, f in enumerate(sink.facts, start=2)
    ]
    known.append(
        Entry(entry_id="born", child="17", kind="child.born", occurred_on=BORN, position=1)
    )
    evaluation = reference.evaluate(
        record.as_known(known, child="17"), shelf.rulebook(), as_of=EXTRACT
    )
    return tuple(task for task in evaluation.tasks if task.procedure == procedure)


def dates(found: tuple[Task, ...], step: str) -> list[tuple[str, str]]:
    """Return due and met of each task of a step."""
    return [
        (task.due_on.isoformat() if task.due_on else "", task.met_on.isoformat() if task.met_on else "")
        for task in found
        if task.step == step
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reviewed", "visited", "expected"),
    [
        (date(2021, 1, 12), date(2021, 2, 22), [("2021-07-12", "")]),
        (date(2021, 1, 12), date(2020, 12, 1), [("2021-06-01", "2021-01-12"), ("2021-07-12", "")]),
        (date(2020, 3, 2), date(2021, 2, 22), [("2020-09-02", "")]),
    ],
)
def test_the_next_review_is_owed_six_months_after_the_latest(
    tmp_path: Path, reviewed: date, visited: date, expected: list[tuple[str, str]]
) -> None:
    """No first review is counted, and the reviews of the years before are neither owed nor late."""
    found = tasks(tmp_path, "looked_after_reviews", reviewed=reviewed, visited=visited)
    assert dates(found, "review") == expected


def test_a_child_without_a_review_owes_the_first_within_twenty_working_days(tmp_path: Path) -> None:
    """The list tells of none, so none was held: 20 working days from coming into care."""
    found = tasks(
        tmp_path,
        "looked_after_reviews",
        began=date(2021, 3, 1), status_on=date(2021, 3, 1), reviewed=None, visited=None,
        placed=date(2021, 3, 1),
    )  # fmt: skip
    assert dates(found, "review") == [("2021-03-29", "")]


def test_the_next_visit_is_counted_from_the_last_and_no_first_visit_is_owed(tmp_path: Path) -> None:
    """The placement began years ago: its first visit is not asked for, the next one is."""
    found = tasks(tmp_path, "looked_after_visits")
    assert dates(found, "visit_first") == []
    assert [met for _, met in dates(found, "visit_ongoing")] == [""]


def test_control_a_start_without_a_review_is_late_since_then(tmp_path: Path) -> None:
    """Told with its real start and no review, the same child is late since 2015: the dates above say so."""
    found = tasks(tmp_path, "looked_after_reviews", reviewed=None)
    assert dates(found, "review") == [("2015-09-04", "")]
