"""The same extract night after night, and the little that changes between two nights."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from caseward.record.ledger import queries as ledger
from caseward.record.ledger.acts import child_stream
from caseward.record.people import queries as people
from caseward.rules.facts import record
from caseward.rules.facts.entries import Event
from caseward.work.exchange.imports import deciding, formats
from caseward.work.exchange.imports.report import Report, as_text
from caseward.work.imports import queries
from tests.builders import importing, stores
from tests.builders.toy_format import child, fact, rows

pytestmark = pytest.mark.django_db(databases="__all__")
NIGHT = stores.TODAY + timedelta(days=30)


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the format made for tests be one that can be imported."""
    monkeypatch.setitem(formats.MODULES, "toy", "tests.builders.toy_format")


@pytest.fixture
def store() -> stores.Store:
    """An authority that has adopted the national reviews and nothing else."""
    return stores.a_store(law=[stores.REVIEWS])


def bring_in(store: stores.Store, *said: object) -> Report:
    """Import rows of the format made for tests, on the store's day."""
    return importing.bring_in(store.act(), rows(*said), format_code="toy")  # type: ignore[arg-type]


def standing(kind: str, identifier: str = "1") -> list[Event]:
    """Return what stands of a kind on a child's record."""
    child_id = people.outside_children(importing.SCHEME)[identifier].child_id
    known = record.as_known(ledger.entries_of(child_stream(child_id)), child=child_id)
    return [event for event in known.events if event.kind == kind]


def name_told(name: str) -> dict[str, Any]:
    """Return a row that names the child, as an extract does each night."""
    return child(name=name, family_name="One", sex="F")


def test_another_name_moves_no_first_day(store: stores.Store) -> None:
    """A new name a month on corrects the name and leaves the day on which the child came in (M8)."""
    bring_in(store, name_told("Child One"))
    report = bring_in(store.on(NIGHT), name_told("Child Two"))
    assert dict(report.facts) == {"child.registered": 1}
    (registered,) = standing("child.registered")
    assert (registered.fields["name"], registered.occurred_on) == ("Child Two", stores.TODAY)


@pytest.mark.parametrize("by_rule", [True, False], ids=["a rule", "a person"])
def test_a_name_taken_from_the_file_moves_no_first_day(
    store: stores.Store, *, by_rule: bool
) -> None:
    """Where the file is believed against a correction made here, the first day stays too."""
    bring_in(store, name_told("Child One"))
    (before,) = standing("child.registered")
    found = ledger.find(before.entry_id)
    assert found is not None
    own = replace(store, children={"Child One": before.child})
    own.correct(
        before.entry_id,
        "child.registered",
        stores.TODAY.isoformat(),
        seq=found.seq,
        name="Child Here",
        family_name="One",
        sex="F",
    )
    if by_rule:
        deciding.set_rule(store.act(), "child.registered", "theirs")
    later = store.on(NIGHT)
    bring_in(later, name_told("Child Two"))
    if not by_rule:
        (asked,) = queries.open_questions()
        deciding.decide(later.act(), asked.question, "theirs")
    (registered,) = standing("child.registered")
    assert (registered.fields["name"], registered.occurred_on) == ("Child Two", stores.TODAY)


def test_what_is_known_on_sight_keeps_the_day_it_was_first_seen(store: stores.Store) -> None:
    """A fact for which the file has no day keeps the first one when it says otherwise."""

    def seen(born_on: str, day: date) -> dict[str, Any]:
        said: dict[str, Any] = {
            "keys": {"sibling": "2"},
            "fields": {"born_on": born_on},
            "on_sight": True,
        }
        return fact("r:1", kind="sibling.recorded", on=day.isoformat(), **said)

    brothers = [name_told("Child One"), child("2", name="Child Two")]
    bring_in(store, *brothers, seen("2014-01-02", stores.TODAY))
    bring_in(store.on(NIGHT), *brothers, seen("2014-01-03", NIGHT))
    (sibling,) = standing("sibling.recorded")
    assert (sibling.fields["born_on"], sibling.occurred_on) == ("2014-01-03", stores.TODAY)


