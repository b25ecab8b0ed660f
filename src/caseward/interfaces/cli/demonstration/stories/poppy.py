"""Poppy, whose record was put right: a wrong kind of placement, and a visit to somebody else."""

from caseward.interfaces.cli.demonstration.courses import background, discharge
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of what was recorded, what was wrong with it, and who said so."""
    poppy = told.child("Poppy Erratum", born="-8y", worker="coast", sex="F")
    background.fostered(poppy, visited_until="-6w")
    poppy.did(
        "-40wd",
        "social_worker",
        said("visit.made", word="visit to another", seen="yes", seen_alone="yes"),
    )
    poppy.withdrew(
        "-38wd",
        "social_worker",
        "visit to another",
        why="This was a visit to another child and is on that record now.",
    )
    discharge.supported(poppy, "-15wd")
    poppy.did(
        "-14wd", "district_manager", said("administrator.named", name="Administrator", word="named")
    )
    poppy.did(
        "-13wd",
        "district_manager",
        said(
            "discharge_meeting.arranged",
            word="arranged",
            meeting=discharge.meeting_of(poppy),
            planned_on="+6wd",
        ),
    )
    poppy.corrected(
        "-12wd",
        "district_manager",
        "-13wd",
        said(
            "discharge_meeting.arranged",
            word="arranged",
            meeting=discharge.meeting_of(poppy),
            planned_on="-1wd",
        ),
        why="The day was read from the wrong line of the diary.",
    )
    poppy.did(
        "-1wd",
        "district_manager",
        said(
            "discharge_meeting.adjourned",
            meeting=discharge.meeting_of(poppy),
            planned_on="+3wd",
            reason="The school could stay for half an hour only",
        ),
    )
