"""Damaged files of every format: no crash, no hang, and every row accepted, duplicate or refused (R51).

Five hundred a format in every run, twenty thousand in a soak. A file is read to its end or refused
whole in a sentence; a row that is refused has told nothing.
"""

from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseward.work.exchange.annex_a import workbook
from caseward.work.exchange.cin import census
from caseward.work.exchange.imports.values import Format, ImportRefused
from caseward.work.exchange.ssda903 import returns
from tests.builders.sinks import CollectingSink
from tests.hostile import random_files, random_trackers
from tests.hostile.random_files import Case
from tests.hostile.trial import OPTIONS, TODAY

N_CASES = 500
N_SOAK = 20_000
SECONDS = 5
FORMATS = [
    pytest.param(returns.FORMAT, random_files.a_return, id="ssda903"),
    pytest.param(census.FORMAT, random_files.a_census, id="cin"),
    pytest.param(workbook.FORMAT, random_files.a_workbook, id="annex_a"),
    pytest.param(random_trackers.FORMAT, random_trackers.a_tracker, id="tracker"),
]
Make = Callable[[Random], Case]


def read(of: Format, case: Case) -> CollectingSink | None:
    """Read a case; None where it was refused whole, in a sentence that says so."""
    sink = CollectingSink()
    said = ""
    with TemporaryDirectory() as folder:
        paths = {}
        for number, (name, content) in enumerate(case.files.items()):
            paths[name] = Path(folder) / str(number)
            paths[name].write_bytes(content)
        try:
            of.read(paths, sink, today=TODAY, options=OPTIONS)
        except ImportRefused as refused:
            said = str(refused)
    assert not said or said.endswith("Nothing has been imported."), said
    return None if said else sink


def faults(sink: CollectingSink, case: Case) -> list[str]:
    """Return what is wrong with an account: rows lost or made up, facts of refused rows."""
    found = []
    for file, (n_read, *parts) in sink.accounts().items():
        if n_read != sum(parts) or any(part < 0 for part in parts):
            found.append(f"{file}: {n_read} is not {parts}")
    told = {file: n for file, (n, *_) in sink.accounts().items()}
    aside = {file for file, sentence in sink.notes if "was left aside" in sentence}
    for file, n in case.rows.items():
        if file not in aside and told.get(file, 0) != n:
            found.append(f"{file}: {n} rows, {told.get(file, 0)} told")
    refused = {row.place for row in sink.refused}
    found += [f"a fact of the refused {f.place}" for f in sink.facts if f.place in refused]
    return found


def hold(of: Format, make: Make, n_cases: int) -> tuple[int, int]:
    """Try so many cases; return how many were read and how many refused whole."""
    counts = [0, 0]

    @settings(
        max_examples=n_cases,
        deadline=SECONDS * 1_000,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**64))
    def holds(seed: int) -> None:
        case = make(Random(seed))
        sink = read(of, case)
        counts[sink is None] += 1
        if sink is not None:
            assert faults(sink, case) == []

    holds()
    return counts[0], counts[1]


@pytest.mark.parametrize(("of", "make"), FORMATS)
def test_a_damaged_file_is_read_with_every_row_accounted_for_or_refused_whole(
    of: Format, make: Make
) -> None:
    """Five hundred damaged files a format, of which a good part is read and a good part refused."""
    n_read, n_refused = hold(of, make, N_CASES)
    assert n_read > N_CASES / 5
    assert n_refused > N_CASES / 20


@pytest.mark.soak
@pytest.mark.parametrize(("of", "make"), FORMATS)
def test_twenty_thousand_damaged_files(of: Format, make: Make) -> None:
    """Twenty thousand a format."""
    n_read, n_refused = hold(of, make, N_SOAK)
    print(f"{of.code}: {n_read:,} read, {n_refused:,} refused whole, of {n_read + n_refused:,}")
    assert n_read + n_refused >= N_SOAK


def test_control_a_row_lost_or_told_in_two_ways_is_told() -> None:
    """An account that leaves a row out, or gives a fact of a refused row, is at fault."""
    case = random_files.Case(
        {"header.csv": b"CHILD,DOB,UPN\n1001,01/05/2012,\n", "reviews.csv": b"CHILD,REVIEW\n1001,01/06/2012\n"},
        {"header.csv": 1, "reviews.csv": 1},
    )  # fmt: skip
    sink = read(returns.FORMAT, case)
    assert sink is not None
    assert faults(sink, case) == []
    fact = sink.facts[0]
    sink.refuse(fact.place, "", "code", "late")
    assert faults(sink, case) == [f"a fact of the refused {fact.place}"]
    assert faults(CollectingSink(), case) == [
        "header.csv: 1 rows, 0 told", "reviews.csv: 1 rows, 0 told",
    ]  # fmt: skip
