"""What follows from a portion of an import's children: pure, so any process can work it out (S6).

Each child comes with all that it needs and no other process is asked. The rows that come of it are
those that recording would give, as a staging file keeps them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from caseward.record.ledger import canonical, staging
from caseward.record.ledger.acts import NewEntry, StreamRef
from caseward.rules.facts.entries import Entry
from caseward.work.entries import settling, staged_tables
from caseward.work.entries.joining import Joined
from caseward.work.entries.rulebooks import Rules

_ALONE = Joined(to={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One stream's new entries, with what is on it already.

    `number` is the stream's in the staging file, `first` that of its first entry there. A record
    that is read as one with another is not evaluated here (M39).
    """

    number: int
    first: int
    stream: StreamRef
    stored: Sequence[Entry]
    new: Sequence[NewEntry]
    is_evaluated: bool


@dataclass(slots=True)
class Made:
    """The rows of a portion, by their table; what of the ledger is in no table of a room."""

    n_children: int
    facts: list[tuple[Any, ...]] = field(default_factory=list)
    rows: dict[str, list[Sequence[Any]]] = field(default_factory=dict)


def made(portion: Sequence[Coming], rules: Rules, at: datetime) -> Made:
    """Return all rows of a portion of children, as a moment's act brings them."""
    found = Made(n_children=len(portion))
    for each in portion:
        facts = staging.facts(each.new)
        found.facts += (
            (each.first + place, each.number, *fact) for place, fact in enumerate(facts)
        )
        if each.is_evaluated:
            texts = [fact[staging.TEXT] for fact in facts]
            _evaluate(each, texts, rules, at, found.rows)
    return found


def _evaluate(
    each: Coming,
    texts: Sequence[Any],
    rules: Rules,
    at: datetime,
    rows: dict[str, list[Sequence[Any]]],
) -> None:
    """Add the rows that follow from a child's record with the new entries on it.

    The ledger gives those other positions, in the same order, and only the order means anything.
    """
    child = each.stream.id
    last = max((entry.position for entry in each.stored), default=0)
    new = (
        canonical.entry_from(
            text,
            entry_id=said.entry_id,
            stream_id=child,
            position=last + place,
            recorded_at=at,
        )
        for place, (said, text) in enumerate(zip(each.new, texts, strict=True), start=1)
    )
    entries = {child: (*each.stored, *new)}
    weighed = settling.weigh(child, entries, rules.rulebook, joined=_ALONE)
    for model, row in settling.each_row(weighed, rules):
        table = staged_tables.of(model)
        rows.setdefault(table.name, []).append(table.values(row))
