"""Bringing in what was staged: one short transaction that copies it into the store (S6)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial

from django.db import transaction

from caseward.record.ledger import keeping, operations, statistics
from caseward.record.ledger import staging as ledger_staging
from caseward.record.ledger.acts import Act, StreamRef
from caseward.work.entries import (
    bulk,
    checking,
    joining,
    rulebooks,
    settling,
    staged_tables,
    waiting,
)
from caseward.work.entries.answers import TakenMany
from caseward.work.entries.errors import MovedOn
from caseward.work.entries.rulebooks import Rules
from caseward.work.entries.staging import StagedMany

# From so many entries on, what the database knows of its tables is old.
SO_MANY_CHANGE_MUCH = 5_000


def bring_in(
    act: Act,
    staged: StagedMany,
    *,
    expected: Mapping[StreamRef, int] | None = None,
    also: Callable[[TakenMany], None] | None = None,
    at: datetime | None = None,
    progress: Callable[[int], None] | None = None,
) -> TakenMany:
    """Record what was staged, with all that follows from it, or nothing.

    A child whose stream moved on since it was staged is evaluated again here, and so is one that is
    read together with another. Where the authority's own facts moved on, the rows are those of the
    facts before, and each child is settled after it as after any such change (S5).
    `expected` are the places up to which somebody looked at the streams: where one is further on, it
    must be looked at again. `also` writes what belongs into the same transaction. A large import has
    people's saving wait (`waiting`); `at` is when it begins, the act's moment if none is given.
    `progress` is told how many more entries are in.
    Errors: NotPermitted, Refused, KeyUsed, MovedOn; nothing is saved then.
    """
    with ledger_staging.beside(staged.path) as source:
        numbered = operations.number_staged(act, source.file, input_digest=staged.digest)
        with waiting.saving_waits(staged.n_entries, at=at or act.at), transaction.atomic():
            streams = ledger_staging.streams(source.file)
            seqs = operations.lock(act, streams)
            if earlier := bulk.answered(act, staged.digest):
                return earlier
            _refuse_moved(seqs, expected or {})
            kinds = ledger_staging.one_of_each_kind(source.file)
            checking.refuse_unpermitted(act, kinds, seqs=seqs)
            # The rooms first, under the streams' locks alone: until the facts come after them, others
            # go on appending to other streams.
            staged_tables.copy(source)
            for n_more in operations.append_staged(act, numbered, source):
                if progress is not None:
                    progress(n_more)
            moved = {ref for ref, seq in streams.items() if seqs[ref] != seq}
            taken = TakenMany(
                act_id=numbered.row.act_id,
                n_entries=staged.n_entries,
                n_children=staged.n_children,
                n_evaluated_again=_settle_again(streams, moved, rulebooks.rules_at(on=act.today)),
            )
            if also is not None:
                also(taken)
            transaction.on_commit(partial(keeping.act_taken, at=act.at, is_large=True))
            if staged.n_entries >= SO_MANY_CHANGE_MUCH:
                transaction.on_commit(statistics.look_again)
    return taken


def _refuse_moved(seqs: Mapping[StreamRef, int], expected: Mapping[StreamRef, int]) -> None:
    moved = [ref for ref, seq in seqs.items() if expected.get(ref, seq) != seq]
    if moved:
        raise MovedOn(moved)


def _settle_again(streams: Iterable[StreamRef], moved: set[StreamRef], rules: Rules) -> int:
    """Settle what could not be staged, or moved on since; return how many children."""
    joined = joining.now()
    together = joined.read_with(joined.to)
    again = {
        ref.id for ref in streams if ref.kind == "child" and (ref in moved or ref.id in together)
    }
    children = joined.read_with(again)
    for child in sorted(children):
        weighed = settling.weigh_stored(child, rules.rulebook)
        settling.settle(weighed, rules, with_people=True)
    for ref in streams:
        if ref.kind != "child":
            settling.settle_people(ref)
    return len(children)
