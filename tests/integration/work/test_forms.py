"""What a form asks, and what its texts say."""

import pytest

from caseward.work.casework import happenings
from caseward.work.entries import errors
from caseward.work.readings import record_form, shapes
from caseward.work.readings.errors import NotAllowed, NotFound
from caseward.work.tasks import canonical
from tests.builders.stores import DISCHARGE, Store, a_store, on

pytestmark = pytest.mark.django_db(databases="__all__")

REVIEW = "looked_after_review.held"


def discharging() -> Store:
    """Return a store in which a discharge began and was ratified on 4 December 2025."""
    store = a_store("2025-12-04", law=(DISCHARGE,)).with_child(started_on="2025-01-06")
    store.record(REVIEW, outcome="discharge_supported")
    return store


def test_what_is_expected_next_stands_first_and_says_why() -> None:
    """The first group holds what would meet an open task; the others hold every kind by group."""
    store = discharging()
    choice = record_form.choice(store.asker("iro"), store.child, as_of=store.today)
    assert choice.groups[0].heading == "Expected next"
    link = next(link for link in choice.groups[0].kinds if link.kind == "review_decision.ratified")
    assert link.why.startswith("Ratify, or decline to ratify")
    kinds = {link.kind for group in choice.groups[1:] for link in group.kinds}
    assert REVIEW in kinds


def test_a_choice_holds_only_what_ones_role_may_record() -> None:
    """A kind that another role records is not offered, and its form says whose it is."""
    store = discharging()
    asker = store.asker("social_worker")
    choice = record_form.choice(asker, store.child, as_of=store.today)
    kinds = {link.kind for group in choice.groups for link in group.kinds}
    assert "review_decision.ratified" not in kinds
    with pytest.raises(NotAllowed, match="Your roles do not allow"):
        record_form.form(asker, store.child, "review_decision.ratified", as_of=store.today)


def test_kinds_are_found_by_words() -> None:
    """With words, only the kinds that have each of them are offered."""
    store = discharging()
    choice = record_form.choice(
        store.asker("iro"), store.child, as_of=store.today, words="review held"
    )
    kinds = {link.kind for group in choice.groups for link in group.kinds}
    assert REVIEW in kinds
    assert "child.died" not in kinds


def test_a_form_asks_day_and_outcome_first_and_then_its_own_fields() -> None:
    """Fields are named as the verbs take them; choices come with their words."""
    store = discharging()
    form = record_form.form(store.asker("iro"), store.child, REVIEW, as_of=store.today)
    names = [field.name for field in form.fields]
    assert names[0] == "occurred_on"
    outcome = next(field for field in form.fields if field.name == "outcome")
    assert "discharge_supported" in dict(outcome.choices)
    assert all(
        name.startswith(("fields.", "keys.")) or name in {"occurred_on", "time", "outcome", "until"}
        for name in names
    )


def test_an_unknown_kind_has_no_form() -> None:
    """An address made up by hand gets a sentence."""
    store = discharging()
    with pytest.raises(NotFound, match="no such kind of entry"):
        record_form.form(store.asker("iro"), store.child, "party.held", as_of=store.today)


def test_texts_become_what_the_kind_declares() -> None:
    """Days, numbers and lists are read; an empty text says nothing."""
    store = discharging()
    what = happenings.read(
        REVIEW,
        children=(store.child,),
        values={"occurred_on": "2025-12-04", "outcome": "discharge_supported", "until": ""},
    )
    assert (what.kind, what.occurred_on, what.outcome) == (
        REVIEW,
        on("2025-12-04"),
        "discharge_supported",
    )
    assert what.until is None


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({}, "occurred_on", "Enter the date on which it happened"),
        ({"occurred_on": "31/02/2026"}, "occurred_on", "must be a real date"),
        ({"occurred_on": "2025-12-04", "time": "25:00"}, "time", "must be a time of day"),
    ],
    ids=["no day", "no such day", "no such time"],
)
def test_a_text_that_cannot_be_read_is_named_by_its_field(
    values: dict[str, str], field: str, sentence: str
) -> None:
    """What was typed wrongly is said beside its field, and nothing is guessed."""
    store = discharging()
    with pytest.raises(errors.Refused, match=sentence) as refused:
        happenings.read(REVIEW, children=(store.child,), values=values)
    assert field in {problem.field for problem in refused.value.problems}


