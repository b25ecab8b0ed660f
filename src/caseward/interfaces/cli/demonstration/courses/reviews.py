"""Looked-after reviews: held, decided upon, written up and sent out."""

from caseward.interfaces.cli.demonstration.telling import Child, When, said
from caseward.rules.calendars import counting

TOOK_PART = {True: "PN0", False: "PN1"}
UNDER_FOUR_DAYS = 4 * 365


def held(child: Child, *days: When, outcome: str = "plan_continues") -> None:
    """Reviews were held, each written up within the times for it."""
    for when in days:
        on = child.told.day(when)
        meeting = f"{child.word}-review-{on:%Y-%m-%d}"
        is_small = child.born_on is not None and (on - child.born_on).days < UNDER_FOUR_DAYS
        child.did(
            when,
            "iro",
            said(
                "looked_after_review.held",
                outcome,
                meeting=meeting,
                participation=TOOK_PART[is_small],
                discharge_considered="yes",
                seen_alone_before="yes",
            ),
            said("review_decisions.sent", meeting=meeting),
        )
        written_up(child, when, meeting)


def arranged(child: Child, when: When, *, planned: When) -> None:
    """The next review was put into everybody's diary."""
    meeting = f"{child.word}-review-next"
    child.did(
        when,
        "iro",
        said("looked_after_review.arranged", meeting=meeting, planned_on=planned),
    )


def written_up(child: Child, when: When, meeting: str, *, holds_decision: bool = False) -> None:
    """The record of the review and its sending, as far as they lie behind us."""
    told = child.told
    on = told.day(when)
    record = (
        said("review_record.completed", meeting=meeting, decision_and_reasons="yes")
        if holds_decision
        else said("review_record.completed", meeting=meeting)
    )
    sent = said("review_record.distributed", meeting=meeting, recipients=["Parents", "School"])
    for after, by, what in ((9, "iro", record), (14, "business_support", sent)):
        day = counting.count_forward(told.calendar, on, after, "working_days").day
        if day < told.today:
            child.did(day, by, what)
