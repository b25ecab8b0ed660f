"""Keeping what is being typed into a form, and what to do where it was typed into twice (S7)."""

import re
import uuid
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseward.interfaces import clock
from caseward.interfaces.web import acts
from caseward.interfaces.web.recording import sheets
from caseward.interfaces.web.rules import under
from caseward.record.ledger.acts import LONDON
from caseward.work.casework import discard_draft, keep_draft
from caseward.work.drafts.kept import About, Draft, Seen
from caseward.work.entries.errors import DraftChanged
from caseward.work.readings import drafts, shapes
from caseward.work.readings.errors import NotFound

_A_KIND = re.compile(r"[a-z0-9_.]{1,100}")
_AN_ID = re.compile(r"([0-9a-f-]{36})?")


@under("own_draft")
@require_POST
def keep(request: HttpRequest, child_id: uuid.UUID) -> HttpResponse:
    """Keep what a browser sends while somebody types; answer in words that the page may show."""
    about, texts = _named(request, child_id), sheets.texts_of(request.POST)
    try:
        kept = keep_draft.keep(
            acts.act_of(request), about, texts, seen=request.POST.get("draft", "")
        )
    except DraftChanged as changed:
        return JsonResponse({"words": str(changed)}, status=409)
    at = f"{clock.now().astimezone(LONDON):%H:%M}"
    words = f"Kept as you typed, {at}. Not saved yet." if kept else ""
    return JsonResponse({"version": kept.version if kept else "", "words": words})


@under("own_draft")
@require_POST
def discard(request: HttpRequest, child_id: uuid.UUID) -> HttpResponse:
    """Throw away what was typed and not saved, and open the form anew or go back to my tasks."""
    about = _named(request, child_id)
    discard_draft.discard(acts.act_of(request), about)
    return redirect("tasks:mine") if request.POST.get("from") == "tasks" else redirect(_of(about))


def kept_version(request: HttpRequest, sheet: sheets.Sheet) -> str:
    """Keep what was sent, as far as it got, and return the version that the next page carries.

    A form sent as it was opened says nothing to keep, and what is too long to be kept stays on the
    page alone. What was saved or discarded elsewhere meanwhile is begun anew: it is still on this page.
    Errors: DraftChanged where the same form was typed into elsewhere.
    """
    if not sheet.is_touched:
        return ""
    if keep_draft.is_too_long(sheet.texts):
        return request.POST.get("draft", "")
    try:
        kept = _keep(request, sheet, seen=request.POST.get("draft", ""))
    except DraftChanged as changed:
        if changed.now is not None:
            raise
        kept = _keep(request, sheet, seen="")
    return kept.version if kept else ""


def is_kept_for_later(request: HttpRequest, sheet: sheets.Sheet) -> bool:
    """Keep what was sent to be gone on with later; where it is too long, say so on its form."""
    if keep_draft.is_too_long(sheet.texts):
        sheet.main.add_error(None, f"{keep_draft.TOO_LONG} {keep_draft.SHORTEN}")
        return False
    kept_version(request, sheet)
    return True


def seen(request: HttpRequest, page: shapes.RecordForm) -> Seen:
    """Return the draft as the form that is being saved had seen it."""
    return Seen(about=about_form(request, page), version=request.POST.get("draft", ""))


def about_form(request: HttpRequest, page: shapes.RecordForm) -> About:
    """Return whose form it is, and what it is about."""
    return _about(
        request, child=page.child_id, kind=page.kind, entry=page.corrects, task=page.task_id
    )


def shown_with(request: HttpRequest, sheet: sheets.Sheet) -> dict[str, object]:
    """Return what a form's page says of its draft, keeping what was sent to it.

    Errors: DraftChanged where the same form was typed into elsewhere.
    """
    kept, about = sheet.asked.draft, about_form(request, sheet.asked)
    if request.method == "POST":
        version, kept = kept_version(request, sheet), None
    else:
        version = kept.version if kept is not None else ""
    named = {"kind": about.kind, "entry": about.entry, "task": about.task}
    words = urlencode({name: value for name, value in named.items() if value})
    return {
        "draft": version,
        "kept": kept,
        "keep_at": f"{reverse('recording:keep_draft', args=[about.child])}?{words}",
        "discard_at": f"{reverse('recording:discard_draft', args=[about.child])}?{words}",
    }


def both_page(request: HttpRequest, sheet: sheets.Sheet, now: Draft) -> HttpResponse:
    """Show what was typed here and what was typed elsewhere, keeping both (S7)."""
    context = {
        "page": sheet.asked,
        "kept": drafts.kept(now),
        "rows": sheet.beside(now.texts),
        "typed": [(name, text) for name, text in sheet.typed if name != "key"],
        "key": acts.new_key(),
        "form_at": _of(now.about),
    }
    return render(request, "recording/you_typed_into_this_twice.html", context, status=409)


def _named(request: HttpRequest, child_id: uuid.UUID) -> About:
    """Return the form that the address names, of the person looking.

    Errors: NotFound where no form could be so named.
    """
    kind, entry, task = (request.GET.get(name, "") for name in ("kind", "entry", "task"))
    if not (_A_KIND.fullmatch(kind) and _AN_ID.fullmatch(entry) and _AN_ID.fullmatch(task)):
        raise NotFound("There is no such form.", "Open the child's page.")
    return _about(request, child=str(child_id), kind=kind, entry=entry, task=task)


def _keep(request: HttpRequest, sheet: sheets.Sheet, *, seen: str) -> Draft | None:
    about = about_form(request, sheet.asked)
    return keep_draft.keep(acts.act_of(request), about, sheet.texts, seen=seen)


def _about(request: HttpRequest, *, child: str, kind: str, entry: str, task: str) -> About:
    worker = acts.asker_of(request).worker or ""
    return About(worker=worker, child=child, kind=kind, entry=entry, task=task)


def _of(about: About) -> str:
    """Return the address of the form that a draft belongs to."""
    if about.entry:
        return reverse("recording:correct", args=[about.child, about.entry])
    address = reverse("recording:form", args=[about.child, about.kind])
    return f"{address}?{urlencode({'task': about.task})}" if about.task else address
