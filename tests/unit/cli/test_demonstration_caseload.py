"""The made-up children of the other system: drawn by one seed, extracted as of any day."""

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from caseward.interfaces import shipped
from caseward.interfaces.cli import law_cache
from caseward.interfaces.cli.demonstration.caseload import drawing
from caseward.interfaces.cli.demonstration.caseload.columns import COLUMNS
from caseward.interfaces.cli.demonstration.caseload.extracts import Extracts, Later
from caseward.interfaces.cli.demonstration.caseload.lives import Life, Setting
from caseward.interfaces.cli.demonstration.chance import Chance

TODAY = date(2026, 11, 24)
SPECIFICATION = Path(__file__).parents[4] / "shared" / "data" / "ssd_spec"
# Names are in the dataset's main model only, not in its published schema.
NAMES = {"pers_forename", "pers_surname"}


def drawn(n_children: int, *, seed: int = 1) -> tuple[Extracts, list[Life]]:
    """Draw so many children as of the day of these tests."""
    tables = Extracts(columns=COLUMNS)
    setting = Setting(
        today=TODAY,
        began_on=TODAY - timedelta(days=115),
        calendar=law_cache.parsed(shipped.law_texts()).calendar,
        random=Random(seed),
        tables=tables,
    )
    return tables, drawing.draw(setting, Chance(seed=seed), n_children=n_children)


def rows_of(folder: Path, table: str) -> list[dict[str, str]]:
    """Read a table of an extract."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_one_seed_gives_one_caseload(tmp_path: Path) -> None:
    """The same seed writes the same files, another seed others."""
    written = []
    for number, seed in enumerate((1, 1, 2)):
        tables, _ = drawn(60, seed=seed)
        tables.write(tmp_path / str(number), as_of=TODAY)
        files = sorted((tmp_path / str(number)).iterdir())
        written.append([path.read_bytes() for path in files])
    assert written[0] == written[1]
    assert written[0] != written[2]


def test_there_are_as_many_children_as_asked_for() -> None:
    """Also where the last family has to be smaller for it."""
    for wanted in (1, 2, 77):
        tables, lives = drawn(wanted)
        assert len(lives) == len(tables.rows["ssd_person"]) == wanted


def test_an_extract_says_nothing_of_later_days(tmp_path: Path) -> None:
    """No row and no cell of an extract speaks of a day after it, save those that are planned."""
    tables, _ = drawn(200)
    on = TODAY - timedelta(days=115)
    tables.write(tmp_path, as_of=on)
    planned = {"pers_expected_dob", "icpc_icpc_target_date", "cppr_cp_review_due",
               "clar_cla_review_due_date"}  # fmt: skip
    told = {
        (column, cell[:10])
        for table in COLUMNS
        for row in rows_of(tmp_path, table)
        for column, cell in row.items()
        if cell.endswith(" 00:00:00") and column not in planned
    }
    assert told
    assert max(day for _, day in told) <= on.isoformat()
    # The control: as of today it does speak of them.
    tables.write(tmp_path, as_of=TODAY)
    ended = {row["clae_cla_episode_ceased_date"] for row in rows_of(tmp_path, "ssd_cla_episodes")}
    assert max(ended) > on.isoformat()


def test_a_cell_is_empty_until_its_day(tmp_path: Path) -> None:
    """What ends on a day is open in the extract of the day before."""
    tables = Extracts(columns={"t": ("a", "b")})
    tables.row("t", TODAY, a="1", b=Later("ended", TODAY + timedelta(days=1)))
    tables.write(tmp_path, as_of=TODAY)
    assert rows_of(tmp_path, "t") == [{"a": "1", "b": ""}]
    tables.write(tmp_path, as_of=TODAY + timedelta(days=1))
    assert rows_of(tmp_path, "t") == [{"a": "1", "b": "ended"}]


def test_every_course_is_among_some_hundred_children() -> None:
    """Unborn, dead, in need, on a plan, before proceedings, adopted: all are there."""
    tables, lives = drawn(560)
    assert {course for course, _ in drawing.COURSES} == {
        drawing.in_care_long, drawing.in_care_at_home, drawing.in_proceedings,
        drawing.by_agreement, drawing.left_care, drawing.on_plan, drawing.plan_ended,
        drawing.in_need, drawing.before_birth, drawing.died,
    }  # fmt: skip
    assert any(life.is_unborn for life in lives)
    assert any(cells["pers_death_date"] for _, cells in tables.rows["ssd_person"])
    assert set(tables.rows) == set(COLUMNS)


def test_the_columns_are_the_datasets() -> None:
    """Every column is one of the published schema."""
    if not SPECIFICATION.is_dir():
        pytest.skip(f"{len(COLUMNS)} tables not held against the schema: it is not here")
    for table, columns in COLUMNS.items():
        text = (SPECIFICATION / f"{table}.yml").read_text(encoding="utf-8")
        unknown = {column for column in columns if f"name: {column}\n" not in text}
        assert unknown <= NAMES, table
