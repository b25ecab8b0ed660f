"""Children: the list, adding one, one child's page, and how a date was worked out."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from caseward.interfaces import clock
from caseward.interfaces.govuk import dials
from caseward.interfaces.web import acts, numbers, past_days, saved_pages
from caseward.interfaces.web.children import forms
from caseward.interfaces.web.rules import under
from caseward.work.casework import register_child
from caseward.work.entries import errors
from caseward.work.readings import as_it_stood as stood
from caseward.work.readings import banner, child_page, children, differences, how_worked_out, saved
from caseward.work.readings import errors as reading_errors

_WHOLE_TIMELINE = 10_000
_LATEST_ENTRIES = 6


@under("children_list")
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show the children that the person looking may see, found by words."""
    page = children.page(
        acts.asker_of(request),
        as_of=clock.today(),
        words=request.GET.get("words", "").strip(),
        page=_page_number(request.GET.get("page", "")),
    )
    return render(request, "children/children.html", {"page": page})


@under("register_child")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a child, born or unborn."""
    form = forms.NewChildForm(request.POST if request.method == "POST" else None)
    questions: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            # Whoever opens a record is its social worker until another is allocated, so that a
            # child is never on nobody's list, nor hidden from the one who has just added it.
            child = form.new_child(social_worker=acts.asker_of(request).worker or "")
            added = register_child.register(
                acts.act_of(request), child, confirmed=bool(request.POST.get("confirmed"))
            )
        except errors.Refused as refusal:
            form.take_problems(refusal.problems)
        except errors.NeedsConfirming as asked:
            questions = tuple(problem.sentence for problem in asked.problems)
        else:
            return saved_pages.of(added.child_id, added.taken.act_id)
    context = {
        "page": {"banner": banner.page(acts.asker_of(request), as_of=clock.today())},
        "form": form,
        "questions": questions,
        "key": request.POST.get("key") or acts.new_key(),
    }
    return render(request, "children/add_a_child.html", context)


@under("child")
@require_safe
def page(request: HttpRequest, child_id: uuid.UUID) -> HttpResponse:
    """Show who the child is, what happens next and what is on the record."""
    asker = acts.asker_of(request)
    act_id = _act_id(request.GET.get("saved", ""))
    context = {
        "again": bool(request.GET.get("again")),
        "page": child_page.page(
            asker, str(child_id), as_of=clock.today(), n_timeline=_LATEST_ENTRIES
        ),
        "saved": saved.page(asker, act_id, at=clock.now()) if act_id else None,
        "differences": differences.awaiting_words(asker, child=str(child_id)),
        "key": acts.new_key(),
    }
    return render(request, "children/child.html", context)


@under("child")
@require_safe
def timeline(request: HttpRequest, child_id: uuid.UUID) -> HttpResponse:
    """Show everything on the child's record."""
    page = child_page.page(
        acts.asker_of(request), str(child_id), as_of=clock.today(), n_timeline=_WHOLE_TIMELINE
    )
    return render(request, "children/whole_timeline.html", {"page": page})


@under("child")
@require_safe
def how(request: HttpRequest, child_id: uuid.UUID, task_id: uuid.UUID) -> HttpResponse:
    """Show how a date was worked out, so that a person can check it by hand."""
    day = past_days.of(request)
    page = how_worked_out.page(
        acts.asker_of(request),
        str(child_id),
        str(task_id),
        as_of=day.as_of,
        known_at=day.known_at,
    )
    return render(request, "children/how_this_date_was_worked_out.html", {"page": page})


@under("child")
@require_safe
def as_it_stood(request: HttpRequest, child_id: uuid.UUID) -> HttpResponse:
    """Show the record as of and as known on a past day, or ask which day that is."""
    asker = acts.asker_of(request)
    is_asked = "as_of" in request.GET
    # Without a word on what was known, the plain case is meant: as known that day.
    form = forms.PastDayForm({"known": dials.THEN, **request.GET.dict()} if is_asked else None)
    if is_asked and form.is_valid():
        day = form.asked()
        if not day.is_past(clock.today()):
            return redirect("children:page", child_id)
        try:
            page = stood.page(asker, str(child_id), as_of=day.as_of, known_at=day.known_at)
        except reading_errors.NotYet as refusal:
            form.add_error("as_of", str(refusal))
        else:
            again = forms.PastDayForm(initial=forms.typed(day))
            return render(request, "children/as_it_stood.html", {"page": page, "form": again})
    question = stood.question(asker, str(child_id))
    return render(request, "children/which_day.html", {"page": question, "form": form})


def _act_id(text: str) -> str:
    """An address mistyped shows the child's page and says nothing of a saving."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""


def _page_number(text: str) -> int:
    return max(1, numbers.read(text))
