"""Children are registered, born, allocated, and have a family whose records agree."""

from functools import partial

import pytest

from caseward.interfaces.govuk.templatetags import duties
from caseward.record.access import models as access
from caseward.record.people import queries as people
from caseward.work.casework import allocate, involve_person, record_birth, register_child
from caseward.work.casework.involve_person import (
    Changes,
    Involvement,
    Needs,
    NewPerson,
    WayToReach,
)
from caseward.work.casework.register_child import NewChild
from caseward.work.entries import errors
from caseward.work.readings import child_page, my_tasks, people_involved
from tests.builders.stores import a_store, on

pytestmark = pytest.mark.django_db(databases="__all__")


def test_an_unborn_child_has_a_working_name_until_the_birth() -> None:
    """The birth fixes name and date (B2)."""
    store = a_store().with_child("Baby One", born_on=None, expected_on="2026-04-20")
    page = child_page.page(store.asker("social_worker"), store.child, as_of=store.today)
    assert page.is_unborn
    assert page.age_words == "Unborn, expected 20 April 2026"
    later = store.on("2026-04-18")
    record_birth.record(
        later.act(by="social_worker"), store.child, on("2026-04-17"), name="Child New"
    )
    born = child_page.page(later.asker("social_worker"), store.child, as_of=later.today)
    assert (born.name, born.born_on, born.is_unborn) == ("Child New", on("2026-04-17"), False)
    assert born.age_words == "1 day old"


@pytest.mark.parametrize(
    ("born_on", "expected_on"),
    [(None, None), (on("2020-01-01"), on("2026-04-20"))],
    ids=["neither", "both"],
)
def test_a_child_is_born_or_expected(born_on: object, expected_on: object) -> None:
    """A record is opened with a date of birth or an expected one: one of the two."""
    store = a_store()
    child = NewChild(name="Child One", born_on=born_on, expected_on=expected_on)  # type: ignore[arg-type]
    with pytest.raises(errors.Refused, match="one of the two"):
        register_child.register(store.act(), child)


def test_a_birth_is_said_on_the_siblings_record_by_the_same_act() -> None:
    """What the engine reads of a sibling stands on this child's record too (M37)."""
    store = a_store().with_child("Child One")
    store = store.with_child("Baby Two", born_on=None, expected_on="2026-04-20")
    one, two = store.children.values()
    involve_person.record_siblings(store.act(), one, two, same_household=True)
    later = store.on("2026-04-18")
    record_birth.record(later.act(by="social_worker"), two, on("2026-04-17"))
    (link,) = people.siblings_of(one)
    assert (link.sibling, link.born_on, link.is_same_household) == (two, on("2026-04-17"), True)


def test_a_corrected_birth_is_corrected_on_the_siblings_record() -> None:
    """One act puts the date right on both records (M37)."""
    store = a_store().with_child("Child One").with_child("Child Two", born_on="2020-01-05")
    one, two = store.children.values()
    involve_person.record_siblings(store.act(), one, two, same_household=True)
    page = child_page.page(store.asker("social_worker"), two, as_of=store.today)
    birth = next(entry for entry in page.timeline if entry.kind == "child.born")
    store.correct(birth.entry_id, "child.born", "2020-01-06", seq=birth.seq)
    (link,) = people.siblings_of(one)
    assert link.born_on == on("2020-01-06")


def test_reallocating_changes_whose_list_it_is_on_and_no_task() -> None:
    """Whose task it is is asked on the day (M27)."""
    store = a_store("2025-12-05").with_child(started_on="2025-01-06")
    store.record("looked_after_review.held", "2025-12-04", outcome="discharge_supported")
    before = store.tasks()
    first = my_tasks.page(store.asker("iro"), as_of=store.today).n_children
    allocate.end(store.act(), store.child, "iro", worker=store.workers["iro"], on=on("2025-12-05"))
    second = store.with_worker("iro", name="Worker Second Iro")
    allocate.allocate(
        store.act(), store.child, second.workers["iro"], role="iro", since=on("2025-12-05")
    )
    assert store.tasks() == before
    assert first == 1
    assert my_tasks.page(store.asker("iro"), as_of=store.today).n_children == 0
    assert my_tasks.page(second.asker("iro"), as_of=store.today).n_children == 1


