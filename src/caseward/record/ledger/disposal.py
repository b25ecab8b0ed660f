"""Removing one payload for good, by two people's leave (S3); the database checks it too.

The chain stays whole: it covers the commitment, which remains. Proposing and agreeing are entries
of kinds `disposal.proposed` and `payload.disposed` on the authority's stream, by two people; the
second names the first. On PostgreSQL the application's own role may not delete a payload, so this
runs under the role that keeps the tables.
"""

from typing import Any

from django.db.models import QuerySet

from caseward.record.ledger import canonical, models
from caseward.record.ledger.refusals import Refused
from caseward.record.ledger.stored import StoredDisposal

PROPOSED = "disposal.proposed"
DISPOSED = "payload.disposed"


def carry_out(*, agreed_position: int) -> int:
    """Remove the payload that an agreed disposal names; return its position.

    `agreed_position` is that of the `payload.disposed` entry, whose fields name the `entry` to go
    and the `proposal`. Call in the transaction that appended it.
    Errors: Refused where one person did both, or an entry named is not there.
    """
    agreed = _payload_at(agreed_position)
    named = _fields(agreed)
    proposal = _payload_of(named.get("proposal", ""), kind=PROPOSED)
    target = _payload_of(named.get("entry", ""))
    if _fields(proposal).get("entry") != named.get("entry"):
        raise Refused("The proposal is about another entry. Propose the disposal of this one.")
    if proposal.entry.act.by == agreed.entry.act.by:
        raise Refused("Who proposed a disposal cannot agree to it too. Ask somebody else to agree.")
    models.Disposal.objects.create(
        of_position=target.pk,
        entry=agreed.entry,
        proposed_act=proposal.entry.act,
        agreed_act=agreed.entry.act,
    )
    position: int = target.pk
    models.Payload.objects.filter(pk=position).delete()
    return position


def is_agreed(row: StoredDisposal) -> bool:
    """Return whether a stored disposal is what two people agreed, by entries that say so."""
    agreed = _payloads().filter(pk=row.agreed_position, kind=DISPOSED).first()
    if agreed is None:
        return False
    named = _fields(agreed)
    proposal = _payloads().filter(entry__entry_id=named.get("proposal"), kind=PROPOSED).first()
    target = models.Entry.objects.filter(pk=row.of_position, entry_id=named.get("entry"))
    return (
        proposal is not None
        and _fields(proposal).get("entry") == named.get("entry")
        and proposal.entry.act.by != agreed.entry.act.by
        and (proposal.entry.act_id, agreed.entry.act_id) == (row.proposed_act, row.agreed_act)
        and target.exists()
    )


def _payload_at(position: int) -> models.Payload:
    found = _payloads().filter(pk=position, kind=DISPOSED).first()
    if found is None:
        raise Refused(f"Entry {position} agrees to no disposal, so nothing was removed.")
    return found


def _payload_of(entry_id: str, *, kind: str = "") -> models.Payload:
    rows = _payloads().filter(entry__entry_id=entry_id)
    found = (rows.filter(kind=kind) if kind else rows).first()
    if found is None:
        raise Refused(
            f"There is no {'proposal' if kind else 'entry'} {entry_id or 'named'} to dispose by, "
            "so nothing was removed."
        )
    return found


def _payloads() -> QuerySet[models.Payload]:
    return models.Payload.objects.select_related("entry__act").order_by("pk")


def _fields(payload: models.Payload) -> dict[str, Any]:
    found: dict[str, Any] = canonical.read_payload(payload.text).get("fields", {})
    return found