def test_a_task_fills_in_what_it_belongs_to() -> None:
    """Recording from a task brings the task's meeting along."""
    store = discharging()
    store.record("review_decision.ratified")
    store.record("discharge_meeting.arranged", planned_on="2025-12-22", keys={"meeting": "m1"})
    form = record_form.form(
        store.with_worker("district_manager").asker("district_manager"),
        store.child,
        "discharge_meeting.held",
        as_of=store.today,
    )
    meeting = next(field for field in form.fields if field.name == "keys.meeting")
    assert meeting.value == "m1"
    assert dict(meeting.choices)["m1"].startswith("Discharge Meeting arranged")


def a_paper_wanted() -> Store:
    """Return a store in which the papers for a discharge meeting are wanted."""
    store = a_store("2025-12-08", law=(DISCHARGE,)).with_child(started_on="2025-01-06")
    store.record(REVIEW, "2025-12-04", outcome="discharge_supported", keys={"meeting": "r1"})
    store.record("review_decision.ratified", "2025-12-05", keys={"meeting": "r1"})
    store.record("discharge_meeting.arranged", planned_on="2025-12-22", keys={"meeting": "m1"})
    return store


@pytest.mark.parametrize(
    ("part", "about_on"), [("chronology", None), ("review_minutes", "2025-12-04")]
)
def test_a_paper_is_chosen_by_the_task_that_wants_it(part: str, about_on: str | None) -> None:
    """The form opened from a part says which paper it is, and of which review."""
    store = a_paper_wanted()
    task = next(task for task in store.tasks("W14.papers") if task.part == part)
    form = record_form.form(
        store.asker("social_worker"),
        store.child,
        "paper.given",
        as_of=store.today,
        task_id=canonical.id_of(task.key),
    )
    values = {field.name: field.value for field in form.fields}
    assert values["fields.paper"] == part
    assert values["fields.about_on"] == about_on
    assert values.get("keys.review", "") == task.each


def test_what_somebody_must_judge_is_never_answered_for_them() -> None:
    """A visit's task is met only by a child seen, and its form asks that all the same."""
    store = a_store("2025-12-08", law=("law/national/looked_after_visits.yaml",))
    store = store.with_child(started_on="2025-01-06")
    store.record("looked_after.began", "2025-01-06")
    store.record("placement.began", "2025-01-06", keys={"placement": "p1"}, type="U1")
    task = next(task for task in store.tasks() if task.met_on is None)
    form = record_form.form(
        store.asker("social_worker"),
        store.child,
        "visit.made",
        as_of=store.today,
        task_id=canonical.id_of(task.key),
    )
    values = {field.name: field.value for field in form.fields}
    assert values["fields.seen"] is None
    assert values["keys.placement"] == "p1"


def test_a_meeting_is_chosen_among_those_of_its_own_kind() -> None:
    """A review is no discharge meeting; each says the day that it is planned for."""
    store = a_paper_wanted().with_worker("district_manager")
    asker = store.asker("district_manager")
    form = record_form.form(asker, store.child, "discharge_meeting.rearranged", as_of=store.today)
    meeting = next(field for field in form.fields if field.name == "keys.meeting")
    assert meeting.choices == (
        ("m1", "Discharge Meeting arranged, 8 December 2025, planned for 22 December 2025"),
    )


def test_until_when_is_asked_only_of_what_lasts() -> None:
    """A placement may end on a known day; a review or a visit is over when it is recorded."""
    store = discharging()
    asker = store.asker("social_worker")
    asked = {
        kind: {
            field.name
            for field in record_form.form(asker, store.child, kind, as_of=store.today).fields
        }
        for kind in ("placement.began", "visit.made")
    }
    assert "until" in asked["placement.began"]
    assert "until" not in asked["visit.made"]


def test_recipients_asked_on_one_day_are_told_apart_by_name() -> None:
    """Each choice says who it is: a person by name, a service by its word."""
    store = a_paper_wanted()
    for whom in ("education", "health", store.workers["team_manager"]):
        store.record("report.requested", keys={"recipient": whom})
    form = record_form.form(
        store.asker("social_worker"), store.child, "paper.given", as_of=store.today
    )
    recipient = next(field for field in form.fields if field.name == "keys.recipient")
    named = {words for _, words in recipient.choices}
    assert named == {"Education", "Health", "Worker Team Manager"}


