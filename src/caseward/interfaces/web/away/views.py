"""Who is away: seen, said, ended, and who stands in meanwhile."""

import uuid
from collections.abc import Callable

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from caseward.interfaces import clock
from caseward.interfaces.web import acts
from caseward.interfaces.web.away import forms
from caseward.interfaces.web.rules import under
from caseward.work.casework import say_away
from caseward.work.entries import errors
from caseward.work.readings import away, shapes
from caseward.work.readings.errors import NotAllowed, NotFound


@under("away")
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show who is away, or will be, and whose work is left without cover."""
    return render(request, "away/who_is_away.html", {"page": _page(request)})


@under("away")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Say that somebody is away."""
    page = _page(request)
    form = forms.AddForm(page, request.POST if request.method == "POST" else None)

    def save() -> None:
        said = form.cleaned_data
        say_away.begin(
            acts.act_of(request),
            said["worker"],
            since=said["since"],
            back_on=said["back_on"],
            reason=said["reason"],
        )

    return _answer(request, form, save, {"page": page, "title": "Say who is away"})


@under("away")
@require_http_methods(["GET", "HEAD", "POST"])
def back(request: HttpRequest, absence_id: uuid.UUID) -> HttpResponse:
    """Say that somebody is back."""
    page = _page(request)
    line = _line(page, absence_id)
    form = forms.BackForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        say_away.back(acts.act_of(request), line.worker_id, on=form.cleaned_data["on"])

    title = f"{line.name} is back"
    return _answer(request, form, save, {"page": page, "line": line, "title": title})


@under("away")
@require_http_methods(["GET", "HEAD", "POST"])
def stand_in(request: HttpRequest, absence_id: uuid.UUID) -> HttpResponse:
    """Say who does somebody's work while they are away."""
    page = _page(request)
    line = _line(page, absence_id)
    absence = away.absence(str(absence_id))
    if not line.may_choose or absence is None:
        raise NotAllowed("Your role may not choose who stands in.", "Ask the team's manager.")
    form = forms.StandInForm(page, line, request.POST if request.method == "POST" else None)

    def save() -> None:
        say_away.stand_in(acts.act_of(request), absence, form.cleaned_data["worker"])

    title = f"Who stands in for {line.name}?"
    return _answer(request, form, save, {"page": page, "line": line, "title": title})


def _page(request: HttpRequest) -> shapes.WhoIsAway:
    return away.page(acts.asker_of(request), as_of=clock.today())


def _line(page: shapes.WhoIsAway, absence_id: uuid.UUID) -> shapes.AbsenceLine:
    line = page.line(str(absence_id))
    if line is None:
        raise NotFound("There is no such absence among those you work with.", "See who is away.")
    if not line.may_change:
        raise NotAllowed("Your role may not change this.", "They can, or their manager.")
    return line


def _answer(
    request: HttpRequest,
    form: django_forms.Form,
    save: Callable[[], None],
    context: dict[str, object],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except errors.Refused as refusal:
            for problem in refusal.problems:
                form.add_error(
                    problem.field if problem.field in form.fields else None, problem.sentence
                )
        else:
            return redirect("away:list")
    key = request.POST.get("key") or acts.new_key()
    status = 422 if form.errors else 200
    return render(request, "away/say.html", {**context, "form": form, "key": key}, status=status)
