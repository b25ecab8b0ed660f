"""Heather: the decision maker asked for more; the pack went again and its answer is awaited."""

from caseward.interfaces.cli.demonstration.courses import background, decision, discharge
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of a pack that went twice."""
    heather = told.child("Heather Theory", born="-15y", worker="north", sex="F")
    background.fostered(heather, in_care="-6y")
    discharge.to_meeting(heather, review=33, meeting=20, where="foster_care")
    discharge.minutes(heather, drafted="-18wd", agreed="-16wd", sent="-15wd")
    decision.pack(heather, "-12wd", received="-12wd")
    decision.decided(heather, "-9wd", "returned", wanted="Where will she live after her exams?")
    heather.did(
        "-5wd",
        "district_manager",
        said("paper.given", paper="individual_plan"),
        said("adm_pack.sent"),
    )
    heather.did("-3wd", "adm", said("adm_pack.received"))
