"""Jasper and Juniper live with one carer; their mother expects a third child in nine weeks (B2)."""

from caseward.interfaces.cli.demonstration.courses import care, people, reviews
from caseward.interfaces.cli.demonstration.telling import Telling


def tell(told: Telling) -> None:
    """Tell of two children seen on the same visits, and of a record that begins before the birth."""
    jasper = told.child("Jasper Instance", born="-8y", worker="hills", sex="M")
    juniper = told.child("Juniper Instance", born="-6y", worker="hills", sex="F")
    unborn = told.child("Unborn Instance", expected="+9w", worker="hills", since="-20wd")
    for child in (jasper, juniper):
        people.mother(child, word="mother of jasper")
        people.carer(child, word="carer of jasper")
        care.began(child, "-31w", status="C1")
        care.lives(child, "-31w", "U6")
        care.plan(child, "-31w")
        reviews.held(child, "-28w", "-15w")
        care.visited(child, since="-31w", until="-4w")
    people.mother(unborn, word="mother of jasper")
    jasper.is_sibling_of([juniper])
    unborn.is_sibling_of([jasper, juniper], when="-19wd", same_household=False)
    reviews.arranged(jasper, "-6wd", planned="+9wd")
    reviews.arranged(juniper, "-6wd", planned="+9wd")
