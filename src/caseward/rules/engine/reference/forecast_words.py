"""The forecast in sentences: each line says what is foreseen and on what it rests."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from caseward.rules.engine import wording
from caseward.rules.engine.reference import assumptions
from caseward.rules.engine.reference.assumptions import Assumption
from caseward.rules.engine.reference.recurrences import Recurrence
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.facts.kinds import Vocabulary


def assumed(rows: tuple[Assumption, ...], vocabulary: Vocabulary, as_of: date) -> Iterator[str]:
    """Yield a line for each thing foreseen; papers or people of one duty and day share a line."""

    def told(row: Assumption) -> tuple[date, str, str, str]:
        return row.on, row.step, fact(row, vocabulary), rests_on(row, vocabulary, as_of)

    for (on, _, what, why), same in groupby(rows, key=told):
        names = [_name(row) for row in same if row.about]
        about = f": {', '.join(dict.fromkeys(names))}" if names else ""
        yield f"{wording.day(on)}  {what}{about}, {why}."


def fact(row: Assumption, vocabulary: Vocabulary) -> str:
    """Return the fact with its outcome: Discharge Meeting held (Discharge agreed).

    Of one without an outcome what was chosen on it is told: Document filed: Bundle.
    """
    title = wording.kind_title(vocabulary, row.kind)
    if not (row.about or row.outcome):
        title = ": ".join([title, *_chosen(row, vocabulary)])
    return f"{title} ({outcome(row.kind, row.outcome, vocabulary)})" if row.outcome else title


def _chosen(row: Assumption, vocabulary: Vocabulary) -> Iterator[str]:
    kind = vocabulary.kinds.get(row.kind)
    for field in kind.fields if kind is not None else ():
        value = row.event.fields.get(field.name)
        if value is not None and field.choices:
            yield field.choices.get(str(value)) or wording.plain(str(value))


def outcome(kind_id: str, code: str, vocabulary: Vocabulary) -> str:
    """Return what an outcome of a kind is called."""
    kind = vocabulary.kinds.get(kind_id)
    return (kind.outcomes.get(code) if kind is not None else None) or wording.plain(code)


def rests_on(row: Assumption, vocabulary: Vocabulary, as_of: date) -> str:
    """Return what has to be so for it to happen on that day."""
    if row.follows:
        act = wording.kind_title(vocabulary, row.follows)
        return f"if that is the same day as “{act}”"
    usual = ", with the usual outcome" if row.outcome else ""
    if row.expected_on is None:
        return f"if it is done as soon as it can be{usual}; no time is given for it"
    if row.is_planned:
        return f"if it is held on the day planned{usual}"
    if row.expected_on < as_of and row.on == as_of:
        was = "the usual time was" if row.is_usual else "it was due on"
        return f"if it is done today{usual}; {was} {wording.day(row.expected_on)}"
    how = "takes the usual time" if row.is_usual else "is done on its last day"
    return f"if it {how}{usual}"


def recurring(row: Recurrence, rulebook: Rulebook) -> str:
    """Return one time that a recurring duty comes round, as a line."""
    when = wording.day(row.taken_on)
    if row.is_planned:
        return f"{when}  {row.title}, if it is held on the day planned."
    by = "by the usual time" if row.is_usual else "at the latest"
    if row.due_on < row.taken_on:
        was = "the usual time was" if row.is_usual else "it was due on"
        return f"{when}  {row.title}, if it is done today; {was} {wording.day(row.due_on)}."
    return f"{when}  {row.title}, {by}; {_counted(row, rulebook)}."


def _counted(row: Recurrence, rulebook: Rulebook) -> str:
    if row.counted_from is None:
        return "as the record stands"
    day = wording.day(row.counted_from)
    if row.is_assumed:
        return f"if the one before is done on {day}"
    if not row.counted_from_kind:
        return f"counted from {day}"
    title = wording.kind_title(rulebook.vocabulary, row.counted_from_kind)
    return f"counted from “{title}” on {day}"


def ending(closed_by: str, rows: tuple[Assumption, ...], vocabulary: Vocabulary) -> str:
    """Return what is foreseen to end the episode; empty where no assumed fact does."""
    row = next((one for one in rows if one.event.entry_id == closed_by), None)
    return f"with “{fact(row, vocabulary)}”" if row is not None else ""


def _name(row: Assumption) -> str:
    return row.about if row.kind == assumptions.PAPER else wording.role(row.about)
