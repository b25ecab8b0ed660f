"""What another system says otherwise than people here: how much awaits the asker, who touched it."""

from collections.abc import Mapping

from caseward.record.access import policy
from caseward.record.access.askers import Asker
from caseward.record.ledger import queries as ledger
from caseward.record.ledger.acts import AUTHORITY, child_stream
from caseward.record.ledger.queries import Recorded
from caseward.record.people import queries as people
from caseward.rules.facts import record as records
from caseward.work import entries
from caseward.work.imports import queries as imports
from caseward.work.readings import family, lines, timeline, words
from caseward.work.readings.timeline import SYSTEM

MOST_COUNTED = 99
LEFT = "somebody who has left"


def awaiting_words(asker: Asker, *, child: str = "") -> str:
    """Return in words how many differences await the asker's decision, "" where none does.

    Of all children whom they see or of one; counted are those whose kind of entry they may record.
    """
    kinds = [
        kind.id for kind in entries.vocabulary_now().kinds.values() if lines.may_record(asker, kind)
    ]
    number = imports.n_open(
        policy.seen_by(asker, child="child"), kinds=kinds, child=child, at_most=MOST_COUNTED + 1
    )
    if not number:
        return ""
    said = f"More than {MOST_COUNTED}" if number > MOST_COUNTED else f"{number}"
    await_ = "awaits" if number == 1 else "await"
    what = "difference" if number == 1 else "differences"
    return f"{said} {what} with another system {await_} your decision"


def touched_words(asker: Asker, child: str, entry_id: str) -> str:
    """Return who recorded, corrected or withdrew the entry here last, when, and the reason given.

    The reason is told to those who may read what is typed freely; of entries about staff nothing is.
    """
    if child == AUTHORITY.id:
        return ""
    recorded = ledger.recorded(child_stream(child))
    record = records.as_known([one.entry for one in recorded], child=child)
    chain = next(
        (
            one
            for one in timeline.chains(recorded, record.withdrawn)
            if one.first.entry.entry_id == entry_id
        ),
        None,
    )
    if chain is None:
        return ""
    may_read_why = family.FREE_TEXT in policy.readable(asker, child)
    if chain.withdrawal is not None:
        return _said("Withdrawn", chain.withdrawal, may_read_why=may_read_why)
    if chain.corrections:
        return _said("Corrected", chain.corrections[-1], may_read_why=may_read_why)
    return _said("Recorded", chain.first, may_read_why=False)


def _said(did: str, one: Recorded, *, may_read_why: bool) -> str:
    named: Mapping[str, str] = {
        each.id: each.name
        for each in people.workers([] if one.act.by.startswith(SYSTEM) else [one.act.by]).values()
    }
    who = "the system" if one.act.by.startswith(SYSTEM) else named.get(one.act.by, LEFT)
    why = one.act.why.strip().rstrip(".") if may_read_why else ""
    because = f" Their reason: {why}." if why else ""
    return f"{did} here by {who} on {words.moment(one.act.at)}.{because}"