def test_a_child_without_a_holder_is_on_the_managers_list() -> None:
    """A task that nobody is allocated to is listed for those who allocate, and says so."""
    store = a_store("2025-12-05").with_child(
        started_on="2025-01-06", roles=("team_manager", "social_worker")
    )
    store.record("looked_after_review.held", "2025-12-04", outcome="discharge_supported")
    page = my_tasks.page(store.asker("team_manager"), as_of=store.today)
    unallocated = next(group for group in page.groups if group.code == "unallocated")
    line = next(line for line in unallocated.lines if line.step == "W4.ratify")
    assert "Nobody is allocated to do it" in {flag.words for flag in line.flags}
    # A worklist's row has a cell for who is responsible, and says it there alone.
    assert "unallocated" not in {flag.code for flag in duties.flags_in_a_row(line)}


def test_a_person_involved_is_shown_with_what_must_be_known() -> None:
    """Parental responsibility, language, interpreter, safe ways, and whom not to meet (B7)."""
    store = a_store().with_child()
    mother, _ = involve_person.register_person(
        store.act(),
        NewPerson(
            name="Parent One",
            language="Polish",
            interpreter=True,
            ways=(WayToReach(way="phone", address="0000 000", is_safe=True),),
        ),
    )
    father, _ = involve_person.register_person(store.act(), NewPerson(name="Parent Two"))
    for person in (mother, father):
        involve_person.involve(
            store.act(),
            store.child,
            person,
            Involvement(
                relationship="mother" if person == mother else "father",
                since=on("2026-01-05"),
                responsibility="birth" if person == mother else "",
                must_not_meet={mother: "Not safe"} if person == father else {},
            ),
        )
    page = child_page.page(store.asker("social_worker"), store.child, as_of=store.today)
    shown = {each.name: each for each in page.involved}
    assert shown["Parent One"].parental_responsibility == (
        "Parental responsibility since the birth, from 5 January 2026"
    )
    assert shown["Parent One"].language == "Polish"
    assert "Interpreter needed" in shown["Parent One"].notes
    assert "Safe to reach by phone 0000 000" in shown["Parent One"].notes
    assert "Must not meet Parent Two" in shown["Parent One"].notes
    assert shown["Parent Two"].parental_responsibility == "No parental responsibility recorded"


def test_who_adds_a_child_is_the_social_worker_until_another_is_allocated() -> None:
    """A child just added is on somebody's list, and seen by the one who added it."""
    store = a_store().with_child("Child First")
    worker = store.asker("social_worker").worker or ""
    added = register_child.register(
        store.act(by="social_worker"),
        NewChild(name="Child Second", born_on=on("2020-01-01"), social_worker=worker),
    )
    page = child_page.page(store.asker("social_worker"), added.child_id, as_of=store.today)
    assert page.name == "Child Second"
    held = people.holders(added.child_id, "social_worker", store.today)
    assert [row.worker for row in held] == [worker]


def test_a_second_child_of_one_name_and_birth_is_asked_about() -> None:
    """Nothing is saved until it is answered; sent again, the same form is no second child."""
    store = a_store().with_child("Child First", born_on="2020-01-01")
    again = NewChild(name="Child FIRST", born_on=on("2020-01-01"))
    act = store.act(by="social_worker", key="the form")
    with pytest.raises(errors.NeedsConfirming, match="named Child First with that date already"):
        register_child.register(act, again)
    added = register_child.register(act, again, confirmed=True)
    assert added.child_id != store.child
    assert register_child.register(act, again).taken.was_recorded_before
    other = NewChild(name="Child First", born_on=on("2020-01-02"))
    register_child.register(store.act(by="social_worker"), other)


def test_a_record_of_named_access_is_not_told_of_to_others() -> None:
    """Whoever opens a record learns of a like one, save of one that only those named may see."""
    store = a_store().with_child("Child First", born_on="2020-01-01", roles=())
    again = NewChild(name="Child First", born_on=on("2020-01-01"))
    store.record("named_access.begun", workers=[store.workers["iro"]])
    register_child.register(store.act(by="social_worker"), again)


