"""Maple: the court refused to discharge the order; the plan comes back to a review (B8)."""

from caseward.interfaces.cli.demonstration.courses import background, decision
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of a refusal five working days ago."""
    maple = told.child("Maple Rehearsal", born="-14y", worker="south", sex="F")
    background.at_home(maple)
    decision.to_court(maple, review=76, issue=40, hearing="-5wd")
    decision.followed(maple, "-35wd", "-16wd")
    maple.did(
        "-5wd",
        "legal",
        said("court_hearing.held", meeting="maple-hearing", result="Application refused."),
        said(
            "discharge_application.decided",
            "refused",
            reasons="Her mother moved in with somebody whom nobody has assessed.",
        ),
    )
    decision.told_court(maple, "-4wd", "iro", "carers")
