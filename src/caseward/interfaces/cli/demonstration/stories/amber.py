"""Amber, whom the tour follows: a review supported ending her care order; nothing is arranged yet.

Her father speaks Polish and needs an interpreter. One visit was written up two days late, and the
day of another was put right afterwards.
"""

from caseward.interfaces.cli.demonstration.courses import care, discharge, people, reviews
from caseward.interfaces.cli.demonstration.telling import Adult, Telling, said


def tell(told: Telling) -> None:
    """Tell of the years before, and of the review six working days ago."""
    amber = told.child("Amber Example", born="-9y", worker="north", sex="F")
    people.mother(amber, lives_with=True)
    amber.knows(
        Adult(
            word="father of amber",
            name="Father of Amber",
            relationship="Father",
            responsibility="registration",
            language="Polish",
            ways=(
                ("phone", "01632 960 002", True, "After six in the evening"),
                ("post", "His sister's address", False, "Others open his letters"),
            ),
        )
    )
    care.began(amber, "-20m", status="C1")
    care.lives(amber, "-20m", "U6", place="foster")
    care.plan(amber, "-20m", "That Amber can live with her mother again, safely.")
    reviews.held(amber, "-19m", "-16m", "-10m")
    care.order(amber, "-13m")
    care.lives(amber, "-12m", "P1", place="home", leaves="foster", until_18=True)
    care.visited(amber, since="-20m", until="-45wd", every_days=40)
    reviews.held(amber, "-5m")
    care.seen(amber, "-25wd", word="visit put right")
    amber.corrected(
        "-22wd",
        "social_worker",
        "-26wd",
        said("visit.made", word="visit put right", seen="yes", seen_alone="yes"),
        why="The visit was the day before: the diary says so.",
    )
    care.seen(amber, "-9wd", recorded="-7wd")
    discharge.supported(amber, "-6wd", ratified=False)
    amber.did(
        "-5wd",
        "iro",
        said(
            "review_decision.ratified",
            meeting="amber-review-discharge",
            reasons="Amber has been home for a year. Her mother does not need us to share "
            "parental responsibility, and Amber wants it to end.",
        ),
    )
    discharge.basis(amber, "-5wd")
