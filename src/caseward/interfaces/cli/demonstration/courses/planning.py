"""Discharge by legal planning meetings: agreed with the officer, planned, decided, applied for (L)."""

from typing import Any

from caseward.interfaces.cli.demonstration.courses import background, reviews
from caseward.interfaces.cli.demonstration.telling import Child, Telling, When, said

EVIDENCE = (
    "legal_planning_recommendation", "parenting_assessment", "risk_assessment",
    "suitability_assessment", "other_evidence",
)  # fmt: skip


def at_home(told: Telling, name: str, worker: str = "hills") -> Child:
    """A child at home under a care order, whose next review is far off."""
    child = told.child(name, born="-9y", worker=worker)
    background.at_home(child, held=("-31m", "-25m", "-19m", "-13m", "-7m", "-2m"))
    reviews.arranged(child, "-10wd", planned="+75wd")
    return child


def proposed(child: Child, when: When) -> None:
    """The manager agreed to propose it, at supervision."""
    what = said("discharge_proposal.agreed", reasons="A year at home, and school is steady.")
    child.did(when, "team_manager", said("supervision.held", decision="Propose discharge"), what)


def discussed(child: Child, when: When, outcome: str = "agreed") -> None:
    """The officer was spoken with."""
    reasons = "A year without a concern." if outcome == "agreed" else "He has been home too short."
    child.did(when, "iro", said("iro_discussion.held", outcome, reasons=reasons))


def answered(child: Child, when: When, outcome: str) -> None:
    """The manager answered the officer's disagreement."""
    reasons = {
        "ended": "We wait for the next review.",
        "dispute": "We do not agree, and say so at the next stage.",
        "again": "With the school's report we ask again.",
    }[outcome]
    child.did(when, "team_manager", said("iro_disagreement.answered", outcome, reasons=reasons))


def requested(child: Child, when: When, outcome: str = "", *, decided: When = "") -> None:
    """The social worker asked for a meeting; the head of service decided."""
    child.did(when, "social_worker", said("legal_planning_meeting.requested"))
    if outcome:
        child.did(decided, "head_of_service", said("legal_planning_request.decided", outcome))


def to_request(child: Child, start: int) -> None:
    """From the proposal to the head of service's yes; the number is working days before today."""
    proposed(child, f"-{start}wd")
    discussed(child, f"-{start - 2}wd")
    child.did(f"-{start - 2}wd", "social_worker", said("care_plan.made", aims="Home for good"))
    requested(child, f"-{start - 3}wd", "authorised", decided=f"-{start - 5}wd")


def held(
    child: Child, when: When, outcome: str, *, number: str = "initial", further_by: When = ""
) -> str:
    """A legal planning meeting was held, and Legal gave its advice, which is privileged."""
    meeting = f"{child.word}-{number}-{child.told.day(when):%Y-%m-%d}"
    more: dict[str, Any] = {"further_by": further_by} if further_by else {}
    kind = "legal_planning_meeting.held"
    what = said(kind, outcome, meeting=meeting, number=number, **more)
    child.did(when, "service_manager", what)
    advice = said(
        "legal_advice.recorded",
        meeting=meeting,
        threshold="Not made out on the evidence of today.",
        advice="An application is likely to be granted if the assessments say what is expected.",
    )
    child.did(when, "legal", advice)
    return meeting


def recorded(child: Child, when: When, meeting: str) -> None:
    """The record of the meeting: decision, evidence, timetable, sharing."""
    what = said(
        "legal_planning_record.completed",
        meeting=meeting,
        decision="Two assessments, then a review meeting.",
        has_evidence="yes",
        has_timetable="yes",
        has_sharing="yes",
    )
    child.did(when, "team_manager", what)
    shared = said("legal_planning_timetable.shared", meeting=meeting, recipients=["Mother"])
    child.did(when, "social_worker", shared)


def timetabled(child: Child, when: When, *, due: When, done: When = "") -> None:
    """An assessment was set down for a day and, on a day, done."""
    work = f"{child.word}-parenting"
    what = said(
        "pre_filing_work.timetabled",
        work=work,
        type="parenting_assessment",
        responsible="Social worker",
        owed_by="social_worker",
        due_on=due,
    )
    child.did(when, "team_manager", what)
    if done:
        completed = said("pre_filing_work.completed", work=work)
        child.did(done, "social_worker", completed, said("legal_evidence.given"))


def to_work(child: Child, meeting: int) -> None:
    """Up to the initial meeting and its record; the number is working days before today."""
    to_request(child, meeting + 13)
    paper = said("paper.given", paper="suitability_assessment")
    child.did(f"-{meeting + 2}wd", "social_worker", paper)
    key = held(child, f"-{meeting}wd", "work_agreed")
    recorded(child, f"-{meeting - 2}wd", key)


def recommended(child: Child, when: int) -> None:
    """The review meeting recommended discharge, and the papers went to the decision maker."""
    held(child, f"-{when}wd", "recommended", number="review")
    child.did(
        f"-{when - 3}wd",
        "team_manager",
        *(said("paper.given", paper=name) for name in EVIDENCE),
        said("discharge_recommendation.sent"),
    )
    child.did(f"-{when - 4}wd", "adm", said("discharge_recommendation.received"))


def decided(child: Child, when: When, outcome: str) -> None:
    """The decision maker decided."""
    what: dict[str, Any] = (
        {"wanted": "The father's view is missing."} if outcome == "returned" else {}
    )
    child.did(when, "adm", said("discharge_decision.made", outcome, **what))


def filed(child: Child, when: When) -> None:
    """The final statement and care plan are there, and the application is with Legal."""
    child.did(
        when,
        "social_worker",
        said("paper.given", paper="final_statement"),
        said("paper.given", paper="final_care_plan"),
        said("family_group_decision_meeting.offered", "declined"),
        said("application.filed"),
    )


def issued(child: Child, when: When) -> None:
    """Legal issued the application and sent Cafcass its copy."""
    ruling = said("family_group_ruling.recorded", "not_owed", reasons="Not for a discharge.")
    reference = f"EX{child.told.today:%y}C{child.told.chance.minute(1000, 9999)}"
    issue = said("application.issued", court_reference=reference)
    child.did(when, "legal", ruling, issue, said("application.sent_to_cafcass"))


def to_court(child: Child, issue: int) -> None:
    """From the decision to the issue; the rest lay in the earlier system."""
    recommended(child, issue + 16)
    decided(child, f"-{issue + 11}wd", "agreed")
    filed(child, f"-{issue + 2}wd")
    issued(child, f"-{issue}wd")
