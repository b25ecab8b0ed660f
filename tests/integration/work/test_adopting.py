"""The authority's own facts change dates only when they are adopted, child by child (S5)."""

from collections.abc import Callable

import pytest

from caseward.interfaces import clock, shipped
from caseward.interfaces.jobs import settling
from caseward.record.ledger import authority, maintenance
from caseward.record.ledger.acts import AUTHORITY, NewEntry
from caseward.rules.texts.problems import LawFileError
from caseward.work import entries
from caseward.work.casework import adopt, join_records
from caseward.work.entries import errors
from caseward.work.readings import child_page, my_tasks
from caseward.work.readings.errors import NotFound
from caseward.work.tasks import queries as tasks
from tests.builders.stores import (
    DISCHARGE,
    LAW_FROM,
    Store,
    a_store,
    an_act,
    an_empty_authority,
    on,
)

pytestmark = pytest.mark.django_db(databases="__all__")

REVIEW = "looked_after_review.held"


def discharging(*, law: tuple[str, ...] = (DISCHARGE,)) -> Store:
    """Return a store in which a discharge began on 4 December 2025."""
    store = a_store("2025-12-04", law=law).with_child(started_on="2025-01-06")
    store.record(REVIEW, outcome="discharge_supported")
    store.record("review_decision.ratified")
    return store


def test_a_closure_day_moves_the_date_when_the_child_is_next_read() -> None:
    """Rows behind the authority's facts are settled by the page that reads them; first dates too."""
    store = discharging()
    adopt.declare_closure(store.act(), {on("2025-12-24"): "Offices closed"})
    assert store.tasks("W5.meeting")[0].due_on == on("2025-12-29")
    page = child_page.page(store.asker("iro"), store.child, as_of=store.today)
    line = next(line for line in page.tasks[0].lines if line.step == "W5.meeting")
    assert line.due_on == on("2025-12-30")
    (task,) = store.tasks("W5.meeting")
    assert (task.due_on, task.first_due_on) == (on("2025-12-30"), on("2025-12-30"))


def test_those_behind_are_settled_one_by_one() -> None:
    """What is left behind after an adoption is counted, and settled in the background."""
    store = discharging().with_child("Child Two")
    adopt.declare_closure(store.act(), {on("2025-12-24"): "Offices closed"})
    assert entries.settle_behind(on=store.today, at_most=1) == 1
    assert entries.settle_behind(on=store.today) == 0
    assert store.on("2025-12-05").tasks is not None


def test_the_job_settles_those_behind_unless_saving_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without anybody asking, and not while a large import has the store to itself."""
    store = discharging()
    monkeypatch.setattr(clock, "now", lambda: store.act().at)
    adopt.declare_closure(store.act(), {on("2025-12-24"): "Offices closed"})
    maintenance.begin("by hand", why="An import.")
    settling.look()
    assert entries.n_behind(on=store.today) == 1
    maintenance.end("by hand")
    settling.look()
    assert entries.n_behind(on=store.today) == 0
    assert store.tasks("W5.meeting")[0].due_on == on("2025-12-30")


def test_the_job_goes_on_where_nothing_can_be_settled(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A refusal ends that look alone, and says no more than its kind."""
    store = discharging()
    monkeypatch.setattr(clock, "now", lambda: store.act().at)
    monkeypatch.setattr(entries, "n_behind", raising(errors.Refusal("A name", "Do this.")))
    settling.look()
    assert "Children could not be settled (Refusal)" in caplog.text
    assert "A name" not in caplog.text


def raising(problem: Exception) -> Callable[..., int]:
    """Return what fails whenever it is asked."""

    def ask(**_: object) -> int:
        raise problem

    return ask


def test_a_registered_worker_leaves_every_child_settled() -> None:
    """Only what an evaluation depends on asks for settling again."""
    store = discharging()
    before = tasks.settled_to([store.child])
    store.with_worker("legal")
    assert tasks.settled_to([store.child]) == before
    assert entries.settle_behind(on=store.today) == 0


def test_a_setting_holds_from_its_day_on() -> None:
    """A setting dated ahead changes nothing until its day has come."""
    store = discharging()
    adopt.set_setting(store.act(), "deemed_receipt", 4, since=on("2026-01-05"))
    assert entries.rulebook_at(on=on("2026-01-04")).settings["deemed_receipt"] == 2
    assert entries.rulebook_at(on=on("2026-01-05")).settings["deemed_receipt"] == 4


def test_what_was_known_before_is_answered_by_the_law_as_known() -> None:
    """A rulebook at a position holds what had been adopted by then, and nothing later (M4)."""
    store = discharging()
    position = entries.rules_at(on=store.today).to.position
    adopt.declare_closure(store.act(), {on("2025-12-24"): "Offices closed"})
    before = entries.rulebook_at(position, on=store.today)
    now = entries.rulebook_at(on=store.today)
    assert on("2025-12-24") not in before.calendar.closures
    assert on("2025-12-24") in now.calendar.closures


