"""What was staged and compared goes in: one act, one transaction, the questions and the register with it.

Whatever a person recorded about these children in the meantime is looked at first: their streams'
places are held against those that were compared, under the locks, and what moved on is compared anew.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.db import transaction

from caseward.record.ledger import queries as ledger
from caseward.record.ledger.acts import AUTHORITY, Act, NewEntry, StreamRef, child_stream, new_id
from caseward.work import entries
from caseward.work.entries import TakenMany
from caseward.work.entries.errors import MovedOn
from caseward.work.exchange.imports import comparing
from caseward.work.exchange.imports.comparing import Comparing
from caseward.work.exchange.imports.staging import ACCEPTED, CHANGED
from caseward.work.exchange.imports.values import ImportRefused
from caseward.work.imports import operations as register
from caseward.work.imports.kept import Question

VIA = "import"
TRIES = 5
_IN = "fact.verdict IN (?, ?) AND fact.row NOT IN (SELECT row FROM refusal)"
_COMING = f"""SELECT kind, occurred_on, ? || source, keys, fields, outcome, until, time, corrects
FROM fact WHERE child = ? AND {_IN}
ORDER BY substr(source, 1, 6) <> 'child:', occurred_on, n"""  # noqa: S608 -- our own words
_STREAMS = f"""SELECT known.child, known.seq, known.identifier
FROM known WHERE EXISTS (SELECT 1 FROM fact WHERE fact.child = known.identifier AND {_IN})
ORDER BY known.child <> 'authority', known.child"""  # noqa: S608 -- our own words
_QUESTIONS = """SELECT question.child, kind, question.source, entry, why, theirs, digest
FROM question JOIN fact ON fact.n = question.fact
WHERE asked = '' AND fact.row NOT IN (SELECT row FROM refusal)"""
_ECHOES = """SELECT entry FROM echo JOIN fact ON fact.n = echo.fact
WHERE fact.row NOT IN (SELECT row FROM refusal) ORDER BY fact.n"""
_VERDICTS = (ACCEPTED, CHANGED)

Progress = Callable[[str, int, int], None]


class Twin(ImportRefused):
    """A number that was nobody's when it was compared has been given to a child since."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody registered one of the children of these files while the import was prepared. "
            "Start it again. Nothing has been imported."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The run that is brought in: its folder, the clock, and what is told where it came out otherwise."""

    run: str
    folder: Path
    changed: Callable[[], object]
    now: Callable[[], datetime] | None = None


def bring_in(
    staging: sqlite3.Connection, how: Comparing, act: Act, run: Run, *, progress: Progress
) -> None:
    """Take in what was accepted and changed, ask what people must decide, end the run: all or none.

    Errors: what the door refuses; Twin; ImportRefused where the children go on changing meanwhile;
    whatever `progress` raises, to stop it.
    """
    act = replace(act, via=VIA)
    for _ in range(TRIES):
        try:
            _once(staging, how, act, run, progress=progress)
        except MovedOn as moved:
            comparing.compare_again(staging, how, [stream.id for stream in moved.streams])
            run.changed()
        else:
            return
    raise ImportRefused(
        "People are recording about the same children again and again, so that the import could not "
        "be brought in. Try again in some minutes. Nothing has been imported."
    )


def _once(
    staging: sqlite3.Connection, how: Comparing, act: Act, run: Run, *, progress: Progress
) -> None:
    expected = {_stream(child): seq for child, seq, _ in staging.execute(_STREAMS, _VERDICTS)}
    questions = _questions(staging, act, run.run)
    echoes = [entry for (entry,) in staging.execute(_ECHOES)]

    def end(act_id: str, position: int | None) -> None:
        register.ask(questions)
        register.note_sent_back(echoes, run=run.run, at=act.at)
        register.end(run.run, "done", at=act.at, by=act.by, act_id=act_id, position=position)

    if not expected:
        with transaction.atomic():
            end("", None)
        return
    staged = entries.stage_many(
        act,
        batches(staging, how),
        folder=run.folder,
        progress=_counted(progress, "Working out what is due", len(expected)),
    )

    def also(taken: TakenMany) -> None:
        _refuse_twins(staging, how)
        end(taken.act_id, ledger.head().position)

    entries.bring_in(
        act,
        staged,
        expected=expected,
        also=also,
        at=run.now() if run.now else None,
        progress=_counted(progress, "Bringing in", staged.n_entries),
    )


def _counted(progress: Progress, doing: str, of: int) -> Callable[[int], None]:
    """Return what is told how many more are done, and passes on how many are done in all."""
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        progress(doing, done, of)

    return count


def batches(
    staging: sqlite3.Connection, how: Comparing
) -> Iterator[tuple[StreamRef, list[NewEntry]]]:
    """Yield what was accepted and changed, a stream's entries together, one stream in memory."""
    # Child by child, by the index: sorted at once, a million rows would be held in memory.
    for child, _, identifier in staging.execute(_STREAMS, _VERDICTS):
        stream = _stream(child)
        rows = staging.execute(_COMING, (how.prefix, identifier, *_VERDICTS))
        yield stream, [_entry(stream, row) for row in rows]


def _entry(stream: StreamRef, row: tuple[Any, ...]) -> NewEntry:
    kind, occurred_on, source, keys, fields, outcome, until, at, corrects = row
    return NewEntry(
        stream=stream,
        kind=kind,
        occurred_on=date.fromisoformat(occurred_on),
        time=time.fromisoformat(at) if at else None,
        outcome=outcome,
        keys=json.loads(keys),
        fields=json.loads(fields),
        until=date.fromisoformat(until) if until else None,
        corrects=corrects,
        source=source,
    )


def _questions(staging: sqlite3.Connection, act: Act, run: str) -> Sequence[Question]:
    return [
        Question(
            question=new_id(),
            run=run,
            child=child,
            kind=kind,
            source=source,
            entry=entry,
            why=why,
            theirs=json.loads(theirs),
            digest=digest,
            asked_at=act.at,
        )
        for child, kind, source, entry, why, theirs, digest in staging.execute(_QUESTIONS)
    ]


def _refuse_twins(staging: sqlite3.Connection, how: Comparing) -> None:
    """Ask once more, with the writer held, whether a new child's number is still nobody else's."""
    rows = staging.execute("SELECT identifier, child FROM known WHERE is_new")
    coming: dict[str, str] = dict(rows.fetchall())
    if any(coming[number] != child for number, child in how.known.numbered(coming)):
        raise Twin


def _stream(child: str) -> StreamRef:
    return AUTHORITY if child == AUTHORITY.id else child_stream(child)
