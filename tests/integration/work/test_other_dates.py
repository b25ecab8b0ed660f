"""Another system's due dates, imported, beside our own: on a page, for those who may see the children."""

from datetime import date, timedelta
from random import Random

import pytest

from caseward.record.people import queries as people
from caseward.rules.engine.tasks import Role
from caseward.work import entries
from caseward.work.casework import allocate
from caseward.work.readings import other_dates
from caseward.work.tasks import queries as tasks
from tests.builders import importing, stores
from tests.builders.stores import Store

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = date(2026, 11, 24)
N_CHILDREN = 12
N_REVIEWS = 4
# How the system of these tests counts from the review before: the second review, then each later one.
SECOND, LATER = 91, 183
EPISODES = (
    "clae_cla_episode_id,clae_person_id,clae_cla_episode_start_date,clae_cla_episode_start_reason,"
    "clae_cla_id,clae_entered_care_date"
)


def due_dates(entered: date, chance: Random) -> list[tuple[date, date | None]]:
    """Return when each review was due by the other system and when it was held; the last is to come."""
    calendar = entries.rulebook_at(on=TODAY).calendar
    due, found = entered, []
    n_working_days = 0
    while n_working_days < 20:
        due += timedelta(days=1)
        n_working_days += calendar.is_working_day(due)
    for number in range(N_REVIEWS):
        held = due - timedelta(days=chance.randrange(1, 15)) if number < N_REVIEWS - 1 else None
        found.append((due, held))
        if held is not None:
            due = held + timedelta(days=SECOND if number == 0 else LATER)
    return found


def a_folder() -> dict[str, bytes]:
    """Return a dataset of children in care whose due dates another system counted in days."""
    chance = Random(12)
    people_rows = ["pers_person_id,pers_dob,pers_forename,pers_surname"]
    episodes = [EPISODES]
    reviews = ["clar_cla_review_id,clar_cla_id,clar_cla_review_due_date,clar_cla_review_date"]
    for n in range(N_CHILDREN):
        entered = date(2025, 6, 2) + timedelta(days=chance.randrange(60))
        people_rows.append(f"{n},2014-02-0{n % 9 + 1},Child,Number{n}")
        episodes.append(f"E{n},{n},{entered},S,P{n},{entered}")
        for number, (due, held) in enumerate(due_dates(entered, chance)):
            reviews.append(f"R{n}.{number},P{n},{due},{held or ''}")
    return {
        f"ssd_{name}.csv": ("\n".join(rows) + "\n").encode()
        for name, rows in (
            ("person", people_rows),
            ("cla_episodes", episodes),
            ("cla_reviews", reviews),
        )
    }


@pytest.fixture
def store() -> Store:
    """An authority with the national reviews, and children imported from another system."""
    store = stores.a_store(TODAY, law=[stores.REVIEWS]).with_worker("performance", everywhere=True)
    report = importing.bring_in(store.act(), a_folder())
    assert [row.reason for row in report.refused] == []
    return store


def days_of_ours() -> list[int]:
    """Return of every review of ours but the first how many days it lies after the one before."""
    return [
        (task.first_due_on - task.trigger_on).days
        for child in people.all_ids()
        for task in tasks.of_child(child)
        if task.role is Role.STEP and task.ordinal > 1 and task.first_due_on
    ]


def test_each_date_is_set_beside_ours_and_the_rule_found(store: Store) -> None:
    """First reviews agree; later ones lie apart by the days in which months and days differ."""
    page = other_dates.page(store.asker("performance"), as_of=TODAY)
    (duty,) = page.duties
    assert (duty.duty, duty.title) == ("looked_after_review", "Looked-after review")
    assert (duty.n_told, duty.n_not_counted, duty.n_unexplained) == (N_CHILDREN * N_REVIEWS, 0, 0)
    assert [(rule.theirs, rule.ours) for rule in page.rules] == [
        (f"{LATER} days from the day counted from here", "6 months from the day counted from here"),
        ("20 working days from the day counted from here",
         "20 working days from the day counted from here"),
        (f"{SECOND} days from the day counted from here", "3 months from the day counted from here"),
    ]  # fmt: skip
    first = next(rule for rule in page.rules if "working" in rule.theirs)
    assert (first.n_dates, first.n_agree) == (N_CHILDREN, N_CHILDREN)
    assert first.sentence == (
        "12 dates: the other system gives 20 working days from the day counted from here, which comes to "
        "our own date each time."
    )


def test_the_differences_are_those_of_the_calendar(store: Store) -> None:
    """Every line's days are theirs less ours, worked out from the months in between."""
    page = other_dates.page(store.asker("performance"), as_of=TODAY)
    months_and_days = [((SECOND if ours < 100 else LATER), ours) for ours in days_of_ours()]
    wanted = [theirs - ours for theirs, ours in months_and_days if theirs != ours]
    assert sorted(line.days for line in page.lines) == sorted(wanted)
    assert all((line.their_due_on - line.our_due_on).days == line.days for line in page.lines)
    assert page.duties[0].n_earlier + page.duties[0].n_later == len(wanted)
    assert all(line.why and line.child_name.startswith("Child Number") for line in page.lines)


def test_only_children_whom_the_asker_may_see_are_counted(store: Store) -> None:
    """A social worker of one child is told of that child's dates, and somebody of none of nobody's."""
    child = people.outside_children(importing.SCHEME)["3"].child_id
    alone = store.with_worker("legal")
    allocate.allocate(store.act(), child, alone.workers["legal"], role="legal", since=TODAY)
    mine = other_dates.page(alone.asker("legal"), as_of=TODAY)
    assert [duty.n_told for duty in mine.duties] == [N_REVIEWS]
    assert {line.child_id for line in mine.lines} <= {child}
    nobody = store.with_worker("legal")
    assert other_dates.page(nobody.asker("legal"), as_of=TODAY).duties == ()


def test_the_other_systems_dates_move_nothing(store: Store) -> None:
    """Withdrawn or corrected, another system's opinion leaves every task of ours as it was."""
    child = people.outside_children(importing.SCHEME)["3"].child_id
    before = tasks.of_child(child)
    files = a_folder()
    heading, *rows = files["ssd_cla_reviews.csv"].decode().splitlines()
    moved = [row for row in rows if row.endswith(",")]
    later = [f"{row.split(',20')[0]},2027-12-31," for row in moved]
    files["ssd_cla_reviews.csv"] = "\n".join([heading, *later, ""]).encode()
    report = importing.bring_in(store.act(), files)
    assert dict(report.facts) == {"other_system_date.told": N_CHILDREN}
    assert tasks.of_child(child) == before
    page = other_dates.page(store.asker("performance"), as_of=TODAY)
    assert page.duties[0].n_later >= N_CHILDREN
