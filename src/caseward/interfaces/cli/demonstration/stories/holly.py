"""Holly: accommodated by agreement for four months; two reviews and a move lie behind her."""

from caseward.interfaces.cli.demonstration.courses import care, people, reviews
from caseward.interfaces.cli.demonstration.telling import Telling


def tell(told: Telling) -> None:
    """Tell of a child whose discharge is not in question: reviews and visits alone."""
    holly = told.child("Holly Understudy", born="-11y", worker="coast", sex="F", since="-78wd")
    people.mother(holly)
    people.carer(holly)
    care.began(holly, "-78wd", status="V2")
    care.lives(holly, "-78wd", "U6", place="first")
    care.placement_papers(holly, "-75wd", place="first")
    care.plan(holly, "-74wd")
    reviews.held(holly, "-60wd", "-12wd")
    care.seen(holly, "-75wd")
    care.lives(holly, "-30wd", "U6", place="second", leaves="first")
    care.placement_papers(holly, "-28wd", place="second")
    care.visited(holly, since="-55wd", until="-25wd", every_days=40)
