"""What people were called as was known at a position of the ledger, never as today's rows say."""

from collections.abc import Collection, Iterable, Mapping

from caseward.record.access import policy
from caseward.record.ledger import queries
from caseward.record.ledger.acts import child_stream
from caseward.record.people import child_rows
from caseward.rules.facts import record as records
from caseward.work.readings import holders_then, looks
from caseward.work.readings.looks import Asked


def of(asked: Asked, ids: Collection[str]) -> dict[str, str]:
    """Return what workers, adults and teams were called, and children whom the asker may see today."""
    if not ids:
        return {}
    seen = policy.visible_to(asked.asker).filter(pk__in=ids).values_list("id", flat=True)
    return {
        **of_children(asked, seen),
        **{each.id: each.name for each in looks.adults(asked, ids).values()},
        **of_staff(asked),
    }


def of_staff(asked: Asked) -> Mapping[str, str]:
    """Return what each worker and team was called."""
    return holders_then.rows((), asked.position or 0).names


def of_children(asked: Asked, children: Iterable[str]) -> dict[str, str]:
    """Return what each of these children was called; one not known then is left out."""
    stored = queries.entries_of_all(map(child_stream, sorted(children)), position=asked.position)
    return {
        stream.id: looks.called(child_rows.child_of(records.as_known(kept, child=stream.id)))
        for stream, kept in stored.items()
        if kept
    }
