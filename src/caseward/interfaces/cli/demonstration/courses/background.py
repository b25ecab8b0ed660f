"""How a child came to where their story begins: the years before it, briefly."""

from collections.abc import Sequence

from caseward.interfaces.cli.demonstration.courses import care, people, reviews
from caseward.interfaces.cli.demonstration.telling import Child, When

YEARS = ("-31m", "-25m", "-19m", "-13m", "-8m")
"""Reviews of a child who has been in care for some three years, six months apart."""
VISITS_SINCE = "-30w"


def at_home(
    child: Child, *, in_care: When = "-37m", home: When = "-25m", held: Sequence[When] = YEARS,
    visited_until: When = "-2w",
) -> None:  # fmt: skip
    """Under a full care order and back with the mother, who agreed to a plan."""
    people.mother(child, lives_with=True)
    care.began(child, in_care)
    care.lives(child, home, "P1", place="home", until_18=True)
    care.plan(child, in_care)
    reviews.held(child, *held)
    care.visited(child, since=VISITS_SINCE, until=visited_until)


def fostered(
    child: Child, *, in_care: When = "-37m", kind: str = "U4", status: str = "C2",
    held: Sequence[When] = YEARS, visited_until: When = "-2w",
) -> None:  # fmt: skip
    """With foster carers, or (kind U1) with a relative, meant to last."""
    people.mother(child)
    relative = kind in ("U1", "U3")
    people.carer(child, relationship="Aunt" if relative else "Foster carer")
    care.began(child, in_care, status=status)
    is_settled = kind in ("U1", "U4")
    care.lives(child, in_care, kind, place="home", until_18=is_settled)
    care.plan(child, in_care)
    reviews.held(child, *held)
    care.visited(
        child, since=VISITS_SINCE, until=visited_until, every_days=70 if is_settled else 42
    )
