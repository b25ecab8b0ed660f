"""The way from a review that supports discharge to the Discharge Meeting and its minutes (W4–W20)."""

from collections.abc import Sequence
from typing import Any

from caseward.interfaces.cli.demonstration.courses import reviews
from caseward.interfaces.cli.demonstration.telling import Child, Said, When, said

OTHERS = ("Youth worker",)
GUESTS = ("Mother", "School", "Health visitor")
PAPERS = (
    "discharge_report",
    "chronology",
    "assessment",
    "original_care_plan",
    "draft_individual_plan",
)
SAFE = "The plan has held for a year, and the child wants the order to end."


def supported(child: Child, when: When, *, ratified: bool = True, order_planned: str = "") -> str:
    """A review supported ending the care order, and the IRO ratified it; return the review's key."""
    meeting = f"{child.word}-review-discharge"
    another: dict[str, Any] = {"order_planned": order_planned} if order_planned else {}
    held = said(
        "looked_after_review.held",
        "discharge_supported",
        meeting=meeting,
        participation="PN1",
        discharge_considered="yes",
        seen_alone_before="yes",
        **another,
    )
    decided = said("review_decision.ratified", meeting=meeting, reasons=SAFE)
    decisions = said("review_decisions.sent", meeting=meeting)
    child.did(when, "iro", held, *((decided,) if ratified else ()), decisions)
    reviews.written_up(child, when, meeting, holds_decision=ratified)
    return meeting


def basis(child: Child, when: When, where: str = "at_home") -> None:
    """The social worker wrote down the assessments that confirm it."""
    child.did(
        when,
        "social_worker",
        said(
            "discharge_basis.recorded",
            assessments=["Parenting assessment", "Child and family assessment"],
            living_with=where,
        ),
    )


def arranged(
    child: Child, when: When, *, planned: When, invited: When, trained: bool = True
) -> None:
    """The meeting was arranged, its administrator named, everybody invited and asked for a report."""
    meeting = meeting_of(child)
    child.did(
        when,
        "district_manager",
        said("administrator.named", name="Administrator", trained="yes" if trained else "no"),
        said("discharge_meeting.arranged", meeting=meeting, planned_on=planned),
    )
    child.did(
        when,
        "social_worker",
        said("invitee_list.sent", invitees=list(GUESTS), recipients=list(OTHERS)),
    )
    child.did(
        invited,
        "administrator",
        said("invitations.sent", meeting=meeting, recipients=list(GUESTS)),
        *(said("report.requested", recipient=name) for name in ("education", "health", *OTHERS)),
    )


def reports(child: Child, when: When, *names: str) -> None:
    """Reports came back and went on to the district manager and the social worker."""
    child.did(
        when,
        "administrator",
        *(
            said(kind, recipient=name)
            for name in names
            for kind in ("report.received", "report.passed_on")
        ),
    )


def papers(child: Child, when: When, *names: str, n_minutes: int = 0) -> None:
    """The social worker gave the district manager papers for the meeting."""
    given = [said("paper.given", paper=name) for name in names]
    given += [said("paper.given", paper="review_minutes") for _ in range(n_minutes)]
    child.did(when, "social_worker", *given)


def held(
    child: Child,
    when: When,
    outcome: str = "agreed",
    *,
    attended: Sequence[str] = GUESTS,
    disagrees: str = "",
    left_before: str = "",
    **more: Any,
) -> None:
    """The meeting was held; everybody there answered the draft plan, unless somebody had left."""
    meeting = meeting_of(child)
    answers = [
        _answer(name, is_against=name == disagrees) for name in attended if name != left_before
    ]
    if left_before:
        silent = said("draft_plan.answered", "not_answered", person=left_before, how="left_before")
        answers.append(silent)
    plan = [said("individual_plan.recorded")] if outcome == "agreed" else []
    child.did(
        when,
        "district_manager",
        said(
            "discharge_meeting.held",
            outcome,
            meeting=meeting,
            held="whole",
            attended=list(attended),
            **more,
        ),
        *answers,
        *plan,
    )


def told_outcome(child: Child, when: When) -> None:
    """The social worker told the IRO, Legal Services and the manager what the meeting decided."""
    child.did(
        when,
        "social_worker",
        *(
            said("notice.given", recipient=name, about="discharge_meeting_outcome")
            for name in ("iro", "legal", "team_manager")
        ),
    )


def minutes(child: Child, *, drafted: When, agreed: When = "", sent: When = "") -> None:
    """The minutes were drafted, agreed and sent, as far as days are given."""
    meeting = meeting_of(child)
    child.did(drafted, "administrator", said("discharge_minutes.drafted", meeting=meeting))
    if agreed:
        child.did(
            agreed,
            "district_manager",
            said("discharge_minutes.agreed", meeting=meeting, key_risks_recorded="yes"),
        )
    if sent:
        child.did(
            sent,
            "administrator",
            said("discharge_minutes.sent", meeting=meeting, recipients=list(GUESTS)),
            *(
                said("discharge_minutes.received", meeting=meeting, recipient=name, how="email")
                for name in GUESTS[1:]
            ),
        )


def meeting_of(child: Child) -> str:
    """Return the key of the child's Discharge Meeting."""
    return f"{child.word}-discharge-meeting"


def to_meeting(child: Child, *, review: int, meeting: int, where: str = "at_home") -> None:
    """Everything from the review to the meeting, in time; numbers are working days before today."""
    supported(child, f"-{review}wd")
    basis(child, f"-{review - 1}wd", where)
    arranged(child, f"-{review - 1}wd", planned=f"-{meeting}wd", invited=f"-{review - 2}wd")
    reports(child, f"-{meeting + 6}wd", "education", "health", *OTHERS)
    papers(child, f"-{meeting + 6}wd", *PAPERS, n_minutes=n_reviews(child))
    held(child, f"-{meeting}wd")
    told_outcome(child, f"-{meeting - 1}wd")


def n_reviews(child: Child) -> int:
    """Return how many reviews of the last two years the child's story has told."""
    since = child.told.day("-24m")
    return sum(
        1
        for fact in child.facts_told()
        if fact.kind == "looked_after_review.held" and fact.on >= since
    )


def _answer(name: str, *, is_against: bool) -> Said:
    return said(
        "draft_plan.answered",
        "disapproved" if is_against else "approved",
        person=name,
        how="signed",
    )
