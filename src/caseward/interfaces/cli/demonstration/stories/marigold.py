"""Marigold: an allowance is planned, and the panel has put off its decision (W7, B8)."""

from caseward.interfaces.cli.demonstration.courses import background, discharge
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of a panel that wants to know more."""
    marigold = told.child("Marigold Proviso", born="-6y", worker="coast", sex="F")
    background.fostered(marigold, kind="U1")
    discharge.supported(marigold, "-24wd", order_planned="child_arrangements_with_allowance")
    discharge.basis(marigold, "-22wd", "foster_care")
    marigold.allocated("-21wd", "team_manager", "supervising_social_worker", worker="fostering")
    marigold.did(
        "-21wd",
        "social_worker",
        said("other_procedure.started", procedure="Child arrangements order"),
        said("fostering.told", report_due_on="-4wd", decisions="The review's decision"),
    )
    marigold.did(
        "-9wd",
        "social_worker",
        said("permanence_panel.decided", "deferred", reasons="No word on the allowance yet."),
    )
    marigold.did("-4wd", "supervising_social_worker", said("fostering_report.completed"))
