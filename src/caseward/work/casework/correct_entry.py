"""Correcting an entry: its values are given anew, and what they were stays shown."""

from collections.abc import Mapping

from django.db import transaction

from caseward.record.ledger import queries
from caseward.record.ledger.acts import Act, NewEntry
from caseward.work import entries
from caseward.work.casework import discard_draft, happenings, siblings
from caseward.work.casework.happenings import WhatHappened
from caseward.work.drafts.kept import Seen
from caseward.work.entries import Preview, Problem, Taken
from caseward.work.entries.errors import Refused


def correct(
    act: Act,
    child: str,
    entry_id: str,
    what: WhatHappened,
    *,
    expected_seq: int,
    confirmed: bool = False,
    preview_digest: str | None = None,
    draft: Seen | None = None,
) -> Taken:
    """Give the entry these values instead; the act's `why` says what was wrong.

    `expected_seq` is the entry's seq as the page showed it: if somebody changed it since, both
    are shown and nothing is saved (S7). `draft` is what was being typed, erased with it.
    Errors: Changed, Refused, and the other refusals of `entries.errors`.
    """
    if not act.why.strip():
        raise Refused([_problem("why", "Say what was wrong, so that others can follow it.")])
    original = entry_to_correct(child, entry_id)
    new = _correction(act, child, original, what)
    with transaction.atomic():
        taken = entries.take_in(
            act,
            (new,),
            expected=_seen(original, expected_seq),
            confirmed=confirmed,
            preview_digest=preview_digest,
            beside=siblings.echoes_of(act, (new,)),
        )
        discard_draft.as_saved(act, draft)
    return taken


def preview(act: Act, child: str, entry_id: str, what: WhatHappened) -> Preview:
    """Return what correcting it would do; nothing is written."""
    new = _correction(act, child, entry_to_correct(child, entry_id), what)
    return entries.preview(act, (new,), beside=siblings.echoes_of(act, (new,)))


def entry_to_correct(child: str, entry_id: str) -> queries.Recorded:
    """Return the entry as first recorded; refuse one that is not this child's.

    A correction may be named instead of what it corrects: the first recorded stands for both.
    """
    found = queries.find(entry_id)
    while found is not None and found.entry.corrects:
        found = queries.find(found.entry.corrects)
    if found is None or found.stream.id != child or found.entry.withdraws:
        raise Refused([_problem("", "This entry is not on the child's record. Open it again.")])
    return found


def _seen(original: queries.Recorded, seq: int) -> Mapping[str, int]:
    return {original.entry.entry_id: seq}


def _correction(act: Act, child: str, original: queries.Recorded, what: WhatHappened) -> NewEntry:
    if what.kind != original.entry.kind:
        raise Refused([
            _problem("kind", "A correction keeps what kind of thing happened. Withdraw this entry "
                     "and record the other instead.")
        ])  # fmt: skip
    return happenings.correction_of(act, what, child=child, entry_id=original.entry.entry_id)


def _problem(field: str, sentence: str) -> Problem:
    return Problem(field=field, sentence=sentence, kind="refused")