PERSONS = "pers_person_id,pers_dob,pers_forename\n1,2015-03-04,One\n2,2016-03-04,Two\n"
EPISODES = (
    "clae_cla_episode_id,clae_person_id,clae_cla_episode_start_date,clae_cla_episode_start_reason,"
    "clae_cla_id,clae_entered_care_date,clae_cla_last_iro_contact_date\n"
)
ENTERED = "E1,1,2019-04-01,S,C1,2019-04-01,{contact}\nE3,2,2019-03-01,S,C2,2019-03-01,2026-02-25\n"
REVIEWS = "clar_cla_review_id,clar_cla_id,clar_cla_review_date,clar_cla_review_due_date,clar_cla_review_participation\n"
REVIEWED = "R1,C1,2019-04-20,2019-04-28,{said}\nR2,C1,{on},2026-02-20,PN1\nR3,C1,2026-02-01,,PN1\n"


def ssd(
    *,
    episodes: str = ENTERED.format(contact="2026-01-10"),
    reviews: str = REVIEWED.format(said="PN1", on="2020-01-10"),
    persons: str = PERSONS,
) -> dict[str, bytes]:
    """Return the files of a night."""
    return {
        "ssd_person.csv": persons.encode(),
        "ssd_cla_episodes.csv": (EPISODES + episodes).encode(),
        "ssd_cla_reviews.csv": (REVIEWS + reviews).encode(),
    }


def gone(store: stores.Store, files: dict[str, bytes]) -> list[tuple[str, str]]:
    """Import the files and return what is told to be no longer in them."""
    report = importing.bring_in(store.act(), files)
    assert report.n_vanished == len(report.vanished)
    return [(one.kind, one.source.rpartition(":ssd:")[2]) for one in report.vanished]


def test_what_is_told_once_or_only_of_the_latest_is_not_gone(store: stores.Store) -> None:
    """A later contact replaces the one told before, and a due date goes once it is met."""
    importing.bring_in(store.act(), ssd())
    later = ssd(
        episodes=ENTERED.format(contact="2026-02-20"),
        reviews=REVIEWED.format(said="PN1", on="2020-01-10").replace("2026-02-20", ""),
    )
    assert gone(store, later) == []
    assert gone(store, later) == []


def test_a_row_that_is_refused_is_not_gone(store: stores.Store) -> None:
    """It is in the file, and its refusal says what is wrong; a row that is left out is gone."""
    importing.bring_in(store.act(), ssd())
    refused = ssd(reviews=REVIEWED.format(said="PN1", on="2020-31-31"))
    assert gone(store, refused) == []
    left_out = REVIEWED.format(said="PN1", on="2020-01-10").replace("R2,C1,", "R4,C1,")
    assert gone(store, ssd(reviews=left_out)) == [
        ("looked_after_review.held", "ssd_cla_reviews:R2:looked_after_review.held")
    ]


def test_where_nobody_knows_what_was_refused_nothing_is_told_gone(store: stores.Store) -> None:
    """A reader that cannot say what a refused row was about leaves the file's rows where they are."""
    days = ("2020-01-01", "2021-01-01", "2022-01-01")
    facts = [fact(f"r:{day}", on=day) for day in days]
    bring_in(store, child(), *facts)
    report = bring_in(store, child(), facts[0], {"refuse": "No such day."}, facts[2])
    assert report.vanished == ()
    assert [one.source for one in bring_in(store, child(), facts[0], facts[2]).vanished] == [
        "la_child_id:toy:r:2021-01-01"
    ]


