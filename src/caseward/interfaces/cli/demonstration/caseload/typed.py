"""What no national format holds of the caseload, typed in Caseward since it began there.

The children at home under a care order go the way to its discharge (W): each is on another stage,
most in time, some late, one held up for good.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from caseward.interfaces.cli.demonstration import staff
from caseward.interfaces.cli.demonstration.caseload.lives import Life
from caseward.interfaces.cli.demonstration.courses import decision, discharge
from caseward.interfaces.cli.demonstration.deeds import Fact
from caseward.interfaces.cli.demonstration.telling import Child, Telling

AT_MOST = 20
"""Children on the way to a discharge: each costs some ten acts to write."""
MANAGER = "dm"
RATIFIED_BY = 4


@dataclass(slots=True, kw_only=True)
class OfOtherSystem(Child):
    """A child whom the import brought, with the workers whom the import gave them."""

    @property
    def team(self) -> str:
        """Return a team of ours: the other system's teams have other managers."""
        return "north"

    def worker_for(self, role: str, on: date) -> str:  # noqa: ARG002 -- the same on every day
        """Return who does a role's work for the child, by their word."""
        if role == "social_worker":
            return self.worker
        if role == "iro":
            return self.iro
        return MANAGER if role == "team_manager" else staff.HOLDERS[role]


Stage = Callable[[Child, int], None]


def just_supported(child: Child, review: int) -> None:
    """The review supported discharge days ago."""
    discharge.supported(child, f"-{review}wd", ratified=review > RATIFIED_BY)


def being_arranged(child: Child, review: int) -> None:
    """Invited, and papers on their way; the meeting lies ahead."""
    discharge.supported(child, f"-{review}wd")
    discharge.basis(child, f"-{review - 1}wd")
    discharge.arranged(
        child, f"-{review - 2}wd", planned=f"+{max(2, 15 - review)}wd", invited=f"-{review - 3}wd"
    )


def met(child: Child, review: int) -> None:
    """The meeting was held; the minutes are behind."""
    discharge.to_meeting(child, review=review, meeting=review - 13)


def sent_to_maker(child: Child, review: int) -> None:
    """Minutes agreed and sent, the pack with the decision maker."""
    discharge.to_meeting(child, review=review, meeting=review - 11)
    _minutes(child, review - 11)
    decision.pack(child, f"-{review - 17}wd", received=f"-{review - 18}wd")


def decided(child: Child, review: int) -> None:
    """Endorsed; the application waits to be filed."""
    sent_to_maker(child, review)
    decision.decided(child, f"-{review - 20}wd")


def in_court(child: Child, review: int) -> None:
    """The application is issued and a hearing fixed."""
    decision.to_court(child, review=review, issue=review - 36, hearing="+18wd")


STAGES: Sequence[tuple[Stage, int, int]] = (
    (just_supported, 2, 9),
    (being_arranged, 8, 12),
    (met, 17, 30),
    (sent_to_maker, 24, 40),
    (decided, 30, 55),
    (in_court, 50, 70),
)
"""Each stage with how many working days ago the review was, at least and at most."""


def tell(told: Telling, lives: Sequence[Life]) -> Mapping[str, Life]:
    """Tell of those on the way to a discharge; return the children told of by their word."""
    wanted = [life for life in lives if _may_be_discharged(told, life)][:AT_MOST]
    of_word: dict[str, Life] = {}
    for number, life in enumerate(wanted):
        stage, least, most = STAGES[number % len(STAGES)]
        child = _child(told, life)
        of_word[child.word] = life
        stage(child, told.chance.random.randint(least, most))
    return of_word


def _may_be_discharged(told: Telling, life: Life) -> bool:
    return (
        life.at_home_since is not None
        and life.care_order_on is not None
        and life.ends_on is None
        and bool(life.worker)
        and bool(life.officer)
        and life.at_home_since < told.began_on
    )


def _child(told: Telling, life: Life) -> Child:
    word = f"of-other-system-{life.number}"
    child = OfOtherSystem(
        told=told,
        word=word,
        name=f"{life.name} {life.family_name}",
        born_on=life.born_on,
        expected_on=None,
        worker=life.worker,
        iro=life.officer,
        sex=life.sex,
        known_on=told.began_on,
        is_brought_over=False,
        history=[Fact(kind="looked_after_review.held", on=on) for on, _ in life.reviews],
    )
    told.children[word] = child
    return child


def _minutes(child: Child, meeting: int) -> None:
    discharge.minutes(
        child, drafted=f"-{meeting - 2}wd", agreed=f"-{meeting - 3}wd", sent=f"-{meeting - 4}wd"
    )
