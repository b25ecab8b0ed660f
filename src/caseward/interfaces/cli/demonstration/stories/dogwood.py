"""Dogwood: the meeting did not agree; there is a plan of work and a further meeting to come (W16)."""

from caseward.interfaces.cli.demonstration.courses import background, discharge
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of a meeting that asked for more, and of the manager who answers for no drift."""
    dogwood = told.child("Dogwood Draft", born="-13y", worker="hills", sex="M")
    background.at_home(dogwood)
    discharge.supported(dogwood, "-40wd")
    discharge.basis(dogwood, "-39wd")
    discharge.arranged(dogwood, "-39wd", planned="-27wd", invited="-38wd")
    discharge.reports(dogwood, "-33wd", "education", "health", *discharge.OTHERS)
    discharge.papers(dogwood, "-33wd", *discharge.PAPERS, n_minutes=discharge.n_reviews(dogwood))
    discharge.held(
        dogwood,
        "-27wd",
        "not_agreed",
        attended=("Mother", "School", "Youth worker"),
        further_by="+12wd",
        risks="He was out all night twice in the month before.",
    )
    discharge.told_outcome(dogwood, "-26wd")
    discharge.minutes(dogwood, drafted="-24wd", agreed="-22wd", sent="-21wd")
    dogwood.did(
        "-24wd",
        "social_worker",
        said(
            "care_plan.made",
            tasks="Youth worker sees him weekly; mother and school agree when he is home.",
        ),
    )
