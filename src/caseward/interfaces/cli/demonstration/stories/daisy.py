"""Daisy: a series of short breaks, whose clock is another than that of children in care."""

from caseward.interfaces.cli.demonstration.courses import care, people, reviews
from caseward.interfaces.cli.demonstration.telling import Telling


def tell(told: Telling) -> None:
    """Tell of weekends with the same carers for more than a year."""
    daisy = told.child("Daisy Interlude", born="-10y", worker="north", sex="F")
    people.mother(daisy, lives_with=True)
    people.father(daisy, lives_with=True)
    care.began(daisy, "-14m", status="V4")
    care.lives(daisy, "-14m", "U6")
    care.plan(daisy, "-14m")
    reviews.held(daisy, "-11m", "-5m")
    care.visited(daisy, since="-11m", until="-2m", every_days=150)
