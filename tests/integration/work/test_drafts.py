"""What somebody typed and has not saved: theirs alone, never overwritten unseen, gone once saved."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError
from pytest_django import Settings

from caseward.interfaces import clock
from caseward.interfaces.jobs import clearing_drafts
from caseward.record.access import policy
from caseward.record.ledger import queries as ledger
from caseward.record.ledger.acts import child_stream
from caseward.work.casework import discard_draft, keep_draft, record_event
from caseward.work.drafts import queries
from caseward.work.drafts.kept import About, Draft, Seen
from caseward.work.entries import errors
from caseward.work.readings import child_page, my_tasks, record_form
from tests.builders.stores import Store, a_store

pytestmark = pytest.mark.django_db(databases="__all__")

VISIT = "visit.made"
TYPED = {"occurred_on": "today", "fields.seen": "yes"}


def visited() -> Store:
    """Return a store with one child, on whom nothing is recorded yet."""
    return a_store("2025-12-08", law=()).with_child(started_on="2025-01-06")


def about(store: Store, *, by: str = "social_worker", **more: str) -> About:
    """Return the form of a visit to the child, open before the worker of this role."""
    said = {"kind": VISIT} | more
    return About(worker=store.workers[by], child=store.child, **said)


def keep(
    store: Store,
    texts: Mapping[str, str] = TYPED,
    *,
    by: str = "social_worker",
    seen: str = "",
    form: str = "",
) -> Draft | None:
    """Keep what the worker typed into the form of a visit."""
    return keep_draft.keep(store.act(by=by, key=form), about(store, by=by), texts, seen=seen)


def test_what_was_typed_is_there_when_the_form_is_opened_again() -> None:
    """The form and the writer's own list give it back as it was typed, unjudged."""
    store = visited()
    keep(store, {"occurred_on": "31/2", "fields.seen": ""})
    asker = store.asker("social_worker")
    form = record_form.form(asker, store.child, VISIT, as_of=store.today)
    assert form.draft is not None
    assert form.draft.texts == {"occurred_on": "31/2", "fields.seen": ""}
    lines = my_tasks.page(asker, as_of=store.today).drafts
    assert [(line.kind, line.child_id) for line in lines] == [(VISIT, store.child)]
    assert lines[0].words.startswith("You began recording this on 8 December 2025")


