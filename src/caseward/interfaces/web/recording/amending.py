"""Correcting and withdrawing an entry, and taking back what was just saved."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from caseward.interfaces import clock
from caseward.interfaces.govuk import problems
from caseward.interfaces.web import acts, numbers, saved_pages
from caseward.interfaces.web.recording import drafting, sheets
from caseward.interfaces.web.rules import under
from caseward.record.ledger import queries
from caseward.work.casework import correct_entry, withdraw_entry
from caseward.work.entries import errors
from caseward.work.readings import consequences, record_form, saved, shapes

_WHY_CORRECT = "Say why the entry is corrected: the reason stays on the record."
_WHY_WITHDRAW = "Say why the entry is withdrawn: the reason stays on the record."


@under("child_record")
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, child_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """Correct an entry: its values filled in, the reason asked for, what changes shown first."""
    page = _entry(request, child_id, entry_id)
    if request.method != "POST":
        kept = page.draft.texts if page.draft is not None else None
        return _correct_page(request, sheets.sheet(page, kept=kept))
    sheet = sheets.sheet(page, typed=request.POST)
    try:
        return _sent_correction(request, sheet)
    except errors.DraftChanged as changed:
        if changed.now is None:
            raise
        return drafting.both_page(request, sheet, changed.now)
    except errors.Changed:
        return _stale_page(
            request, sheets.sheet(_entry(request, child_id, entry_id), typed=request.POST)
        )


@under("child_record")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, child_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """Withdraw an entry that should never have been made, showing first what falls away."""
    page = _entry(request, child_id, entry_id)
    why = request.POST.get("why", "").strip()
    act = acts.act_of(request, why=why)
    if request.method == "POST" and why and not _is_stale(request, page):
        try:
            taken = withdraw_entry.withdraw(
                act,
                str(child_id),
                str(entry_id),
                expected_seq=_seq(request),
                preview_digest=request.POST.get("digest") or None,
            )
        except (errors.Differs, errors.Changed):
            page = _entry(request, child_id, entry_id)
        else:
            return saved_pages.of(str(child_id), taken.act_id)
    shown = consequences.of_withdrawing(acts.asker_of(request), act, str(child_id), str(entry_id))
    context = {
        "page": shown,
        "entry": page,
        "why": why,
        "why_error": _WHY_WITHDRAW if request.method == "POST" and not why else "",
        "is_stale": request.method == "POST" and bool(why),
        "key": request.POST.get("key") or acts.new_key(),
    }
    return render(request, "recording/withdraw_this_entry.html", context)


@under("child_record")
@require_POST
def undo(request: HttpRequest, child_id: uuid.UUID, act_id: uuid.UUID) -> HttpResponse:
    """Take back everything that one saving recorded; the record keeps that it was there."""
    try:
        withdraw_entry.undo(acts.act_of(request, why="Taken back just after saving."), str(act_id))
    except errors.Refused:
        # Pressed twice, or in two windows: it is as the person wants it.
        if not saved.page(acts.asker_of(request), str(act_id), at=clock.now()).is_undone:
            raise
    return saved_pages.undone(str(child_id), str(act_id))


def _sent_correction(request: HttpRequest, sheet: sheets.Sheet) -> HttpResponse:
    """Answer a correction that was sent: kept for later, shown again, checked, or saved."""
    why = request.POST.get("why", "").strip()
    if request.POST.get("later") and drafting.is_kept_for_later(request, sheet):
        return redirect("tasks:mine")
    if request.POST.get("back"):
        return _correct_page(request, sheets.sheet(sheet.asked, kept=sheet.texts))
    if not sheet.is_valid() or not why:
        return _correct_page(request, sheet, why_error="" if why else _WHY_CORRECT)
    if _is_stale(request, sheet.asked):
        return _stale_page(request, sheet)
    try:
        return _save_correction(request, sheet, why=why)
    except (errors.Refused, errors.NeedsConfirming) as refusal:
        sheet.take_problems(refusal.problems)
    return _correct_page(request, sheet)


def _save_correction(request: HttpRequest, sheet: sheets.Sheet, *, why: str) -> HttpResponse:
    asked, act, what = sheet.asked, acts.act_of(request, why=why), sheet.what()
    asker, entry = acts.asker_of(request), asked.corrects
    is_confirmed, digest = bool(request.POST.get("confirmed")), request.POST.get("digest") or None
    if not is_confirmed and not queries.was_sent(act.key):
        shown = consequences.of_correcting(asker, act, asked.child_id, entry, what)
        if shown.must_show or shown.problems:
            return _check_page(request, sheet, shown)
    try:
        taken = correct_entry.correct(
            act,
            asked.child_id,
            entry,
            what,
            expected_seq=_seq(request),
            confirmed=is_confirmed,
            preview_digest=digest,
            draft=drafting.seen(request, asked),
        )
    except errors.Differs:
        shown = consequences.of_correcting(asker, act, asked.child_id, entry, what)
        return _check_page(request, sheet, shown, differs=True)
    return saved_pages.of(asked.child_id, taken.act_id, again=taken.was_recorded_before)


def _entry(request: HttpRequest, child_id: uuid.UUID, entry_id: uuid.UUID) -> shapes.RecordForm:
    return record_form.correction(
        acts.asker_of(request), str(child_id), str(entry_id), as_of=clock.today()
    )


def _seq(request: HttpRequest) -> int:
    return numbers.read(request.POST.get("seq", ""))


def _is_stale(request: HttpRequest, page: shapes.RecordForm) -> bool:
    """The form carries the entry's place in the stream as it was when the page was made (S7)."""
    return _seq(request) != page.expected_seq


def _correct_page(
    request: HttpRequest, sheet: sheets.Sheet, *, why_error: str = ""
) -> HttpResponse:
    found = sheet.problems()
    is_checked = sheet.main.is_bound
    if is_checked and why_error:
        found.append(problems.FormProblem(sentence=why_error, anchor="why"))
    context = {
        "page": sheet.asked,
        "sheet": sheet,
        "why": sheet.texts.get("why", ""),
        "why_error": why_error if is_checked else "",
        "problems": found,
        "key": request.POST.get("key") or acts.new_key(),
        **drafting.shown_with(request, sheet),
    }
    status = 422 if found else 200
    return render(request, "recording/correct_this_entry.html", context, status=status)


def _stale_page(request: HttpRequest, sheet: sheets.Sheet) -> HttpResponse:
    """Show both versions, keeping what was typed; saving again then names the newer one (S7)."""
    context = {
        "page": sheet.asked,
        "sheet": sheet,
        "now": sheets.sheet(sheet.asked),
        "draft": drafting.kept_version(request, sheet),
        "key": acts.new_key(),
    }
    return render(request, "recording/somebody_changed_this_entry.html", context, status=409)


def _check_page(
    request: HttpRequest, sheet: sheets.Sheet, shown: shapes.Consequences, *, differs: bool = False
) -> HttpResponse:
    context = {
        "page": shown,
        "typed": sheet.typed,
        "differs": differs,
        "entry": sheet.asked,
        "draft": drafting.kept_version(request, sheet),
    }
    return render(request, "recording/check_before_saving.html", context)
