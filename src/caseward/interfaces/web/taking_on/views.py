"""What was overdue on the first day: looked through by step and team, decided about, checked, saved."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from caseward.interfaces import clock
from caseward.interfaces.govuk.problems import FormProblem
from caseward.interfaces.web import acts, numbers
from caseward.interfaces.web.rules import under
from caseward.interfaces.web.taking_on.forms import ALL, MOST, WHATS, Decision
from caseward.work.casework import decide_overdue
from caseward.work.entries import errors
from caseward.work.readings import taking_on


@under("taking_on")
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show how much was overdue, by step, in one team or in all."""
    page = taking_on.page(
        acts.asker_of(request), as_of=clock.today(), team=request.GET.get("team", "")
    )
    decided = numbers.read(request.GET.get("decided", ""))
    context = {"page": page, "n_decided": decided}
    return render(request, "taking_on/overdue_on_the_first_day.html", context)


@under("taking_on")
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, procedure: str, step: str) -> HttpResponse:
    """Show the children of whom a step was overdue; take, check and save a decision about them."""
    is_all = request.POST.get("which") == ALL and not request.POST.get("back")
    page = taking_on.of_step(
        acts.asker_of(request),
        procedure,
        step,
        as_of=clock.today(),
        team=request.GET.get("team", ""),
        page=1 if is_all else numbers.read(request.GET.get("page", "")) or 1,
        per_page=MOST if is_all else taking_on.PER_PAGE,
    )
    if request.method != "POST":
        return _form_page(request, Decision(page))
    decision = Decision(page, request.POST)
    if not decision.is_valid() or request.POST.get("back"):
        return _form_page(request, decision)
    n_checked = numbers.read(request.POST.get("n_checked", ""))
    if not request.POST.get("confirmed") or n_checked != len(decision.lines()):
        # Not looked at yet, or more or fewer await a decision by now: look at them first.
        return _check_page(request, decision)
    cleaned = decision.form.cleaned_data
    try:
        taken = decide_overdue.decide(
            acts.act_of(request), decision.overdue(), cleaned["what"], reason=cleaned["reason"]
        )
    except errors.Refused as refusal:
        decision.problems = [FormProblem(sentence=one.sentence) for one in refusal.problems]
        return _form_page(request, decision)
    said = {"decided": str(len(taken.entry_ids))} | ({"team": page.team} if page.team else {})
    return redirect(f"{reverse('taking_on:overview')}?{urlencode(said)}")


def _form_page(request: HttpRequest, decision: Decision) -> HttpResponse:
    context = {
        "page": decision.page,
        "decision": decision,
        "problems": decision.problems,
        "key": acts.new_key(),
    }
    status = 422 if decision.problems else 200
    return render(request, "taking_on/overdue_of_a_step.html", context, status=status)


def _check_page(request: HttpRequest, decision: Decision) -> HttpResponse:
    what = decision.form.cleaned_data["what"]
    context = {
        "page": decision.page,
        "decision": decision,
        "what": what,
        "what_words": WHATS[what],
        "n_lines": len(decision.lines()),
        "sent": [
            (name, text)
            for name, texts in request.POST.lists()
            if name not in ("csrfmiddlewaretoken", "confirmed", "back", "n_checked")
            for text in texts
        ],
    }
    return render(request, "taking_on/check_this_decision.html", context)
