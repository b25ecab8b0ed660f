"""Procedures: the list, each as a map, and a child's position on one."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caseward.interfaces import clock
from caseward.interfaces.web import acts, past_days
from caseward.interfaces.web.rules import under
from caseward.work.readings import procedure_maps

_MAP = "procedures/procedure_map.html"


@under("anyone")
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show the procedures that the authority uses."""
    page = procedure_maps.listed(acts.asker_of(request), as_of=clock.today())
    return render(request, "procedures/procedures.html", {"page": page})


@under("anyone")
@require_safe
def law(request: HttpRequest, procedure: str) -> HttpResponse:
    """Show a procedure as a map, as it stands in law."""
    page = procedure_maps.of_procedure(acts.asker_of(request), procedure, as_of=clock.today())
    return render(request, _MAP, {"page": page})


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