PROCEEDINGS = "law/national/proceedings.yaml"


def in_proceedings(*issued: str) -> Store:
    """Return a store in which care proceedings were issued under each of the names."""
    store = a_store("2026-03-02", law=(PROCEEDINGS,))
    store = store.with_child(started_on="2026-01-05")
    for name in issued:
        store.record("care_application.issued", "2026-02-02", keys={"proceedings": name})
    return store


def which(store: Store, kind: str, key: str) -> shapes.FormField:
    """Return the question that the social worker's form of a kind asks under a key."""
    form = record_form.form(store.asker("social_worker"), store.child, kind, as_of=store.today)
    return next(field for field in form.fields if field.name == f"keys.{key}")


def test_what_begins_something_new_is_not_joined_to_an_older_one() -> None:
    """A second application stands on its own, and the older proceedings can be chosen instead."""
    first = which(in_proceedings(), "care_application.issued", "proceedings")
    assert first.value == "proceedings-1"
    second = which(in_proceedings("one"), "care_application.issued", "proceedings")
    assert [words for _, words in second.choices] == [
        "Application for a care order issued in court, 2 February 2026",
        "A new one, not on this list",
    ]
    assert second.value == "proceedings-2"


def test_the_proceedings_that_are_open_are_filled_in_and_of_several_none() -> None:
    """Proceedings that ended are offered and not filled in; of two open ones a person chooses."""
    store = in_proceedings("one", "two")
    kind = "case_management_hearing.held"
    assert which(store, kind, "proceedings").value is None
    store.record("proceedings.ended", "2026-02-27", outcome="no_order", keys={"proceedings": "one"})
    asked = which(store, kind, "proceedings")
    assert asked.value == "two"
    assert "one" in dict(asked.choices)


def test_a_meeting_that_was_held_is_not_offered_to_the_next_one() -> None:
    """Arranging the next meeting begins a thread of its own; minutes may still be of the last."""
    store = a_paper_wanted().with_worker("district_manager")
    store.record("discharge_meeting.held", keys={"meeting": "m1"}, held="whole")
    asker = store.asker("district_manager")
    asked = {
        kind: {
            field.name: field
            for field in record_form.form(asker, store.child, kind, as_of=store.today).fields
        }.get("keys.meeting")
        for kind in ("discharge_meeting.arranged", "discharge_meeting.held")
    }
    assert asked["discharge_meeting.held"] is None
    arranged = asked["discharge_meeting.arranged"]
    assert arranged is not None
    assert "m1" not in dict(arranged.choices)


def test_the_groups_of_what_is_under_way_stand_before_the_others() -> None:
    """What is expected of nobody is not offered as expected; each other group is by title."""
    store = discharging()
    choice = record_form.choice(store.asker("social_worker"), store.child, as_of=store.today)
    groups = [group for group in choice.groups if group.heading != "Expected next"]
    near = [group.heading for group in groups if group.is_near]
    far = [group.heading for group in groups if not group.is_near]
    assert {"Discharge of a care order", "Safety"} <= set(near)
    assert "Education" in far
    assert [group.heading for group in groups] == [*sorted(near), *sorted(far)]


def test_a_paper_is_chosen_by_its_title_and_never_typed_as_a_code() -> None:
    """What was given can be withdrawn; what a checklist still wants can be said not to apply."""
    store = a_paper_wanted()
    store.record("paper.given", paper="chronology")
    asked = {
        (kind, name): next(
            field
            for field in record_form.form(
                store.asker("social_worker"), store.child, kind, as_of=store.today
            ).fields
            if field.name == f"fields.{name}"
        )
        for kind, name in (("paper.withdrawn", "paper"), ("paper.not_applicable", "part"))
    }
    withdrawn = asked["paper.withdrawn", "paper"].choices
    assert [code for code, _ in withdrawn] == ["chronology"]
    parts = dict(asked["paper.not_applicable", "part"].choices)
    assert parts
    assert all(title[:1].isupper() and "_" not in title for title in parts.values())
