"""*How this date was worked out*: every sentence a person needs to check it by hand (M34)."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from caseward.record.access.askers import Asker
from caseward.rules.engine import explain, wording
from caseward.rules.engine.explain import Explanation
from caseward.rules.engine.explain_limits import LimitExplained
from caseward.rules.engine.tasks import Role, Task
from caseward.rules.procedures.model import Source
from caseward.work import entries
from caseward.work.readings import banner, child_page, lines, looks, timeline, values, words
from caseward.work.readings.errors import NotFound
from caseward.work.readings.looks import Asked, ChildLook
from caseward.work.readings.shapes import HowWorkedOut, LimitWords, SkippedDay, SourceWords
from caseward.work.tasks import canonical

UNVERIFIED = "Not yet checked against the source"
AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def page(
    asker: Asker,
    child_id: str,
    task_id: str,
    *,
    as_of: date,
    known_at: datetime | None = None,
) -> HowWorkedOut:
    """Return how one task's dates came about.

    Errors: NotFound where the task does not arise (any longer), or is another child's.
    """
    asked = looks.ask(asker, as_of=as_of, known_at=known_at)
    look = looks.look_at(asked, child_id)
    task = _as_of(_find(look, task_id), as_of)
    rulebook = entries.for_child(asked.rulebook, look.record)
    explained = explain.explain(task, look.record, rulebook, as_of=as_of)
    answer = _page(look, task, explained)
    looks.write_log(asked, "how_worked_out", [child_id], task=task_id)
    return answer


def _find(look: ChildLook, task_id: str) -> Task:
    for task in look.evaluation.tasks:
        if canonical.id_of(task.key) == task_id:
            return task
    raise NotFound(
        "This task no longer arises: what it followed from was withdrawn or corrected.",
        "Open the child's page again.",
    )


def _as_of(task: Task, as_of: date) -> Task:
    """Return the task without what lies ahead of the day: a birthday that will end it is not told
    as if it had.
    """
    if task.ended_on is not None and task.ended_on > as_of:
        task = replace(task, ended_on=None, ending=None, ended_by="", ended_because="")
    if task.met_on is not None and task.met_on > as_of:
        task = replace(task, met_on=None, met_by=(), is_met_by_silence=False)
    return task


def _page(look: ChildLook, task: Task, explained: Explanation) -> HowWorkedOut:
    told = child_page.told_of(look)
    parts = [
        part for part in look.evaluation.tasks if part.role is Role.PART and part.parent == task.key
    ]
    named = _namer(look.asked, explained)
    return HowWorkedOut(
        banner=banner.page(look.asked.asker, as_of=look.asked.as_of, known_at=look.asked.known_at),
        task=lines.line(told, task, parts=parts),
        duty=explained.duty,
        sentences=tuple(named(sentence) for sentence in explained.sentences),
        limits=tuple(_limit(limit) for limit in explained.limits),
        skipped=tuple(
            SkippedDay(day=day, words=words.day(day), reason=reason)
            for day, reason in explained.skipped
        ),
        sources=tuple(_source(source) for source in explained.sources),
        facts=timeline.find(look, explained.entries),
        edition_words=explained.edition_words,
        calendar_words=explained.calendar_words,
    )


def _limit(limit: LimitExplained) -> LimitWords:
    return LimitWords(
        words=limit.words,
        force_words=limit.force_words,
        anchor_on=limit.anchor_on,
        unit=limit.unit,
        due_on=limit.due_on,
        first_on=limit.first_on,
        is_binding=limit.is_binding,
        marks=limit.marks,
        source=_source(limit.source) if limit.source is not None else None,
    )


def _source(source: Source) -> SourceWords:
    return SourceWords(
        words=wording.source(source),
        is_verified=source.verified,
        mark="" if source.verified else UNVERIFIED,
    )


def _namer(asked: Asked, explained: Explanation) -> Callable[[str], str]:
    """Return what puts people's names in the place of ids: the engine knows no names."""
    ids = {found for sentence in explained.sentences for found in AN_ID.findall(sentence)}
    names = values.known_names(asked, ids)
    return lambda sentence: AN_ID.sub(lambda found: names.get(found[0], "somebody"), sentence)
