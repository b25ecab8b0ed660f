"""What a search finds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caseward.interfaces import clock
from caseward.interfaces.web import acts
from caseward.interfaces.web.rules import under
from caseward.work.readings import searching

_LONGEST = 100


@under("search")
@require_safe
def found(request: HttpRequest) -> HttpResponse:
    """Show the children and adults whom the words may mean."""
    typed = request.GET.get("find", "").strip()[:_LONGEST]
    page = searching.page(acts.asker_of(request), as_of=clock.today(), typed=typed)
    return render(request, "search/found.html", {"page": page})
