"""Entries for tests of the record: short to write, with what the test does not care for left out."""

from datetime import date, datetime
from typing import Any

from caseward.rules.facts.entries import Entry

CHILD = "c1"


def an_entry(
    entry_id: str,
    position: int = 1,
    *,
    on: str = "2025-01-01",
    kind: str = "visit.made",
    **said: Any,
) -> Entry:
    """Return an entry of one child; `recorded_at` is given as text."""
    recorded_at = said.pop("recorded_at", None)
    until = said.pop("until", None)
    return Entry(
        entry_id=entry_id,
        child=said.pop("child", CHILD),
        kind=kind,
        occurred_on=date.fromisoformat(on),
        position=position,
        until=date.fromisoformat(until) if until else None,
        recorded_at=datetime.fromisoformat(recorded_at) if recorded_at else None,
        **said,
    )
