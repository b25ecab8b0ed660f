"""Joining two records of one child, which are read as one from then on (M39).

Un-joining is taking it back: the entry is withdrawn, with a reason.
"""

from caseward.record.ledger.acts import Act
from caseward.work.casework import record_event
from caseward.work.casework.happenings import WhatHappened
from caseward.work.entries import Preview, Problem, Taken
from caseward.work.entries.errors import Refused


def join(act: Act, child: str, other: str, *, preview_digest: str | None = None) -> Taken:
    """Say that `child` is another record of the child whose record is `other`.

    The other's record is read with this one's entries; this one has no tasks of its own.
    Errors: Refused for a record joined to itself; the other refusals of `entries.errors`.
    """
    return record_event.record(
        act, _happening(act, child, other), confirmed=True, preview_digest=preview_digest
    )


def preview(act: Act, child: str, other: str) -> Preview:
    """Return what joining them would do; nothing is written."""
    return record_event.preview(act, _happening(act, child, other))


def _happening(act: Act, child: str, other: str) -> WhatHappened:
    if child == other:
        sentence = "These are one record already. Choose the other record of the child."
        raise Refused([Problem(field="fields.other", sentence=sentence, kind="refused")])
    return WhatHappened(
        kind="record.joined", occurred_on=act.today, children=(child,), fields={"other": other}
    )
