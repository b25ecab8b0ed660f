"""Bay, born twenty days ago: the record began before the birth, and care on the day after it (B2)."""

from datetime import timedelta

from caseward.interfaces.cli.demonstration.courses import care, people
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of what was known before the birth, and of the first weeks after it."""
    bay = told.child("Bay Prologue", expected="-8d", worker="north", sex="M", since="-40wd")
    people.mother(bay)
    born_on = told.worked(told.today - timedelta(days=20))
    bay.born_on = born_on
    bay.did(
        born_on, "social_worker", said("child.born", name="Bay Prologue", family_name="Prologue")
    )
    care.began(bay, "-12wd", status="C1")
    care.lives(bay, "-12wd", "U6")
    care.placement_papers(bay, "-9wd")
    care.plan(bay, "-8wd", "That Bay grows up with his mother, if an assessment shows that he can.")
    care.seen(bay, "-11wd")
    care.seen(bay, "-5wd")
