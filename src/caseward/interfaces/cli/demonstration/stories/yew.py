"""Yew: the IRO did not ratify the review's decision, with reasons; the plan goes back (B8)."""

from caseward.interfaces.cli.demonstration.courses import background, discharge
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of a decision that was found too early."""
    yew = told.child("Yew Premise", born="-6y", worker="hills", sex="M")
    background.at_home(yew, in_care="-26m", home="-7m", held=("-25m", "-22m", "-16m", "-10m"))
    meeting = discharge.supported(yew, "-7wd", ratified=False)
    yew.did(
        "-5wd",
        "iro",
        said(
            "review_decision.refused",
            meeting=meeting,
            reasons="He has been home for seven months, and the school still sees him hungry.",
        ),
    )
