"""Taking in many children's facts at once: an import is one act and one transaction (S6)."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain

from django.db import transaction

from caseward.record.ledger import keeping, operations, queries
from caseward.record.ledger.acts import Act, NewEntry, StreamRef, child_stream
from caseward.record.ledger.refusals import KeyReused
from caseward.work.entries import checking, joining, rulebooks, settling
from caseward.work.entries.answers import TakenMany
from caseward.work.entries.errors import KeyUsed
from caseward.work.entries.rulebooks import Rules
from caseward.work.tasks import queries as tasks_queries

CHILDREN_AT_ONCE = 250

Batch = tuple[StreamRef, Sequence[NewEntry]]


def take_in_many(
    act: Act, batches: Sequence[Batch], *, progress: Callable[[int], None] | None = None
) -> TakenMany:
    """Record many children's entries, each child's stream once, and settle them all, or nothing.

    The facts were checked against the vocabulary before; here only that their kinds are declared
    and may be recorded by who brings them. `progress` is told how many more children are settled.
    Errors: NotPermitted, Refused, KeyUsed; nothing is saved then.
    """
    streams = sorted({stream for stream, _ in batches})
    digest = operations.input_digest(_entries(batches))
    with transaction.atomic():
        seqs = operations.lock(act, streams)
        if earlier := answered(act, digest):
            return earlier
        checking.refuse_unpermitted(act, _one_of_each_kind(batches), seqs=seqs)
        rules = rulebooks.rules_at(on=act.today)
        span = operations.append_many(act, streams, _entries(batches), input_digest=digest)
        for some in _chunks(streams):
            _settle(some, rules)
            if progress is not None:
                progress(len(some))
        for stream in streams:
            if stream.kind != "child":
                settling.settle_people(stream)
        transaction.on_commit(partial(keeping.act_taken, at=act.at, is_large=True))
    return TakenMany(act_id=span.act_id, n_entries=span.count, n_children=len(streams))


def _entries(batches: Sequence[Batch]) -> Iterator[NewEntry]:
    return chain.from_iterable(entries for _, entries in batches)


def answered(act: Act, digest: str) -> TakenMany | None:
    """Return the first answer to an import's key in counts, None where it is new (S1)."""
    try:
        answer = operations.answered(act, digest)
    except KeyReused as problem:
        raise KeyUsed(problem) from problem
    if answer is None:
        return None
    return TakenMany(
        act_id=answer.act_id,
        n_entries=len(answer.entries),
        n_children=len({entry.child for entry in answer.entries}),
        was_recorded_before=True,
    )


def _one_of_each_kind(batches: Sequence[Batch]) -> list[NewEntry]:
    found: dict[tuple[str, str], NewEntry] = {}
    for stream, entries in batches:
        for new in entries:
            found.setdefault((stream.kind, new.kind), new)
    return list(found.values())


def _settle(streams: Sequence[StreamRef], rules: Rules) -> None:
    joined = joining.now()
    children = joined.read_with(stream.id for stream in streams if stream.kind == "child")
    stored = queries.entries_of_all(map(child_stream, children))
    entries = {ref.id: kept for ref, kept in stored.items()}
    weighed = [
        settling.weigh(child, entries, rules.rulebook, joined=joined) for child in sorted(children)
    ]
    settled = tasks_queries.settled_to(children)
    settling.settle_fresh([each for each in weighed if each.child not in settled], rules)
    for each in weighed:
        if each.child in settled:
            settling.settle(each, rules, with_people=True)


def _chunks(streams: Sequence[StreamRef]) -> Iterator[Sequence[StreamRef]]:
    for start in range(0, len(streams), CHILDREN_AT_ONCE):
        yield streams[start : start + CHILDREN_AT_ONCE]
