"""Bringing in many children's facts at once, checked beforehand, in one transaction (S6)."""

from collections.abc import Callable, Sequence

from caseward.record.ledger.acts import Act, NewEntry, StreamRef
from caseward.work import entries
from caseward.work.entries import TakenMany


def bring_in(
    act: Act,
    batches: Sequence[tuple[StreamRef, Sequence[NewEntry]]],
    *,
    progress: Callable[[int], None] | None = None,
) -> TakenMany:
    """Take in each stream's entries and settle every child, or nothing at all.

    `progress` is told how many more children are settled.
    """
    return entries.take_in_many(act, batches, progress=progress)
