"""Gorse: the decision maker did not endorse; two have been told, and the plan goes back (W23)."""

from caseward.interfaces.cli.demonstration.courses import background, decision, discharge
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of a refusal with reasons, and of those who do not know of it yet."""
    gorse = told.child("Gorse Notion", born="-11y", worker="hills", sex="M")
    background.at_home(gorse)
    discharge.to_meeting(gorse, review=34, meeting=21)
    discharge.minutes(gorse, drafted="-19wd", agreed="-17wd", sent="-16wd")
    decision.pack(gorse, "-12wd", received="-11wd")
    decision.decided(gorse, "-7wd", "not_endorsed")
    gorse.did(
        "-6wd",
        "adm",
        said(
            "adm_reasons.recorded",
            reasons="The health report is nine months old, and the family moved since.",
        ),
    )
    gorse.did(
        "-5wd",
        "social_worker",
        said("notice.given", recipient="iro", about="discharge_not_endorsed"),
        said("notice.given", recipient="team_manager", about="discharge_not_endorsed"),
    )
