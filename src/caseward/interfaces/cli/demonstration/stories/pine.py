"""Pine: his mother asked to wait, so the discharge is no longer pursued; Legal has been told."""

from caseward.interfaces.cli.demonstration.courses import background, discharge
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of a manager's decision, and of those who still have to hear of it."""
    pine = told.child("Pine Hiatus", born="-7y", worker="north", sex="M")
    background.at_home(
        pine, in_care="-30m", home="-14m", held=("-29m", "-26m", "-20m", "-14m", "-8m")
    )
    discharge.supported(pine, "-16wd")
    discharge.basis(pine, "-15wd")
    pine.did(
        "-4wd",
        "team_manager",
        said(
            "discharge.withdrawn",
            reasons="His mother is ill and asks us to wait until she is well again.",
        ),
    )
    pine.did(
        "-3wd",
        "social_worker",
        said("notice.given", recipient="legal", about="discharge_withdrawn"),
    )
