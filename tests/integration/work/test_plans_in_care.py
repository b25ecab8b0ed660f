"""Lines of a child on a plan in care: the one meeting (M29), and a date that was agreed on."""

import pytest

from caseward.work.readings import child_page, record_form
from caseward.work.tasks import canonical
from tests.builders.stores import REVIEWS, Store, a_store

pytestmark = pytest.mark.django_db(databases="__all__")

TOGETHER = "law/local/camden/looked_after_on_a_plan.yaml"
PLAN = "law/national/child_protection.yaml"
VISITS = "law/local/camden/child_protection_visits.yaml"


def in_care_on_a_plan() -> Store:
    """Return a store with a child on a plan since March, in care since 6 May 2025, both kept."""
    store = a_store("2025-05-12", law=(TOGETHER, PLAN, REVIEWS)).with_child(started_on="2025-03-03")
    store.record("child_protection_plan.began", "2025-03-03", category="NEG")
    store.record("looked_after.began", "2025-05-06")
    store.record("concurrent_plan.decided", "2025-05-08", outcome="continue", reasons="At home.")
    store.record("merged_meetings.agreed", "2025-05-09", chairing="iro")
    return store


def said_together(store: Store) -> dict[str, str]:
    """Return what the lines of the child's open meetings say of the one meeting, by step."""
    page = child_page.page(store.asker("team_manager"), store.child, as_of=store.today)
    return {
        line.step: flag.words
        for group in page.tasks
        for line in group.lines
        for flag in line.flags
        if flag.code == "together"
    }


UNTIL = "One meeting for both: in time for both until 3 June 2025"


@pytest.mark.parametrize(
    ("planned_on", "said"),
    [("2025-05-29", UNTIL), ("2025-06-05", f"{UNTIL}, and it is arranged for later")],
)
def test_each_line_of_a_joint_meeting_says_by_when_it_suits_both(
    planned_on: str, said: str
) -> None:
    """Conference by 3 June, review by 4 June: the earlier is the last day for both."""
    store = in_care_on_a_plan()
    store.record(
        "joint_review.arranged", "2025-05-12", keys={"meeting": "j1"}, planned_on=planned_on
    )
    assert said_together(store) == {
        "C12.joint": said, "review": said, "review_conference_first": said,
    }  # fmt: skip


def test_a_date_that_was_agreed_says_when_it_was() -> None:
    """The day on which one visit for both is looked at again is the one that was agreed on."""
    store = a_store("2025-05-12", law=(VISITS,)).with_child(started_on="2025-03-03")
    store.record("child_protection_plan.began", "2025-03-03", category="NEG")
    store.record("looked_after.began", "2025-05-06")
    store.record("single_visit_frequency.agreed", "2025-05-09", look_again_on="2025-08-08")
    page = child_page.page(store.asker("team_manager"), store.child, as_of=store.today)
    (line,) = [
        line for group in page.tasks for line in group.lines if line.step == "C15.look_again"
    ]
    assert line.due_words == "Due Fri 8 August 2025"
    assert line.why_words == (
        "The date agreed when “One visit agreed to count for both frequencies” on Fri 9 May 2025."
    )


@pytest.mark.parametrize(
    ("step", "part", "kind", "whom"),
    [
        ("C12.minutes", "", "notice.given", "minute_taker"),
        ("C10.consult", "iro", "plan_consultation.held", "iro"),
    ],
)
def test_a_form_says_whom_a_task_is_about(step: str, part: str, kind: str, whom: str) -> None:
    """Where the law names who is told or consulted, the form opened from the task names them."""
    store = in_care_on_a_plan().with_worker("iro_service_manager")
    task = next(one for one in store.tasks(step) if one.part == part)
    form = record_form.form(
        store.asker("iro" if kind == "notice.given" else "iro_service_manager"),
        store.child,
        kind,
        as_of=store.today,
        task_id=canonical.id_of(task.key),
    )
    assert {field.name: field.value for field in form.fields}["keys.recipient"] == whom
