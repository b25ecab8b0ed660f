"""The procedures as maps (W26): for anyone as the law stands, for a child with where it stands."""

from datetime import date

import pytest

from caseward.interfaces import clock
from caseward.record.access import models as access
from caseward.work.readings import procedure_maps
from caseward.work.readings.errors import NotFound
from caseward.work.readings.shapes import ProcedureMap, StepOnMap
from tests.builders import stores
from tests.builders.stores import Store, a_store, on

pytestmark = pytest.mark.django_db(databases="__all__")

DISCHARGE = "discharge_of_care_order"


def discharging() -> Store:
    """Return a store in which a discharge was ratified on 4 December 2025, seen on the 30th."""
    store = a_store("2025-12-04").with_child(started_on="2025-01-06")
    store.record("looked_after_review.held", outcome="discharge_supported")
    store.record("review_decision.ratified")
    return store.on("2025-12-30")


def map_of(store: Store, as_of: date | None = None) -> ProcedureMap:
    """Return the map with the child on it."""
    return procedure_maps.of_child(
        store.asker("iro"), store.child, DISCHARGE, as_of=as_of or store.today
    )


def step_of(page: ProcedureMap, step: str) -> StepOnMap:
    """Return a step of the map."""
    return next(each for stage in page.stages for each in stage.steps if each.law.id == step)


def test_a_childs_position_is_marked_on_the_map() -> None:
    """What is done, what is to do, and what was not reached; each with the child's own dates (W26)."""
    page = map_of(discharging())
    places = {step: step_of(page, step).place for step in ("W4.ratify", "W5.meeting", "W22.pack")}
    assert places == {"W4.ratify": "done", "W5.meeting": "late", "W22.pack": "ahead"}
    (line,) = step_of(page, "W5.meeting").lines
    assert line.due_on == on("2025-12-29")
    (reached,) = [stage.title for stage in page.stages if stage.is_reached]
    assert reached == "Discharge Meeting"
    assert page.here_words.startswith("Child One has reached: Discharge Meeting.")


def test_branches_lead_to_steps_of_the_map() -> None:
    """Every outcome is named with what follows it, and every link leads to a step that is there."""
    store = discharging()
    page = procedure_maps.of_procedure(store.asker("iro"), DISCHARGE, as_of=store.today)
    meeting = step_of(page, "W5.meeting")
    assert [branch.words for branch in meeting.outcomes] == [
        "Discharge agreed",
        "Discharge not agreed",
    ]
    steps = {step.law.id for stage in page.stages for step in stage.steps}
    linked = {
        link.step
        for stage in page.stages
        for step in stage.steps
        for link in (*step.leads_to, *(to for branch in step.outcomes for to in branch.to))
    }
    assert linked
    assert linked <= steps
    assert not any(step.lines for stage in page.stages for step in stage.steps)


def test_the_map_stands_as_it_stood_on_another_day() -> None:
    """Asked as known before the ratification, the child is still at the review."""
    store = a_store("2025-12-04").with_child(started_on="2025-01-06")
    store.record("looked_after_review.held", outcome="discharge_supported")
    store = store.on("2025-12-08")
    store.record("review_decision.ratified")
    then = procedure_maps.of_child(
        store.asker("iro"),
        store.child,
        DISCHARGE,
        as_of=on("2025-12-05"),
        known_at=clock.end_of_day(on("2025-12-05")),
    )
    assert step_of(then, "W4.ratify").place == "here"
    assert step_of(map_of(store), "W4.ratify").place == "done"


def test_what_is_not_there_is_said() -> None:
    """No procedure of that name, none begun for the child, no child that one may see."""
    store = discharging()
    with pytest.raises(NotFound, match="no such procedure"):
        procedure_maps.of_procedure(store.asker("iro"), "nowhere", as_of=store.today)
    hidden = store.with_child("Child Two", roles=("team_manager",))
    with pytest.raises(NotFound, match="no record here that you may see"):
        map_of(hidden)
    store = store.with_child("Child Three")
    with pytest.raises(NotFound, match="has not begun for the child"):
        map_of(store)


def test_looking_at_a_childs_map_is_logged() -> None:
    """The log says whose position was shown; the law alone shows nobody's."""
    store = discharging()
    access.ReadLog.objects.all().delete()
    procedure_maps.listed(store.asker("iro"), as_of=store.today)
    map_of(store)
    law, child = access.ReadLog.objects.order_by("id")
    assert (law.page, law.n_shown) == ("procedures", 0)
    assert (child.page, child.shown) == ("procedure_map", store.child)


def test_procedures_are_listed_by_document_and_by_subject() -> None:
    """The authority's own stand under their document, the national ones under what they are of."""
    store = a_store(
        "2025-12-04",
        law=(
            stores.DISCHARGE,
            "law/national/looked_after_reviews.yaml",
            "law/national/looked_after_visits.yaml",
        ),
    ).with_child(started_on="2025-01-06")
    page = procedure_maps.listed(store.asker("iro"), as_of=store.today)
    assert [line.title for group in page.own for line in group.lines] == [
        "Discharge of a care order"
    ]
    assert page.own[0].heading == page.own[0].lines[0].source
    assert {group.heading: [line.title for line in group.lines] for group in page.national} == {
        "Life in care and after it": ["Visits to looked-after children"],
        "Reviews and the IRO": ["Looked-after reviews"],
    }
