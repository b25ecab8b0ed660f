"""From the pack to the court: the decision maker, the application, what the court decides (W21–W25)."""

from typing import Any

from caseward.interfaces.cli.demonstration.courses import discharge
from caseward.interfaces.cli.demonstration.telling import BEGAN, Child, When, said

PACK = (
    "contents_list",
    "other_report",
    "individual_plan",
    "discharge_minutes",
    "last_review_minutes",
)


def pack(child: Child, when: When, *, received: When = "") -> None:
    """The ADM pack was completed and sent; received on a day if one is given."""
    child.allocated(when, "district_manager", "adm", worker="adm")
    child.did(
        when,
        "district_manager",
        *(said("paper.given", paper=name) for name in PACK),
        said("adm_pack.sent"),
    )
    if received:
        child.did(received, "adm", said("adm_pack.received"))


def decided(child: Child, when: When, outcome: str = "endorsed", *, wanted: str = "") -> None:
    """The decision maker decided and told the district manager."""
    more: dict[str, Any] = {"wanted": wanted} if wanted else {}
    child.did(
        when,
        "adm",
        said("adm_decision.made", outcome, **more),
        said("notice.given", recipient="district_manager", about="adm_decision"),
    )


def filed(child: Child, when: When, *, received: When = "") -> None:
    """The application was completed and filed with Legal Services."""
    child.allocated(when, "team_manager", "legal", team="legal_services")
    child.did(when, "social_worker", said("application.filed"))
    if received:
        child.did(received, "legal", said("application.received_by_legal"))


def issued(child: Child, when: When, *, hearing: When) -> None:
    """Legal Services paginated, applied, sent Cafcass its copy and told when the hearing is."""
    child.did(
        when,
        "legal",
        said("application.paginated"),
        said(
            "application.issued",
            court_reference=f"EX{child.told.today:%y}C{child.told.chance.minute(1000, 9999)}",
        ),
        said("application.sent_to_cafcass"),
        said(
            "court_hearing.arranged",
            meeting=f"{child.word}-hearing",
            planned_on=hearing,
            court="Family Court at Exampleton",
        ),
    )


def followed(child: Child, *days: When, words: str = "Waiting for the court's date.") -> None:
    """The manager spoke with Legal Services and wrote down what moved and what did not."""
    for when in days:
        child.did(
            when, "team_manager", said("development.recorded", development=words, with_legal="yes")
        )


def told_court(child: Child, when: When, *names: str) -> None:
    """The social worker told people what the court decided."""
    child.did(
        when,
        "social_worker",
        *(said("notice.given", recipient=name, about="court_decision") for name in names),
    )


def to_court(child: Child, *, review: int, issue: int, hearing: When) -> None:
    """Everything from the review to the issue, in time; numbers are working days before today."""
    discharge.to_meeting(child, review=review, meeting=review - 9)
    meeting = review - 9
    discharge.minutes(
        child, drafted=f"-{meeting - 2}wd", agreed=f"-{meeting - 3}wd", sent=f"-{meeting - 4}wd"
    )
    pack(child, f"-{meeting - 6}wd", received=f"-{meeting - 6}wd")
    decided(child, f"-{meeting - 9}wd")
    filed(child, f"-{meeting - 14}wd", received=f"-{meeting - 15}wd")
    issued(child, f"-{issue}wd", hearing=hearing)


def in_court_already(child: Child, *, issued: When, hearing: When) -> None:
    """The application was in court before the authority began with Caseward: taken on there (B4)."""
    on = child.told.day(issued).isoformat()
    child.did(
        BEGAN,
        "team_manager",
        said(
            "episode.taken_on",
            procedure="discharge_of_care_order",
            step="W25.developments W25.outcome",
            anchors=f"application.issued: {on}\napplication.filed: {on}",
        ),
    )
    child.allocated(BEGAN, "team_manager", "legal", team="legal_services")
    child.did(
        "-90wd",
        "legal",
        said(
            "court_hearing.arranged",
            meeting=f"{child.word}-hearing",
            planned_on=hearing,
            court="Family Court at Exampleton",
        ),
    )
