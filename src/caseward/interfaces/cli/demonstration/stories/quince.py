"""Quince: missing for a night, on hold for two days, then the manager decided to go on (B1)."""

from datetime import time

from caseward.interfaces.cli.demonstration.courses import background, decision, discharge
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of a hold that was decided and leaves its days on show."""
    quince = told.child("Quince Thesis", born="-15y", worker="hills", sex="F")
    background.at_home(quince)
    discharge.to_meeting(quince, review=24, meeting=12)
    quince.did(
        "-10wd",
        "social_worker",
        said("missing_episode.begun", at=time(22, 40), reported_by="Mother"),
        recorded="-9wd",
    )
    quince.did("-9wd", "social_worker", said("missing_episode.ended", at=time(8, 15)))
    quince.did(
        "-9wd",
        "social_worker",
        *(
            said("notice.given", recipient=name, about="safety_hold")
            for name in ("iro", "adm", "legal")
        ),
    )
    discharge.minutes(quince, drafted="-9wd", agreed="-8wd", sent="-7wd")
    quince.did(
        "-8wd",
        "team_manager",
        said(
            "safety_hold.decided",
            "go_on",
            reasons="She stayed with a friend and rang. Nothing else has changed.",
        ),
    )
    decision.pack(quince, "-3wd")
