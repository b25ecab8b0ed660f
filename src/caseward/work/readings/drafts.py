"""What the asker has begun to record and not saved: shown to them alone, whatever others may see."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings

from caseward.record.access import policy
from caseward.record.ledger.acts import LONDON
from caseward.work.drafts import queries
from caseward.work.drafts.kept import About, Draft
from caseward.work.readings import looks, words
from caseward.work.readings.looks import Asked, ChildLook
from caseward.work.readings.shapes import DraftLine, KeptDraft


def lines_of(asked: Asked) -> tuple[DraftLine, ...]:
    """Return every draft of the asker's, the latest first, of children whom they may still see.

    A page that shows them logs their children among its own.
    """
    worker = asked.asker.worker
    return _lines(asked, queries.of_worker(worker)) if worker else ()


def of_form(
    look: ChildLook, kind: str, *, entry: str = "", task_id: str = ""
) -> tuple[KeptDraft | None, tuple[DraftLine, ...]]:
    """Return what the asker typed into this form before, and where else they began the same."""
    worker = look.asked.asker.worker
    if not worker or not policy.may_open_draft(look.asked.asker, worker, look.child.id):
        return None, ()
    about = About(worker=worker, child=look.child.id, kind=kind, entry=entry, task=task_id)
    found = queries.of_worker(worker, child=look.child.id, kind=kind)
    own = next((draft for draft in found if draft.about == about), None)
    others = [draft for draft in found if draft.about != about and draft.about.entry == entry]
    return kept(own) if own is not None else None, _lines(look.asked, others)


def kept(draft: Draft) -> KeptDraft:
    """Return a draft as its form shows it."""
    return KeptDraft(
        texts=draft.texts,
        version=draft.version,
        words=(
            f"You typed this on {words.moment(draft.changed_at)} and did not save it. "
            f"It is kept until {words.short_day(_kept_until(draft))}."
        ),
    )


def _lines(asked: Asked, found: Iterable[Draft]) -> tuple[DraftLine, ...]:
    mine = [
        draft
        for draft in found
        if policy.may_open_draft(asked.asker, draft.about.worker, draft.about.child)
    ]
    names = looks.names_of(draft.about.child for draft in mine)
    return tuple(_line(asked, draft, names.get(draft.about.child, "")) for draft in mine)


def _line(asked: Asked, draft: Draft, name: str) -> DraftLine:
    about = draft.about
    kind = asked.vocabulary.kinds.get(about.kind)
    title = kind.title if kind is not None else about.kind
    done = "correcting" if about.entry else "recording"
    return DraftLine(
        child_id=about.child,
        child_name=name,
        kind=about.kind,
        title=title,
        words=(
            f"You began {done} this on {words.moment(draft.began_at)}. "
            f"It is kept until {words.short_day(_kept_until(draft))}."
        ),
        entry=about.entry,
        task_id=about.task,
    )


def _kept_until(draft: Draft) -> date:
    """Return the day on which what was typed is cleared, unless somebody types into it again."""
    cleared_at = draft.changed_at + timedelta(days=settings.CASEWARD_DRAFT_DAYS)
    return cleared_at.astimezone(LONDON).date()
