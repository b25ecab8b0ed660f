"""An import beside people who record: nothing of theirs is lost, doubled or overwritten."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from caseward.record.ledger import queries as ledger
from caseward.record.ledger.acts import NewEntry, child_stream
from caseward.record.people import queries as people
from caseward.rules.facts import record
from caseward.rules.facts.entries import Event
from caseward.work import entries
from caseward.work.casework import register_child
from caseward.work.casework.register_child import NewChild
from caseward.work.entries import errors
from caseward.work.exchange.imports import deciding, formats, run_folders, runs
from caseward.work.exchange.imports.bringing_in import Twin
from caseward.work.exchange.imports.report import Report
from caseward.work.imports import queries
from tests.builders import importing, stores, toy_format

pytestmark = pytest.mark.django_db(databases="__all__")
REVIEW = "looked_after_review.held"
PN1, PN2 = {"participation": "PN1"}, {"participation": "PN2"}


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The toy format is one of the formats that there are."""
    monkeypatch.setitem(formats.MODULES, "toy", "tests.builders.toy_format")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home in which the runs of a test are kept."""
    return tmp_path


@pytest.fixture
def store() -> stores.Store:
    """An authority with the child that other systems know as 1."""
    made = stores.a_store(law=[stores.REVIEWS])
    child = NewChild(
        name="Child One", born_on=stores.on("2012-05-01"), outside_ids={importing.SCHEME: "1"}
    )
    registered = register_child.register(made.act(), child)
    return replace(made, children={"Child One": registered.child_id})


def bring_in(store: stores.Store, home: Path, *rows: Any, **more: Any) -> Report:
    """Import rows of the toy format."""
    return importing.bring_in(store.act(), toy_format.rows(*rows), home=home, **more)


def begun(store: stores.Store, home: Path, tmp_path: Path, *rows: Any) -> str:
    """Check an import and leave it to be brought in."""
    folder = importing.put(toy_format.rows(*rows), tmp_path / "coming")
    run = runs.start(store.act(), [folder], home=home)
    runs.check(run, at=store.act().at, today=store.today, home=home)
    return run


def reviews(store: stores.Store) -> list[Event]:
    """Return the reviews that stand on the child's record."""
    known = record.as_known(ledger.entries_of(child_stream(store.child)), child=store.child)
    return [event for event in known.events if event.kind == REVIEW]


def seq_of(store: stores.Store, entry: str) -> int:
    """Return the seq of an entry."""
    found = ledger.find(entry)
    assert found is not None
    return found.seq


def counted(report: Report) -> dict[str, int]:
    """Return the verdicts of the one file."""
    (total,) = report.totals
    names = ("accepted", "duplicate", "changed", "conflict", "refused")
    return {name: getattr(total, name) for name in names if getattr(total, name)}


def test_what_was_typed_here_is_not_recorded_twice(store: stores.Store, home: Path) -> None:
    """A typed review that the file has too stays one; that the file says it now is kept (B10)."""
    (typed,) = store.record(REVIEW, "2024-03-28", participation="PN1").entry_ids
    report = bring_in(store, home, toy_format.fact("r:1", fields=PN1))
    assert counted(report) == {"duplicate": 1}
    assert len(reviews(store)) == 1
    assert list(queries.sent_back([typed])) == [typed]


@pytest.mark.parametrize(
    ("decided", "expected"), [("theirs", ["PN1"]), ("ours", ["PN2"]), ("both", ["PN1", "PN2"])]
)
def test_a_person_decides_between_two_values(
    store: stores.Store, home: Path, decided: Any, expected: list[str]
) -> None:
    """The question shows both values; what is decided is recorded by who decided, and not asked again."""
    (typed,) = store.record(REVIEW, "2024-03-28", participation="PN2").entry_ids
    row = toy_format.fact("r:1", fields=PN1)
    assert counted(bring_in(store, home, row)) == {"conflict": 1}
    assert counted(bring_in(store, home, row)) == {"conflict": 1}
    (shown,) = deciding.questions(store.asker("social_worker"))
    assert (shown.theirs["fields"], shown.ours and shown.ours["fields"]) == (PN1, PN2)
    assert shown.child_name == "Child One"
    act = store.act(by="social_worker")
    deciding.decide(act, shown.question.question, decided, expected_seq=shown.seq)
    assert sorted(event.fields["participation"] for event in reviews(store)) == expected
    assert deciding.questions(store.asker("social_worker")) == ()
    assert list(queries.sent_back([typed])) == ([typed] if decided == "theirs" else [])
    assert counted(bring_in(store, home, row)) == {"duplicate": 1}
    with pytest.raises(errors.Refused, match="Somebody decided this already"):
        deciding.decide(store.act(by="social_worker"), shown.question.question, "ours")


