"""Oak: the court made a supervision order instead, which wants a plan of its own (B8)."""

from caseward.interfaces.cli.demonstration.courses import background, care, decision
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of an end that is a beginning."""
    oak = told.child("Oak Addendum", born="-8y", worker="hills", sex="M")
    background.at_home(oak, held=("-28m", "-22m", "-16m", "-10m", "-4m"), visited_until="-9wd")
    decision.in_court_already(oak, issued="-120wd", hearing="-7wd")
    decision.followed(oak, "-46wd", "-28wd")
    oak.did(
        "-7wd",
        "legal",
        said("court_hearing.held", meeting="oak-hearing", result="A supervision order."),
        said("discharge_application.decided", "supervision_order", reasons="For twelve months."),
    )
    care.left(oak, "-7wd", reason="E4A")
    decision.told_court(oak, "-6wd", "iro", "parents")
