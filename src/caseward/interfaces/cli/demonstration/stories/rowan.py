"""Rowan: his mother applied to the court before the authority did (B8)."""

from caseward.interfaces.cli.demonstration.courses import background, discharge
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of two roads to one end, and of a manager who must say how they meet."""
    rowan = told.child("Rowan Duplicate", born="-9y", worker="hills", sex="M")
    background.at_home(rowan)
    discharge.supported(rowan, "-10wd")
    discharge.basis(rowan, "-9wd")
    discharge.arranged(rowan, "-9wd", planned="+4wd", invited="-8wd")
    discharge.reports(rowan, "-3wd", "health")
    rowan.did(
        "-3wd",
        "team_manager",
        said("discharge_application.made_by_other", applicant="parent", served_on="-3wd"),
    )
