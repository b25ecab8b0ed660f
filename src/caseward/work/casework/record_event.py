"""Recording that something happened, to one child or to several on one occasion."""

from collections.abc import Mapping

from django.db import transaction

from caseward.record.ledger.acts import Act, NewEntry, child_stream
from caseward.work import entries
from caseward.work.casework import discard_draft, happenings, identity, siblings
from caseward.work.casework.happenings import WhatHappened
from caseward.work.drafts.kept import Seen
from caseward.work.entries import DoneHere, Override, Preview, Taken


def record(
    act: Act,
    what: WhatHappened,
    *,
    confirmed: bool = False,
    preview_digest: str | None = None,
    done_here: bool = False,
    override: Override | None = None,
    expected: Mapping[str, int] | None = None,
    draft: Seen | None = None,
) -> Taken:
    """Record what happened, with all that follows from it.

    `done_here` says that Caseward itself does it (sends, files, locks, ends), so that its gates
    bind; `override` is then a second named person's leave, recorded beside it (M30).
    `expected` says, by child, at which seq the page saw the record: a meeting or a task that is
    decided about must not have changed since (S7); of other kinds it says nothing. `draft` is what was being typed, erased with it.
    Errors: the refusals of `entries.errors`; nothing is saved then.
    """
    new = happenings.entries_of(act, what)
    with transaction.atomic():
        taken = entries.take_in(
            act,
            new,
            expected=expected if _decides(act, what) else None,
            preview_digest=preview_digest,
            confirmed=confirmed,
            done_here=DoneHere(override=override) if done_here else None,
            beside=(*siblings.echoes_of(act, new), *_overridden(act, what, override)),
        )
        discard_draft.as_saved(act, draft)
    return taken


def preview(act: Act, what: WhatHappened, *, override: Override | None = None) -> Preview:
    """Return what recording it would do; nothing is written."""
    new = happenings.entries_of(act, what)
    beside = (*siblings.echoes_of(act, new), *_overridden(act, what, override))
    return entries.preview(act, new, beside=beside)


def _decides(act: Act, what: WhatHappened) -> bool:
    vocabulary = entries.rulebook_at(on=act.today).vocabulary
    kind = vocabulary.kinds.get(what.kind)
    return kind is not None and entries.is_decision(kind, vocabulary)


def _overridden(act: Act, what: WhatHappened, override: Override | None) -> tuple[NewEntry, ...]:
    if override is None:
        return ()
    return tuple(
        NewEntry(
            stream=child_stream(child),
            kind="gate.overridden",
            occurred_on=act.today,
            fields={
                "act_kind": what.kind,
                "decided_by": override.worker,
                "reason": override.reason,
            },
            entry_id=identity.made_from(act, f"override {child}"),
        )
        for child in dict.fromkeys(what.children)
    )
