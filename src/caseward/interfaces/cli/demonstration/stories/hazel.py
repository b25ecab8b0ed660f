"""Hazel: a strategy discussion yesterday put her discharge on hold; nobody has decided yet (B1)."""

from datetime import time

from caseward.interfaces.cli.demonstration.courses import background, discharge
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of an injury seen at school two days before the meeting."""
    hazel = told.child("Hazel Makebelieve", born="-8y", worker="south", sex="F")
    background.at_home(hazel, in_care="-4y", home="-2y")
    discharge.supported(hazel, "-12wd")
    discharge.basis(hazel, "-11wd")
    discharge.arranged(hazel, "-11wd", planned="+2wd", invited="-10wd")
    discharge.reports(hazel, "-4wd", "education", "health", *discharge.OTHERS)
    discharge.papers(hazel, "-4wd", *discharge.PAPERS, n_minutes=discharge.n_reviews(hazel))
    hazel.did(
        "-1wd",
        "social_worker",
        said(
            "strategy_discussion.held",
            at=time(9, 30),
            reason="A bruise seen at school that nobody could explain.",
            result="A paediatrician sees her tomorrow. The discharge waits.",
        ),
    )
    hazel.did("-1wd", "social_worker", said("notice.given", recipient="iro", about="safety_hold"))
