"""What the plain file may not say, told by row and column in the words of the page.

A cell that cannot be read is told by `plain`; here is what reads well and cannot be: a word that no
kind of event declares, and what cannot happen before the birth.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from caseward.rules.facts import checks
from caseward.rules.facts import record as records
from caseward.rules.facts.entries import Entry, Event
from caseward.rules.facts.kinds import Vocabulary

OF_THE_ROW = ("kind", "outcome", "occurred_on")


class CellProblem(NamedTuple):
    """What is wrong with one cell: its row in the file (the heading is row 1) and its column."""

    row: int
    column: str
    sentence: str


def problems(rows: Sequence[tuple[int, Entry]], vocabulary: Vocabulary) -> Iterator[CellProblem]:
    """Yield what the vocabulary does not allow of the rows, each with its row and column.

    Shapes: rows, each entry with the number of its row; births given by `born_on` among them.
    """
    for number, entry in rows:
        for problem in checks.unknown_words(entry, vocabulary):
            yield CellProblem(number, _column(problem.field, entry), problem.sentence)
    of_child = sorted(rows, key=lambda pair: pair[1].child)
    for child, group in groupby(of_child, key=lambda pair: pair[1].child):
        yield from _before_birth(child, list(group), vocabulary)


def _before_birth(
    child: str, rows: list[tuple[int, Entry]], vocabulary: Vocabulary
) -> Iterator[CellProblem]:
    """Only what stands is asked about: a wrong day that was corrected is history."""
    if not any(entry.kind in (checks.BORN, checks.EXPECTED) for _, entry in rows):
        return
    row_of = {entry.entry_id: number for number, entry in rows}
    record = records.as_known((entry for _, entry in rows), child=child)
    for event in record.events:
        kind = vocabulary.kinds.get(event.kind)
        if kind is None or kind.before_birth:
            continue
        for problem in checks.before_birth(event, kind, record):
            yield CellProblem(row_of[_standing(event)], problem.field, problem.sentence)


def _standing(event: Event) -> str:
    return event.corrected_by[-1] if event.corrected_by else event.entry_id


def _column(name: str, entry: Entry) -> str:
    if name in OF_THE_ROW:
        return name
    return "fields" if name in entry.fields else "keys"
