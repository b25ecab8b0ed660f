"""Choose whose eyes to look through: demonstration stores only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from caseward.interfaces import clock
from caseward.interfaces.web import acts
from caseward.interfaces.web.looking import SESSION_WORKER
from caseward.interfaces.web.rules import under
from caseward.work.casework import choose_role
from caseward.work.readings import role_choices


@under("whose_eyes")
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Show whom one may look as, and look as the one chosen."""
    if request.method == "POST":
        worker_id = request.POST.get("worker", "")
        choose_role.choose(acts.act(worker_id, key=request.POST.get("key", "")), worker_id)
        # A new session, so that nothing of the last pair of eyes stays behind.
        request.session.flush()
        request.session[SESSION_WORKER] = worker_id
        return redirect("tasks:mine")
    page = role_choices.page(as_of=clock.today())
    return render(request, "roles/choose.html", {"page": page, "key": acts.new_key()})
