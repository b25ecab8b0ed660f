"""Another system's due dates beside ours: agree, earlier, later, and what sets them apart."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caseward.interfaces import clock
from caseward.interfaces.web import acts, numbers
from caseward.interfaces.web.rules import under
from caseward.work.readings import other_dates

UNEXPLAINED = "yes"


@under("other_systems")
@require_safe
def beside(request: HttpRequest) -> HttpResponse:
    """Show how the other system's due dates stand to ours, in one duty or in all."""
    said = {"duty": request.GET.get("duty", ""), "unexplained": request.GET.get("unexplained", "")}
    page = other_dates.page(
        acts.asker_of(request),
        as_of=clock.today(),
        duty=said["duty"],
        only_unexplained=said["unexplained"] == UNEXPLAINED,
        page=numbers.read(request.GET.get("page", "")) or 1,
    )
    context = {
        "page": page,
        "query": urlencode({name: text for name, text in said.items() if text}),
    }
    return render(request, "imports/due_dates_beside.html", context)
