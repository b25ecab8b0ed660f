"""Recording several things that happened to one child by one act: a hand-over of papers, a day's letters."""

from collections.abc import Sequence
from dataclasses import replace

from caseward.record.ledger.acts import Act
from caseward.work import entries
from caseward.work.casework import happenings, siblings
from caseward.work.casework.happenings import WhatHappened
from caseward.work.entries import Taken


def record(act: Act, whats: Sequence[WhatHappened], *, confirmed: bool = False) -> Taken:
    """Record all of it, in the order given, with what follows from it, or nothing.

    Errors: the refusals of `entries.errors`; nothing is saved then.
    """
    new = tuple(
        entry
        for number, what in enumerate(whats, start=1)
        # Each has ids of its own, made from the act's key and its place, so that a repeat agrees.
        for entry in happenings.entries_of(replace(act, key=f"{act.key} {number}"), what)
    )
    return entries.take_in(act, new, confirmed=confirmed, beside=siblings.echoes_of(act, new))
