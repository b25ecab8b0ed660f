"""What an entry about a role must say for one person, or one team, to be responsible by it."""

from collections.abc import Mapping
from typing import Any

HELD = "role.held"
BOTH = (
    "Name either a worker or a team, not both: everybody in the team would have the worker’s tasks "
    "and see all that the worker sees."
)


def fault_of(kind: str, fields: Mapping[str, Any]) -> str:
    """Return why a role cannot be held so for a child, "" where it can.

    What was recorded before this was refused stays readable: nothing that reads asks here.
    """
    return BOTH if kind == HELD and fields.get("worker") and fields.get("team") else ""