def test_a_question_is_decided_as_it_was_shown(store: stores.Store, home: Path) -> None:
    """Where somebody corrected the entry after the question was shown, nothing is decided (S7)."""
    (typed,) = store.record(REVIEW, "2024-03-28", participation="PN2").entry_ids
    bring_in(store, home, toy_format.fact("r:1", fields=PN1))
    (shown,) = deciding.questions(store.asker("social_worker"))
    store.correct(typed, REVIEW, "2024-03-28", seq=seq_of(store, typed), participation="PN3")
    with pytest.raises(errors.Changed):
        deciding.decide(
            store.act(by="social_worker"), shown.question.question, "theirs", expected_seq=shown.seq
        )
    assert [event.fields["participation"] for event in reviews(store)] == ["PN3"]
    assert len(queries.open_questions()) == 1


def test_who_may_not_see_the_child_sees_no_question(store: stores.Store, home: Path) -> None:
    """A question about a child is for those who may see the child, and decided by who may record it."""
    store.record(REVIEW, "2024-03-28", participation="PN2")
    bring_in(store, home, toy_format.fact("r:1", fields=PN1))
    (question,) = queries.open_questions()
    nobody = replace(store, team="").with_worker("legal")
    assert deciding.questions(nobody.asker("legal")) == ()
    with pytest.raises(errors.NotPermitted):
        deciding.decide(nobody.act(by="legal"), question.question, "ours")


def test_a_correction_here_stands_against_the_old_row(store: stores.Store, home: Path) -> None:
    """The nightly file that still says the old value changes nothing; a third value is a question."""
    bring_in(store, home, toy_format.fact("r:1", fields=PN1))
    (event,) = reviews(store)
    store.correct(
        event.entry_id, REVIEW, "2024-03-28", seq=seq_of(store, event.entry_id), participation="PN2"
    )
    assert counted(bring_in(store, home, toy_format.fact("r:1", fields=PN1))) == {"duplicate": 1}
    third = toy_format.fact("r:1", fields={"participation": "PN3"})
    assert counted(bring_in(store, home, third)) == {"conflict": 1}
    assert counted(bring_in(store, home, toy_format.fact("r:1", fields=PN2))) == {"duplicate": 1}
    assert [one.fields for one in reviews(store)] == [PN2]


def test_what_was_withdrawn_here_does_not_come_back(store: stores.Store, home: Path) -> None:
    """A withdrawn entry stays withdrawn whatever the file repeats; decided for theirs it is new."""
    bring_in(store, home, toy_format.fact("r:1", fields=PN1))
    (event,) = reviews(store)
    store.withdraw(event.entry_id, seq=seq_of(store, event.entry_id))
    assert counted(bring_in(store, home, toy_format.fact("r:1", fields=PN1))) == {"duplicate": 1}
    assert counted(bring_in(store, home, toy_format.fact("r:1", fields=PN2))) == {"conflict": 1}
    assert reviews(store) == []
    (shown,) = deciding.questions(store.asker("social_worker"))
    assert shown.ours is None
    deciding.decide(store.act(by="social_worker"), shown.question.question, "theirs")
    assert [one.fields for one in reviews(store)] == [PN2]
    assert counted(bring_in(store, home, toy_format.fact("r:1", fields=PN2))) == {"duplicate": 1}


