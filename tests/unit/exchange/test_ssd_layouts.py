"""The dataset read in three layouts made from its specification, held against what was drawn."""

import tempfile
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseward.interfaces import shipped
from caseward.rules.facts import reading as vocabulary
from caseward.work.exchange.imports.values import Fact
from caseward.work.exchange.ssd import format as ssd
from caseward.work.exchange.ssd.left_aside import LEFT_ASIDE
from tests.builders import ssd_layouts, ssd_lives, ssd_spec
from tests.builders.sinks import CollectingSink
from tests.builders.ssd_layouts import Folder, Layout
from tests.builders.ssd_lives import TODAY, Lives, Said

pytestmark = pytest.mark.skipif(not ssd_spec.IS_THERE, reason=ssd_spec.ABSENT)

# Numbers of workers and teams are made by the reader; they are held to each other, not to a list.
MADE = frozenset({"worker", "team", "part_of", "for_team"})
Told = tuple[object, ...]


def read(folder: Folder) -> CollectingSink:
    """Read one folder into lists."""
    sink = CollectingSink()
    ssd.read(folder.files, sink, today=TODAY, options={})
    return sink


def as_told(fact: Fact) -> Told:
    """Return what of a fact is compared with what was drawn."""
    return (
        fact.kind, fact.occurred_on, fact.child, fact.outcome, fact.until, fact.on_sight,
        frozenset((k, v) for k, v in fact.keys.items() if k not in MADE),
        frozenset((k, v) for k, v in fact.fields.items() if k not in MADE),
    )  # fmt: skip


def as_drawn(said: Said) -> Told:
    """Return a drawn fact as facts told are compared with it."""
    return (
        said.kind, said.on, said.child, said.outcome, said.until, said.is_on_sight,
        frozenset(said.keys.items()), frozenset(said.fields.items()),
    )  # fmt: skip


def differences(lives: Lives, folder: Folder, layout: Layout) -> list[str]:
    """Return every row whose facts are not those drawn, or that is not accounted for as it should be."""
    sink = read(folder)
    told: dict[tuple[str, int], Counter[Told]] = {}
    for fact in sink.facts:
        place = (fact.place.file, fact.place.row)
        told.setdefault(place, Counter())[as_told(fact)] += 1
    places = {(place.file, place.row) for place in sink.places}
    read_rows = {place: row for place, row in folder.rows.items() if row.table in ssd_lives.DRAWN}
    wrong = [f"{place} was not read once" for place in places ^ read_rows.keys()]
    for place, row in read_rows.items():
        wanted = Counter(as_drawn(said) for said in row.says)
        if told.get(place, Counter()) != wanted:
            wrong.append(f"{layout.name}, {place} {row.cells}: {told.get(place)} is not {wanted}")
    wrong += [f"{layout.name}: {refused}" for refused in sink.refused]
    wrong += [f"{layout.name}: {duplicate}" for duplicate in sink.duplicates]
    sources = Counter(fact.source for fact in sink.facts)
    wrong += [f"{source} is given {n} times" for source, n in sources.items() if n > 1]
    return wrong + _of_children(lives, sink) + _of_notes(folder, sink)


def _of_children(lives: Lives, sink: CollectingSink) -> list[str]:
    seen = {
        child.identifier: (child.born_on, child.expected_on, child.died_on)
        for child in sink.children
    }
    drawn: dict[str, tuple[date | None, ...]] = {
        child: (born, None, None) for child, born in lives.born.items()
    }
    drawn |= {child: (None, expected, None) for child, expected in lives.unborn.items()}
    return [] if seen == drawn else [f"the children are {seen}, not {drawn}"]


def _of_notes(folder: Folder, sink: CollectingSink) -> list[str]:
    """Every column that the dataset does not have, and every one that a table lacks, is told of once."""
    wrong = []
    for file, added in folder.extra.items():
        said = [sentence for name, sentence in sink.notes if name == file]
        is_read = not any("left aside" in sentence for sentence in said)
        wanted = [f"not read: {', '.join(said_order(said, added))}"] if added else []
        wanted += [f"no column {name}" for name in folder.lacking[file]]
        wrong += [
            f"{file}: “{words}” is not told once in {said}"
            for words in (wanted if is_read else [])
            if sum(words in sentence for sentence in said) != 1 and not _is_unread(file, words)
        ]
    return wrong


def said_order(said: list[str], added: list[str]) -> list[str]:
    """Return the added columns in the order in which the heading has them."""
    text = next((sentence for sentence in said if "not read:" in sentence), "")
    return sorted(added, key=text.find)


def _is_unread(file: str, words: str) -> bool:
    """A column that is not read is not missed."""
    return "pers_common_child_id" in words and "person" in file


def written(lives: Lives, layout: Layout, into: Path) -> Folder:
    """Write the lives in a layout into a new folder."""
    folder = Path(tempfile.mkdtemp(dir=into))
    return ssd_layouts.write(lives, layout, folder, Random(1))


