"""The lists and the columns that are read of each, known by patterns, since headings drift.

A heading is compared without quotation marks, brackets and capitals. What no pattern knows is left
aside and named. A list of which nothing is kept is read through, counted, and said to be left aside.
"""

import re
from dataclasses import dataclass
from typing import Literal

Type = Literal["child", "date", "yes_no", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: `pattern` is searched for in the heading; `may_come` is a day that may lie ahead."""

    name: str
    pattern: re.Pattern[str]
    type: Type = "text"
    required: bool = False
    may_come: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexList:
    """One list; `order` names pairs of days, first and last; `key` tells two rows of a child apart.

    `left_aside` says why nothing of it is kept, and is empty where something is.
    """

    number: int
    subject: str
    columns: tuple[Column, ...] = ()
    key: tuple[str, ...] = ()
    order: tuple[tuple[str, str], ...] = ()
    left_aside: str = ""


def folded(heading: str) -> str:
    """Return a heading as it is compared: small letters and digits, single spaces, no marks."""
    plain = re.sub(r"[’‘'`\"“”]", "", heading.casefold())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def list_of(title: str) -> AnnexList | None:
    """Return the list that a sheet of this title holds, or None."""
    found = re.search(r"\blist\s*0*(\d{1,2})\b", folded(title))
    return BY_NUMBER.get(int(found.group(1))) if found else None


def _text(name: str, pattern: str) -> Column:
    return Column(name=name, pattern=re.compile(pattern))


def _day(name: str, pattern: str, *, required: bool = False) -> Column:
    return Column(name=name, pattern=re.compile(pattern), type="date", required=required)


def _yes_no(name: str, pattern: str) -> Column:
    return Column(name=name, pattern=re.compile(pattern), type="yes_no")


CHILD = Column(
    name="child",
    pattern=re.compile(r"\bchild(ren)?s? unique id|\bunique (child )?id|\bchild id\b"),
    type="child",
    required=True,
)
ABOUT_THE_CHILD = (
    CHILD,
    _text("sex", r"^(gender|sex)\b"),
    Column(name="born_on", pattern=re.compile(r"date of birth|^dob$"), type="date", may_come=True),
)

LISTS = (
    AnnexList(number=1, subject="contacts", left_aside="a contact is not yet a referral"),
    AnnexList(
        number=2, subject="early help", left_aside="early help is not children's social care"
    ),
    AnnexList(
        number=3,
        subject="referrals",
        columns=(
            *ABOUT_THE_CHILD,
            _day("referred_on", r"date of (the )?referral", required=True),
            _text("source", r"referral source|source of referral"),
            _yes_no("no_further_action", r"referral nfa|no further action"),
        ),
        key=("referred_on",),
    ),
    AnnexList(
        number=4,
        subject="assessments",
        columns=(
            *ABOUT_THE_CHILD,
            _day("started_on", r"assessment start date|start date of .*assessment", required=True),
            _yes_no("seen", r"child seen during"),
            _day("authorised_on", r"assessment date of authori[sz]ation|assessment authori[sz]"),
        ),
        key=("started_on",),
        order=(("started_on", "authorised_on"),),
    ),
    AnnexList(
        number=5,
        subject="section 47 enquiries and initial conferences",
        columns=(
            *ABOUT_THE_CHILD,
            _day("begun_on", r"strategy discussion|section 47 enquiry start date", required=True),
            _day("conference_on", r"^date of (the )?initial child protection conference"),
            _yes_no("plan_made", r"did the initial child protection conference result"),
        ),
        key=("begun_on",),
        order=(("begun_on", "conference_on"),),
    ),
    AnnexList(
        number=6,
        subject="children in need",
        columns=(
            *ABOUT_THE_CHILD,
            _day("began_on", r"cin start date|child in need start date"),
            _day("seen_on", r"last seen"),
            _day("closed_on", r"(cin|child in need|case) closure date"),
            _text("reason", r"reason for closure"),
            _text("status", r"case status"),
        ),
        key=("began_on",),
        order=(("began_on", "closed_on"),),
    ),
    AnnexList(
        number=7,
        subject="child protection plans",
        columns=(
            *ABOUT_THE_CHILD,
            _day("began_on", r"child protection plan start date", required=True),
            _text("category", r"initial category of abuse"),
            _day("visited_on", r"last statutory visit"),
            _yes_no("seen_alone", r"seen alone"),
            _day("reviewed_on", r"(latest|last) review conference"),
            _day("ended_on", r"child protection plan end date"),
        ),
        key=("began_on",),
        order=(("began_on", "ended_on"), ("began_on", "reviewed_on")),
    ),
    AnnexList(
        number=8,
        subject="looked-after children",
        columns=(
            *ABOUT_THE_CHILD,
            _day("began_on", r"date started to be looked after", required=True),
            _day("status_on", r"start date of current legal status"),
            _text("status", r"childs legal status|^legal status"),
            _day("reviewed_on", r"(latest|last) statutory review"),
            _day("visited_on", r"last social work(er)? visit"),
            _day("iro_on", r"last iro (visit|contact)"),
            _day("health_on", r"last health assessment"),
            _day("dental_on", r"last dental check"),
            _day("ended_on", r"date ceased to be looked after"),
            _text("ceased", r"reason ceased to be looked after"),
            _day("placed_on", r"start date of (most recent|current|latest) placement"),
            _text("placement", r"^placement type"),
            _text("provider", r"^placement provider"),
            _text("urn", r"^urn\b"),
        ),
        key=("began_on",),
        order=(
            ("began_on", "ended_on"), ("began_on", "reviewed_on"), ("began_on", "visited_on"),
        ),
    ),
    AnnexList(
        number=9,
        subject="care leavers",
        left_aside="it says how a young person lives, and of nothing on which day",
    ),
    AnnexList(
        number=10,
        subject="adoption",
        columns=(
            *ABOUT_THE_CHILD,
            _day("decided_on", r"decision .*child should be placed for adoption"),
            # The placement order is a legal status, and list 8 gives the current one.
            _day("matched_on", r"date of matching"),
            _day("placed_on", r"^date (the child was )?placed for adoption"),
            _day("ordered_on", r"date of adoption order"),
            _day("reversed_on", r"decision .*child should no longer be placed"),
            _text("reason", r"reason why .*no longer"),
        ),
        order=(("decided_on", "reversed_on"),),
    ),
    AnnexList(number=11, subject="adopters", left_aside="it is about adopters, not about children"),
)  # fmt: skip
BY_NUMBER = {each.number: each for each in LISTS}
