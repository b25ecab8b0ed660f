"""The staged return goes in: everything checked first, then one commit.

Whether a fact is new is told by its source id: the same row again is a duplicate, and a row that now
says something else is refused with what is recorded, since a correction is a person's act.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from caseward.record.ledger import queries as ledger
from caseward.record.ledger.acts import Act, NewEntry, StreamRef, child_stream, new_id
from caseward.record.people import queries as people
from caseward.work import entries
from caseward.work.exchange.ssda903 import agreeing, mapping, reading, report
from caseward.work.exchange.ssda903.reading import Row, Staged
from caseward.work.exchange.ssda903.report import DuplicateRow, RefusedRow, Report

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done and of how many."""


@dataclass(slots=True)
class _Plan:
    """What the import would write, and what became of each row."""

    batches: list[tuple[StreamRef, list[NewEntry]]] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    duplicates: list[DuplicateRow] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    n_new: int = 0


def import_return(
    act: Act,
    files: Mapping[str, bytes],
    *,
    progress: Progress | None = None,
    is_trial: bool = False,
) -> Report:
    """Import the files of one return and account for every row.

    Shapes: files, content by file name. With `is_trial` everything is checked, nothing written.
    Errors: reading.ImportRefused before anything is written; a refusal of the store leaves nothing.
    """
    tell = progress or _silent
    tell("Reading and checking", 0, 1)
    known = people.outside_children(mapping.SCHEME)
    born_on = {identifier: child.born_on for identifier, child in known.items()}
    staged = agreeing.agreed(reading.stage(files, today=act.today), born_on)
    plan = _plan(staged, {identifier: child.child_id for identifier, child in known.items()}, act)
    tell("Reading and checking", 1, 1)
    if plan.batches and not is_trial:
        entries.take_in_many(act, plan.batches, progress=_counting(tell, of=len(plan.batches)))
    refused = (*staged.refused, *plan.refused)
    duplicates = (*staged.duplicates, *plan.duplicates)
    return Report(
        totals=report.totals(staged.read, refused, duplicates),
        refused=tuple(sorted(refused, key=_place)),
        duplicates=tuple(sorted(duplicates, key=_place)),
        facts=plan.kinds,
        children_new=plan.n_new,
        children_touched=len(plan.batches),
    )


def _counting(tell: Progress, *, of: int) -> Callable[[int], None]:
    """Return what is told of each portion of children and passes on how many are done in all."""
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        tell("Working out what is due", done, of)

    return count


def _silent(what: str, done: int, of: int) -> None:
    """Tell nobody."""


def _place(row: RefusedRow | DuplicateRow) -> tuple[str, int]:
    return row.file, row.row


def _plan(staged: Staged, known: Mapping[str, str], act: Act) -> _Plan:
    recorded = ledger.by_source(f"{mapping.SCHEME}:")
    plan = _Plan()
    for child in mapping.by_child(staged):
        child_id = known.get(child.identifier)
        stream = child_stream(child_id or new_id())
        new: list[NewEntry] = []
        if child_id is None:
            new += _registration(child, stream, act.today)
            plan.n_new += 1
        elif child.header is not None:
            plan.duplicates.append(_duplicate(child.header))
        new += _new_facts(child, stream, recorded, plan)
        if new:
            plan.kinds.update(entry.kind for entry in new)
            plan.batches.append((stream, new))
    return plan


def _registration(child: mapping.ChildFacts, stream: StreamRef, today: date) -> Iterator[NewEntry]:
    """Yield the entries that make a child of a Header row; the return holds no names."""
    if child.header is None or child.born_on is None:
        raise ValueError("a child without Header row is refused before it is planned")
    source = f"{mapping.SCHEME}:Header:{child.identifier}"
    sex = {"1": "male", "2": "female", "M": "male", "F": "female"}.get(child.header.cells["SEX"])
    fields = {"name": f"Child {child.identifier}"} | ({"sex": sex} if sex else {})
    yield NewEntry(
        stream=stream,
        kind="child.registered",
        occurred_on=today,
        fields=fields,
        source=f"{source}:child.registered",
    )
    yield NewEntry(
        stream=stream,
        kind="child.born",
        occurred_on=child.born_on,
        source=f"{source}:child.born",
    )
    yield NewEntry(
        stream=stream,
        kind="outside_id.recorded",
        occurred_on=today,
        fields={"scheme": mapping.SCHEME, "value": child.identifier},
        source=f"{source}:outside_id.recorded",
    )


def _new_facts(
    child: mapping.ChildFacts,
    stream: StreamRef,
    recorded: Mapping[str, "ledger.Sourced"],
    plan: _Plan,
) -> Iterator[NewEntry]:
    """Yield what is not recorded yet; note rows that are, and refuse rows that changed."""
    for row, facts in _by_row(child.facts):
        earlier = [recorded.get(fact.source) for fact in facts]
        changed = next(
            (fact for fact, was in zip(facts, earlier, strict=True) if was and _differs(fact, was)),
            None,
        )
        if changed is not None:
            plan.refused.append(_changed(row, changed, recorded[changed.source]))
        elif all(earlier):
            plan.duplicates.append(_duplicate(row))
        else:
            for fact, was in zip(facts, earlier, strict=True):
                if was is None:
                    yield _entry(fact, stream)


def _by_row(facts: Iterable[mapping.Fact]) -> Iterator[tuple[Row, list[mapping.Fact]]]:
    rows: dict[tuple[str, int], tuple[Row, list[mapping.Fact]]] = {}
    for fact in facts:
        rows.setdefault((fact.row.file, fact.row.number), (fact.row, []))[1].append(fact)
    yield from rows.values()


def _entry(fact: mapping.Fact, stream: StreamRef) -> NewEntry:
    return NewEntry(
        stream=stream,
        kind=fact.kind,
        occurred_on=fact.occurred_on,
        outcome=fact.outcome,
        keys=fact.keys,
        fields=fact.fields,
        until=fact.until,
        source=fact.source,
    )


def _differs(fact: mapping.Fact, was: "ledger.Sourced") -> bool:
    return (fact.occurred_on, fact.keys, fact.fields, fact.until) != (
        was.occurred_on,
        dict(was.keys),
        dict(was.fields),
        was.until,
    )


def _changed(row: Row, fact: mapping.Fact, was: "ledger.Sourced") -> RefusedRow:
    before = ", ".join(f"{name} {value}" for name, value in sorted(was.fields.items()))
    return RefusedRow(
        file=row.file,
        row=row.number,
        column="",
        code="changed",
        reason=f"This row was imported before and said otherwise ({fact.kind} on "
        f"{was.occurred_on:%d/%m/%Y}{', ' + before if before else ''}). Correct the entry on the "
        "child's page if the row is right.",
    )


def _duplicate(row: Row) -> DuplicateRow:
    return DuplicateRow(file=row.file, row=row.number, of="an earlier import")
