"""Writing runs, questions and rules."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from caseward.work.imports.kept import OF_AUTHORITY, Believed, Decided, Phase, Question, Run
from caseward.work.imports.models import ImportEcho, ImportQuestion, ImportRule, ImportRun

AT_ONCE = 500


def begin(run: Run) -> None:
    """Enter a run into the register."""
    ImportRun.objects.create(
        run=run.run,
        by=run.by,
        began_at=run.began_at,
        format_code=run.format_code,
        format_title=run.format_title,
        scheme=run.scheme,
        system=run.system,
        options=_text(run.options),
        files=_text(run.files),
        phase=run.phase,
    )


def move(run_id: str, phase: Phase, *, only_from: Iterable[Phase], sentence: str = "") -> bool:
    """Let a run pass into another phase; False where it is in none of those it may come from."""
    rows = ImportRun.objects.filter(run=run_id, phase__in=tuple(only_from))
    return bool(rows.update(phase=phase, sentence=sentence))


def set_options(run_id: str, options: Mapping[str, Any]) -> bool:
    """Keep the options of a run that waits to be read; False where it waits no longer."""
    rows = ImportRun.objects.filter(run=run_id, phase="waiting")
    return bool(rows.update(options=_text(options)))


def keep_authority(run_id: str, code: str) -> None:
    """Keep the code of the local authority that the files of a run are of, "" where none is said."""
    for text in ImportRun.objects.filter(run=run_id).values_list("options", flat=True):
        options = {**json.loads(text), OF_AUTHORITY: code}
        if not code:
            del options[OF_AUTHORITY]
        ImportRun.objects.filter(run=run_id).update(options=_text(options))


def keep_report(
    run_id: str, report: Mapping[str, Any], *, totals: Iterable[Mapping[str, Any]]
) -> None:
    """Keep what checking found: the totals of each file, and the report as it is published."""
    ImportRun.objects.filter(run=run_id).update(report=_text(report), totals=_text(list(totals)))


def end(
    run_id: str,
    phase: Phase,
    *,
    at: datetime,
    sentence: str = "",
    by: str = "",
    act_id: str = "",
    position: int | None = None,
) -> None:
    """Say how a run ended; "done" belongs into the transaction that brought its entries in."""
    said: dict[str, Any] = {"phase": phase, "ended_at": at, "sentence": sentence}
    if by:
        said["by"] = by
    ImportRun.objects.filter(run=run_id).update(**said, act_id=act_id, position=position)


def ask(questions: Iterable[Question]) -> int:
    """Put questions that were not put before; return how many were new."""
    rows = [
        ImportQuestion(
            question=one.question,
            run=one.run,
            child=one.child,
            kind=one.kind,
            source=one.source,
            entry=one.entry,
            why=one.why,
            theirs=_text(one.theirs),
            digest=one.digest,
            asked_at=one.asked_at,
        )
        for one in questions
    ]
    before = ImportQuestion.objects.count()
    ImportQuestion.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)
    return ImportQuestion.objects.count() - before


def decide(question_id: str, decided: Decided, *, by: str, at: datetime, act_id: str = "") -> bool:
    """Keep what was decided of a question; False where it was decided before."""
    rows = ImportQuestion.objects.filter(question=question_id, decided="")
    return bool(rows.update(decided=decided, decided_by=by, decided_at=at, act_id=act_id))


def note_sent_back(entries: Iterable[str], *, run: str, at: datetime) -> None:
    """Note that a file says what these entries, recorded here, say; the first time stands."""
    rows = [ImportEcho(entry=entry, run=run, said_at=at) for entry in dict.fromkeys(entries)]
    ImportEcho.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)


def set_rule(kind: str, believes: Believed | None, *, by: str, at: datetime) -> None:
    """Set who is believed of a kind of event from now on; None: a person decides each time."""
    ImportRule.objects.create(kind=kind, believes=believes or "", by=by, set_at=at)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=dict)