def test_a_rule_decides_for_a_kind(store: stores.Store, home: Path) -> None:
    """Who may import may set who is believed of a kind; it then decides without a question."""
    store.record(REVIEW, "2024-03-28", participation="PN2")
    with pytest.raises(errors.NotPermitted):
        deciding.set_rule(store.act(by="social_worker"), REVIEW, "theirs")
    with pytest.raises(errors.Refused, match="not a kind of entry"):
        deciding.set_rule(store.act(), "no_such.kind", "theirs")
    administrator = store.with_worker("system_administrator", everywhere=True)
    deciding.set_rule(administrator.act(by="system_administrator"), REVIEW, "theirs")
    assert counted(bring_in(store, home, toy_format.fact("r:1", fields=PN1))) == {"changed": 1}
    assert [one.fields for one in reviews(store)] == [PN1]
    deciding.set_rule(store.act(), REVIEW, None)
    assert deciding.rules() == {}


def test_only_who_may_import_imports(store: stores.Store, home: Path) -> None:
    """A social worker cannot bring in what was checked; the system administrator then can."""
    run = begun(store, home, home, toy_format.fact("r:1"))
    before = ledger.head()
    with pytest.raises(errors.NotPermitted, match="bring in files"):
        runs.start(store.act(by="social_worker"), [home / "coming"], home=home)
    with pytest.raises(errors.NotPermitted, match="bring in files of another system"):
        runs.commit(store.act(by="social_worker"), run, home=home)
    assert ledger.head() == before
    assert runs.state(run, home=home).phase == "checked"
    able = store.with_worker("system_administrator", everywhere=True)
    runs.commit(able.act(by="system_administrator"), run, home=home)
    (event,) = reviews(store)
    found = ledger.find(event.entry_id)
    assert found is not None
    assert (found.act.by, found.act.via) == (able.workers["system_administrator"], "import")
    assert found.source == "la_child_id:toy:r:1"


def test_what_is_recorded_while_it_waits_is_seen(store: stores.Store, home: Path) -> None:
    """The very fact typed between checking and bringing in is not recorded a second time."""
    rows = (toy_format.fact("r:1", fields=PN1), toy_format.fact("r:2", on="2024-06-01"))
    run = begun(store, home, home, *rows)
    store.record(REVIEW, "2024-03-28", participation="PN1")
    report = runs.commit(store.act(), run, home=home)
    assert counted(report) == {"accepted": 1, "duplicate": 1}
    assert len(reviews(store)) == 2


