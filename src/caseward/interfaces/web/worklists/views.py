"""Worklists, as pages, as a calendar and as a file."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caseward.interfaces import clock
from caseward.interfaces.web import acts, csv_files
from caseward.interfaces.web.rules import under
from caseward.interfaces.web.worklists import asking
from caseward.work.readings import shapes, weeks_ahead, worklists

_HEADINGS = (
    "Child", "What is to be done", "Procedure", "When", "Due on", "Days late", "Responsible",
    "Held by", "Standing in for", "Began on", "Rule",
)  # fmt: skip


@under("worklists")
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show a page of a worklist."""
    asker = acts.asker_of(request)
    page = worklists.page(
        asker,
        as_of=clock.today(),
        choice=asking.read(request.GET, asker),
        after=request.GET.get("after", ""),
    )
    return render(request, "worklists/worklist.html", {"page": page})


@under("worklists")
@require_safe
def as_file(request: HttpRequest) -> HttpResponse:
    """Give a whole worklist as a file for a spreadsheet."""
    asker, today = acts.asker_of(request), clock.today()
    lines = worklists.every_line(asker, as_of=today, choice=asking.read(request.GET, asker))
    return csv_files.answer(f"worklist-{today.isoformat()}", _HEADINGS, _rows(lines))


@under("worklists")
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the coming weeks of a worklist."""
    asker = acts.asker_of(request)
    page = weeks_ahead.page(
        asker,
        as_of=clock.today(),
        choice=asking.read(request.GET, asker),
        first=asking.day(request.GET.get("from", "")),
    )
    return render(request, "worklists/calendar.html", {"page": page})


def _rows(lines: Iterable[shapes.TaskLine]) -> Iterator[tuple[object, ...]]:
    every = tuple(lines)
    for line in every:
        yield (
            line.child_name,
            line.what,
            line.procedure_title,
            line.due_words,
            line.due_on or line.expected_on,
            line.days_late or None,
            ", ".join(line.responsible),
            ", ".join(line.holders) or "Nobody allocated",
            ", ".join(line.standing_in_for),
            line.opened_on,
            "Not verified" if any(flag.code == "unverified" for flag in line.flags) else "",
        )
    if len(every) >= worklists.MOST_IN_A_FILE:
        yield (f"The list is longer than {len(every):,} lines. Narrow it to have the rest.",)
