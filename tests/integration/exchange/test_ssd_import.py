"""A folder of the Standard Safeguarding Dataset into the store, from any system's layout."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from caseward.record.ledger import queries as ledger
from caseward.record.ledger.acts import child_stream
from caseward.record.people import queries as people
from caseward.work.exchange.imports.report import Report
from tests.builders import importing, ssd_layouts, ssd_lives, ssd_spec, stores
from tests.builders.ssd_layouts import Layout
from tests.builders.ssd_lives import Lives

pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.skipif(not ssd_spec.IS_THERE, reason=ssd_spec.ABSENT),
]


@pytest.fixture
def store() -> stores.Store:
    """An authority that has adopted the national reviews and nothing else."""
    return stores.a_store(ssd_lives.TODAY, law=[stores.REVIEWS])


def bring_in(store: stores.Store, lives: Lives, layout: Layout, folder: Path) -> Report:
    """Write the children in a layout and import the folder as an act of its own."""
    folder.mkdir()
    made = ssd_layouts.write(lives, layout, folder, Random(1))
    files = {Path(name).name: path.read_bytes() for name, path in made.files.items()}
    return importing.bring_in(store.act(), files)


def test_every_row_goes_in_and_says_what_was_drawn(store: stores.Store, tmp_path: Path) -> None:
    """No row is refused, and each child's stream holds the facts that were drawn."""
    lives = ssd_lives.draw(Random(4), n_children=9)
    report = bring_in(store, lives, ssd_layouts.SPEC_ORDER, tmp_path / "first")
    assert [(r.file, r.row, r.column, r.reason) for r in report.refused] == []
    assert report.children_new == len(lives.born) + len(lives.unborn)
    known = people.outside_children(importing.SCHEME)
    drawn = [
        said for rows in lives.rows.values() for row in rows for said in row.says if said.child
    ]
    for child in (*lives.born, *lives.unborn):
        stream = ledger.entries_of(child_stream(known[child].child_id))
        stored = Counter((entry.kind, entry.occurred_on) for entry in stream)
        wanted = Counter((said.kind, said.on) for said in drawn if said.child == child)
        assert wanted - stored == Counter()
        assert {kind for kind, _ in (stored - wanted)} == {
            "child.registered", "outside_id.recorded",
            "child.born" if child in lives.born else "birth.expected",
        }  # fmt: skip
    siblings = [s for s in drawn if s.kind == "sibling.recorded"]
    assert siblings
    assert sum(t.accepted for t in report.totals) == sum(t.read for t in report.totals)


@pytest.mark.parametrize("layout", ssd_layouts.ALL[1:], ids=lambda layout: layout.name)
def test_another_layout_of_the_same_children_changes_nothing(
    store: stores.Store, tmp_path: Path, layout: Layout
) -> None:
    """A system that writes its columns otherwise the next night imports nothing a second time."""
    lives = ssd_lives.draw(Random(6), n_children=6)
    bring_in(store, lives, ssd_layouts.SPEC_ORDER, tmp_path / "first")
    before = ledger.head().position
    report = bring_in(store, lives, layout, tmp_path / "second")
    assert (dict(report.facts), report.children_new, report.changed) == ({}, 0, ())
    assert ledger.head().position == before


def test_a_due_date_that_moved_is_a_change_of_opinion(store: stores.Store, tmp_path: Path) -> None:
    """The other system's new date corrects its old one, and one row is counted as changed."""
    lives = ssd_lives.draw(Random(4), n_children=3)
    bring_in(store, lives, ssd_layouts.SPEC_ORDER, tmp_path / "first")
    row = lives.rows["ssd_cp_reviews"][0]
    row.cells["cppr_cp_review_due"] = ssd_lives.TODAY
    report = bring_in(store, lives, ssd_layouts.SPEC_ORDER, tmp_path / "second")
    changed = {total.file: total.changed for total in report.totals if total.changed}
    assert changed == {"ssd_cp_reviews.csv": 1}
    assert dict(report.facts) == {"other_system_date.told": 1}


EPISODES = (
    "clae_cla_episode_id,clae_person_id,clae_cla_episode_start_date,clae_cla_episode_start_reason,"
    "clae_cla_id,clae_entered_care_date\nE1,1,2019-04-01,S,C1,2019-04-01\n"
)


def test_the_years_that_drop_out_of_an_extract_change_no_beginning(store: stores.Store) -> None:
    """Six years move on each night: what was known when a child first came in stays known."""
    files = {
        "ssd_person.csv": b"pers_person_id,pers_dob\n1,2015-03-04\n",
        "ssd_cla_episodes.csv": EPISODES.encode(),
    }
    heading = "clar_cla_review_id,clar_cla_id,clar_cla_review_date\n"
    early, late = "R1,C1,2019-04-20\n", "R2,C1,2026-10-01\n"
    first = importing.bring_in(
        store.act(), files | {"ssd_cla_reviews.csv": (heading + early + late).encode()}
    )
    assert first.facts["looked_after.began"] == 1
    child = people.outside_children(importing.SCHEME)["1"].child_id
    before = ledger.entries_of(child_stream(child))
    again = importing.bring_in(
        store.act(), files | {"ssd_cla_reviews.csv": (heading + late).encode()}
    )
    assert (dict(again.facts), again.changed) == ({}, ())
    assert ledger.entries_of(child_stream(child)) == before
    (began,) = [entry for entry in before if entry.kind == "looked_after.began"]
    assert "part_way" not in began.fields