@pytest.mark.parametrize("layout", ssd_layouts.ALL, ids=lambda layout: layout.name)
def test_every_row_of_every_table_says_what_was_drawn(layout: Layout, tmp_path: Path) -> None:
    """In each layout each row of each table gives the facts that were drawn for it, and no others."""
    lives = ssd_lives.draw(Random(7), n_children=60)
    assert set(lives.rows) == ssd_lives.DRAWN
    assert differences(lives, written(lives, layout, tmp_path), layout) == []


def test_the_layouts_give_the_same_facts_the_same_sources(tmp_path: Path) -> None:
    """A system that changes its columns imports the same events again, not new ones."""
    lives = ssd_lives.draw(Random(3), n_children=10)
    sources = [
        sorted(fact.source for fact in read(written(lives, layout, tmp_path)).facts)
        for layout in ssd_layouts.ALL
    ]
    assert sources[0] == sources[1] == sources[2]


def test_roles_name_the_workers_and_teams_that_are_added(tmp_path: Path) -> None:
    """Whoever holds a role for a child is a worker, or a team, that the same import adds."""
    lives = ssd_lives.draw(Random(5), n_children=20)
    sink = read(written(lives, ssd_layouts.SPEC_ORDER, tmp_path))
    workers = {f.keys["worker"] for f in sink.facts if f.kind == "worker.registered"}
    teams = {f.keys["team"] for f in sink.facts if f.kind == "team.formed"}
    held = [f for f in sink.facts if f.kind == "role.held"]
    for_a_child = [f for f in held if f.stream == "child"]
    in_a_team = [f for f in held if f.stream == "authority"]
    assert for_a_child
    assert in_a_team
    assert {f.fields["worker"] for f in held} <= workers
    assert {f.fields["for_team"] for f in in_a_team} <= teams
    # A team beside the worker would make everybody in it responsible for the child.
    assert all("team" not in f.fields for f in held)


def test_every_table_and_column_of_the_specification_is_read_or_named() -> None:
    """No table and no column of the specification is unknown to the reader."""
    spec = ssd_spec.tables()
    assert len(spec) >= ssd_spec.N_TABLES
    assert set(spec) - set(ssd.TABLES) - set(LEFT_ASIDE) == set()
    assert set(ssd.TABLES) & set(LEFT_ASIDE) == set()
    unknown = {
        f"{table}.{field.name}"
        for table, fields in spec.items()
        if table in ssd.TABLES
        for field in fields
        if field.name not in (*ssd.TABLES[table].used, *ssd.TABLES[table].unused)
    }
    assert unknown == set()


def test_every_fact_is_of_a_declared_kind(tmp_path: Path) -> None:
    """Kinds, outcomes, keys, fields and their choices are those of the vocabulary."""
    kinds = vocabulary.read_vocabulary(shipped.law_texts().kinds).kinds
    lives = ssd_lives.draw(Random(11), n_children=40)
    sink = read(written(lives, ssd_layouts.SPEC_ORDER, tmp_path))
    for fact in sink.facts:
        if fact.stream == "authority":
            continue
        kind = kinds[fact.kind]
        assert fact.outcome is None or fact.outcome in kind.outcomes, fact
        assert set(fact.keys) <= set(kind.keys), fact
        for name, value in fact.fields.items():
            declared = kind.find_field(name)
            assert declared is not None, fact
            assert not declared.choices or value in declared.choices, fact


def test_control_a_fact_that_was_not_drawn_is_found(tmp_path: Path) -> None:
    """The comparison goes red where one day, one child or one row is another than the one drawn."""
    lives = ssd_lives.draw(Random(2), n_children=3)
    folder = written(lives, ssd_layouts.SPEC_ORDER, tmp_path)
    row = lives.rows["ssd_cp_plans"][0]
    row.says[0] = replace(row.says[0], on=row.says[0].on - timedelta(days=1))
    lives.rows["ssd_s47_enquiry"][0].says.clear()
    assert len(differences(lives, folder, ssd_layouts.SPEC_ORDER)) == 2


FEW = settings(
    max_examples=500, deadline=None, database=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip


@FEW
@given(seed=st.integers(0, 2**32), number=st.integers(0, 2))
def test_any_children_are_read_as_they_were_drawn(seed: int, number: int) -> None:
    """Whatever is drawn, in any of the layouts, is told as it was drawn."""
    lives = ssd_lives.draw(Random(seed), n_children=1)
    layout = ssd_layouts.ALL[number]
    with tempfile.TemporaryDirectory() as folder:
        found = ssd_layouts.write(lives, layout, Path(folder), Random(seed), only=ssd_lives.DRAWN)
        assert differences(lives, found, layout) == []


@pytest.mark.soak
def test_the_same_holds_of_many_more_children() -> None:
    """The same of 20,000 drawn anew at every run."""
    rule: Any = test_any_children_are_read_as_they_were_drawn
    check = given(seed=st.integers(0, 2**32), number=st.integers(0, 2))(rule.hypothesis.inner_test)
    settings(FEW, max_examples=20_000, derandomize=False)(check)()
