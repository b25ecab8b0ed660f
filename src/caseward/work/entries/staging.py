"""Making an import ready beside the store: checked, hashed and evaluated, the writer free (S6)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from caseward.record.ledger import queries
from caseward.record.ledger import staging as ledger_staging
from caseward.record.ledger.acts import Act, NewEntry, StreamRef
from caseward.record.ledger.staging import File
from caseward.rules.facts.entries import Entry
from caseward.work.entries import checking, crews, joining, rulebooks, staged_tables
from caseward.work.entries.portions import Coming

NAME = "entries.sqlite3"
ENTRIES_AT_ONCE = 2_000
STREAMS_AT_ONCE = 250

Batch = tuple[StreamRef, Sequence[NewEntry]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedMany:
    """An import that is ready to be brought in, in counts, and the file that holds it."""

    path: Path
    n_entries: int
    n_children: int
    digest: str


def stage_many(
    act: Act,
    batches: Iterable[Batch],
    *,
    folder: Path,
    progress: Callable[[int], None] | None = None,
) -> StagedMany:
    """Make many children's entries ready in a file in the folder; nothing is recorded yet.

    Shapes: batches, each stream once, read as they are needed; large inputs are worked out in
    several processes. `progress` is told how many more children are ready.
    Errors: NotPermitted, Refused, as `take_in_many`; ValueError where a stream comes twice.
    """
    rules = rulebooks.rules_at(on=act.today)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    n_entries = n_children = 0
    with ledger_staging.opened(path, anew=True) as file:
        staged_tables.make(file)
        file.run("BEGIN")
        for made in crews.made(_portions(act, batches, file), rules, act.at):
            file.put("fact", ledger_staging.N_COLUMNS, made.facts)
            staged_tables.put(file, made.rows)
            n_entries += len(made.facts)
            n_children += made.n_children
            if progress is not None:
                progress(made.n_children)
        file.run("COMMIT")
        digest = ledger_staging.digest(file)
    return StagedMany(path=path, n_entries=n_entries, n_children=n_children, digest=digest)


def _portions(act: Act, batches: Iterable[Batch], file: File) -> Iterator[list[Coming]]:
    """Yield the batches by some thousand entries, each with what is on its stream already."""
    joined = joining.now()
    asked: set[tuple[str, str]] = set()
    seen: set[StreamRef] = set()
    last = 0
    for some in _some(batches):
        seqs = queries.seqs(stream for stream, _ in some)
        _ask_permission(act, some, seqs, first=last + 1, asked=asked, file=file)
        stored = _stored(seqs)
        portion = []
        for stream, new in some:
            if stream in seen:
                raise ValueError(f"The stream {stream} comes twice: bring its entries together.")
            seen.add(stream)
            alone = joined.read_with([stream.id]) == {stream.id}
            coming = Coming(
                number=len(seen),
                first=last + 1,
                stream=stream,
                stored=stored.get(stream, ()),
                new=new,
                is_evaluated=stream.kind == "child" and alone,
            )
            ledger_staging.put_stream(file, coming.number, stream, seqs[stream])
            last += len(new)
            portion.append(coming)
        yield portion


def _some(batches: Iterable[Batch]) -> Iterator[list[Batch]]:
    some: list[Batch] = []
    n_entries = 0
    for batch in batches:
        some.append(batch)
        n_entries += len(batch[1])
        if n_entries >= ENTRIES_AT_ONCE or len(some) >= STREAMS_AT_ONCE:
            yield some
            some, n_entries = [], 0
    if some:
        yield some


def _stored(seqs: Mapping[StreamRef, int]) -> dict[StreamRef, tuple[Entry, ...]]:
    """Return the entries of the children among the streams that have any."""
    return queries.entries_of_all(
        stream for stream, seq in seqs.items() if seq and stream.kind == "child"
    )


def _ask_permission(
    act: Act,
    some: Iterable[Batch],
    seqs: Mapping[StreamRef, int],
    *,
    first: int,
    asked: set[tuple[str, str]],
    file: File,
) -> None:
    """Ask of each kind that was not asked of yet whether the doer may record it on such a stream.

    Which entries were asked about is written down, to ask again when they are brought in.
    """
    new_kinds = {}
    every = ((stream, entry) for stream, new in some for entry in new)
    for number, (stream, entry) in enumerate(every, start=first):
        if (stream.kind, entry.kind) not in asked:
            asked.add((stream.kind, entry.kind))
            new_kinds[number] = entry
    checking.refuse_unpermitted(act, list(new_kinds.values()), seqs=seqs)
    file.put("asked", 1, ((number,) for number in new_kinds))
