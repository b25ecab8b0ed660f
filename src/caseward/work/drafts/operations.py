"""Writing drafts: kept, or erased; never over what the form that writes had not seen (S7)."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from caseward.rules.texts import canonical
from caseward.work.drafts import queries
from caseward.work.drafts.kept import About, Draft
from caseward.work.drafts.models import DraftRow


class Moved(Exception):
    """The draft says something else than the form had seen; `now` is what it says, None if gone."""

    def __init__(self, now: Draft | None) -> None:
        self.now = now
        super().__init__("The draft changed after the form was opened.")


def keep(
    about: About, texts: Mapping[str, str], *, seen: str, form: str, at: datetime
) -> Draft | None:
    """Keep what was typed in the place of what the form had seen; all blank, it is erased.

    `seen` is the version that the form was opened with ("" for none), `form` the form's key: what
    the same form wrote before is no conflict, whichever of its answers it has received.
    Errors: Moved where another form wrote something else meanwhile, or the draft is gone.
    """
    version = version_of(texts)
    with transaction.atomic():
        row = _rows(about).select_for_update().first()
        if row is None:
            if seen:
                raise Moved(None)
            return _begin(about, texts, form=form, at=at) if any(texts.values()) else None
        if row.version != version:
            _refuse_moved(row, seen=seen, form=form)
        if not any(texts.values()):
            row.delete()
            return None
        row.texts, row.version, row.form = _text_of(texts), version, form
        row.changed_at = at
        row.save(update_fields=["texts", "version", "form", "changed_at"])
        return queries.draft_of(row)


def erase(about: About, *, seen: str | None = None, form: str = "") -> None:
    """Erase the draft, if there is one; with `seen`, only as the form had seen it.

    Errors: Moved where another form wrote something else meanwhile.
    """
    with transaction.atomic():
        row = _rows(about).select_for_update().first()
        if row is None:
            return
        if seen is not None:
            _refuse_moved(row, seen=seen, form=form)
        row.delete()


def erase_left(*, since: datetime) -> int:
    """Erase the drafts last changed before a moment; return how many.

    Looks first: where there is none, nobody who writes has to wait for it.
    """
    left = DraftRow.objects.filter(changed_at__lt=since)
    if not left.exists():
        return 0
    n_erased, _ = left.delete()
    return n_erased


def version_of(texts: Mapping[str, str]) -> str:
    """Return the version of a draft that says this: the same words are the same version."""
    return canonical.fingerprint(dict(texts))


def _begin(about: About, texts: Mapping[str, str], *, form: str, at: datetime) -> Draft:
    row = DraftRow(
        worker=about.worker,
        child=about.child,
        kind=about.kind,
        entry=about.entry,
        task=about.task,
        texts=_text_of(texts),
        version=version_of(texts),
        form=form,
        began_at=at,
        changed_at=at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        # Another form began it in the same moment.
        raise Moved(queries.find(about)) from error
    return queries.draft_of(row)


def _refuse_moved(row: DraftRow, *, seen: str, form: str) -> None:
    if row.version != seen and row.form != form:
        raise Moved(queries.draft_of(row))


def _rows(about: About) -> QuerySet[DraftRow]:
    return DraftRow.objects.filter(
        worker=about.worker,
        child=about.child,
        kind=about.kind,
        entry=about.entry,
        task=about.task,
    )


def _text_of(texts: Mapping[str, str]) -> str:
    return json.dumps(dict(texts), ensure_ascii=False, sort_keys=True)
