"""My tasks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caseward.interfaces import clock
from caseward.interfaces.web import acts
from caseward.interfaces.web.rules import under
from caseward.work.readings import differences, my_tasks


@under("own_tasks")
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show the tasks of the person looking, in one of their roles or in all."""
    asker = acts.asker_of(request)
    page = my_tasks.page(
        asker,
        as_of=clock.today(),
        role=request.GET.get("role", ""),
        group=request.GET.get("group", ""),
    )
    context = {"page": page, "differences": differences.awaiting_words(asker)}
    return render(request, "tasks/my_tasks.html", context)
