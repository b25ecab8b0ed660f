"""Imports: what was brought in, choosing files, how far it is, what it would do, bringing it in."""

import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseward.interfaces import clock
from caseward.interfaces.govuk.problems import FormProblem, of_form
from caseward.interfaces.web import acts
from caseward.interfaces.web.imports import background
from caseward.interfaces.web.imports.forms import MOST_MEGABYTES, TRACKER, ImportForm
from caseward.interfaces.web.rules import saving_nothing, under
from caseward.interfaces.web.sizes import taking
from caseward.work import entries
from caseward.work.exchange import new_children, uploads
from caseward.work.exchange.imports import run_folders, runs
from caseward.work.exchange.imports.runs import State
from caseward.work.exchange.imports.values import ImportRefused
from caseward.work.exchange.new_children import NewChildren
from caseward.work.readings import imports
from caseward.work.readings.errors import NotFound
from caseward.work.readings.shapes.imports import ImportPage

UNDER_WAY = frozenset({"reading", "comparing", "bringing_in"})
OF_NO_FORMAT = "are of no format that Caseward knows"
_REPORTS = {"csv": "text/csv; charset=utf-8", "json": "application/json", "txt": "text/plain; charset=utf-8"}  # fmt: skip
_SOON = {"waiting": "About to be read", "checked": "About to be brought in"}


def home() -> Path:
    """Return the folder that this installation keeps everything in."""
    return Path(settings.CASEWARD_HOME)


@under("other_systems")
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show when other systems were last brought in, the imports, and what awaits somebody."""
    page = imports.page(
        acts.asker_of(request), as_of=clock.today(), after=request.GET.get("after", "")
    )
    return render(request, "imports/other_systems.html", {"page": page})


@under("import")
@taking(
    MOST_MEGABYTES,
    what_to_do="Send a zip of the files, or import them with `caseward import` on the server.",
)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Ask for files; take them, look at them, and begin to check them."""
    imports.allowed(acts.asker_of(request), as_of=clock.today())
    if request.method != "POST":
        return _upload_page(request, ImportForm(), [])
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, form, of_form(form))
    try:
        run = _begin(request, form)
    except ImportRefused as refused:
        problem = FormProblem(sentence=_sentence(refused, form), anchor="id_sent")
        return _upload_page(request, form, [problem])
    if form.cleaned_data["format_code"] == TRACKER:
        return redirect("imports:columns", run)
    background.start(run, "--check")
    return redirect("imports:one", run)


@under("import")
@require_safe
def one(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """Show how far an import is, or what it would do, or did."""
    page = imports.of_run(acts.asker_of(request), str(run), as_of=clock.today())
    state = runs.state(str(run), home=home())
    if _awaits_columns(page):
        return redirect("imports:columns", run)
    is_begun = state.phase == "checked" and bool(request.GET.get("begun")) and not page.sentence
    if state.phase in UNDER_WAY or state.phase == "waiting" or is_begun:
        return _progress_page(request, page, state)
    template = (
        "imports/check_this_import.html" if state.phase == "checked" else "imports/import.html"
    )
    context = {
        "page": page,
        "state": state,
        "large": entries.maintenance_sentence(page.n_facts),
        "new": _new_children(page),
    }
    response = render(request, template, context)
    if request.headers.get("HX-Request"):
        # The part that asked is out of date: the whole page is now another.
        response.headers["HX-Refresh"] = "true"
    return response


@under("import")
@require_POST
def check(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """Begin to read and check an import that waits."""
    page = imports.of_run(acts.asker_of(request), str(run), as_of=clock.today())
    if page.line.phase == "waiting" and not _awaits_columns(page):
        background.start(str(run), "--check")
    return redirect("imports:one", run)


@under("import")
@require_POST
def bring_in(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """Bring in what was checked, as the person who asks for it."""
    asker = acts.asker_of(request)
    page = imports.of_run(asker, str(run), as_of=clock.today())
    if page.line.phase == "checked":
        background.start(str(run), "--confirm", "--by", asker.worker or "")
        # Its process takes a moment to begin: until then the page says so and does not ask again.
        return redirect(f"{reverse('imports:one', args=[run])}?begun=yes")
    return redirect("imports:one", run)


# Asked while a large import goes in, it writes no row: it leaves word for the import's own process.
@under("import")
@saving_nothing
@require_POST
def cancel(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """Give the import up, or ask the process that is at it to stop."""
    imports.allowed(acts.asker_of(request), as_of=clock.today())
    try:
        runs.cancel(str(run), home=home(), at=clock.now())
    except ImportRefused as refused:
        raise NotFound(str(refused), "Look for it in the list of imports.") from refused
    return redirect("imports:one", run)


@under("import")
@require_safe
def report(request: HttpRequest, run: uuid.UUID, form: str) -> HttpResponse:
    """Give the whole report as a file: every row that was not simply new."""
    imports.of_run(acts.asker_of(request), str(run), as_of=clock.today())
    path = run_folders.folder_of(str(run), home=home()) / f"report.{form}"
    if form not in _REPORTS or not path.is_file():
        raise NotFound("This import has no such report.", "Go back to the import.")
    answer: Any = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"import-{str(run)[:8]}-report.{form}",
        content_type=_REPORTS[form],
    )
    return answer  # type: ignore[no-any-return]  # a streamed answer is one too


def _begin(request: HttpRequest, form: ImportForm) -> str:
    said = form.cleaned_data
    with uploads.arriving(home()) as folder:
        for file in said["sent"]:
            uploads.keep(folder, file.name, file.chunks())
        return uploads.begin(
            acts.act_of(request, why="Import"),
            folder,
            home=home(),
            format_code=said["format_code"],
            scheme=said["scheme"].strip(),
            system=said["system"].strip(),
            options=form.options(),
        )


def _new_children(page: ImportPage) -> NewChildren | None:
    """Return who would be new, to the one who sent the files: nobody else knows yet of the children."""
    may_see = page.line.phase == "checked" and page.is_own
    return new_children.of_run(page.line.run, home=home()) if may_see else None


def _sentence(refused: ImportRefused, form: ImportForm) -> str:
    """Say what to do on this page, where formats are chosen by title and no folder can be named."""
    said = str(refused)
    if form.cleaned_data["format_code"] or OF_NO_FORMAT not in said:
        return said
    return (
        "By the names of these files Caseward cannot tell what they are. Choose it under “What are "
        "they?”, or choose all files of the export together. Nothing has been imported."
    )


def _upload_page(
    request: HttpRequest, form: ImportForm, problems: list[FormProblem]
) -> HttpResponse:
    page = imports.page(acts.asker_of(request), as_of=clock.today())
    context = {"page": page, "form": form, "problems": problems, "key": acts.new_key()}
    status = 422 if problems else 200
    return render(request, "imports/import_files.html", context, status=status)


def _progress_page(request: HttpRequest, page: ImportPage, state: State) -> HttpResponse:
    context = {
        "page": page,
        "state": state,
        "doing": state.doing or _SOON.get(state.phase, page.line.phase_words),
        "percent": 100 * state.done // state.of if state.of else 0,
        "is_waiting": state.phase == "waiting",
        "is_begun": state.phase == "checked",
    }
    return render(request, "imports/how_far_it_is.html", context)


def _awaits_columns(page: ImportPage) -> bool:
    is_tracker = page.line.phase == "waiting" and page.line.format_code == TRACKER
    return is_tracker and not page.options.get("is_mapped")
