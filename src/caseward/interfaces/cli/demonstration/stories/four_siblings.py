"""Four brothers and sisters with two fathers, one of whom must not meet their mother (B7).

Willow and Wren's father lives with them and their mother; both children's orders are to end at one
meeting. Sorrel and Sage's father holds no parental responsibility and must not meet her; his mother
looks after the two and asks for a special guardianship order for Sage.
"""

from caseward.interfaces.cli.demonstration.courses import care, discharge, people, reviews
from caseward.interfaces.cli.demonstration.telling import Adult, Child, Telling, said

MOTHER = "mother of the four"
SECOND_FATHER = Adult(
    word="second father",
    name="Father of Sorrel and Sage",
    relationship="Father",
    must_not_meet=(MOTHER,),
    why_not_meet="A court order forbids him to come near her.",
    ways=(("through_someone", "His solicitor", True, "Only through the solicitor"),),
)


def tell(told: Telling) -> None:
    """Tell of one meeting over two children, and of two who live elsewhere."""
    willow = told.child("Willow Parallel", born="-11y", worker="south", sex="F")
    wren = told.child("Wren Parallel", born="-9y", worker="south", sex="F")
    sorrel = told.child("Sorrel Parallel", born="-5y", worker="south", sex="M")
    sage = told.child("Sage Parallel", born="-3y", worker="south", sex="M")
    for child in (willow, wren):
        _at_home(child)
    for child in (sorrel, sage):
        _with_grandmother(child)
    willow.is_sibling_of([wren, sorrel, sage])
    wren.is_sibling_of([sorrel, sage], same_household=False)
    sorrel.is_sibling_of([sage])
    _one_meeting_for_two(told, willow, wren)
    discharge.supported(sage, "-11wd", order_planned="special_guardianship")


def _at_home(child: Child) -> None:
    people.mother(child, lives_with=True, word=MOTHER)
    people.father(child, lives_with=True, word="first father")
    care.began(child, "-30m")
    care.lives(child, "-18m", "P1", place="home", until_18=True)
    care.plan(child, "-30m")
    reviews.held(child, "-29m", "-26m", "-20m", "-14m", "-8m")
    care.visited(child, since="-36w", until="-2w")


def _with_grandmother(child: Child) -> None:
    people.mother(child, word=MOTHER)
    child.knows(SECOND_FATHER)
    people.carer(child, word="grandmother", relationship="Grandmother")
    care.began(child, "-22m")
    care.lives(child, "-22m", "U1", until_18=True)
    care.plan(child, "-22m")
    reviews.held(child, "-21m", "-18m", "-12m", "-6m")
    care.visited(child, since="-36w", until="-3w")


def _one_meeting_for_two(told: Telling, willow: Child, wren: Child) -> None:
    for child in (willow, wren):
        discharge.supported(child, "-14wd")
        discharge.basis(child, "-13wd")
        discharge.arranged(child, "-13wd", planned="-1wd", invited="-12wd")
        discharge.reports(child, "-8wd", "education", "health")
        discharge.papers(child, "-7wd", *discharge.PAPERS, n_minutes=discharge.n_reviews(child))
    told.together(
        [willow, wren],
        "-1wd",
        "district_manager",
        said(
            "discharge_meeting.held",
            "agreed",
            held="whole",
            attended=["Mother", "Father", "School"],
            absent=["The young person"],
        ),
        each={
            child.word: {"keys.meeting": discharge.meeting_of(child)} for child in (willow, wren)
        },
    )
