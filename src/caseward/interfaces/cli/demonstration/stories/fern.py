"""Fern: her aunt will ask for a special guardianship order, so that procedure's dates run instead."""

from caseward.interfaces.cli.demonstration.courses import background, discharge
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of the panel's approval and of what the fostering service is asked for."""
    fern = told.child("Fern Likeness", born="-5y", worker="hills", sex="F")
    background.fostered(fern, in_care="-19m", kind="U1", held=("-18m", "-15m", "-9m"))
    discharge.supported(fern, "-20wd", order_planned="special_guardianship")
    discharge.basis(fern, "-19wd", "foster_care")
    fern.allocated("-18wd", "team_manager", "supervising_social_worker", worker="fostering")
    fern.did(
        "-18wd",
        "social_worker",
        said("other_procedure.started", procedure="Special guardianship order"),
        said("fostering.told", report_due_on="+5wd", decisions="The review's decision"),
    )
    fern.did(
        "-5wd",
        "social_worker",
        said("permanence_panel.decided", "approved", reasons="The aunt has the support she needs."),
    )
