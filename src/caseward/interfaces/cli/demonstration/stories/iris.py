"""Iris: Legal Services sent the application back; it was put right and is with them again (B8)."""

from caseward.interfaces.cli.demonstration.courses import background, decision, discharge
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of papers returned, and of ten working days that began again."""
    iris = told.child("Iris Blueprint", born="-9y", worker="south", sex="F")
    background.at_home(iris)
    discharge.to_meeting(iris, review=52, meeting=40)
    discharge.minutes(iris, drafted="-38wd", agreed="-36wd", sent="-35wd")
    decision.pack(iris, "-31wd", received="-30wd")
    decision.decided(iris, "-26wd")
    decision.filed(iris, "-18wd", received="-17wd")
    iris.did(
        "-12wd",
        "legal",
        said("application.returned_by_legal", reasons="The chronology ends a year ago."),
    )
    iris.did(
        "-8wd", "social_worker", said("paper.given", paper="chronology"), said("application.filed")
    )
    iris.did("-7wd", "legal", said("application.received_by_legal"))