def test_what_cannot_be_read_takes_nothing_back(store: stores.Store) -> None:
    """A cell that a spreadsheet spoilt leaves what it said before, and is noted; an empty one does not."""
    persons = PERSONS.replace("pers_forename", "pers_forename,pers_sex").replace(
        ",One\n2,2016-03-04,Two\n", ",One,{sex}\n2,2016-03-04,Two,M\n"
    )
    importing.bring_in(store.act(), ssd(persons=persons.format(sex="F")))
    spoilt = REVIEWED.format(said='"=HYPERLINK(""x"")"', on="2020-01-10")
    night = store.on(NIGHT)
    files = ssd(reviews=spoilt, persons=persons.format(sex="#REF!"))
    report = importing.bring_in(night.act(), files)
    assert (dict(report.facts), report.changed) == ({}, ())
    assert "participation" in str(report.notes)
    assert "pers_sex" in str(report.notes)
    emptied = ssd(
        reviews=REVIEWED.format(said="", on="2020-01-10"), persons=persons.format(sex="F")
    )
    assert dict(importing.bring_in(night.act(), emptied).facts) == {"looked_after_review.held": 1}
    again = ssd(
        reviews=REVIEWED.format(said="PN0", on="2020-01-10"), persons=persons.format(sex="?")
    )
    importing.bring_in(night.act(), again)
    assert standing("child.registered")[0].fields["sex"] == "F"


STAFF = {
    "ssd_professionals.csv": b"prof_professional_id,prof_professional_name\nW1,Jo Example\nW2,Al Other\n",
    "ssd_involvements.csv": (
        b"invo_involvements_id,invo_professional_id,invo_professional_role_id,"
        b"invo_involvement_start_date,invo_person_id\nI1,W1,Social worker,2026-01-02,1\n"
    ),
}


def test_the_same_extract_counts_no_row_as_accepted(store: stores.Store) -> None:
    """A second episode of one period says what the first says; a worker of no child says nothing."""
    episodes = ENTERED.format(contact="2026-01-10") + "E2,1,2020-04-01,P,C1,2019-04-01,2026-01-10\n"
    files = ssd(episodes=episodes) | STAFF
    importing.bring_in(store.act(), files)
    report = importing.bring_in(store.on(NIGHT).act(), files)
    assert (dict(report.facts), report.n_vanished) == ({}, 0)
    assert {one.file: (one.read, one.new, one.duplicate, one.nothing) for one in report.totals} == {
        "ssd_person.csv": (2, 0, 2, 0),
        "ssd_cla_episodes.csv": (3, 0, 2, 1),
        "ssd_cla_reviews.csv": (3, 0, 3, 0),
        "ssd_involvements.csv": (1, 0, 1, 0),
        "ssd_professionals.csv": (2, 0, 1, 1),
    }
    assert "ssd_professionals.csv: 2 read = 0 accepted + 1 duplicate" in as_text(report)


def test_a_part_of_an_extract_refreshes_nothing(store: stores.Store) -> None:
    """One table by itself is brought in, and says nothing of when the rest was last refreshed."""
    importing.bring_in(store.act(), ssd(), system="Their System")
    whole = queries.latest_refresh()
    assert whole is not None
    part = {name: said for name, said in ssd().items() if name == "ssd_cla_episodes.csv"}
    importing.bring_in(store.on(NIGHT).act(), part, system="A Part")
    assert len(queries.runs()) == 2
    assert queries.latest_refresh() == whole


def test_a_birthday_corrected_here_first_lets_the_childs_rows_in_again(store: stores.Store) -> None:
    """What the refusal says to do is enough: after it the other system's birthday refuses nothing."""
    bring_in(store, name_told("Child One"))
    corrected = [
        child(born_on="2012-05-03", name="Child One", family_name="One", sex="F"),
        fact("r:1"),
    ]
    refused = bring_in(store.on(NIGHT), *corrected)
    assert [row.child for row in refused.refused] == ["1", "1"]
    (born,) = standing("child.born")
    found = ledger.find(born.entry_id)
    assert found is not None
    own = replace(store.on(NIGHT), children={"Child One": born.child})
    own.correct(born.entry_id, "child.born", "2012-05-03", seq=found.seq)
    again = bring_in(store.on(NIGHT), *corrected)
    assert list(again.refused) == []
    assert dict(again.facts) == {"looked_after_review.held": 1}