def test_a_law_file_that_cannot_be_read_is_not_adopted() -> None:
    """It is refused with file and line, and the store goes on as before."""
    store = an_empty_authority()
    text = shipped.law_texts().procedures[DISCHARGE].replace("duty:", "dutty:", 1)
    with pytest.raises(LawFileError, match="dutty"):
        adopt.adopt_procedure(store.act(), text, path=DISCHARGE, adopted_from=on("2015-01-01"))
    assert entries.rulebook_at(on=store.today).procedures == ()


def test_nothing_is_recorded_of_a_child_before_there_is_law() -> None:
    """An empty store says what to adopt first."""
    store = Store(today=on("2026-03-02"))
    with pytest.raises(errors.Refusal, match="no calendar or no kinds of entry yet"):
        store.with_child()


def test_a_trigger_before_adoption_opens_nothing() -> None:
    """Imported history opens no local procedure before the authority used it (M8)."""
    store = an_empty_authority("2026-03-02")
    text = shipped.law_texts().procedures[DISCHARGE]
    adopt.adopt_procedure(
        an_act(day="2026-03-02"), text, path=DISCHARGE, adopted_from=on("2026-01-01")
    )
    store = store.with_child(started_on="2025-01-06")
    store.record(REVIEW, "2025-12-04", outcome="discharge_supported")
    assert store.tasks() == ()
    store.record(REVIEW, "2026-01-08", outcome="discharge_supported")
    assert {task.step for task in store.tasks()} >= {"W4.ratify"}


def test_two_records_of_one_child_are_read_as_one_until_they_are_not() -> None:
    """Joining is an entry; un-joining is withdrawing it (M39)."""
    store = discharging().with_child("Child One Again")
    first, again = store.children.values()
    store.record("looked_after.began", "2025-01-06")
    join_records.join(store.act(), again, first)
    asker = store.asker("social_worker")
    page = child_page.page(asker, first, as_of=store.today)
    assert "looked_after.began" in {entry.kind for entry in page.timeline}
    with pytest.raises(NotFound, match=r"joined with another record.*Open the record of Child One"):
        child_page.page(asker, again, as_of=store.today)
    assert tasks.of_child(again) == ()
    joining = next(entry for entry in page.timeline if entry.kind == "record.joined")
    store.withdraw(joining.entry_id, seq=joining.seq)
    apart = child_page.page(asker, first, as_of=store.today)
    assert "looked_after.began" not in {entry.kind for entry in apart.timeline}
    assert child_page.page(asker, again, as_of=store.today).timeline
    assert entries.verify_child(first, on=store.today) == ()
    assert entries.verify_child(again, on=store.today) == ()


def test_a_joined_record_follows_what_is_recorded_on_either() -> None:
    """A fact recorded on the joined record has its consequences on the one that is read."""
    store = a_store("2025-12-04", law=(DISCHARGE,)).with_child(started_on="2025-01-06")
    store = store.with_child("Child One Again", started_on="2025-01-06")
    first, again = store.children.values()
    join_records.join(store.act(), again, first)
    store.record(REVIEW, outcome="discharge_supported", children=(again,))
    assert "W4.ratify" in {task.step for task in tasks.of_child(first)}
    iro = my_tasks.page(store.asker("iro"), as_of=store.today)
    assert {line.child_id for group in iro.groups for line in group.lines} == {first}
    assert entries.rebuild(on=store.today).is_equal


def test_a_procedure_given_up_opens_nothing_more_until_it_is_adopted_again() -> None:
    """What happens from its day on opens nothing; what was open goes on, and adopting takes it up."""
    store = discharging()
    give_up(store, from_on="2025-12-10")
    assert [(use.since, use.until) for use in authority.known().uses()] == [
        (on(LAW_FROM), on("2025-12-10"))
    ]
    later = store.on("2025-12-11").with_child("Child Two", started_on="2025-01-06")
    later.record(REVIEW, outcome="discharge_supported")
    first, second = later.children.values()
    assert tasks.of_child(second) == ()
    entries.settle_on_reading([first], on=later.today)
    assert "W5.meeting" in {task.step for task in tasks.of_child(first)}
    text = shipped.law_texts().procedures[DISCHARGE]
    adopt.adopt_procedure(later.act(), text, path=DISCHARGE, adopted_from=on("2025-12-11"))
    entries.settle_on_reading([second], on=later.today)
    assert "W4.ratify" in {task.step for task in tasks.of_child(second)}


def give_up(store: Store, *, from_on: str) -> None:
    """Have the authority use the procedure no longer, from a day on."""
    fields = {"procedure": "discharge_of_care_order", "from_on": from_on}
    kind = "procedure.given_up"
    entries.take_in(
        store.act(),
        [NewEntry(stream=AUTHORITY, kind=kind, occurred_on=store.today, fields=fields)],
    )
