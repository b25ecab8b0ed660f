"""From doubt about a plan to the PLO: panel, gateway, letter, meetings, and the application."""

from datetime import timedelta
from typing import Any

from caseward.interfaces.cli.demonstration.telling import Child, When, said

MOTHER = "Mother"


def judged(child: Child, when: When, outcome: str, reasons: str) -> None:
    """The manager judged whether the plan still protects the child."""
    child.did(when, "team_manager", said("protection.judged", outcome, reasons=reasons))


def referred(child: Child, when: When, *, why: str = "not_protected") -> None:
    """The social worker took the case to the service manager's panel."""
    child.did(when, "social_worker", said("service_manager_panel.referred", why=why))


def panel(child: Child, when: When, outcome: str, reasons: str = "") -> None:
    """The panel decided."""
    what: dict[str, Any] = {"reasons": reasons} if reasons else {}
    child.did(when, "panel", said("service_manager_panel.decided", outcome, **what))


def gateway(child: Child, when: When, outcome: str) -> None:
    """The legal gateway meeting was held."""
    child.did(
        when,
        "team_manager",
        said(
            "legal_gateway_meeting.held",
            outcome,
            meeting=f"{child.word}-gateway",
            recipients=[MOTHER],
            attended=["Social worker", "Team manager", "Service manager", "Solicitor"],
        ),
    )


def to_gateway(child: Child, *, panel_on: int, outcome: str = "follow_plo") -> None:
    """Referred, decided on and taken to the gateway; the number is working days before today."""
    reason = "Three months into the plan nothing has changed for the child."
    judged(child, f"-{panel_on + 6}wd", "not_sufficient", reason)
    referred(child, f"-{panel_on + 5}wd")
    panel(child, f"-{panel_on}wd", "issue" if outcome == "issue" else "follow_plo")
    gateway(child, f"-{panel_on - 4}wd", outcome)


def drafted(child: Child, when: When) -> None:
    """The social worker wrote the letter before proceedings."""
    child.did(
        when,
        "social_worker",
        said(
            "letter_before_proceedings.drafted",
            recipient=MOTHER,
            concerns="yes",
            support="yes",
            consequences="yes",
            offers_family_group_meeting="yes",
        ),
    )


def countersigned(
    child: Child, when: When, outcome: str = "countersigned", wanted: str = ""
) -> None:
    """The manager signed the letter, or sent it back."""
    what: dict[str, Any] = {"wanted": wanted} if wanted else {}
    child.did(
        when,
        "team_manager",
        said("letter_before_proceedings.countersigned", outcome, recipient=MOTHER, **what),
    )


def considered(child: Child, when: When, outcome: str = "agreed", advice: str = "") -> None:
    """Legal Services read the letter."""
    what: dict[str, Any] = {"advice": advice} if advice else {}
    child.did(
        when,
        "legal",
        said("letter_before_proceedings.considered", outcome, recipient=MOTHER, **what),
    )


def sent(child: Child, when: When, *, gone_through: When = "") -> None:
    """The letter was handed over and, on a day, gone through with the mother."""
    child.did(
        when,
        "social_worker",
        said(
            "letter_before_proceedings.sent",
            recipient=MOTHER,
            how="handed",
            offers_family_group_meeting="yes",
        ),
        said("family_group_decision_meeting.offered", "declined"),
    )
    if gone_through:
        child.did(
            gone_through,
            "social_worker",
            said("letter_before_proceedings.received", recipient=MOTHER, gone_through="yes"),
        )


def letter(child: Child, *, gateway_on: int) -> None:
    """The whole way of the letter after the gateway, in time."""
    drafted(child, f"-{gateway_on - 1}wd")
    countersigned(child, f"-{gateway_on - 2}wd")
    considered(child, f"-{gateway_on - 3}wd")
    sent(child, f"-{gateway_on - 4}wd", gone_through=f"-{gateway_on - 6}wd")


def arranged(child: Child, when: When, *, planned: When) -> None:
    """The PLO meeting has a day."""
    child.did(
        when,
        "social_worker",
        said("pre_proceedings_meeting.arranged", meeting=f"{child.word}-plo", planned_on=planned),
    )


def absent(child: Child, when: When, *, planned: When = "") -> None:
    """Nobody came to the PLO meeting."""
    what: dict[str, Any] = {"planned_on": planned} if planned else {}
    child.did(
        when,
        "safeguarding_team_manager",
        said(
            "pre_proceedings_meeting.adjourned",
            meeting=f"{child.word}-plo",
            why="parents_absent",
            reason="The mother did not come and did not answer her phone.",
            **what,
        ),
    )


def met(child: Child, when: When, *, review: When, is_written_up: bool = True) -> None:
    """The PLO meeting was held; its plan, papers and referrals followed."""
    told, on = child.told, child.told.day(when)
    meeting = f"{child.word}-plo"
    child.did(
        on,
        "safeguarding_team_manager",
        said(
            "pre_proceedings_meeting.held",
            meeting=meeting,
            review_on=review,
            recipients=[MOTHER],
            attended=["Mother", "Her solicitor", "Social worker", "Solicitor"],
        ),
        said("pre_proceedings_plan.agreed", work="Parenting work, a clean home, school each day."),
    )
    if not is_written_up:
        return
    child.did(on, "legal", said("pre_proceedings_note.filed", meeting=meeting))
    child.did(
        told.worked(min(on + timedelta(days=4), told.today - timedelta(days=1))),
        "safeguarding_team_manager",
        said("pre_proceedings_plan.sent", recipient=MOTHER, with_review_day="yes"),
    )
    child.did(
        told.worked(min(on + timedelta(days=5), told.today - timedelta(days=1))),
        "social_worker",
        said("intensive_intervention.considered", "not_needed", reasons="Work is under way."),
        said("fostering_worker.requested"),
    )


def worked(child: Child, when: When) -> None:
    """What the plan asked for was done: the family met, the assessment is written."""
    child.did(
        when,
        "social_worker",
        said("family_meeting.held", meeting=f"{child.word}-family", fostering_came="yes"),
        said("contingency_plan.recorded", firm="yes", plan="The maternal aunt would look after."),
        said("updated_assessment.completed", fit_for_court="yes"),
        said("position_meeting.held", position="Some progress; the review decides."),
    )


def reviewed(child: Child, when: When, outcome: str, *, next_on: When = "") -> None:
    """The review of the PLO was held and said what follows."""
    meeting = f"{child.word}-plo-review-{child.told.day(when):%Y-%m-%d}"
    what: dict[str, Any] = {"review_on": next_on} if next_on else {}
    child.did(
        when,
        "safeguarding_team_manager",
        said("pre_proceedings_review.held", outcome, meeting=meeting, **what),
    )
    child.did(when, "legal", said("pre_proceedings_note.filed", meeting=meeting))


def under_plo(child: Child, *, panel_on: int, meeting: int, review: When) -> None:
    """Everything up to the PLO meeting; numbers are working days before today."""
    to_gateway(child, panel_on=panel_on)
    letter(child, gateway_on=panel_on - 4)
    arranged(child, f"-{panel_on - 6}wd", planned=f"-{meeting}wd")
    met(child, f"-{meeting}wd", review=review)
