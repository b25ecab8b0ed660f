"""Nettle: the court discharged the order three weeks ago; the plan after discharge has begun."""

from caseward.interfaces.cli.demonstration.courses import background, care, decision
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of the whole way, to its end."""
    nettle = told.child("Nettle Epilogue", born="-13y", worker="south", sex="M")
    background.at_home(nettle, visited_until="-17wd")
    decision.to_court(nettle, review=78, issue=43, hearing="-15wd")
    decision.followed(nettle, "-38wd")
    nettle.did(
        "-15wd",
        "legal",
        said("court_hearing.held", meeting="nettle-hearing", result="Order discharged."),
        said("discharge_application.decided", "discharged"),
    )
    care.left(nettle, "-15wd", reason="E4A")
    decision.told_court(nettle, "-14wd", "iro", "parents", "carers", "child")
    nettle.did(
        "-12wd",
        "social_worker",
        said("individual_plan.begun", responsible="Social worker (south)", review_on="+45wd"),
    )
