"""The policy decides who sees which children and what of them; the query itself is narrowed."""

from datetime import date

import pytest

from caseward.record.access import askers, policy, table
from caseward.record.access.askers import Asker
from caseward.record.ledger.acts import AUTHORITY, child_stream
from caseward.record.people import models
from caseward.rules.facts.kinds import EventKind, Field
from tests.integration.store.people import (
    TODAY,
    a_registered_child,
    a_team,
    a_worker,
    holds,
    told,
)
from tests.integration.store.writing import NOON, a_fact, record

pytestmark = pytest.mark.django_db(databases="__all__")


class Place:
    """Two services with a team each; a child allocated in the first, one in the second, one to none."""

    def __init__(self) -> None:
        self.service = a_team("Service", kind="service")
        self.team = a_team("Team", part_of=self.service)
        self.sister_team = a_team("Sister team", part_of=self.service)
        self.other_team = a_team("Other team", part_of=a_team("Other service", kind="service"))
        self.worker = self.member("social_worker", self.team)
        self.other_worker = self.member("social_worker", self.other_team)
        self.child = a_registered_child("Own Child")
        self.other_child = a_registered_child("Other Child")
        self.nobodys = a_registered_child("New Child")
        holds("social_worker", child=self.child, worker=self.worker)
        holds("social_worker", child=self.other_child, worker=self.other_worker)

    def member(self, role: str, team: str) -> str:
        """Return a worker who holds a role in a team."""
        worker = a_worker()
        holds(role, worker=worker, for_team=team)
        return worker

    def named(self, found: frozenset[str]) -> set[str]:
        """Return which of the three children were found, by their names here."""
        names = {self.child: "own", self.other_child: "other", self.nobodys: "nobody's"}
        return {names[child] for child in found}


@pytest.fixture
def place() -> Place:
    """Return the two services."""
    return Place()


def asking(worker: str, today: date = TODAY) -> Asker:
    """Return the worker as they ask today."""
    return askers.asker_for(worker, at=NOON, today=today)


def seen(asker: Asker) -> frozenset[str]:
    """Return the ids of the children whom somebody sees; every door must agree on each."""
    found = frozenset(policy.visible_to(asker).values_list("id", flat=True))
    everybody = models.Child.objects.values_list("id", flat=True)
    assert found == {child for child in everybody if policy.may_see_child(asker, child)}
    assert all(policy.readable(asker, child) for child in found)
    by_row = models.Child.objects.filter(policy.seen_by(asker, child="id"))
    assert found == frozenset(by_row.values_list("id", flat=True))
    few = policy.few_seen(asker, child="id", at_most=1_000)
    if few is not None:
        rows = models.Child.objects.filter(few[1], id__in=few[0])
        assert found == frozenset(rows.values_list("id", flat=True))
    return found


def test_a_social_worker_sees_their_own_children_whole(place: Place) -> None:
    """Everything of an own child but the IRO's notes."""
    asker = asking(place.worker)
    assert policy.readable(asker, place.child) == {
        "ordinary",
        "free_text",
        "restricted_address",
        "third_party",
        "privileged",
    }


def test_colleagues_of_the_service_see_the_ordinary_record(place: Place) -> None:
    """Another team of the same service: yes, without third parties and advice; another service: no."""
    colleague = asking(place.member("social_worker", place.sister_team))
    assert place.named(seen(colleague)) == {"own", "nobody's"}
    assert policy.readable(colleague, place.child) == {
        "ordinary",
        "free_text",
        "restricted_address",
    }
    assert policy.readable(colleague, place.other_child) == frozenset()


def test_a_manager_sees_the_line_and_nobody_else_s(place: Place) -> None:
    """The team's children whole; those of the other service not at all."""
    manager = asking(place.member("team_manager", place.team))
    assert place.named(seen(manager)) == {"own", "nobody's"}
    assert "privileged" in policy.readable(manager, place.child)
    above = asking(place.member("service_manager", place.service))
    assert "privileged" in policy.readable(above, place.child)
    beside = asking(place.member("team_manager", place.sister_team))
    assert "privileged" not in policy.readable(beside, place.child)


def test_a_manager_of_the_whole_authority_sees_every_child(place: Place) -> None:
    """A role held for no team in particular is held for all."""
    holds("service_manager", worker=(worker := a_worker()))
    assert place.named(seen(asking(worker))) == {"own", "other", "nobody's"}


def test_access_ends_with_the_role(place: Place) -> None:
    """Access is asked today: who no longer holds the role sees nothing from that day on."""
    role = {"role": "social_worker", "worker": place.worker}
    told(a_fact(child_stream(place.child), "role.ended", on="2026-03-02", fields=role))
    told(a_fact(AUTHORITY, "role.ended", on="2026-03-02", fields={**role, "for_team": place.team}))
    assert seen(asking(place.worker, date(2026, 3, 1))) >= {place.child}
    assert seen(asking(place.worker, date(2026, 3, 2))) == frozenset()


def test_an_iro_sees_the_own_caseload_and_what_they_cover(place: Place) -> None:
    """With their own notes; a stand-in for the IRO sees as the IRO does (B6)."""
    iro, cover, chief = a_worker(), a_worker(), a_worker()
    holds("iro", child=place.child, worker=iro)
    assert place.named(seen(asking(iro))) == {"own"}
    assert "iro_only" in policy.readable(asking(iro), place.child)
    assert "privileged" not in policy.readable(asking(iro), place.child)
    holds("iro", worker=cover, stands_in_for=iro)
    assert place.named(seen(asking(cover))) == {"own"}
    assert "iro_only" in policy.readable(asking(cover), place.child)
    holds("iro_service_manager", worker=chief)
    assert place.named(seen(asking(chief))) == {"own"}


