"""When what another system holds was last brought in: said on every page (B10)."""

from caseward.work.imports import queries
from caseward.work.readings import words as said


def words() -> str:
    """Return from which system and when, "" where nothing was ever brought in."""
    latest = queries.latest_refresh()
    if latest is None:
        return ""
    return f"Last refreshed from {latest.system or latest.format_title} on {said.moment(latest.at)}"