def test_what_was_left_for_long_is_cleared(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """After the days that the installation keeps it, and no sooner; no word of it is in a log."""
    store = visited()
    caplog.set_level("DEBUG")
    settings.CASEWARD_DRAFT_DAYS = 3
    draft = keep(store, {"occurred_on": "today", "fields.note": "a word about somebody"})
    assert draft is not None
    lines = my_tasks.page(store.asker("social_worker"), as_of=store.today).drafts
    assert lines[0].words.endswith("It is kept until 11 December 2025.")
    for days, is_kept in ((3, True), (3.01, False)):
        moment = draft.changed_at + timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        clearing_drafts.look()
        assert bool(queries.of_worker(store.workers["social_worker"])) == is_kept
    assert "Cleared drafts left for more than 3 days: 1." in caplog.text
    assert "somebody" not in caplog.text


def test_a_store_that_cannot_clear_drafts_says_so_without_their_words(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The thread goes on; what the database quoted of a row is not repeated."""

    def fail(_since: datetime) -> int:
        raise OperationalError("row: a word about somebody")

    monkeypatch.setattr(discard_draft, "left_since", fail)
    clearing_drafts.look()
    assert "Drafts could not be cleared (OperationalError)." in caplog.text
    assert "somebody" not in caplog.text


def test_a_draft_is_nobody_elses_and_no_fact() -> None:
    """A manager who sees all of the child sees no draft; no entry, timeline or task knows of it."""
    store = visited()
    before = ledger.seqs([child_stream(store.child)])
    keep(store)
    manager = store.asker("team_manager")
    form = record_form.form(manager, store.child, VISIT, as_of=store.today)
    assert form.draft is None
    assert form.other_drafts == ()
    assert my_tasks.page(manager, as_of=store.today).drafts == ()
    assert not policy.may_open_draft(manager, store.workers["social_worker"], store.child)
    assert ledger.seqs([child_stream(store.child)]) == before
    page = child_page.page(store.asker("social_worker"), store.child, as_of=store.today)
    assert VISIT not in {entry.kind for entry in page.timeline}


def test_another_persons_draft_is_neither_changed_nor_discarded() -> None:
    """Naming somebody else's form is refused, whoever asks, and so is a child out of sight."""
    store = visited()
    keep(store)
    act, theirs = store.act(by="team_manager"), about(store)
    with pytest.raises(errors.NotPermitted, match="cannot be kept"):
        keep_draft.keep(act, theirs, {"occurred_on": "1/1/2025"})
    with pytest.raises(errors.NotPermitted, match="not yours to discard"):
        discard_draft.discard(act, theirs)
    hidden = About(worker=store.workers["social_worker"], child="no such child", kind=VISIT)
    with pytest.raises(errors.NotPermitted, match="cannot be kept"):
        keep_draft.keep(store.act(by="social_worker"), hidden, TYPED)
    assert queries.find(theirs) is not None


def test_two_forms_on_one_draft_conflict_and_nothing_is_lost() -> None:
    """The error carries both; naming the newer version goes on with what was typed here."""
    store = visited()
    first = keep(store, form="one")
    assert first is not None
    keep(store, TYPED | {"fields.where": "At school"}, seen=first.version, form="two")
    mine = TYPED | {"fields.where": "At home"}
    with pytest.raises(errors.DraftChanged, match="another window") as changed:
        keep(store, mine, seen=first.version, form="three")
    now = changed.value.now
    assert now is not None
    assert (now.texts["fields.where"], changed.value.typed["fields.where"]) == (
        "At school",
        "At home",
    )
    again = keep(store, mine, seen=now.version, form="four")
    assert again is not None
    assert again.texts["fields.where"] == "At home"


def test_one_form_goes_on_typing_without_a_conflict() -> None:
    """A form may keep again before it has its last answer; the same words from elsewhere agree."""
    store = visited()
    keep(store, form="one")
    later = keep(store, TYPED | {"fields.where": "At school"}, form="one")
    assert later is not None
    same = keep(store, TYPED | {"fields.where": "At school"}, form="two")
    assert same is not None
    assert same.version == later.version


def test_a_draft_goes_when_it_is_saved_or_discarded_or_made_empty() -> None:
    """Nothing of it stays, and the form that was saved keeps nothing more."""
    store = visited()
    kept = keep(store, form="one")
    assert kept is not None
    act = store.act(by="social_worker", key="one")
    record_event.record(
        act, store.what(VISIT, seen="yes"), draft=Seen(about=about(store), version=kept.version)
    )
    assert queries.find(about(store)) is None
    assert keep(store, form="one") is None
    assert queries.find(about(store)) is None
    keep(store, form="two")
    discard_draft.discard(store.act(by="social_worker"), about(store))
    assert queries.find(about(store)) is None
    keep(store, form="three")
    keep(store, {}, form="three")
    assert queries.find(about(store)) is None


def test_saving_is_refused_while_another_window_says_something_else() -> None:
    """What was typed elsewhere is not erased by a form that never saw it; no fact is recorded."""
    store = visited()
    kept = keep(store, form="one")
    assert kept is not None
    keep(store, TYPED | {"fields.where": "At school"}, seen=kept.version, form="two")
    before = ledger.seqs([child_stream(store.child)])
    seen = Seen(about=about(store), version=kept.version)
    with pytest.raises(errors.DraftChanged):
        record_event.record(
            store.act(by="social_worker", key="one"), store.what(VISIT, seen="yes"), draft=seen
        )
    assert ledger.seqs([child_stream(store.child)]) == before
    found = queries.find(about(store))
    assert found is not None
    assert found.texts["fields.where"] == "At school"


def test_what_was_discarded_elsewhere_is_said_and_may_be_begun_anew() -> None:
    """The draft being gone is a conflict of its own, with nothing on the other side."""
    store = visited()
    kept = keep(store, form="one")
    assert kept is not None
    discard_draft.discard(store.act(by="social_worker"), about(store))
    with pytest.raises(errors.DraftChanged, match="saved or discarded") as changed:
        keep(store, seen=kept.version, form="one")
    assert changed.value.now is None
    assert keep(store, form="one") is not None


def test_each_task_has_a_draft_of_its_own() -> None:
    """What was begun for one task is not put into the form of another, and is told there."""
    store = visited()
    keep_draft.keep(store.act(by="social_worker"), about(store, task="a-task"), TYPED)
    asker = store.asker("social_worker")
    form = record_form.form(asker, store.child, VISIT, as_of=store.today)
    assert form.draft is None
    assert [line.task_id for line in form.other_drafts] == ["a-task"]
