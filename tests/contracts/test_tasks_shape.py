"""The published task: exactly the documented keys, and one task written out in full."""

import json
from datetime import date
from typing import Any

import pytest

from caseward.interfaces.cli import program
from caseward.rules.engine import published
from caseward.rules.engine.tasks import Role, Status
from caseward.rules.facts import plain
from tests.contracts import pages

FACTS = """\
child,kind,occurred_on,outcome,fields,id,born_on
A,looked_after.began,2024-03-04,,"{""reason"": ""S""}",began,2012-05-01
A,legal_status.began,2024-03-04,,"{""status"": ""C2""}",order,
A,looked_after_review.held,2025-12-04,discharge_supported,,review,
A,review_decision.ratified,2025-12-04,,,ratified,
"""
# Worked by hand: 15 working days after 4 December 2025, with Christmas and Boxing Day left out.
DUE = "2025-12-29"
MEETING: dict[str, Any] = {
    "child": "A",
    "procedure": "discharge_of_care_order",
    "episode": "A/discharge_of_care_order/review",
    "episode_number": 1,
    "step": "W5.meeting",
    "part": "",
    "row": "step",
    "key": "A/discharge_of_care_order/review/W5.meeting/ratified",
    "keys": {},
    "each": "",
    "ordinal": 0,
    "fulfils": ["W5", "W8"],
    "owner": ["district_manager"],
    "trigger": {"on": "2025-12-04", "entries": ["ratified"]},
    "opens": "2025-12-04",
    "limits": [
        {
            "limit": "0",
            "force": "must",
            "first": DUE,
            "due": DUE,
            "due_at": None,
            "counted_from": "2025-12-04",
            "counted_from_entries": ["review"],
            "is_provisional": False,
            "is_projected": False,
            "is_deemed": False,
            "is_delayed": False,
            "waits_for": "",
        }
    ],
    "first_due": DUE,
    "due": DUE,
    "due_at": None,
    "expected": DUE,
    "planned": None,
    "waits_for": "",
    "met": None,
    "met_by": [],
    "met_by_silence": False,
    "ends": "2030-05-01",
    "ending": "not_needed",
    "status": "open",
    "is_late": True,
    "was_met_late": False,
    "is_behind_usual": False,
    "is_delayed": False,
    "is_projected": False,
    "is_provisional": False,
    "is_held": False,
    "is_listed": True,
    "covered_by": "",
    "binds": True,
    "is_unverified": False,
    "cannot_tell": [],
    "slippage": {"days": 2, "working_days": 2},
    "receipt": {
        "trigger_entries": ["ratified"],
        "step": "W5.meeting",
        "edition_from": "2010-04-01",
        "episode_entry": "review",
        "computed_from": "",
        "conditions": [],
        "missing": [],
        "notes": [],
        "matched_by_date": False,
        "reason": "episode closed",
    },
}
# They follow the texts of law and calendar, which change without the shape's changing.
FINGERPRINTS = ("edition_fingerprint", "calendar_version")


@pytest.fixture
def answer(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> dict[str, Any]:
    """What `caseward tasks --json` prints of the child two days after the meeting was due."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "facts.csv"
    file.write_text(FACTS, "utf-8")
    assert program.main(["tasks", str(file), "--as-of", "2025-12-31", "--json"]) == 0
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return said


def differences(task: dict[str, Any]) -> list[str]:
    """Return every key that is printed and not documented, or documented and not printed."""
    documented = pages.rows_of("tasks.md", heading="key")
    found = [f"{name}: not alike" for name in set(documented) ^ set(task)]
    nested = {
        "receipt": task.get("receipt", {}),
        "slippage": task.get("slippage", {}),
        "trigger": task.get("trigger", {}),
        "limits": next(iter(task.get("limits", [])), {}),
    }
    for name, held in nested.items():
        named = pages.names_in(documented[name]) - {*_FORCES, "first_due"}
        found += [f"{name}.{inner}: not alike" for inner in named ^ set(held)]
    return sorted(found)


_FORCES = {"law", "must", "where_possible", "usual", "best_practice"}


def test_keys_are_those_documented(answer: dict[str, Any]) -> None:
    """Every task has the documented keys, no more and no fewer, down to receipts and limits."""
    tasks = answer["tasks"]
    assert len(tasks) > 10
    for task in tasks:
        if task["limits"]:
            assert differences(task) == [], task["step"]
        assert set(task) == set(pages.rows_of("tasks.md", heading="key"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("due", "due_on", ["due: not alike", "due_on: not alike"]),
        ("is_late", "late", ["is_late: not alike", "late: not alike"]),
    ],
)
def test_a_renamed_key_is_told(answer: dict[str, Any], old: str, new: str, said: list[str]) -> None:
    """Control: a build that renames a key is red."""
    task = dict(_of(answer, "W5.meeting"))
    task[new] = task.pop(old)
    assert differences(task) == said


def test_a_key_renamed_inside_is_told(answer: dict[str, Any]) -> None:
    """Control: so is one that renames a key of the receipt."""
    task = dict(_of(answer, "W5.meeting"))
    receipt = dict(task["receipt"])
    receipt["why"] = receipt.pop("reason")
    assert differences(task | {"receipt": receipt}) == [
        "receipt.reason: not alike", "receipt.why: not alike",
    ]  # fmt: skip


def test_one_task_in_full(answer: dict[str, Any]) -> None:
    """The Discharge Meeting of one child is printed exactly so, value by value."""
    task = _of(answer, "W5.meeting")
    fingerprints = {name: task["receipt"].pop(name) for name in FINGERPRINTS}
    assert task == MEETING
    assert list(task) == list(MEETING)
    assert all(len(value) == 64 for value in fingerprints.values())


def test_the_document_around_the_tasks(answer: dict[str, Any]) -> None:
    """The answer says its version and the day asked about."""
    assert (answer["version"], answer["as_of"]) == (1, "2025-12-31")
    assert published.VERSION == 1
    assert list(answer) == ["version", "as_of", "tasks"]


def test_what_lies_ahead_is_not_printed(answer: dict[str, Any]) -> None:
    """A task that opens after the day asked about is left out."""
    opened = [date.fromisoformat(task["opens"]) for task in answer["tasks"]]
    assert max(opened) <= date(2025, 12, 31)


def test_statuses_and_rows_are_those_documented() -> None:
    """The page names every status, every ending and every sort of row that there is."""
    documented = pages.rows_of("tasks.md", heading="key")
    named = pages.names_in(documented["status"]) | pages.names_in(documented["ends"])
    assert {str(status) for status in Status} == named
    assert {str(role) for role in Role} <= pages.names_in(documented["row"])


def test_columns_of_the_plain_file_are_those_documented() -> None:
    """The page of the plain file has a row for every column that is read, in the same order."""
    documented = pages.rows_of("plain-file.md", heading="column")
    assert tuple(documented) == plain.COLUMNS
    assert {name for name, said in documented.items() if said.startswith("yes")} == {
        *plain.REQUIRED
    }


def _of(answer: dict[str, Any], step: str) -> dict[str, Any]:
    found: dict[str, Any] = next(task for task in answer["tasks"] if task["step"] == step)
    return found
