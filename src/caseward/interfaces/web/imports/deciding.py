"""Where the other system says otherwise than people here: which stands, one by one or by a rule."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from caseward.interfaces import clock
from caseward.interfaces.govuk.problems import FormProblem
from caseward.interfaces.web import acts, numbers
from caseward.interfaces.web.rules import under
from caseward.record.access import policy
from caseward.rules.facts.kinds import Vocabulary
from caseward.work import entries
from caseward.work.entries import errors
from caseward.work.exchange.imports import deciding
from caseward.work.exchange.imports.deciding import Shown
from caseward.work.readings import differences, imports

PER_PAGE = 20
ANSWERS: Mapping[str, str] = {
    "theirs": "Take over what the other system says",
    "ours": "Keep what is recorded here",
    "both": "Both happened: record theirs as well",
}
IF_WITHDRAWN: Mapping[str, str] = {
    "theirs": "Record again what the other system says",
    "ours": "Leave it withdrawn",
}
BELIEVED: Mapping[str, str] = {
    "": "People decide each time",
    "theirs": "The other system is right",
    "ours": "What is recorded here stays",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One question as it is shown: both values line by line, and what was answered."""

    question: str
    child_id: str
    child_name: str
    title: str
    why: str
    rows: tuple[tuple[str, str, str], ...]
    seq: int
    is_withdrawn: bool
    answers: tuple[tuple[str, str], ...]
    touched: str = ""
    answered: str = ""


@under("import_question")
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """Show the differences about children whom the asker may see; take what was decided of each."""
    asker, after = acts.asker_of(request), request.GET.get("after", "")
    child = _child(request)
    found = deciding.questions(asker, child=child, limit=PER_PAGE + 1, after=after)
    shown, vocabulary = found[:PER_PAGE], entries.vocabulary_now()
    problems: list[FormProblem] = []
    if request.method == "POST":
        n_decided, problems = _decide(request, shown)
        if not problems:
            of_child = f"&child={child}" if child else ""
            return redirect(f"{reverse('imports:questions')}?decided={n_decided}{of_child}")
        found = deciding.questions(asker, child=child, limit=PER_PAGE + 1, after=after)
        shown = found[:PER_PAGE]
    context = {
        "page": imports.page(asker, as_of=clock.today()),
        "differences": [_difference(one, vocabulary, request) for one in shown],
        "answers": ANSWERS.items(),
        "child_id": child,
        "more_after": shown[-1].question.question if len(found) > PER_PAGE else "",
        "n_decided": numbers.read(request.GET.get("decided", "")),
        "problems": problems,
        "may_set_rules": policy.may_import(asker),
        "key": acts.new_key(),
    }
    status = 422 if problems else 200
    return render(request, "imports/differences.html", context, status=status)


@under("import")
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """Show and set who is believed of each kind of entry from now on."""
    asker = acts.asker_of(request)
    imports.allowed(asker, as_of=clock.today())
    standing, vocabulary = deciding.rules(), entries.vocabulary_now()
    if request.method == "POST":
        kind, believes = request.POST.get("kind", ""), request.POST.get("believes", "")
        if kind in vocabulary.kinds and believes in BELIEVED:
            deciding.set_rule(acts.act_of(request), kind, believes or None)  # type: ignore[arg-type]
            return redirect(f"{reverse('imports:rules')}?saved=yes")
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in vocabulary.kinds.values():
        groups.setdefault(each.group or "Other", []).append((each.id, each.title))
    context = {
        "page": imports.page(asker, as_of=clock.today()),
        "standing": [
            (vocabulary.kinds[kind].title, BELIEVED[who])
            for kind, who in sorted(standing.items())
            if kind in vocabulary.kinds
        ],
        "groups": groups.items(),
        "believed": BELIEVED.items(),
        "is_saved": request.GET.get("saved") == "yes",
        "has_problem": request.method == "POST",
    }
    return render(request, "imports/who_is_believed.html", context)


def _decide(request: HttpRequest, shown: tuple[Shown, ...]) -> tuple[int, list[FormProblem]]:
    """Decide each question that was answered; what could not be decided is told and stays open."""
    others = request.POST.get("others", "")
    n_decided, problems = 0, []
    for one in shown:
        name = one.question.question
        said = request.POST.get(f"answer-{name}", "") or (others if others in ANSWERS else "")
        if said not in dict(_answers(one)):
            continue
        try:
            deciding.decide(
                acts.act(acts.asker_of(request).worker or "", why="Difference with another system"),
                name,
                said,  # type: ignore[arg-type]  # one of ANSWERS
                expected_seq=numbers.read(request.POST.get(f"seq-{name}", "")) or None,
            )
        except errors.Refusal as refusal:
            about = f"{one.child_name}, {one.kind_title}: {refusal.sentence or refusal}"
            problems.append(FormProblem(sentence=about, anchor=f"answer-{name}-theirs"))
        else:
            n_decided += 1
    if not n_decided and not problems:
        problems.append(FormProblem(sentence="Choose what stands for at least one of them."))
    return n_decided, problems


def _child(request: HttpRequest) -> str:
    """Return the one child whose differences are asked for, "" for all."""
    try:
        return str(uuid.UUID(request.GET.get("child", "")))
    except ValueError:
        return ""


def _answers(one: Shown) -> tuple[tuple[str, str], ...]:
    """Beside an entry that was withdrawn here nothing stands that could have happened as well."""
    is_withdrawn = one.ours is None
    return tuple(
        (code, IF_WITHDRAWN.get(code, said) if is_withdrawn else said)
        for code, said in ANSWERS.items()
        if not (is_withdrawn and code == "both")
    )


def _difference(one: Shown, vocabulary: Vocabulary, request: HttpRequest) -> Difference:
    asked = one.question
    ours = _words(one.ours, asked.kind, vocabulary)
    theirs = _words(one.theirs, asked.kind, vocabulary)
    names = list({**ours, **theirs})
    return Difference(
        question=asked.question,
        child_id=asked.child,
        child_name=one.child_name,
        title=one.kind_title,
        why=imports.WHY.get(asked.why, ""),
        rows=tuple((name, ours.get(name, "–"), theirs.get(name, "–")) for name in names),
        seq=one.seq,
        is_withdrawn=one.ours is None,
        answers=_answers(one),
        touched=differences.touched_words(acts.asker_of(request), asked.child, asked.entry),
        answered=request.POST.get(f"answer-{asked.question}", ""),
    )


def _words(said: Mapping[str, Any] | None, kind: str, vocabulary: Vocabulary) -> dict[str, str]:
    """What may not be read was left out before; so every class may be shown of what is left."""
    if said is None:
        return {}
    return imports.value_words(said, kind, vocabulary, imports.EVERY_CLASS)
