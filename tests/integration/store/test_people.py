"""The rows of people follow from the streams: dated, corrected, settled twice alike (B2, B6, B7)."""

from datetime import date
from typing import Any

import pytest

from caseward.record.ledger.acts import AUTHORITY, child_stream, new_id, person_stream
from caseward.record.people import child_rows, kinds, models, person_rows, queries
from tests.integration.store.people import (
    TODAY,
    a_registered_child,
    a_team,
    a_worker,
    holds,
    settle_stream,
    told,
)
from tests.integration.store.writing import a_fact

pytestmark = pytest.mark.django_db(databases="__all__")


def the_child(child_id: str) -> models.Child:
    """Return the row of a child, who must have one."""
    child = queries.child(child_id)
    assert child is not None
    return child


def test_an_unborn_child_has_a_working_name_until_the_birth_fixes_it() -> None:
    """B2: the expected date stands until the birth; the birth gives the name and the date."""
    child_id = a_registered_child("Baby of Test Mother", working_name="yes")
    stream = child_stream(child_id)
    told(a_fact(stream, "birth.expected", fields={"expected_on": "2026-05-01"}))
    unborn = the_child(child_id)
    assert (unborn.is_working_name, unborn.born_on) == (True, None)
    assert unborn.expected_on == date(2026, 5, 1)
    told(a_fact(stream, "child.born", on="2026-02-20", fields={"name": "Test Newborn"}))
    born = the_child(child_id)
    assert (born.name, born.is_working_name, born.born_on) == (
        "Test Newborn",
        False,
        date(2026, 2, 20),
    )
    assert born.expected_on == date(2026, 5, 1)


def test_a_birth_without_a_name_leaves_the_working_name() -> None:
    """The date is fixed at once; the name follows when it is given."""
    child_id = a_registered_child("Baby of Test Mother", working_name="yes")
    told(a_fact(child_stream(child_id), "child.born", on="2026-02-20"))
    assert the_child(child_id).is_working_name
    told(a_fact(child_stream(child_id), "child.renamed", on="2026-02-25", fields={"name": "Ada"}))
    assert (the_child(child_id).name, the_child(child_id).is_working_name) == ("Ada", False)


def test_a_corrected_and_a_withdrawn_entry_change_the_row() -> None:
    """What stands in the rows is what stands on the record, and nothing that was taken back."""
    child_id = a_registered_child("Test Child")
    stream = child_stream(child_id)
    (born,) = told(a_fact(stream, "child.born", on="2015-04-01"))
    told(a_fact(stream, "child.born", on="2015-04-11", corrects=born))
    assert the_child(child_id).born_on == date(2015, 4, 11)
    told(a_fact(stream, "child.born", on="2015-04-01", withdraws=born))
    assert the_child(child_id).born_on is None


def test_a_closed_record_opens_again() -> None:
    """The later of closing and opening stands."""
    child_id = a_registered_child()
    told(a_fact(child_stream(child_id), "record.closed", on="2026-02-01"))
    assert the_child(child_id).closed_on == date(2026, 2, 1)
    told(a_fact(child_stream(child_id), "record.reopened", on="2026-02-10"))
    assert the_child(child_id).closed_on is None


def test_parental_responsibility_has_a_source_and_two_days() -> None:
    """B7: held from its start up to, not with, its end; by `until` or by an entry of its own."""
    child_id, mother, father = a_registered_child(), new_id(), new_id()
    stream = child_stream(child_id)
    held = "parental_responsibility.held"
    told(
        a_fact(stream, held, on="2015-04-01", fields={"person": mother, "source": "birth"}),
        a_fact(
            stream,
            held,
            on="2016-01-01",
            until=date(2026, 2, 1),
            fields={"person": father, "source": "agreement"},
        ),
    )

    def who(day: str) -> set[tuple[str, str]]:
        rows = queries.parental_responsibility(child_id, date.fromisoformat(day))
        return {(row.person, row.source) for row in rows}

    assert who("2015-12-31") == {(mother, "birth")}
    assert who("2026-01-31") == {(mother, "birth"), (father, "agreement")}
    assert who("2026-02-01") == {(mother, "birth")}
    told(
        a_fact(stream, "parental_responsibility.ended", on="2026-02-15", fields={"person": mother})
    )
    assert who("2026-02-14") == {(mother, "birth")}
    assert who("2026-02-15") == set()


