"""Keeping what somebody is typing, so that nothing is typed twice: no fact, and nobody else's."""

from collections.abc import Mapping

from caseward.record.access import askers, policy
from caseward.record.ledger import queries as ledger
from caseward.record.ledger.acts import Act
from caseward.work import entries
from caseward.work.casework import correct_entry
from caseward.work.drafts import operations
from caseward.work.drafts.kept import About, Draft
from caseward.work.entries.errors import DraftChanged, NotPermitted

MOST_CHARACTERS = 200_000
TOO_LONG = "What you typed is too long to be kept before it is saved."
SHORTEN = "Shorten it, or put long text into a paper of its own."


def keep(act: Act, about: About, texts: Mapping[str, str], *, seen: str = "") -> Draft | None:
    """Keep what was typed into a form, by its names for the fields; all blank, nothing is kept.

    The act's key is the form's: what the same form kept before is no conflict, and a form that was
    saved keeps nothing more. `seen` is the version that the form was opened with.
    Errors: DraftChanged with both, where another form wrote something else meanwhile; NotPermitted
    for another's draft, or for what the worker may not record of the child.
    """
    _refuse_unpermitted(act, about)
    if ledger.was_sent(act.key):
        return None
    if is_too_long(texts):
        raise NotPermitted(TOO_LONG, SHORTEN)
    try:
        return operations.keep(about, texts, seen=seen, form=act.key, at=act.at)
    except operations.Moved as moved:
        raise DraftChanged(typed=texts, now=moved.now) from moved


def is_too_long(texts: Mapping[str, str]) -> bool:
    """Return whether it is more than is kept: it may be saved, and cannot wait."""
    return sum(len(name) + len(text) for name, text in texts.items()) > MOST_CHARACTERS


def _refuse_unpermitted(act: Act, about: About) -> None:
    asker = askers.asker_for(act.by, at=act.at, today=act.today)
    kind = entries.rulebook_at(on=act.today).vocabulary.kinds.get(about.kind)
    may_open = policy.may_open_draft(asker, about.worker, about.child)
    if kind is None or not may_open or not policy.may_record(asker, kind, about.child):
        raise NotPermitted(
            "What you typed cannot be kept: your roles do not allow you to record it here.",
            "Ask somebody whose role it is, or your manager.",
        )
    if about.entry:
        correct_entry.entry_to_correct(about.child, about.entry)