def test_an_expected_day_long_past_is_asked_about() -> None:
    """An unborn child expected more than six weeks ago is a birth not recorded, or a slip."""
    store = a_store("2025-12-08")
    late = NewChild(name="Unborn Child", expected_on=on("2025-10-01"))
    with pytest.raises(errors.NeedsConfirming, match="more than six weeks ago"):
        register_child.register(store.act(by="social_worker"), late)


def test_what_changed_of_a_person_is_recorded_and_what_was_said_stays() -> None:
    """A relation re-stated ends the old one; a note kept from the worker is kept on the record."""
    store = a_store().with_child()
    added = involve_person.add(
        store.act(by="social_worker"),
        store.child,
        NewPerson(name="Parent One"),
        Involvement(relationship="Aunt", since=on("2026-01-05"), note="Has seen the file"),
    )
    later = store.on("2026-04-01")
    involve_person.change(
        later.act(by="social_worker"),
        store.child,
        added.person_id,
        Changes(
            on=later.today,
            involvement=Involvement(relationship="Carer", since=later.today),
            keeps_note=True,
        ),
    )
    before = people.people_involved(store.child, on("2026-03-31"))
    after = people.people_involved(store.child, later.today)
    assert [row.relationship for row in before] == ["Aunt"]
    assert [(row.relationship, row.note) for row in after] == [("Carer", "Has seen the file")]


def test_only_a_person_of_the_childs_record_is_changed_from_it() -> None:
    """From one child's record nobody changes how to reach an adult of another's."""
    store = a_store().with_child("Child One").with_child("Child Two")
    one, two = store.children.values()
    added = involve_person.add(
        store.act(by="social_worker"),
        one,
        NewPerson(name="Parent One"),
        Involvement(relationship="Mother", since=store.today),
    )
    changes = Changes(on=store.today, needs=Needs(language="Polish"))
    with pytest.raises(errors.Refused, match="not on the child's record"):
        involve_person.change(store.act(by="social_worker"), two, added.person_id, changes)
    with pytest.raises(errors.Refused, match="Nothing was changed"):
        involve_person.change(
            store.act(by="social_worker"), one, added.person_id, Changes(on=store.today)
        )


def test_a_need_is_cleared_and_the_others_stay() -> None:
    """A box made empty says that there is none any more; what was not touched is as it was (B7)."""
    store = a_store().with_child()
    act = partial(store.act, by="social_worker")
    mother = involve_person.add(
        act(),
        store.child,
        NewPerson(
            name="Parent One", language="Polish", interpreter=True, access_needs="A room below"
        ),
        Involvement(relationship="Mother", since=store.today),
    ).person_id

    def now(needs: Needs) -> tuple[str, bool, str, str]:
        involve_person.change(act(), store.child, mother, Changes(on=store.today, needs=needs))
        row = people.persons([mother])[mother]
        return row.language, row.needs_interpreter, row.reading_needs, row.access_needs

    assert now(Needs(reading_needs="Large print")) == (
        "Polish",
        True,
        "Large print",
        "A room below",
    )
    assert now(Needs(language="", interpreter=False)) == ("", False, "Large print", "A room below")
    assert now(Needs(language="Welsh", reading_needs="", access_needs="")) == (
        "Welsh",
        False,
        "",
        "",
    )


def test_the_page_of_people_opens_what_the_role_opens() -> None:
    """Addresses, notes and who must not meet are for those whose role opens them; the look is logged."""
    store = a_store().with_worker("business_support").with_child()
    involve_person.add(
        store.act(by="social_worker"),
        store.child,
        NewPerson(
            name="Parent One", ways=(WayToReach(way="phone", address="0000 000", is_safe=False),)
        ),
        Involvement(relationship="Mother", since=store.today, note="Has seen the file"),
    )
    access.ReadLog.objects.all().delete()
    (own,) = people_involved.page(
        store.asker("social_worker"), store.child, as_of=store.today
    ).adults
    page = people_involved.page(store.asker("business_support"), store.child, as_of=store.today)
    (seen,) = page.adults
    assert (own.ways[0].words, own.ways[0].is_safe, own.note) == (
        "Phone: 0000 000",
        False,
        "Has seen the file",
    )
    assert (seen.ways, seen.note) == ((), "")
    assert page.hidden_words == (
        "Your role does not open how to reach people or notes, and who must not meet."
    )
    assert [look.page for look in access.ReadLog.objects.order_by("id")] == ["people_involved"] * 2
