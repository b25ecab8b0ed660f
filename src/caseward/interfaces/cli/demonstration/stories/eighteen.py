"""Yarrow turns eighteen in three weeks, and Senna did last week: care and its duties end that day."""

from datetime import date, timedelta

from caseward.interfaces.cli.demonstration.courses import background, care, discharge
from caseward.interfaces.cli.demonstration.telling import Telling


def tell(told: Telling) -> None:
    """Tell of one discharge that a birthday will overtake, and of a record that ended by one."""
    yarrow = told.child("Yarrow Overtaken", born=_birthday(told, 20), worker="coast", sex="M")
    background.fostered(yarrow, in_care="-6y")
    discharge.supported(yarrow, "-8wd")
    senna = told.child("Senna Aforetime", born=_birthday(told, -6), worker="coast", sex="F")
    background.fostered(senna, in_care="-8y", visited_until="-3w")
    care.left(senna, "-4wd", reason="E11")


def _birthday(told: Telling, days: int) -> date:
    """Return the day of birth of somebody who is eighteen so many days from today."""
    on = told.today + timedelta(days=days)
    return date(on.year - 18, on.month, min(on.day, 28))
