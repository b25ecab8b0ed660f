"""Pages for what cannot be given: absent and forbidden look the same; each says what to do."""

import sys
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from caseward.interfaces import clock
from caseward.record.ledger.maintenance import Standing
from caseward.work.entries.errors import Refusal

_NOT_FOUND = "errors/page_not_found.html"


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404 in the same words for what is absent and for what may not be known to exist."""
    del exception
    return render(request, _NOT_FOUND, {}, status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403: the person may know of it but may not do this; say who may."""
    context = {
        "sentence": getattr(exception, "sentence", ""),
        "what_to_do": getattr(exception, "what_to_do", ""),
    }
    return render(request, "errors/you_may_not_do_this.html", context, status=403)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer 409: nothing was saved, and the reader can put it right."""
    context = {"sentence": refusal.sentence or str(refusal), "what_to_do": refusal.what_to_do}
    return render(request, "errors/nothing_was_saved.html", context, status=409)


def too_much(request: HttpRequest, sentence: str, what_to_do: str) -> HttpResponse:
    """Answer 413: more was sent than the page takes, and none of it was looked at."""
    context = {"sentence": sentence, "what_to_do": what_to_do}
    answer = render(request, "errors/nothing_was_saved.html", context, status=413)
    # What is still on its way is not read, so that nothing else can come after it.
    answer.headers["Connection"] = "close"
    return answer


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form without this browser's token, keeping nothing and saving nothing."""
    del reason
    return render(request, "errors/form_cannot_be_used.html", {}, status=403)


def fault(request: HttpRequest) -> HttpResponse:
    """Answer 500: the fault is ours and nothing was saved.

    Where the store failed once the page was made, as the session was written, the act may stand.
    """
    if isinstance(sys.exc_info()[1], DatabaseError):
        return store_problem(request)
    return render(request, "errors/something_went_wrong.html", {}, status=500)


def store_problem(request: HttpRequest) -> HttpResponse:
    """Answer 503: the record cannot be reached; what was typed is on the page, to be sent again.

    Sent again it carries the key that its form carried, so it is recorded once however often it is
    sent (S1).
    """
    return _kept_on_page(request, "errors/record_cannot_be_reached.html", {})


def saving_waits(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Answer 503: nothing is saved for a while; why, until when, and what was typed are on the page."""
    until = standing.until and standing.until.astimezone(clock.LONDON)
    context = {"why": standing.why, "until": f"{until:%H:%M}" if until else ""}
    return _kept_on_page(request, "errors/saving_waits.html", context)


def _kept_on_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    typed = [
        (name, text)
        for name, texts in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for text in texts
    ]
    kept = {
        "typed": typed,
        "address": request.get_full_path(),
        "written": [text for _, text in typed if " " in text.strip()],
    }
    return render(request, template, {**context, **kept}, status=503)
