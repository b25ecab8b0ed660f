"""What a store test writes with: acts, facts and one-transaction appends, in few words."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction

from caseward.record.ledger import operations
from caseward.record.ledger.acts import LONDON, Act, NewEntry, StreamRef, child_stream, new_id
from caseward.record.ledger.operations import Answer

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def an_act(
    *,
    key: str | None = None,
    at: datetime = NOON,
    by: str = "system:test",
    why: str = "",
    via: str = "cli",
) -> Act:
    """Return an act with a fresh key unless one is named."""
    return Act(
        by=by, at=at, today=at.astimezone(LONDON).date(), key=key or new_id(), via=via, why=why
    )


def a_child() -> StreamRef:
    """Return the stream of a child whom nobody has recorded yet."""
    return child_stream(new_id())


def a_fact(
    stream: StreamRef,
    kind: str = "visit.made",
    *,
    on: date | str = "2026-01-06",
    fields: Mapping[str, Any] | None = None,
    **more: Any,
) -> NewEntry:
    """Return a new entry; `on` may be ISO text."""
    day = date.fromisoformat(on) if isinstance(on, str) else on
    return NewEntry(stream=stream, kind=kind, occurred_on=day, fields=fields or {}, **more)


def record(*facts: NewEntry, act: Act | None = None, **said: Any) -> Answer:
    """Append facts as the one door does: lock, ask for the first answer, append, commit."""
    act = act or an_act()
    digest = operations.input_digest(facts)
    with transaction.atomic():
        operations.lock(act, {fact.stream for fact in facts})
        return operations.answered(act, digest) or operations.append(
            act, facts, input_digest=digest, said=said
        )


def hours(count: float) -> timedelta:
    """Return a span of hours."""
    return timedelta(hours=count)
