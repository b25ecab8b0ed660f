"""Holly: accommodated by agreement for five months; her third review and a move are coming."""

from caseward.interfaces.cli.demonstration.courses import care, people, reviews
from caseward.interfaces.cli.demonstration.telling import Telling


def tell(told: Telling) -> None:
    """Tell of a child whose discharge is not in question: reviews and visits alone."""
    holly = told.child("Holly Understudy", born="-11y", worker="coast", sex="F", since="-90wd")
    people.mother(holly)
    people.carer(holly)
    care.began(holly, "-90wd", status="V2")
    care.lives(holly, "-90wd", "U6", place="first")
    care.placement_papers(holly, "-87wd", place="first")
    care.plan(holly, "-85wd")
    reviews.held(holly, "-72wd", "-20wd")
    care.seen(holly, "-87wd")
    care.lives(holly, "-30wd", "U6", place="second", leaves="first")
    care.placement_papers(holly, "-28wd", place="second")
    care.visited(holly, since="-63wd", until="-25wd", every_days=40)
    reviews.arranged(holly, "-4wd", planned="+8wd")
