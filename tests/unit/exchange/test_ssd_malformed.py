"""Whatever is wrong with a folder, every row is accounted for and nothing falls over."""

import csv
import io
import tempfile
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseward.work.exchange.imports.values import ImportRefused
from caseward.work.exchange.ssd import format as ssd
from tests.builders import ssd_layouts, ssd_lives, ssd_spec
from tests.builders.sinks import CollectingSink
from tests.builders.ssd_lives import TODAY

pytestmark = pytest.mark.skipif(not ssd_spec.IS_THERE, reason=ssd_spec.ABSENT)

CELLS = (
    "31/02/2021", "zz/05/2020", "0000-00-00", "9999-12-31", "1753-01-01", "12:00", "=1+1", "-1", "0",
    "x" * 5_000, "é\u200bŵ", "NULL", "PLACEHOLDER_DATA", '"', "'; --", "C2: C1", "Y/N", "nan", "1e309",
    "2021-05-06 25:61", '{"CP_FLAG":', "[" * 2_000, "\u202e", "١٢/٠٣/٢٠٢١", "２０２１-05-06", " ", "\t",
)  # fmt: skip
TABLES = sorted(ssd_lives.DRAWN)


def damaged(content: bytes, chance: Random) -> bytes:
    """Return a file after one thing that goes wrong with files."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    way = chance.randrange(9)
    if way == 0:
        return content[: chance.randrange(len(content) + 1)]
    if way == 1:
        return b"\xef\xbb\xbf" + content
    if way == 2:
        place = chance.randrange(len(content) + 1)
        return (
            content[:place]
            + chance.choice((b"\x00", b"\xff\xfe", b'"', b"\r", b","))
            + content[place:]
        )
    if way == 3 and len(rows) > 1:
        rows.append(chance.choice(rows[1:]))
    elif way == 4:
        rows = [
            [cell for n, cell in enumerate(row) if n != len(rows) % max(1, len(row))]
            for row in rows
        ]
    elif way == 5:
        rows[chance.randrange(len(rows))].append("more")
    elif way == 6:
        chance.shuffle(rows[0])
    else:
        for row in rows[1:]:
            for _ in range(chance.randrange(3)):
                row[chance.randrange(len(row))] = chance.choice(CELLS)
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def rows_in(path: Path) -> int:
    """Return how many rows below its heading a file holds that are not blank."""
    rows = csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig", "replace"), newline=""))
    return sum(any(cell.strip() for cell in row) for row in rows) - 1


def read_or_refused(files: dict[str, Path]) -> CollectingSink | None:
    """Return what was told, None where the folder was refused whole, in a sentence that says so."""
    sink = CollectingSink()
    try:
        ssd.read(files, sink, today=TODAY, options={})
    except ImportRefused as refusal:
        if not str(refusal).endswith("othing has been imported."):
            raise
        return None
    return sink


FEW = settings(
    max_examples=500, deadline=None, database=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip


@FEW
@given(seed=st.integers(0, 2**32))
def test_a_damaged_folder_is_read_to_its_end_or_refused_in_words(seed: int) -> None:
    """Each row is taken, a duplicate or refused, with a column, a code and a sentence; or no row is."""
    chance = Random(seed)
    lives = ssd_lives.draw(chance, n_children=1)
    kept = {"ssd_person", *chance.sample(TABLES, 4)}
    with tempfile.TemporaryDirectory() as folder:
        layout = chance.choice(ssd_layouts.ALL)
        made = ssd_layouts.write(lives, layout, Path(folder), chance, only=kept)
        for path in made.files.values():
            if chance.random() < 0.7:
                path.write_bytes(damaged(path.read_bytes(), chance))
        sink = read_or_refused(made.files)
        if sink is None:
            return
        accounts = sink.accounts()
        for file, path in made.files.items():
            n_read, accepted, duplicate, refused = accounts.get(file, (0, 0, 0, 0))
            assert n_read == max(0, rows_in(path)), file
            assert accepted + duplicate + refused == n_read
        for refused_row in sink.refused:
            assert refused_row.reason.endswith((".", "?"))
            assert len(refused_row.reason) < 500
        for fact in sink.facts:
            assert fact.occurred_on <= TODAY
            assert fact.child or fact.stream == "authority"


@pytest.mark.soak
def test_the_same_holds_of_many_more_folders() -> None:
    """The same of 20,000 damaged anew at every run."""
    rule: Any = test_a_damaged_folder_is_read_to_its_end_or_refused_in_words
    check = given(seed=st.integers(0, 2**32))(rule.hypothesis.inner_test)
    settings(FEW, max_examples=20_000, derandomize=False)(check)()
