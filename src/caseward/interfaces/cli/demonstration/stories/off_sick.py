"""The social worker of the coast is off sick; a colleague stands in for all of theirs (B6)."""

from caseward.interfaces.cli.demonstration import staff
from caseward.interfaces.cli.demonstration.telling import Telling


def tell(told: Telling) -> None:
    """Tell of the manager's allocations on the first day of absence."""
    for child in told.children.values():
        if child.worker == staff.AWAY:
            child.allocated(
                staff.AWAY_SINCE,
                "team_manager",
                "social_worker",
                worker=staff.COVER,
                away=staff.AWAY,
            )
