"""Dale: the decision maker has had the pack for nine working days, so the answer is late."""

from caseward.interfaces.cli.demonstration.courses import background, decision, discharge
from caseward.interfaces.cli.demonstration.telling import Telling


def tell(told: Telling) -> None:
    """Tell of everything in time until the pack arrived."""
    dale = told.child("Dale Fiction", born="-10y", worker="south", sex="M")
    background.at_home(dale)
    discharge.to_meeting(dale, review=35, meeting=22)
    discharge.minutes(dale, drafted="-20wd", agreed="-18wd", sent="-17wd")
    decision.pack(dale, "-12wd", received="-9wd")
