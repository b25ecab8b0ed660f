"""Recording: choose what happened, say what happened, see what it changes, save it."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from caseward.interfaces import clock
from caseward.interfaces.web import acts, saved_pages
from caseward.interfaces.web.recording import drafting, sheets
from caseward.interfaces.web.rules import under
from caseward.record.ledger import queries
from caseward.work.casework import record_event
from caseward.work.entries import errors
from caseward.work.readings import consequences, meanwhile, record_form, shapes


@under("child_record")
@require_safe
def choose(request: HttpRequest, child_id: uuid.UUID) -> HttpResponse:
    """Ask what happened: what is expected next first, then every kind, or those found by words."""
    words = request.GET.get("words", "").strip()
    page = record_form.choice(
        acts.asker_of(request), str(child_id), as_of=clock.today(), words=words
    )
    return render(request, "recording/what_happened.html", {"page": page, "words": words})


@under("child_record")
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, child_id: uuid.UUID, kind: str) -> HttpResponse:
    """Ask for the fields of a kind; save at once, or first show what saving changes."""
    page = record_form.form(
        acts.asker_of(request),
        str(child_id),
        kind,
        as_of=clock.today(),
        task_id=request.GET.get("task", ""),
    )
    if request.method != "POST":
        kept = page.draft.texts if page.draft is not None else None
        return _form_page(request, sheets.sheet(page, kept=kept))
    sheet = sheets.sheet(page, typed=request.POST)
    try:
        return _sent(request, sheet)
    except errors.DraftChanged as changed:
        if changed.now is None:
            raise
        return drafting.both_page(request, sheet, changed.now)
    except errors.ChangedMeanwhile as changed:
        return _meanwhile_page(request, sheet, changed)


def _sent(request: HttpRequest, sheet: sheets.Sheet) -> HttpResponse:
    """Answer a form that was sent: kept for later, shown again, checked, or saved."""
    if request.POST.get("later") and drafting.is_kept_for_later(request, sheet):
        return redirect("tasks:mine")
    if request.POST.get("back"):
        return _form_page(request, sheets.sheet(sheet.asked, kept=sheet.texts))
    if not sheet.is_valid():
        return _form_page(request, sheet)
    try:
        return _save(request, sheet)
    except (errors.Refused, errors.NeedsConfirming) as refusal:
        sheet.take_problems(refusal.problems)
    except (errors.NotPermitted, errors.OnHold) as refusal:
        sheet.main.add_error(None, f"{refusal.sentence} {refusal.what_to_do}".strip())
    return _form_page(request, sheet)


def _save(request: HttpRequest, sheet: sheets.Sheet) -> HttpResponse:
    act, what = acts.act_of(request), sheet.what()
    is_confirmed, digest = bool(request.POST.get("confirmed")), request.POST.get("digest") or None
    # The same form sent again is answered as it was the first time: nothing to show before.
    if not is_confirmed and not queries.was_sent(act.key):
        shown = consequences.of_recording(acts.asker_of(request), act, what)
        if refused := [problem for problem in shown.problems if problem.kind == "refused"]:
            sheet.take_problems(refused)
            return _form_page(request, sheet)
        if shown.must_show or shown.problems:
            return _check_page(request, sheet, shown)
    try:
        taken = record_event.record(
            act,
            what,
            confirmed=is_confirmed,
            preview_digest=digest,
            expected={sheet.asked.child_id: sheet.seen},
            draft=drafting.seen(request, sheet.asked),
        )
    except errors.Differs:
        # Somebody recorded something meanwhile: show what it would change now (M36).
        shown = consequences.of_recording(acts.asker_of(request), act, what)
        return _check_page(request, sheet, shown, differs=True)
    return saved_pages.of(sheet.asked.child_id, taken.act_id, again=taken.was_recorded_before)


def _form_page(request: HttpRequest, sheet: sheets.Sheet) -> HttpResponse:
    problems = sheet.problems()
    context = {
        "page": sheet.asked,
        "sheet": sheet,
        "key": request.POST.get("key") or acts.new_key(),
        "problems": problems,
        **drafting.shown_with(request, sheet),
    }
    status = 422 if problems else 200
    return render(request, "recording/record.html", context, status=status)


def _check_page(
    request: HttpRequest,
    sheet: sheets.Sheet,
    shown: shapes.Consequences,
    *,
    differs: bool = False,
) -> HttpResponse:
    context = {
        "page": shown,
        "typed": sheet.typed,
        "differs": differs,
        "kind": sheet.asked.kind,
        "draft": drafting.kept_version(request, sheet),
    }
    return render(request, "recording/check_before_saving.html", context)


def _meanwhile_page(
    request: HttpRequest, sheet: sheets.Sheet, changed: errors.ChangedMeanwhile
) -> HttpResponse:
    """Show what was recorded of the meeting or the task meanwhile, keeping what was typed (S7)."""
    context = {
        "page": meanwhile.of(
            acts.asker_of(request), changed.child, changed.entry_ids, as_of=clock.today()
        ),
        "what": changed.what,
        "title": sheet.asked.title,
        "rows": sheet.beside({}),
        "typed": [(name, text) for name, text in sheet.typed if name not in ("key", "seen")],
        "seen": changed.now_seq,
        "draft": drafting.kept_version(request, sheet),
        "key": acts.new_key(),
    }
    return render(request, "recording/somebody_changed_this_meanwhile.html", context, status=409)
