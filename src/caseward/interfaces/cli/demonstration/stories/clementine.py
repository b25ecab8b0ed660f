"""Clementine: the meeting waits for Permanence Panel; the delay is agreed and the IRO was told (W6)."""

from caseward.interfaces.cli.demonstration.courses import background, discharge
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of a reason, a new date, and the IRO's views on both."""
    clementine = told.child("Clementine Proposal", born="-4y", worker="north", sex="F")
    background.fostered(
        clementine, in_care="-26m", kind="U1", held=("-25m", "-22m", "-16m", "-10m")
    )
    discharge.supported(clementine, "-13wd")
    discharge.basis(clementine, "-12wd", "foster_care")
    clementine.delayed(
        "-9wd",
        "social_worker",
        "W5.meeting",
        until="+10wd",
        reason="permanence_panel",
        explanation="The support plan goes to the panel first, and the panel sits next week.",
    )
    clementine.did(
        "-9wd", "social_worker", said("notice.given", recipient="iro", about="discharge_delay")
    )
    clementine.did(
        "-7wd",
        "iro",
        said(
            "iro_views.recorded",
            on_delay="Ten days are acceptable; a second delay would not be.",
            on_discharge="The aunt has cared for her well for two years.",
        ),
    )
    discharge.arranged(clementine, "-6wd", planned="+9wd", invited="-5wd")
