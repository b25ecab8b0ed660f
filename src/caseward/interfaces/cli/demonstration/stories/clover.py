"""Clover: the meeting agreed, her grandfather did not; by phone he says the minutes are wrong."""

from caseward.interfaces.cli.demonstration.courses import background, discharge
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of a moved meeting, a disagreement and a discrepancy without an answer yet."""
    clover = told.child("Clover Specimen", born="-12y", worker="south", sex="F")
    background.fostered(clover, in_care="-4y")
    discharge.supported(clover, "-22wd")
    discharge.basis(clover, "-21wd", "foster_care")
    discharge.arranged(clover, "-21wd", planned="-9wd", invited="-20wd", trained=False)
    meeting = discharge.meeting_of(clover)
    clover.did(
        "-16wd",
        "administrator",
        said(
            "discharge_meeting.rearranged",
            meeting=meeting,
            planned_on="-8wd",
            reason="The school could not come on the first day",
        ),
    )
    discharge.reports(clover, "-15wd", "education", "health", *discharge.OTHERS)
    discharge.papers(clover, "-14wd", *discharge.PAPERS, n_minutes=discharge.n_reviews(clover))
    discharge.held(
        clover,
        "-8wd",
        attended=("Foster carer", "Grandfather", "School", "Health visitor"),
        disagrees="Grandfather",
        absent=["Mother"],
    )
    clover.did(
        "-7wd",
        "district_manager",
        said(
            "disagreement.recorded",
            person="Grandfather",
            words="He thinks that the carer should have more help than the plan gives.",
        ),
    )
    discharge.told_outcome(clover, "-7wd")
    discharge.minutes(clover, drafted="-6wd", agreed="-4wd", sent="-3wd")
    clover.did(
        "-2wd",
        "administrator",
        said(
            "discrepancy.reported",
            discrepancy="grandfather-1",
            meeting=meeting,
            recipient="Grandfather",
            about="minutes",
            how="by_phone",
            words="The minutes say that he agreed to the plan. He did not.",
        ),
    )
