"""Larch: in court already when the authority began with Caseward; the court moved the hearing once.

He was taken on at the step at which he stood (B4): what came before is neither met nor late here,
and the court's move is nobody's lateness.
"""

from caseward.interfaces.cli.demonstration.courses import background, decision
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of waiting, with a manager who writes down that nothing moves."""
    larch = told.child("Larch Hearsay", born="-12y", worker="north", sex="M")
    background.at_home(larch, held=("-28m", "-22m", "-16m", "-10m", "-4m"))
    decision.in_court_already(larch, issued="-110wd", hearing="-18wd")
    larch.did(
        "-24wd",
        "legal",
        said(
            "court_hearing.rearranged",
            meeting="larch-hearing",
            planned_on="+15wd",
            moved_by="court",
        ),
    )
    decision.followed(larch, "-36wd", "-17wd", words="The court has moved the hearing.")