def test_an_adult_s_language_needs_and_safe_ways_are_kept() -> None:
    """B7: what must be known before one writes; an unsafe way is never offered."""
    person = new_id()
    stream = person_stream(person)
    told(
        a_fact(
            stream,
            "person.registered",
            fields={"name": "Test Parent", "language": "Polish", "interpreter": "yes"},
        ),
        a_fact(stream, "person_needs.recorded", fields={"reading_needs": "Reads large print"}),
        a_fact(
            stream,
            "way_to_reach.recorded",
            keys={"way_to_reach": "phone"},
            fields={"way": "phone", "address": "0700 900 000", "is_safe": "no"},
        ),
        a_fact(
            stream,
            "way_to_reach.recorded",
            keys={"way_to_reach": "post"},
            fields={"way": "post", "address": "1 Test Street", "is_safe": "yes"},
        ),
    )
    row = queries.persons([person])[person]
    assert (row.name, row.language, row.needs_interpreter) == ("Test Parent", "Polish", True)
    assert row.reading_needs == "Reads large print"
    assert [way.way for way in queries.safe_ways_to_reach(person, TODAY)] == ["post"]
    told(a_fact(stream, "way_to_reach.ended", on="2026-02-01", keys={"way_to_reach": "post"}))
    assert queries.safe_ways_to_reach(person, TODAY) == ()
    assert models.WayToReach.sensitivity["address"] == "restricted_address"


def test_people_involved_siblings_and_who_must_not_meet() -> None:
    """B7: each dated; a sibling has one row, of which the last entry stands."""
    child_id, sister, mother, father = a_registered_child(), new_id(), new_id(), new_id()
    stream = child_stream(child_id)
    told(
        a_fact(
            stream,
            "person.involved",
            fields={"person": mother, "relationship": "mother", "may_know_of_child": "yes"},
        ),
        a_fact(stream, "person.involved", fields={"person": father, "relationship": "father"}),
        a_fact(
            stream,
            "meeting_bar.recorded",
            fields={"person": mother, "other_person": father, "reason": "Order of the court"},
        ),
        a_fact(stream, "sibling.recorded", keys={"sibling": sister}, fields={"on_plan": "no"}),
        a_fact(
            stream,
            "sibling.recorded",
            on="2026-02-01",
            keys={"sibling": sister},
            fields={"on_plan": "yes", "born_on": "2020-01-01"},
        ),
    )
    involved = queries.people_involved(child_id, TODAY)
    assert {(row.person, row.may_know_of_child) for row in involved} == {
        (mother, True),
        (father, False),
    }
    assert [row.person for row in queries.must_not_meet(child_id, TODAY)] == [mother]
    told(
        a_fact(
            stream,
            "meeting_bar.ended",
            on="2026-02-20",
            fields={"person": father, "other_person": mother},
        ),
        a_fact(stream, "involvement.ended", on="2026-02-20", fields={"person": father}),
    )
    assert queries.must_not_meet(child_id, TODAY) == ()
    assert [row.person for row in queries.people_involved(child_id, TODAY)] == [mother]
    (sibling,) = queries.siblings_of(child_id)
    assert (sibling.sibling, sibling.is_on_plan, sibling.is_same_household) == (sister, True, None)
    assert queries.family_of(sister) == {child_id, sister}


def test_outside_ids_are_kept_apart_and_end() -> None:
    """The number of another system finds the child, and no longer once it has ended."""
    child_id = a_registered_child()
    stream, number = child_stream(child_id), {"scheme": "ssda903", "value": "0012345"}
    told(
        a_fact(stream, "outside_id.recorded", fields=number),
        a_fact(stream, "child.born", on="2015-04-01"),
    )
    assert queries.child_by_outside_id("ssda903", "0012345") == child_id
    assert queries.outside_ids("ssda903") == {"0012345": child_id}
    assert queries.outside_children("ssda903")["0012345"].born_on == date(2015, 4, 1)
    assert queries.outside_ids_of([child_id]) == {child_id: "0012345"}
    told(a_fact(stream, "outside_id.ended", on="2026-02-01", fields=number))
    assert queries.child_by_outside_id("ssda903", "0012345") is None