def test_a_stand_in_for_a_social_worker_sees_no_third_party(place: Place) -> None:
    """B6: the children of whom they stand in for, as a colleague would."""
    cover = a_worker()
    holds("social_worker", worker=cover, stands_in_for=place.worker)
    assert policy.readable(asking(cover), place.child) == {
        "ordinary",
        "free_text",
        "restricted_address",
    }
    assert place.child in seen(asking(cover))
    assert place.other_child not in seen(asking(cover))


def test_legal_sees_the_children_it_was_asked_about(place: Place) -> None:
    """The team holds the role for the child, and everybody in the team with it."""
    legal = a_team("Legal")
    lawyer = place.member("solicitor", legal)
    assert seen(asking(lawyer)) == frozenset()
    holds("legal", child=place.other_child, team=legal)
    assert place.named(seen(asking(lawyer))) == {"other"}
    assert "privileged" in policy.readable(asking(lawyer), place.other_child)


def test_some_classes_open_for_one_purpose_only(place: Place) -> None:
    """Business support reads a restricted address to write a letter, and for nothing else."""
    clerk = asking(place.member("business_support", place.sister_team))
    assert not policy.may_read(clerk, place.child, "restricted_address")
    assert policy.may_read(clerk, place.child, "restricted_address", purpose="letter")
    assert not policy.may_read(clerk, place.child, "third_party", purpose="letter")


def test_performance_sees_lists_and_no_free_text(place: Place) -> None:
    """Every child, with no words that somebody typed at length."""
    holds("performance", worker=(analyst := a_worker()))
    asker = asking(analyst)
    assert len(seen(asker)) == 3
    classes = policy.readable(asker, place.child)
    assert classes == {"ordinary"}
    assert policy.may_read_field(Field(name="n", title="N", type="date"), classes)
    assert not policy.may_read_field(Field(name="n", title="N", type="long_text"), classes)


def test_a_record_of_named_access_is_seen_by_those_named_alone(place: Place) -> None:
    """Whatever the role: the allocated worker too must be on the list."""
    holds("service_manager", worker=(manager := a_worker()))
    fields = {"workers": [manager]}
    told(a_fact(child_stream(place.child), "named_access.begun", fields=fields))
    assert place.child not in seen(asking(place.worker))
    assert place.child in seen(asking(manager))
    told(a_fact(child_stream(place.child), "named_access.ended", on="2026-03-01"))
    assert place.child in seen(asking(place.worker))


def test_nobody_and_strangers_see_nothing(place: Place) -> None:
    """No worker, a worker without a role, an id that is nobody's: nothing, and not even that."""
    for asker in (Asker(at=NOON, today=TODAY), asking(a_worker()), asking("no such worker")):
        assert seen(asker) == frozenset()
        assert policy.readable(asker, place.child) == frozenset()


def test_recording_needs_the_kind_s_role_and_sight_of_the_child(place: Place) -> None:
    """Either alone is not enough; a kind that names no role is for the system."""
    visit = EventKind(id="visit.made", title="Visit", recorded_by=("social_worker",))
    nobodys = EventKind(id="x.made", title="X")
    asker = asking(place.worker)
    assert policy.may_record(asker, visit, place.child)
    assert not policy.may_record(asker, visit, place.other_child)
    assert not policy.may_record(asker, nobodys, place.child)
    manager = asking(place.member("team_manager", place.team))
    assert not policy.may_record(manager, visit, place.child)
    assert policy.may_record(askers.system(at=NOON, today=TODAY), nobodys, place.child)


@pytest.mark.parametrize(
    ("role", "beyond"),
    [
        ("service_director", set()),
        ("nominated_officer", set()),
        ("personal_adviser", {"restricted_address"}),
        ("contact_centre_manager", set()),
        ("virtual_school_head", set()),
        ("health_professional", set()),
    ],
)
def test_a_role_that_another_procedure_names_sees_the_children_it_is_named_for_alone(
    place: Place, role: str, beyond: set[str]
) -> None:
    """Whoever is named for one child sees that one's ordinary record, and no secret of it."""
    worker = a_worker()
    holds(role, child=place.child, worker=worker)
    asker = asking(worker)
    assert place.named(seen(asker)) == {"own"}
    assert policy.readable(asker, place.child) == {"ordinary", "free_text", *beyond}


def test_each_cell_is_a_setting(place: Place) -> None:
    """The authority opens or closes a cell from a day on, without a new release."""
    colleague = place.member("social_worker", place.sister_team)
    setting = "access.social_worker.service.third_party"
    assert not policy.may_read(asking(colleague), place.child, "third_party")
    fields = {"name": setting, "value": "yes", "from_on": "2026-03-01"}
    record(a_fact(AUTHORITY, "setting.chosen", fields=fields))
    assert policy.may_read(asking(colleague), place.child, "third_party")
    assert not policy.may_read(asking(colleague, date(2026, 2, 28)), place.child, "third_party")
    shown = {(row["role"], row["reach"]): row["third_party"] for row in policy.table_shown(TODAY)}
    assert shown["social_worker", "service"] == "yes"


def test_the_table_is_whole() -> None:
    """One row for a role and reach, each with every class, each cell with a setting of its own."""
    rows = policy.table_shown()
    places = [(row["role"], row["reach"]) for row in rows]
    assert len(places) == len(set(places))
    names = [name for row in rows for name in row["settings"]]
    assert len(names) == len(set(names)) == len(rows) * len(table.CLASSES)
    assert all(row["iro_only"] == "no" for row in rows if not row["role"].startswith(
        ("iro", "conference_chair")
    ))  # fmt: skip
