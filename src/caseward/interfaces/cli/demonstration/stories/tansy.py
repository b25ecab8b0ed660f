"""Tansy, who drifted: three years ago a review wanted her care order ended, and nothing moved since.

After Re X (Discharge of Care Order) 2015, where a child's plan stood still for years: no step
towards permanence, no therapy or life-story work, hardly any link with the birth family; the
mother was not asked to reviews and not told the social worker's name, and the reviewing officer
neither set dates nor challenged anybody. When the authority began with Caseward, Tansy was taken on
at the step at which she stood.
"""

from caseward.interfaces.cli.demonstration.courses import care, discharge, people, reviews
from caseward.interfaces.cli.demonstration.telling import BEGAN, Child, Telling, said

STANDS_STILL = (
    "Nothing has changed since the last review. Life-story work has not begun; the referral for "
    "therapy is to be made. Her mother was not invited."
)


def tell(told: Telling) -> None:
    """Tell of reviews that only repeated themselves, and of one supervision that noticed."""
    tansy = told.child("Tansy Likely", born="-13y", worker="hills", sex="F")
    people.mother(tansy)
    people.carer(tansy)
    care.began(tansy, "-7y")
    care.lives(tansy, "-7y", "U4", until_18=True)
    care.plan(tansy, "-7y", "That Tansy lives with her grandmother and the care order ends.")
    _reviewed_for_years(tansy)
    care.visited(tansy, since="-36w", until="-7w", every_days=80)
    tansy.did(
        BEGAN,
        "team_manager",
        said(
            "episode.taken_on",
            procedure="discharge_of_care_order",
            step="W5.meeting",
            anchors=_anchors(told),
        ),
    )
    tansy.did(
        "-72wd",
        "district_manager",
        said("discharge_meeting.arranged", meeting="tansy-1", planned_on="-60wd"),
    )
    tansy.did(
        "-61wd",
        "district_manager",
        said("discharge_meeting.cancelled", meeting="tansy-1", reason="No report from health"),
    )


def _reviewed_for_years(tansy: Child) -> None:
    for months in (66, 60, 54, 48, 42):
        reviews.held(tansy, f"-{months}m")
    discharge.supported(tansy, "-36m")
    for months in (31, 25, 19, 13, 7):
        meeting = f"tansy-review-{months}"
        tansy.did(
            f"-{months}m",
            "iro",
            said(
                "looked_after_review.held",
                "plan_continues",
                meeting=meeting,
                participation="PN7",
                discharge_considered="no",
                iro_view=STANDS_STILL,
            ),
            said("review_decisions.sent", meeting=meeting),
        )
        reviews.written_up(tansy, f"-{months}m", meeting)


def _anchors(told: Telling) -> str:
    on = told.day("-36m").isoformat()
    return f"looked_after_review.held: {on}\nreview_decision.ratified: {on}"
