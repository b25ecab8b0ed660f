"""The first weeks in care: the decision, the first planning meeting, placement, reviews."""

from datetime import date, timedelta
from typing import Any

from caseward.interfaces.cli.demonstration.courses import care, people
from caseward.interfaces.cli.demonstration.telling import Child, When, said
from caseward.rules.calendars import counting


def came(
    child: Child, when: When, *, route: str = "section_20", status: str = "V2", kind: str = "U6"
) -> None:
    """Into care on a day, decided by the service manager, with a first placement and its papers."""
    people.mother(child)
    people.carer(child)
    child.did(
        when,
        "service_manager",
        said("becoming_looked_after.decided", route=route, reason="The home is not safe today."),
    )
    care.began(child, when, status=status)
    care.lives(child, when, kind)
    settled(child, when)


def settled(child: Child, when: When) -> None:
    """What the first three weeks ask for, as far as its days lie behind us."""
    placement, meeting = f"{child.word}-first", f"{child.word}-planning-one"
    arranged = said(
        "care_planning_meeting.arranged",
        meeting=meeting,
        number="one",
        planned_on=on(child, when, 4),
    )
    steps = (
        (0, arranged),
        (1, said("notice.given", recipient="iro_service_manager", about="new_looked_after_child")),
        (3, said("visit.made", placement=placement, seen="yes", seen_alone="yes")),
        (
            3,
            said(
                "placement_information.recorded",
                placement=placement,
                medical_consent="yes",
                family_time="yes",
                delegated_authority="yes",
            ),
        ),
        (
            4,
            said(
                "placement_plan.made",
                placement=placement,
                medical_consent="yes",
                delegated_authority="yes",
            ),
        ),
        (4, said("placement_notice.given", placement=placement, recipients=["Parents", "GP"])),
        (4, said("placement_planning_meeting.held", placement=placement, attended=["Carer"])),
        (4, said("care_planning_meeting.held", meeting=meeting, number="one")),
        (4, said("first_review.requested")),
        (5, said("health_assessment.booked")),
        (6, said("personal_education_plan.started")),
        (7, said("care_plan.made")),
        (17, said("health_assessment.made")),
    )
    for after, what in steps:
        day = on(child, when, after)
        if day < child.told.today:
            child.came_over(day, what)


def reviewed(
    child: Child, when: When, outcome: str = "plan_continues", *, final_plan: bool = False
) -> str:
    """A review was held, with what the officer records of it; return its key."""
    day = child.told.day(when)
    meeting = f"{child.word}-review-{day:%Y-%m-%d}"
    more: dict[str, Any] = {"final_plan_considered": "yes"} if final_plan else {}
    child.did(
        when,
        "iro",
        said(
            "looked_after_review.held",
            outcome,
            meeting=meeting,
            participation="PN1",
            discharge_considered="yes",
            seen_alone_before="yes",
            **more,
        ),
        said("review_decisions.sent", meeting=meeting),
        said("child_rights.explained", meeting=meeting, advocacy="yes", complaints="yes"),
        said(
            "iro_view.recorded", meeting=meeting, carried_out="well", view="On the way as planned."
        ),
        *(
            said("standing_check.recorded", "in_place", meeting=meeting, matter=matter)
            for matter in ("permanence", "therapeutic_help", "birth_family")
        ),
    )
    written = on(child, day, 10)
    if written < child.told.today:
        child.came_over(written, said("review_record.completed", meeting=meeting))
        sent = said("review_record.distributed", meeting=meeting, recipients=["Parents"])
        child.came_over(written, sent)
    return meeting


def visited(child: Child, *, since: When, until: When, every_days: int = 35) -> None:
    """The social worker saw the child, as the earlier system's nightly extract says."""
    told = child.told
    first, day = told.day(since), told.day(until)
    while day >= first:
        child.came_over(day, said("visit.made", seen="yes", seen_alone="yes"))
        day = told.worked(day - timedelta(days=every_days))


def on(child: Child, when: When, working_days: int) -> date:
    """Return the day so many working days after a day of the story."""
    first = child.told.day(when)
    return counting.count_forward(child.told.calendar, first, working_days, "working_days").day
