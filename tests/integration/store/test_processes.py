"""Four processes write at once, as web workers and an import do: no gap, no double, nobody fails."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from caseward.record.ledger import models, queries, verification
from tests.integration.store.writing import a_child, a_fact, record

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)

WRITER = Path(__file__).with_name("one_writer.py")
N_WRITERS, N_ACTS = 4, 25


def write_at_once(children: list[str], **changes: str) -> list[dict[str, Any]]:
    """Start the writers, wait for all, and return what each says it was answered."""
    database = {
        name: str(connection.settings_dict[name]) for name in ("NAME", "USER", "HOST", "PORT")
    }
    told = json.dumps({"database": database, "children": children, "n_acts": N_ACTS, **changes})
    writers = [
        subprocess.Popen(
            [sys.executable, str(WRITER), told, str(number)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        for number in range(N_WRITERS)
    ]
    answers = []
    for writer in writers:
        said, faults = writer.communicate(timeout=60)
        assert writer.returncode == 0, faults
        answers.append(json.loads(said))
    return answers


def test_four_processes_at_once() -> None:
    """Every act answered stands once, in one gapless order that agrees with each child's own.

    A third of the keys are sent by two writers: one of them writes, both get the same answer.
    """
    children = [a_child() for _ in range(5)]
    record(*(a_fact(child) for child in children))
    answers = write_at_once([child.id for child in children])
    by_key: dict[str, set[tuple[int, ...]]] = {}
    for answer in answers:
        assert answer["refused"] == []
        for key, positions in answer["answered"].items():
            by_key.setdefault(key, set()).add(tuple(positions))
    assert all(len(positions) == 1 for positions in by_key.values())
    assert len(by_key) < N_WRITERS * N_ACTS
    stored = list(models.Entry.objects.order_by("position").values_list("position", flat=True))
    assert stored == list(range(1, len(stored) + 1))
    answered = sorted(position for (found,) in by_key.values() for position in found)
    assert answered == stored[len(children) :]
    for child in children:
        entries = queries.recorded(child)
        assert [one.seq for one in entries] == list(range(1, len(entries) + 1))
    assert verification.verify().faults == ()


def test_control_processes() -> None:
    """Writers that do not begin IMMEDIATE, or take no lock, fail or refuse one another."""
    children = [a_child() for _ in range(5)]
    record(*(a_fact(child) for child in children))
    answers = write_at_once([child.id for child in children], broken="yes")
    assert sum(len(answer["refused"]) for answer in answers) > 0
