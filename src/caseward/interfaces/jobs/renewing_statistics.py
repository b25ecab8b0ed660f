"""Once a day the database looks again at how much its tables hold, so that long lists stay quick."""

from datetime import date

from caseward.interfaces import clock
from caseward.record.ledger import maintenance, statistics

_looked_on: list[date] = []


def look() -> None:
    """Renew the statistics where this process has not done so today; the first time at its start."""
    today = clock.today()
    if _looked_on[-1:] == [today] or maintenance.standing(at=clock.now()) is not None:
        return
    statistics.look_where_due()
    _looked_on[:] = [today]
