"""Procedures: the list, each as a map, and a child's position on one."""

import uuid
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from caseward.interfaces import clock, shipped
from caseward.interfaces.web import acts, past_days
from caseward.interfaces.web.procedures.forms import GiveUpForm
from caseward.interfaces.web.rules import under
from caseward.rules.procedures import correspondences
from caseward.rules.procedures.correspondences import Correspondence
from caseward.work.casework import adopt, authority_changes
from caseward.work.entries import errors
from caseward.work.readings import comparing, giving_up, procedure_maps

_MAP = "procedures/procedure_map.html"


@under("anyone")
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show the procedures that the authority uses."""
    page = procedure_maps.listed(acts.asker_of(request), as_of=clock.today())
    return render(request, "procedures/procedures.html", {"page": page})


@under("anyone")
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Hold two procedures, or two editions of one, beside each other."""
    page = comparing.page(
        acts.asker_of(request),
        one=request.GET.get("one", ""),
        other=request.GET.get("other", ""),
        as_of=clock.today(),
        correspondences=_correspondences(),
    )
    return render(request, "procedures/compare.html", {"page": page})


@cache
def _correspondences() -> tuple[Correspondence, ...]:
    """The release's own list; it changes with the release alone."""
    path, text = shipped.correspondences()
    return correspondences.read_correspondences(text, path=path)


@under("anyone")
@require_safe
def law(request: HttpRequest, procedure: str) -> HttpResponse:
    """Show a procedure as a map, as it stands in law."""
    page = procedure_maps.of_procedure(acts.asker_of(request), procedure, as_of=clock.today())
    return render(request, _MAP, {"page": page})


@under("giving_up")
@require_http_methods(["GET", "HEAD", "POST"])
def give_up(request: HttpRequest, procedure: str) -> HttpResponse:
    """Ask from which day on a procedure is used no longer, show what that changes, and record it."""
    asker = acts.asker_of(request)
    page = giving_up.page(asker, procedure, as_of=clock.today())
    if page.given_up_from is not None:
        # Sent twice, or by two people: the map says that it is so.
        return redirect("procedures:map", procedure)
    form = GiveUpForm(request.POST if request.method == "POST" else None)
    context = {"page": page, "form": form, "key": request.POST.get("key") or acts.new_key()}
    if request.method != "POST" or request.POST.get("back") or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "procedures/give_up_a_procedure.html", context, status=status)
    act = acts.act_of(request, why=form.cleaned_data["why"].strip())
    try:
        change = authority_changes.giving_up(act, procedure, from_on=form.cleaned_data["from_on"])
    except errors.Refused as refusal:
        form.add_error(None, refusal.sentence)
        return render(request, "procedures/give_up_a_procedure.html", context, status=422)
    if not request.POST.get("confirmed"):
        context["changes"] = giving_up.changes(asker, act, change)
        return render(request, "procedures/check_giving_up.html", context)
    adopt.adopt(act, change)
    return redirect("procedures:map", procedure)


@under("child")
@require_safe
def of_child(request: HttpRequest, child_id: uuid.UUID, procedure: str) -> HttpResponse:
    """Show a procedure as a map with where the child stands."""
    day = past_days.of(request)
    page = procedure_maps.of_child(
        acts.asker_of(request),
        str(child_id),
        procedure,
        as_of=day.as_of,
        known_at=day.known_at,
    )
    return render(request, _MAP, {"page": page})
