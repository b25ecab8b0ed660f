"""Withdrawing what should not have been recorded: it stays in the ledger and no longer counts."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from caseward.record.ledger import queries
from caseward.record.ledger.acts import Act, NewEntry
from caseward.work import entries
from caseward.work.casework import correct_entry, identity, siblings
from caseward.work.entries import Preview, Problem, Taken
from caseward.work.entries.errors import Refused

UNDO_FOR = timedelta(minutes=60)


def withdraw(
    act: Act,
    child: str,
    entry_id: str,
    *,
    expected_seq: int,
    preview_digest: str | None = None,
) -> Taken:
    """Withdraw one entry, with its corrections; the act's `why` says why.

    Errors: Changed if it moved on after the page was made, Refused without a reason.
    """
    if not act.why.strip():
        raise Refused([_problem("why", "Say why it is withdrawn, so that others can follow it.")])
    original = correct_entry.entry_to_correct(child, entry_id)
    new = _withdrawal(act, original)
    return entries.take_in(
        act,
        (new,),
        expected={original.entry.entry_id: expected_seq},
        preview_digest=preview_digest,
        beside=siblings.echoes_of(act, (new,)),
    )


def preview(act: Act, child: str, entry_id: str) -> Preview:
    """Return what withdrawing it would do; nothing is written."""
    new = _withdrawal(act, correct_entry.entry_to_correct(child, entry_id))
    return entries.preview(act, (new,), beside=siblings.echoes_of(act, (new,)))


def undo(act: Act, act_id: str) -> Taken:
    """Take back a whole act, on every child it touched, within an hour and by who did it.

    Errors: Refused where the hour is over, it was somebody else's, or there is nothing to undo.
    """
    recorded = queries.of_act(act_id)
    if not recorded or any(one.stream.kind == "authority" for one in recorded):
        raise Refused([_problem("", "There is nothing here that can be undone.")])
    if recorded[0].act.by != act.by or act.at > undo_until(recorded[0].act.at):
        raise Refused([
            _problem("", "It can no longer be undone by one press. Open the entry and withdraw it "
                     "with a reason, or correct it.")
        ])  # fmt: skip
    taken_back = [one for one in reversed(recorded) if not one.entry.withdraws]
    return entries.take_in(
        act,
        tuple(_withdrawal(act, one) for one in taken_back if not _was_beside(one, recorded)),
        beside=tuple(_withdrawal(act, one) for one in taken_back if _was_beside(one, recorded)),
    )


def _was_beside(one: queries.Recorded, recorded: Sequence[queries.Recorded]) -> bool:
    """Return whether an act said it on a brother's or sister's record, beside what it was about."""
    return one.entry.kind == siblings.RECORDED and one.stream != recorded[0].stream


def is_undone(recorded: Sequence[queries.Recorded]) -> bool:
    """Return whether everything that an act recorded was withdrawn since."""
    written = {one.entry.entry_id for one in recorded if not one.entry.withdraws}
    taken_back = {
        later.entry.withdraws
        for one in recorded
        for later in queries.since(one.stream, one.seq)
        if later.entry.withdraws
    }
    return bool(written) and written <= taken_back


def undo_until(recorded_at: datetime) -> datetime:
    """Return until when one press takes an act back."""
    return recorded_at + UNDO_FOR


def _withdrawal(act: Act, one: queries.Recorded) -> NewEntry:
    entry = one.entry
    return NewEntry(
        stream=one.stream,
        kind=entry.kind,
        occurred_on=entry.occurred_on,
        withdraws=entry.entry_id,
        entry_id=identity.made_from(act, f"withdrawal {entry.entry_id}"),
    )


def _problem(field: str, sentence: str) -> Problem:
    return Problem(field=field, sentence=sentence, kind="refused")
