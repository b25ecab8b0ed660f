"""What is on a record that the asker may not see, or in words they may not read, stays unsaid."""

import pytest

from caseward.record.access import models as access
from caseward.record.ledger import queries
from caseward.record.ledger.acts import child_stream
from caseward.work.casework import involve_person, record_event, register_child, withdraw_entry
from caseward.work.casework.involve_person import Involvement, NewPerson
from caseward.work.casework.register_child import NewChild
from caseward.work.entries import errors
from caseward.work.readings import child_page, consequences, people_involved, record_form
from tests.builders.stores import Store, a_store, on

pytestmark = pytest.mark.django_db(databases="__all__")

BEGAN, ENDED = "child_protection_plan.began", "child_protection_plan.ended"


def with_a_hidden_sibling() -> Store:
    """Return a store whose last child has a sister whose record only the IRO may see."""
    store = a_store().with_child("Sister Hidden").with_child("Child Two")
    sister, child = store.children.values()
    involve_person.record_siblings(store.act(), child, sister, same_household=True)
    store.record("named_access.begun", children=[sister], workers=[store.workers["iro"]])
    return store


def entries_of(child: str) -> list[str]:
    """Return the kinds on a child's record, and which of its entries only withdraw another."""
    recorded = queries.recorded(child_stream(child))
    return [("-" if one.entry.withdraws else "") + one.entry.kind for one in recorded]


def test_no_form_names_a_brother_or_sister_whom_the_asker_may_not_see() -> None:
    """Neither a new entry nor a correction offers the name; a new one does not offer the id."""
    store = with_a_hidden_sibling()
    sister, child = store.children.values()
    asker = store.asker("social_worker")
    asked = record_form.form(asker, child, "sibling.recorded", as_of=store.today)
    assert "keys.sibling" not in [field.name for field in asked.fields]
    entry = queries.recorded(child_stream(child))[-1].entry.entry_id
    asked = record_form.correction(asker, child, entry, as_of=store.today)
    (field,) = [field for field in asked.fields if field.name == "keys.sibling"]
    assert field.choices == ((sister, "A brother or sister"),)
    seen = record_form.form(
        store.asker("iro"), child, "looked_after_review.held", as_of=on("2026-03-02")
    )
    assert seen.siblings == ((sister, "Sister Hidden"),)


def test_an_id_in_words_is_not_answered_with_a_childs_name() -> None:
    """Whoever writes the id of a record into a free text does not learn whose it is."""
    store = with_a_hidden_sibling()
    sister, child = store.children.values()
    store.record("visit.made", seen="yes", note=sister)
    for role, name in (("social_worker", sister), ("iro", "Sister Hidden")):
        page = child_page.page(store.asker(role), child, as_of=store.today)
        said = {field.title: field.words for field in page.timeline[0].fields}
        assert name in said.values()


def test_what_an_act_says_beside_is_neither_asked_nor_shown_to_those_it_is_hidden_from() -> None:
    """A plan that begins and ends on one day is written twice on the sister's record, unasked."""
    store = with_a_hidden_sibling()
    sister, child = store.children.values()
    store.record(BEGAN, by="social_worker")
    act, what = store.act(by="social_worker"), store.what(ENDED)
    shown = consequences.of_recording(store.asker("social_worker"), act, what)
    assert "Sister Hidden" not in str(shown)
    assert shown.problems == ()
    assert {change.child_id for change in shown.changes} <= {child}
    record_event.record(act, what)
    assert entries_of(sister)[-2:] == ["sibling.recorded", "sibling.recorded"]


def test_the_log_names_every_record_whose_changes_are_shown() -> None:
    """What saving would change on a sister's record is a look at it too (S9)."""
    store = with_a_hidden_sibling()
    store.record("named_access.ended", children=[next(iter(store.children.values()))])
    access.ReadLog.objects.all().delete()
    act, what = store.act(by="social_worker"), store.what(BEGAN)
    consequences.of_recording(store.asker("social_worker"), act, what)
    (look,) = access.ReadLog.objects.order_by("id")
    assert set(look.shown.split()) == set(store.children.values())


def test_a_look_at_a_child_is_a_look_at_the_sisters_it_tells_of() -> None:
    """A sister's name, what is late for her and who is on her record are logged as hers (S9)."""
    store = with_a_hidden_sibling()
    sister, child = store.children.values()
    for role, shown in (("iro", {sister, child}), ("social_worker", {child})):
        access.ReadLog.objects.all().delete()
        child_page.page(store.asker(role), child, as_of=store.today)
        (look,) = access.ReadLog.objects.order_by("id")
        assert set(look.shown.split()) == shown
    store.record("named_access.ended", children=[sister])
    access.ReadLog.objects.all().delete()
    people_involved.to_change(store.asker("social_worker"), child, as_of=store.today)
    (look,) = access.ReadLog.objects.order_by("id")
    assert set(look.shown.split()) == {sister, child}


def test_an_act_is_undone_on_a_record_that_its_doer_may_not_see() -> None:
    """What was said beside on the sister's record is taken back with what it followed from (M37)."""
    store = with_a_hidden_sibling()
    sister, child = store.children.values()
    taken = store.record(BEGAN, by="social_worker")
    withdraw_entry.undo(store.act(by="social_worker", why="Taken back."), taken.act_id)
    assert entries_of(child)[-1] == f"-{BEGAN}"
    assert entries_of(sister)[-1] == "-sibling.recorded"


def test_being_told_of_a_record_is_logged() -> None:
    """Who learns by a name and a birthday that there is a record is in that record's log (S9)."""
    store = a_store().with_child("Child One", roles=("team_manager",))
    access.ReadLog.objects.all().delete()
    second = NewChild(name="Child One", born_on=on("2012-05-01"))
    with pytest.raises(errors.NeedsConfirming):
        register_child.register(store.act(by="social_worker"), second)
    (look,) = access.ReadLog.objects.order_by("id")
    assert (look.page, look.shown, look.worker) == (
        "add_a_child",
        store.child,
        store.workers["social_worker"],
    )


def test_what_was_typed_freely_is_not_for_those_who_only_count() -> None:
    """Needs of an adult, and why an entry was corrected, are free text: none for performance."""
    store = a_store().with_worker("performance", everywhere=True).with_child()
    person = NewPerson(name="Parent One", reading_needs="Reads with help", access_needs="No steps")
    involvement = Involvement(relationship="Mother", since=store.today)
    involve_person.add(store.act(by="social_worker"), store.child, person, involvement)
    entry = store.record("visit.made", "2026-03-01", seen="yes").entry_ids[0]
    seq = queries.recorded(child_stream(store.child))[-1].seq
    store.correct(entry, "visit.made", "2026-02-28", seq=seq, seen="yes")
    words = ("Reads with help", "No steps", "It was typed wrongly")
    for role, may_read in (("social_worker", True), ("performance", False)):
        asker = store.asker(role)
        pages = str(child_page.page(asker, store.child, as_of=store.today))
        pages += str(people_involved.page(asker, store.child, as_of=store.today))
        assert [said in pages for said in words] == [may_read] * len(words)
