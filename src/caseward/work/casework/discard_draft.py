"""Discarding what one typed and does not want to record: nothing of it stays anywhere."""

from datetime import datetime

from caseward.record.access import askers, policy
from caseward.record.ledger.acts import Act
from caseward.work.drafts import operations
from caseward.work.drafts.kept import About, Seen
from caseward.work.entries.errors import DraftChanged, NotPermitted


def discard(act: Act, about: About) -> None:
    """Erase one's own draft; there being none any more is no fault.

    Errors: NotPermitted for another's draft.
    """
    asker = askers.asker_for(act.by, at=act.at, today=act.today)
    if not policy.may_open_draft(asker, about.worker, about.child):
        raise NotPermitted(
            "This is not yours to discard.", "Only who typed it can discard it or save it."
        )
    operations.erase(about)


def left_since(moment: datetime) -> int:
    """Erase every draft that nobody has typed into since a moment; return how many there were."""
    return operations.erase_left(since=moment)


def as_saved(act: Act, seen: Seen | None) -> None:
    """Erase the draft of a form that is being saved, in the transaction that saves it.

    Errors: DraftChanged where the same form was typed into elsewhere: then nothing is saved.
    """
    if seen is None or seen.about.worker != act.by:
        return
    try:
        operations.erase(seen.about, seen=seen.version, form=act.key)
    except operations.Moved as moved:
        raise DraftChanged(typed={}, now=moved.now) from moved
