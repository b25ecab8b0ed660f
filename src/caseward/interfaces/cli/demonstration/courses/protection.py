"""Enquiries, conferences and child protection plans, with the visits that they ask for."""

from datetime import date, timedelta
from typing import Any

from caseward.interfaces.cli.demonstration.courses import people
from caseward.interfaces.cli.demonstration.telling import Child, When, said
from caseward.rules.calendars import counting

VISITED_EVERY = 13


def on_plan(
    child: Child,
    since: When,
    *,
    category: str = "NEG",
    reviewed: tuple[When, ...] = (),
    visited_until: When = "-3wd",
    is_mother_known: bool = True,
) -> None:
    """An enquiry, a conference, the plan with its core group, and visits up to a day."""
    if is_mother_known:
        people.mother(child, lives_with=True)
    began = child.told.day(since)
    enquired(child, _back(child, began, 15), ended=_back(child, began, 7))
    plan_made(child, began, category=category)
    core_group(child, _on(child, began, 8))
    for when in reviewed:
        reviewed_on(child, when)
    visits(child, since=_on(child, began, 4), until=visited_until)


def enquired(child: Child, when: When, *, ended: When | None = None) -> None:
    """A section 47 enquiry, which asked for a conference where it has ended."""
    enquiry = f"{child.word}-enquiry"
    child.did(when, "social_worker", said("s47_enquiry.begun", enquiry=enquiry))
    if ended is not None:
        ending = said("s47_enquiry.ended", "conference", enquiry=enquiry)
        child.did(ended, "social_worker", ending)


def plan_made(child: Child, when: When, *, category: str = "NEG") -> None:
    """The initial conference made a plan, on the day it was held."""
    plan, enquiry = plan_of(child), f"{child.word}-enquiry"
    child.did(
        when,
        "conference_chair",
        said(
            "initial_conference.held",
            "plan_made",
            meeting=f"{child.word}-conference",
            plan=plan,
            enquiry=enquiry,
            attended=["Mother", "School", "Health visitor", "Police"],
        ),
        said("child_protection_plan.began", plan=plan, category=category),
    )


def core_group(child: Child, when: When) -> None:
    """The core group met."""
    if child.told.day(when) < child.told.today:
        meeting = f"{child.word}-core-group"
        child.did(
            when,
            "social_worker",
            said("core_group.held", plan=plan_of(child), meeting=meeting),
        )


def reviewed_on(
    child: Child, when: When, outcome: str = "plan_continues", *, ground: str = "", **more: Any
) -> None:
    """A review conference was held, quorate."""
    on = child.told.day(when)
    named: dict[str, Any] = {"ground": ground} if ground else {}
    child.did(
        when,
        "conference_chair",
        said(
            "review_conference.held",
            outcome,
            plan=plan_of(child),
            meeting=f"{child.word}-review-{on:%Y-%m-%d}",
            quorate="yes",
            **named,
            **more,
        ),
    )


def visits(child: Child, *, since: When, until: When) -> None:
    """The social worker saw the child on both days and, in between, in time."""
    told = child.told
    first, on = told.day(since), told.day(until)
    while on >= first:
        child.came_over(
            on,
            said("child_protection_visit.made", plan=plan_of(child), seen="yes", seen_alone="yes"),
        )
        on = told.worked(on - timedelta(days=VISITED_EVERY))


def plan_of(child: Child) -> str:
    """Return the key of the child's plan."""
    return f"{child.word}-plan"


def _on(child: Child, day: date, working_days: int) -> date:
    return counting.count_forward(child.told.calendar, day, working_days, "working_days").day


def _back(child: Child, day: date, working_days: int) -> date:
    return counting.count_back(child.told.calendar, day, working_days, "working_days").day
