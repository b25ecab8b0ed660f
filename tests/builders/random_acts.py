"""Acts at random on the children of a store: recorded, corrected and withdrawn through the verbs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from caseward.record.ledger import queries
from caseward.record.ledger.acts import Act, child_stream
from caseward.rules.facts.kinds import EventKind, Field
from caseward.work import entries
from caseward.work.casework import correct_entry, record_event, withdraw_entry
from caseward.work.casework.happenings import WhatHappened
from caseward.work.entries import Preview, Taken, errors
from tests.builders.stores import Store

KINDS = (
    "looked_after.began",
    "looked_after_review.held",
    "looked_after_review.held",
    "review_decision.ratified",
    "administrator.named",
    "discharge_meeting.arranged",
    "discharge_meeting.rearranged",
    "discharge_meeting.cancelled",
    "discharge_meeting.held",
    "invitee_list.sent",
    "paper.given",
    "discharge_minutes.sent",
    "adm_pack.sent",
    "adm_pack.received",
    "adm_decision.made",
    "application.received_by_legal",
    "legal_status.began",
    "visit.made",
    "visit.made",
)
FIRST_DAY = date(2025, 9, 1)


@dataclass(frozen=True, kw_only=True)
class Attempted:
    """One act: what it would do as shown before, and what came of it."""

    children: tuple[str, ...]
    preview: Preview
    taken: Taken


def attempt(store: Store, chance: Random, *, children: Sequence[str]) -> Attempted | None:
    """Preview an act and do it with the preview's digest; None where the store refuses it.

    Errors: Differs, where the store would now do something else than it has just shown.
    """
    child = chance.choice(children)
    act = replace(store.act(), why="It was typed wrongly.")
    try:
        if chance.random() < 0.75:
            return _record(act, store, chance, child, children)
        return _change(act, store, chance, child)
    except (errors.Refused, errors.NeedsConfirming, errors.Changed):
        return None


def something(store: Store, chance: Random, *, kind: str = "") -> WhatHappened:
    """Return something that happened to nobody yet, with its outcome, keys and fields at random."""
    vocabulary = entries.vocabulary_now()
    found = vocabulary.kinds[kind or chance.choice([k for k in KINDS if k in vocabulary.kinds])]
    span = (store.today - FIRST_DAY).days
    return WhatHappened(
        kind=found.id,
        occurred_on=FIRST_DAY + timedelta(days=chance.randint(0, span)),
        children=(),
        outcome=chance.choice(sorted(found.outcomes)) if found.outcomes else None,
        keys=_keys(found, chance),
        fields={
            one.name: _value(one, store, chance)
            for one in found.fields
            if one.type not in ("task", "person") and (one.required or chance.random() < 0.4)
        },
    )


def _record(
    act: Act, store: Store, chance: Random, child: str, children: Sequence[str]
) -> Attempted:
    several = tuple({child, chance.choice(list(children))}) if chance.random() < 0.2 else (child,)
    what = replace(something(store, chance), children=several)
    preview = record_event.preview(act, what)
    taken = record_event.record(act, what, confirmed=True, preview_digest=preview.digest)
    return Attempted(children=several, preview=preview, taken=taken)


def _change(act: Act, store: Store, chance: Random, child: str) -> Attempted | None:
    recorded = queries.recorded(child_stream(child))
    changed = {one.entry.corrects or one.entry.withdraws for one in recorded}
    free = [
        one
        for one in recorded
        if one.entry.kind in KINDS and one.entry.entry_id not in changed and not one.entry.corrects
    ]
    if not free:
        return None
    one = chance.choice(free)
    entry_id, seq = one.entry.entry_id, one.seq
    if chance.random() < 0.5:
        preview = withdraw_entry.preview(act, child, entry_id)
        taken = withdraw_entry.withdraw(
            act, child, entry_id, expected_seq=seq, preview_digest=preview.digest
        )
    else:
        what = replace(something(store, chance, kind=one.entry.kind), children=(child,))
        preview = correct_entry.preview(act, child, entry_id, what)
        taken = correct_entry.correct(
            act, child, entry_id, what, expected_seq=seq, confirmed=True,
            preview_digest=preview.digest,
        )  # fmt: skip
    return Attempted(children=(child,), preview=preview, taken=taken)


def _keys(kind: EventKind, chance: Random) -> dict[str, str]:
    return {key: chance.choice(["a", "b"]) for key in kind.keys if chance.random() < 0.3}


def _value(one: Field, store: Store, chance: Random) -> Any:
    if one.choices:
        return chance.choice(sorted(one.choices))
    near = store.today + timedelta(days=chance.randint(-60, 60))
    plain = {
        "yes_no": chance.choice(["yes", "no"]),
        "date": near.isoformat(),
        "time": "10:30",
        "number": chance.randint(1, 9),
        "names": chance.sample(["mother", "father", "school"], 2),
    }
    return plain.get(one.type, f"Words {chance.randint(1, 9)}")
