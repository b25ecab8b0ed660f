"""Bramble: yesterday's review supported discharge, and the IRO has not ratified it yet (W4)."""

from caseward.interfaces.cli.demonstration.courses import background, discharge
from caseward.interfaces.cli.demonstration.telling import Telling


def tell(told: Telling) -> None:
    """Tell of the review alone."""
    bramble = told.child("Bramble Outline", born="-10y", worker="north", sex="F")
    background.at_home(bramble)
    discharge.supported(bramble, "-1wd", ratified=False)