def test_a_role_is_held_between_two_days() -> None:
    """Re-allocated on a day, the new holder has that day and the old one no longer."""
    child_id, first, second = a_registered_child(), a_worker(), a_worker()
    holds("social_worker", child=child_id, worker=first)
    change = {"role": "social_worker", "worker": first}
    told(a_fact(child_stream(child_id), "role.ended", on="2026-02-10", fields=change))
    holds("social_worker", on="2026-02-10", child=child_id, worker=second)

    def holders(day: date) -> list[str]:
        return [row.worker for row in queries.holders(child_id, "social_worker", day)]

    assert holders(date(2026, 2, 9)) == [first]
    assert holders(date(2026, 2, 10)) == [second]
    assert holders(date(2026, 1, 4)) == []


def test_a_role_given_back_and_taken_again_on_one_day_is_held() -> None:
    """The end closes what stood before that day; what began on it holds."""
    child_id, worker = a_registered_child(), a_worker()
    role = {"role": "social_worker", "worker": worker}
    stream = child_stream(child_id)
    told(
        a_fact(stream, "role.held", on="2026-01-10", fields=role),
        a_fact(stream, "role.held", on="2026-02-10", fields=role),
        a_fact(stream, "role.ended", on="2026-02-10", fields=role),
    )
    assert len(queries.holders(child_id, "social_worker", TODAY)) == 1


def test_stand_ins_come_after_own_holders() -> None:
    """B6: a stand-in is dated, marked, and named after those who hold the role themselves."""
    child_id, own, cover = a_registered_child(), a_worker(), a_worker()
    holds("iro", on="2026-01-01", child=child_id, worker=cover, stands_in_for=own)
    holds("iro", on="2026-02-01", child=child_id, worker=own)
    found = queries.roles_for_child(child_id, TODAY)
    assert [(row.worker, row.stands_in_for) for row in found] == [(own, ""), (cover, own)]


def test_workers_teams_and_roles_follow_from_the_authority_s_stream() -> None:
    """A worker is not an account; a team hangs under a service; both can end."""
    service = a_team("Test Service", kind="service")
    team = a_team("B Team", part_of=service)
    worker = a_worker("Ben Test")
    holds("team_manager", worker=worker, for_team=team)
    renamed = a_fact(
        AUTHORITY, "worker.renamed", keys={"worker": worker}, fields={"name": "Ben Trial"}
    )
    told(
        renamed,
        a_fact(AUTHORITY, "worker.left", on="2026-04-01", keys={"worker": worker}),
        a_fact(AUTHORITY, "team.closed", on="2026-03-01", keys={"team": team}),
    )
    assert [row.name for row in queries.all_workers(TODAY)] == ["Ben Trial"]
    assert queries.all_workers(date(2026, 4, 1)) == ()
    assert [(row.name, row.part_of, row.closed_on) for row in queries.teams()] == [
        ("B Team", service, date(2026, 3, 1)),
        ("Test Service", "", None),
    ]
    (held,) = queries.holders_in_team(team, "team_manager", TODAY)
    assert held.worker == worker
    assert [row.role for row in queries.roles_of(worker, TODAY)] == ["team_manager"]


def test_two_records_of_one_child_are_found_from_either() -> None:
    """M39: joined by an entry on one, known from both; un-joining is a correction."""
    one, other = a_registered_child(), a_registered_child()
    (joined,) = told(a_fact(child_stream(one), "record.joined", fields={"other": other}))
    assert queries.joined_with(one) == queries.joined_with(other) == tuple(sorted((one, other)))
    told(a_fact(child_stream(one), "record.joined", withdraws=joined))
    assert queries.joined_with(one) == (one,)


def test_settling_again_writes_nothing(django_assert_num_queries: Any) -> None:
    """Rows that are right stay as they are: only their reading costs anything."""
    child_id, worker = a_registered_child(), a_worker()
    holds("social_worker", child=child_id, worker=worker)
    n_reads = 2 + len(child_rows.MODELS)
    with django_assert_num_queries(1 + n_reads) as asked:
        settle_stream(child_stream(child_id))
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)


def test_a_kind_that_makes_no_row_needs_no_settling() -> None:
    """The door asks first, so that an ordinary event does not look at people at all."""
    assert kinds.concerns("child", ["visit.made", "child.born"])
    assert not kinds.concerns("child", ["visit.made"])
    assert kinds.concerns("authority", ["role.held"])
    assert not kinds.concerns("authority", ["setting.chosen"])
    assert set(person_rows.MODELS) == {models.WayToReach}