def test_what_is_recorded_while_it_is_made_ready_is_seen(
    store: stores.Store, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Recorded after the entries were hashed and before the writer was taken: compared anew."""
    made = entries.stage_many
    calls: list[Any] = []

    def stage_and_record(*words: Any, **more: Any) -> Any:
        staged = made(*words, **more)
        if not calls:
            calls.append(store.record(REVIEW, "2024-03-28", participation="PN2"))
        return staged

    monkeypatch.setattr(entries, "stage_many", stage_and_record)
    report = bring_in(store, home, toy_format.fact("r:1", fields=PN1))
    assert counted(report) == {"conflict": 1}
    assert [one.fields for one in reviews(store)] == [PN2]
    (question,) = queries.open_questions()
    assert question.theirs["fields"] == PN1


def test_control_a_head_not_looked_at_doubles(
    store: stores.Store, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control: brought in without holding the heads against those compared, the review stands twice."""
    made = entries.bring_in
    monkeypatch.setattr(
        entries,
        "bring_in",
        lambda act, staged, **more: made(act, staged, **more | {"expected": {}}),
    )
    run = begun(store, home, home, toy_format.fact("r:1", fields=PN1))
    store.record(REVIEW, "2024-03-28", participation="PN1")
    runs.commit(store.act(), run, home=home)
    assert len(reviews(store)) == 2


def test_a_child_registered_meanwhile_is_not_made_twice(store: stores.Store, home: Path) -> None:
    """A number that somebody gives to a child while the import waits: nothing goes in, and it says so."""
    run = begun(store, home, home, toy_format.child("2", born_on="2013-01-01"))
    twin = NewChild(
        name="Child Two", born_on=stores.on("2013-01-01"), outside_ids={importing.SCHEME: "2"}
    )
    register_child.register(store.act(), twin)
    before = ledger.head()
    with pytest.raises(Twin, match="Somebody registered one of the children"):
        runs.commit(store.act(), run, home=home)
    assert ledger.head() == before
    assert runs.state(run, home=home).phase == "refused"
    report = bring_in(store, home, toy_format.child("2", born_on="2013-01-01"))
    assert counted(report) == {"duplicate": 1}


def test_children_of_the_earlier_scheme_are_found(store: stores.Store, home: Path) -> None:
    """A child kept under the scheme of an earlier release is that child, and their rows are known."""
    child = NewChild(name="Child 7", born_on=stores.on("2012-05-01"), outside_ids={"ssda903": "7"})
    kept = register_child.register(store.act(), child).child_id
    stream = child_stream(kept)
    old = NewEntry(
        stream=stream, kind=REVIEW, occurred_on=stores.on("2024-03-28"), fields=PN1,
        source="ssda903:Reviews:7:2024-03-28:looked_after_review.held",
    )  # fmt: skip
    entries.take_in_many(store.act(), [(stream, [old])])
    files = {
        "header.csv": b"CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n7,2,01/05/2012,,,,\n",
        "reviews.csv": b"CHILD,DOB,REVIEW,REVIEW_CODE\n7,01/05/2012,28/03/2024,PN4\n",
    }
    report = importing.bring_in(store.act(), files, home=home)
    assert [(t.file, t.duplicate, t.changed) for t in report.totals] == [
        ("header.csv", 1, 0), ("reviews.csv", 0, 1),
    ]  # fmt: skip
    assert people.outside_children("la_child_id").keys() == {"1"}


def test_a_scheme_keeps_systems_apart(store: stores.Store, home: Path) -> None:
    """The same number of another system is another child, and its rows are its own."""
    row = toy_format.child("1", born_on="2015-01-01", name="Child Of Theirs")
    assert counted(bring_in(store, home, row)) == {"refused": 1}
    report = bring_in(store, home, row, scheme="health")
    assert (report.children_new, counted(report)) == (1, {"accepted": 1})
    assert people.outside_children("health").keys() == {"1"}


def test_two_imports_at_once(store: stores.Store, home: Path) -> None:
    """While one is read, checked or brought in, another is told to wait, and can be started after."""
    run = begun(store, home, home, toy_format.fact("r:1"))
    with run_folders.held(home), pytest.raises(run_folders.Busy, match="Another import"):
        runs.commit(store.act(), run, home=home)
    assert runs.state(run, home=home).phase == "checked"
    assert counted(runs.commit(store.act(), run, home=home)) == {"accepted": 1}


def test_brought_in_once(store: stores.Store, home: Path) -> None:
    """A second pressing of the button gives the first report and records nothing."""
    run = begun(store, home, home, toy_format.fact("r:1"))
    first = runs.commit(store.act(), run, home=home)
    head = ledger.head()
    assert runs.commit(store.act(), run, home=home) == first
    assert ledger.head() == head


def test_the_register_says_what_was_done(store: stores.Store, home: Path) -> None:
    """Who, when, which files and what became of them; a run that changed nothing says no position."""
    assert runs.latest_refresh() is None
    bring_in(store, home, toy_format.fact("r:1"), system="Their System")
    first = queries.runs()[0]
    assert (first.phase, first.by, first.system) == ("done", stores.SYSTEM, "Their System")
    assert first.position == ledger.head().position
    assert [file["name"] for file in first.files] == [toy_format.NAME]
    bring_in(store.on("2026-03-03"), home, toy_format.fact("r:1"))
    second = queries.run(runs.latest_refresh().run)  # type: ignore[union-attr]
    assert second is not None
    assert (second.phase, second.position, second.act_id) == ("done", None, "")
    assert second.totals[0]["duplicate"] == 1


def test_settled_as_a_rebuild_gives_it(store: stores.Store, home: Path) -> None:
    """New entries, corrections and what people typed between: the rows are those worked out anew."""
    bring_in(
        store, home, toy_format.fact("r:1", fields=PN1), toy_format.child("2", name="Child Two")
    )
    store.record(REVIEW, "2024-09-01", participation="PN1")
    bring_in(
        store, home, toy_format.fact("r:1", on="2024-03-30"), toy_format.fact("r:2", child="2")
    )
    for child in people.all_ids():
        assert list(entries.verify_child(child, on=stores.TODAY)) == []
