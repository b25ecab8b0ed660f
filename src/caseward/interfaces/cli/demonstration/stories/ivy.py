"""Ivy: eight working days in care, with an uncle approved for the time being; visits are weekly."""

from caseward.interfaces.cli.demonstration.courses import care, people
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of a first visit at which nobody was at home."""
    ivy = told.child("Ivy Scenario", born="-3y", worker="north", sex="F", since="-8wd")
    people.mother(ivy)
    people.carer(ivy, relationship="Uncle")
    care.began(ivy, "-8wd", status="C1")
    care.lives(ivy, "-8wd", "U3", basis="regulation_24", emergency=True)
    ivy.did("-6wd", "social_worker", said("visit.attempted", reason="Nobody at home"))
    care.seen(ivy, "-1wd")
    care.placement_papers(ivy, "-4wd")
