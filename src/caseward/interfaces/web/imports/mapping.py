"""What the columns of a tracker hold, in three steps: their uses, whose days they are, the details."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from caseward.interfaces import clock
from caseward.interfaces.govuk.problems import FormProblem
from caseward.interfaces.web import acts
from caseward.interfaces.web.imports import background
from caseward.interfaces.web.imports.views import home
from caseward.interfaces.web.rules import under
from caseward.work import entries
from caseward.work.exchange import uploads
from caseward.work.exchange.imports.values import ImportRefused
from caseward.work.exchange.tracker import choosing, columns
from caseward.work.exchange.tracker.choosing import Choice
from caseward.work.exchange.tracker.columns import Column, Mapped
from caseward.work.exchange.tracker.sheets import FirstRows
from caseward.work.readings import imports
from caseward.work.readings.shapes.imports import ImportPage

LONGEST_NAME = 60
SAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question about a column: its answers, the one that stands, the first cells to look at."""

    place: int
    heading: str
    question: str
    samples: tuple[str, ...]
    choices: Sequence[Choice]
    chosen: str
    name: str
    problem: str = ""
    is_required: bool = True


@under("import")
@require_http_methods(["GET", "HEAD", "POST"])
def uses(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """Ask what each column holds; offer the mapping that fits these headings, if there is one."""
    page = imports.of_run(acts.asker_of(request), str(run), as_of=clock.today())
    if page.line.phase != "waiting":
        return redirect("imports:one", run)
    sheet = request.POST.get("sheet", "") or request.GET.get("sheet", "")
    try:
        rows = uploads.first_rows(str(run), home=home(), today=clock.today(), sheet=sheet)
    except ImportRefused as refused:
        return _unreadable(request, page, refused)
    kept = _fitting(rows)
    if request.method != "POST":
        return _uses_page(request, page, rows, kept, {}, [])
    if request.POST.get("kept") and kept is not None:
        uploads.choose(str(run), {**kept.as_options(), "sheet": rows.sheet, "is_mapped": True})
        return _read(run)
    chosen = {n: request.POST.get(f"use-{n}", "aside") for n in range(len(rows.headings))}
    made = [_made(heading, chosen[n], kept) for n, heading in enumerate(rows.headings)]
    name = " ".join(request.POST.get("name", "").split())
    if problems := list(_wrong_uses(name, made, chosen)):
        return _uses_page(request, page, rows, kept, chosen, problems)
    mapped = Mapped(name=name[:LONGEST_NAME], sheet=rows.sheet, columns=tuple(made))
    options = {
        **mapped.as_options(),
        "details": [n for n in chosen if chosen[n] == choosing.DETAIL],
    }
    seen = {
        "samples": _samples_kept(rows),
        "words": [list(words) for words in rows.words],
        "before": kept.as_options()["columns"] if kept else [],
    }
    uploads.choose(str(run), {**options, **seen})
    return redirect("imports:dates", run)


@under("import")
@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """Ask of each column of days which entry they are the days of."""
    page = imports.of_run(acts.asker_of(request), str(run), as_of=clock.today())
    if page.line.phase != "waiting" or not page.options.get("columns"):
        return redirect("imports:one", run)
    mapped, vocabulary = columns.from_options(page.options), entries.vocabulary_now()
    asked = [
        _asked(
            page, place, "Which entry is it?", choosing.kinds(column.use, vocabulary), column.kind
        )
        for place, column in enumerate(mapped.columns)
        if column.use in columns.DATED
    ]
    asked = [
        replace(each, chosen=each.chosen or choosing.likely_kind(each.heading, each.choices))
        for each in asked
    ]
    if request.method != "POST":
        return _step_page(request, page, asked, step=2)
    answers, asked = _answers(request, asked)
    if any(each.problem for each in asked):
        return _step_page(request, page, asked, step=2)
    made = list(mapped.columns)
    for place, kind in answers.items():
        made[place] = choosing.dated(made[place], made[place].use, kind, vocabulary)
    uploads.choose(str(run), {**page.options, **replace(mapped, columns=tuple(made)).as_options()})
    return redirect("imports:details", run)


@under("import")
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """Ask what came of the entries: by a column of its own, or the same for every row."""
    page = imports.of_run(acts.asker_of(request), str(run), as_of=clock.today())
    if page.line.phase != "waiting" or not page.options.get("columns"):
        return redirect("imports:one", run)
    mapped, vocabulary = columns.from_options(page.options), entries.vocabulary_now()
    about = choosing.details(mapped.columns, vocabulary)
    asked = [
        _asked(page, place, "What does it tell?", about, _detail_before(page, place))
        for place in page.options.get("details", [])
    ]
    fixed = [
        replace(
            _asked(
                page, place, "What came of it, in every row?", _outcomes(column), column.outcome
            ),
            is_required=False,
        )
        for place, column in enumerate(mapped.columns)
        if column.use in ("event", "meeting") and _outcomes(column)
    ]
    if not asked and not fixed:
        return _finish(run, mapped)
    if request.method != "POST":
        return _step_page(request, page, [*asked, *fixed], step=3)
    answers, every = _answers(request, [*asked, *fixed])
    if any(each.problem for each in every):
        return _step_page(request, page, every, step=3)
    made = list(mapped.columns)
    for each in asked:
        made[each.place] = choosing.detail(made[each.place], answers[each.place], vocabulary)
    for each in fixed:
        made[each.place] = replace(made[each.place], outcome=answers.get(each.place, ""))
    mapped = replace(mapped, columns=tuple(made))
    if not any(_strange(page, mapped)):
        return _finish(run, mapped)
    uploads.choose(str(run), {**page.options, **mapped.as_options()})
    return redirect("imports:words", run)


@under("import")
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """Ask what the words of a column mean that are none of the answers it may give."""
    page = imports.of_run(acts.asker_of(request), str(run), as_of=clock.today())
    if page.line.phase != "waiting" or not page.options.get("columns"):
        return redirect("imports:one", run)
    mapped, vocabulary = columns.from_options(page.options), entries.vocabulary_now()
    strange = list(_strange(page, mapped))
    asked = [
        Asked(
            place=place,
            heading=f"“{word}” in “{mapped.columns[place].heading}”",
            question="What does it mean?",
            samples=(),
            choices=choosing.answers(mapped.columns[place], vocabulary),
            chosen="",
            name=f"word-{number}",
            is_required=False,
        )
        for number, (place, word) in enumerate(strange)
    ]
    if request.method != "POST":
        return _step_page(request, page, asked, step=3, is_words=True)
    made = list(mapped.columns)
    for each, (place, word) in zip(asked, strange, strict=True):
        said = request.POST.get(each.name, "")
        code = said if said in {choice.code for choice in each.choices} else ""
        made[place] = choosing.with_words(made[place], {word: code})
    return _finish(run, replace(mapped, columns=tuple(made)))


def _strange(page: ImportPage, mapped: Mapped) -> Iterator[tuple[int, str]]:
    """Yield each word that a mapped column says and that is none of its answers."""
    seen: Sequence[Sequence[str]] = page.options.get("words", ())
    for place, column in enumerate(mapped.columns):
        told = seen[place] if place < len(seen) else ()
        for word in choosing.unknown_words(column, told):
            yield place, word


def _finish(run: uuid.UUID, mapped: Mapped) -> HttpResponse:
    uploads.choose(str(run), {**mapped.as_options(), "is_mapped": True})
    return _read(run)


def _read(run: uuid.UUID) -> HttpResponse:
    background.start(str(run), "--check")
    return redirect("imports:one", run)


def _made(heading: str, chosen: str, kept: Mapped | None) -> Column:
    """Return a column of this use; what was said before of the same column and use is kept."""
    use, known = _use_of(chosen), _known(kept, heading)
    if known is not None and known.use == use:
        return replace(known, heading=heading)
    return Column(heading=heading, use=use)


def _known(kept: Mapped | None, heading: str) -> Column | None:
    named = kept.columns if kept else ()
    wanted = columns.folded(heading)
    return next((one for one in named if columns.folded(one.heading) == wanted), None)


def _detail_before(page: ImportPage, place: int) -> str:
    """Return what a detail's column told when the tracker was mapped before."""
    before = page.options.get("before") or []
    kept = Mapped(name="", columns=tuple(Column(**one) for one in before))
    known = _known(kept, str(page.options["columns"][place]["heading"]))
    return choosing.code_of(known) if known is not None else ""


def _use_of(chosen: str) -> Any:
    """A detail is told apart on the third step; until then its column is aside."""
    return chosen if chosen in choosing.USES and chosen != choosing.DETAIL else "aside"


def _wrong_uses(name: str, made: Sequence[Column], chosen: dict[int, str]) -> Iterable[FormProblem]:
    if not name:
        yield FormProblem(
            sentence="Give the tracker a name, by which its columns are known again.", anchor="name"
        )
    for place, sentence in columns.faults(made):
        anchor = f"use-{place}" if place >= 0 else "use-0"
        yield FormProblem(sentence=sentence, anchor=anchor)
    del chosen


def _fitting(rows: FirstRows) -> Mapped | None:
    """Return the latest mapping whose headings are all in this file."""
    there = {columns.folded(heading) for heading in rows.headings}
    for options in uploads.mappings():
        mapped = columns.from_options(options)
        wanted = {columns.folded(one.heading) for one in mapped.columns if one.use != "aside"}
        if wanted <= there:
            return mapped
    return None


def _samples(rows: FirstRows, place: int) -> tuple[str, ...]:
    told = (row[place] for row in rows.rows if row[place])
    return tuple(dict.fromkeys(told))[:SAMPLES]


def _samples_kept(rows: FirstRows) -> list[list[str]]:
    return [list(_samples(rows, place)) for place in range(len(rows.headings))]


def _asked(
    page: ImportPage, place: int, question: str, choices: Sequence[Choice], chosen: str
) -> Asked:
    samples: Sequence[Sequence[str]] = page.options.get("samples", ())
    return Asked(
        place=place,
        heading=str(page.options["columns"][place]["heading"]),
        question=question,
        samples=tuple(samples[place]) if place < len(samples) else (),
        choices=choices,
        chosen=chosen,
        name=f"column-{place}",
    )


def _outcomes(column: Column) -> tuple[Choice, ...]:
    declared = entries.vocabulary_now().kinds.get(column.kind)
    outcomes = declared.outcomes if declared else {}
    return tuple(Choice(code=code, words=title) for code, title in outcomes.items())


def _answers(request: HttpRequest, asked: Sequence[Asked]) -> tuple[dict[int, str], list[Asked]]:
    """Return what was answered, by the column's place, and the questions with what is wrong."""
    answers: dict[int, str] = {}
    told = []
    for each in asked:
        said = request.POST.get(each.name, "")
        known = {choice.code for choice in each.choices}
        if said in known:
            answers[each.place] = said
            told.append(replace(each, chosen=said))
        else:
            problem = f"Choose an answer for “{each.heading}”." if each.is_required else ""
            told.append(replace(each, chosen="", problem=problem))
    return answers, told


def _uses_page(
    request: HttpRequest,
    page: ImportPage,
    rows: FirstRows,
    kept: Mapped | None,
    chosen: dict[int, str],
    problems: list[FormProblem],
) -> HttpResponse:
    choices = tuple(Choice(code=code, words=said) for code, said in choosing.USES.items())
    asked = []
    for place, heading in enumerate(rows.headings):
        samples = _samples(rows, place)
        known = _known(kept, heading)
        likely = _use_shown(known) if known else choosing.guessed(heading, samples)
        asked.append(
            Asked(
                place=place,
                heading=heading,
                question="What does it hold?",
                samples=samples,
                choices=choices,
                chosen=chosen.get(place, likely),
                name=f"use-{place}",
            )
        )
    context = {
        "page": page,
        "rows": rows,
        "asked": asked,
        "kept": kept,
        "name": request.POST.get("name", kept.name if kept else ""),
        "problems": problems,
    }
    status = 422 if problems else 200
    return render(request, "imports/what_the_columns_hold.html", context, status=status)


def _use_shown(column: Column) -> str:
    return choosing.DETAIL if column.use in ("outcome", "field") else column.use


def _step_page(
    request: HttpRequest,
    page: ImportPage,
    asked: Sequence[Asked],
    *,
    step: int,
    is_words: bool = False,
) -> HttpResponse:
    problems = [
        FormProblem(sentence=each.problem, anchor=each.name) for each in asked if each.problem
    ]
    context = {
        "page": page,
        "asked": asked,
        "problems": problems,
        "step": step,
        "is_words": is_words,
    }
    status = 422 if problems else 200
    return render(request, "imports/more_about_the_columns.html", context, status=status)


def _unreadable(request: HttpRequest, page: ImportPage, refused: ImportRefused) -> HttpResponse:
    context = {"page": page, "sentence": str(refused)}
    return render(request, "imports/tracker_cannot_be_read.html", context, status=422)
