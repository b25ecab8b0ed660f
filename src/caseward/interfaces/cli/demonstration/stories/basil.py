"""Basil: his Discharge Meeting is in eight working days, and half of the papers are in."""

from caseward.interfaces.cli.demonstration.courses import background, discharge
from caseward.interfaces.cli.demonstration.telling import Telling


def tell(told: Telling) -> None:
    """Tell of the preparation as far as it has come."""
    basil = told.child("Basil Sample", born="-7y", worker="north", sex="M")
    background.fostered(
        basil, in_care="-26m", kind="U1", held=("-25m", "-22m", "-16m", "-11m", "-6m")
    )
    discharge.supported(basil, "-6wd")
    discharge.basis(basil, "-5wd", "foster_care")
    discharge.arranged(basil, "-5wd", planned="+8wd", invited="-4wd")
    discharge.reports(basil, "-1wd", "education")
    discharge.papers(basil, "-1wd", "chronology", "original_care_plan", n_minutes=2)
