"""Reading imports, questions and rules; who may see a child is for the caller to ask."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from caseward.work.imports.kept import OF_AUTHORITY, UNDER_WAY, Believed, Question, Refresh, Run
from caseward.work.imports.models import ImportEcho, ImportQuestion, ImportRule, ImportRun

AT_ONCE = 500


def run(run_id: str) -> Run | None:
    """Return one run, or None."""
    row = ImportRun.objects.filter(run=run_id).first()
    return run_of(row) if row is not None else None


def runs(*, limit: int = 50, after: str = "") -> tuple[Run, ...]:
    """Return runs, the latest first; `after` names the last one of the page before.

    Their reports are left out, since a list shows none.
    """
    rows = ImportRun.objects.order_by("-began_at", "run").defer("report")
    last = ImportRun.objects.filter(run=after).values_list("began_at", flat=True).first()
    if last is not None:
        rows = rows.filter(began_at__lt=last)
    return tuple(run_of(row, with_report=False) for row in rows[:limit])


def unended() -> tuple[Run, ...]:
    """Return the runs that have not ended, the oldest first."""
    rows = ImportRun.objects.filter(phase__in=("waiting", "checked", *UNDER_WAY))
    return tuple(run_of(row, with_report=False) for row in rows.order_by("began_at", "run"))


def options_of(format_code: str) -> Iterator[Mapping[str, Any]]:
    """Yield the options of every run of a format, the latest first."""
    rows = ImportRun.objects.filter(format_code=format_code).order_by("-began_at", "run")
    for (text,) in rows.values_list("options"):
        yield json.loads(text)


def authority_of(scheme: str) -> str:
    """Return the code of the local authority whose files were first brought in under a scheme, or ""."""
    rows = ImportRun.objects.filter(
        scheme=scheme, phase="done", options__contains=f'"{OF_AUTHORITY}": '
    )
    text = rows.order_by("ended_at", "run").values_list("options", flat=True).first()
    return str(json.loads(text)[OF_AUTHORITY]) if text is not None else ""


def latest_refresh() -> Refresh | None:
    """Return when an import of a whole extract last ended well, changed or not; None if never.

    A format may name the tables without which its files are a part: those say nothing of the rest.
    """
    rows = ImportRun.objects.filter(phase="done", ended_at__isnull=False)
    for row in rows.order_by("-ended_at", "run").defer("report").iterator(chunk_size=20):
        found = run_of(row, with_report=False)
        if found.ended_at is not None and _is_whole(found):
            return Refresh(
                run=found.run,
                at=found.ended_at,
                by=found.by,
                format_title=found.format_title,
                scheme=found.scheme,
                system=found.system,
            )
    return None


def _is_whole(found: Run) -> bool:
    names = " ".join(str(file["name"]) for file in found.files).casefold()
    return all(table in names for table in found.options.get("main_tables", ()))


def question(question_id: str) -> Question | None:
    """Return one question, decided or not, or None."""
    row = ImportQuestion.objects.filter(question=question_id).first()
    return question_of(row) if row is not None else None


def open_questions(
    *, run_id: str = "", child: str = "", limit: int | None = None, after: str = ""
) -> tuple[Question, ...]:
    """Return the questions not yet decided, by id: all, one run's, or one child's."""
    rows = ImportQuestion.objects.filter(decided="").order_by("question")
    if run_id:
        rows = rows.filter(run=run_id)
    if child:
        rows = rows.filter(child=child)
    if after:
        rows = rows.filter(question__gt=after)
    return tuple(question_of(row) for row in (rows if limit is None else rows[:limit]))


def n_open_questions() -> int:
    """Return how many questions await a person."""
    return ImportQuestion.objects.filter(decided="").count()


def n_open(seen: Q, *, kinds: Iterable[str], child: str = "", at_most: int = 100) -> int:
    """Return how many questions of these kinds await a person, counted up to a number.

    Shapes: `seen` is the condition on a row's `child` that the asker may see it.
    """
    rows = ImportQuestion.objects.filter(seen, decided="", kind__in=sorted(set(kinds)))
    if child:
        rows = rows.filter(child=child)
    return len(rows.order_by("question").values_list("question", flat=True)[:at_most])


def asked_of(children: Iterable[str]) -> dict[tuple[str, str, str, str], str]:
    """Return what was decided of each question about these children, "" where nothing yet.

    Shapes: (child, source, digest, entry) -> theirs | ours | "".
    """
    wanted = sorted(set(children))
    found: dict[tuple[str, str, str, str], str] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = ImportQuestion.objects.filter(child__in=wanted[start : start + AT_ONCE])
        named = rows.values_list("child", "source", "digest", "entry", "decided")
        for child, source, digest, entry, decided in named:
            found[child, source, digest, entry] = decided
    return found


def sent_back(entry_ids: Iterable[str]) -> dict[str, datetime]:
    """Return when a file first said what these entries, recorded here, say; others are left out.

    Shapes: ids of entries as first recorded (a correction's is not known here).
    """
    wanted = sorted(set(entry_ids))
    found: dict[str, datetime] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = ImportEcho.objects.filter(entry__in=wanted[start : start + AT_ONCE])
        found.update(rows.values_list("entry", "said_at"))
    return found


def rules() -> dict[str, Believed]:
    """Return who is believed of each kind of event that has a rule now."""
    standing: dict[str, str] = dict(
        ImportRule.objects.order_by("set_at", "id").values_list("kind", "believes")
    )
    return {
        kind: "theirs" if believes == "theirs" else "ours"
        for kind, believes in standing.items()
        if believes
    }


def run_of(row: ImportRun, *, with_report: bool = True) -> Run:
    """Return a row as the value that it is."""
    return Run(
        run=row.run,
        by=row.by,
        began_at=row.began_at,
        format_code=row.format_code,
        format_title=row.format_title,
        scheme=row.scheme,
        system=row.system,
        options=json.loads(row.options),
        files=tuple(json.loads(row.files)),
        phase=row.phase,  # type: ignore[arg-type]  # written from a Phase alone
        sentence=row.sentence,
        totals=tuple(json.loads(row.totals)),
        report=json.loads(row.report or "{}") if with_report else {},
        act_id=row.act_id,
        position=row.position,
        ended_at=row.ended_at,
    )


def question_of(row: ImportQuestion) -> Question:
    """Return a row as the value that it is."""
    return Question(
        question=row.question,
        run=row.run,
        child=row.child,
        kind=row.kind,
        source=row.source,
        entry=row.entry,
        why=row.why,
        theirs=json.loads(row.theirs),
        digest=row.digest,
        asked_at=row.asked_at,
        decided=row.decided,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
