"""Reading drafts: always those of one worker, whom the caller has asked the policy about."""

import json

from caseward.work.drafts.kept import About, Draft
from caseward.work.drafts.models import DraftRow


def find(about: About) -> Draft | None:
    """Return what the worker typed into this form and has not saved, or None."""
    row = DraftRow.objects.filter(
        worker=about.worker,
        child=about.child,
        kind=about.kind,
        entry=about.entry,
        task=about.task,
    ).first()
    return draft_of(row) if row is not None else None


def of_worker(worker: str, *, child: str = "", kind: str = "") -> tuple[Draft, ...]:
    """Return a worker's drafts, the latest first: all, of one child, or of one kind."""
    rows = DraftRow.objects.filter(worker=worker).order_by("-changed_at", "-id")
    if child:
        rows = rows.filter(child=child)
    if kind:
        rows = rows.filter(kind=kind)
    return tuple(draft_of(row) for row in rows)


def draft_of(row: DraftRow) -> Draft:
    """Return a row as the value that it is."""
    return Draft(
        about=About(
            worker=row.worker, child=row.child, kind=row.kind, entry=row.entry, task=row.task
        ),
        texts=json.loads(row.texts),
        version=row.version,
        form=row.form,
        began_at=row.began_at,
        changed_at=row.changed_at,
    )
