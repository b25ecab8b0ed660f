"""What was typed here since a day, by worker, as a page and as a file."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caseward.interfaces import clock
from caseward.interfaces.govuk import day_words
from caseward.interfaces.govuk.problems import FormProblem
from caseward.interfaces.web import acts
from caseward.interfaces.web.rules import under
from caseward.work.exchange.returning import files
from caseward.work.readings import typed_here
from caseward.work.readings.shapes.typed_here import TypedHere

WEEK = timedelta(days=7)
OF_EACH = 5


@under("returning")
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show what was typed here since a day: a week ago where the address says nothing."""
    since, problems = _since(request)
    # Of everybody the first few each; of one worker everything, to print.
    at_most = None if request.GET.get("worker") else OF_EACH
    page = _page(request, since, at_most=at_most)
    query = urlencode({"since": since.isoformat(), "worker": page.chosen_worker})
    typed = request.GET.get("since", "")
    context = {
        "page": page,
        "problems": problems,
        "typed_since": typed if problems else day_words.typed_day(since),
        "query": query,
    }
    return render(request, "returning/typed_here.html", context, status=422 if problems else 200)


@under("returning")
@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """Give the same as a file, one row an entry."""
    since, _ = _since(request)
    page = _page(request, since)
    name = f"typed-here-since-{since.isoformat()}.csv"
    return HttpResponse(
        files.as_csv(page).encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _page(request: HttpRequest, since: date, *, at_most: int | None = None) -> TypedHere:
    return typed_here.page(
        acts.asker_of(request),
        since=since,
        as_of=clock.today(),
        worker=request.GET.get("worker", ""),
        at_most=at_most,
    )


def _since(request: HttpRequest) -> tuple[date, list[FormProblem]]:
    today = clock.today()
    text = request.GET.get("since", "").strip()
    if not text:
        return today - WEEK, []
    try:
        since = day_words.read_day(text, today=today)
    except day_words.NotADay as error:
        return today - WEEK, [FormProblem(sentence=str(error), anchor="since")]
    if since > today:
        sentence = f"{day_words.short_day(since)} lies ahead. Give a day up to today."
        return today - WEEK, [FormProblem(sentence=sentence, anchor="since")]
    return since, []
