"""What an act on one child's record must say on brothers' and sisters' records too (M37).

The engine reads one child's record alone, so a sibling's birth and plan are written on both by
the same act, and put right on both by the same act.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from caseward.record.ledger import queries
from caseward.record.ledger.acts import Act, NewEntry, child_stream
from caseward.record.people import queries as people
from caseward.rules.facts import record as records
from caseward.rules.facts.entries import Event
from caseward.rules.facts.kinds import Vocabulary
from caseward.work import entries
from caseward.work.casework import identity

BORN = "child.born"
RECORDED = "sibling.recorded"
PLAN = "child_protection_plan"


def echoes_of(act: Act, new: Sequence[NewEntry]) -> tuple[NewEntry, ...]:
    """Return the entries to be written beside these on the records of brothers and sisters."""
    vocabulary = entries.vocabulary_now()
    told = [each for each in new if _matters(each, vocabulary)]
    return tuple(
        echo
        for number, each in enumerate(told)
        for echo in _echoes(act, each, vocabulary, number=number)
    )


def _matters(new: NewEntry, vocabulary: Vocabulary) -> bool:
    return new.kind == BORN or _says_plan(new.kind, vocabulary)


def _says_plan(kind: str, vocabulary: Vocabulary) -> bool:
    declared = vocabulary.kinds.get(kind)
    return declared is not None and any(sets.state == PLAN for sets in declared.sets)


def _echoes(act: Act, new: NewEntry, vocabulary: Vocabulary, *, number: int) -> Iterator[NewEntry]:
    for link in people.siblings_of(new.stream.id):
        known = _known_of(link.sibling, new.stream.id)
        if known is None:
            continue
        name = f"sibling {number} {link.sibling}"
        if new.kind == BORN:
            yield _born(act, new, known, name)
        else:
            yield _on_plan(act, new, known, vocabulary, name)


def _known_of(sibling: str, child: str) -> Event | None:
    """Return what the sibling's record says of this child, the latest of it, if anything."""
    record = records.as_known(queries.entries_of(child_stream(sibling)), child=sibling)
    said = [
        event
        for event in record.events
        if event.kind == RECORDED and event.keys.get("sibling") == child
    ]
    return said[-1] if said else None


def _born(act: Act, new: NewEntry, known: Event, name: str) -> NewEntry:
    """Correct what the sibling's record says: a birth, its date put right, or none after all."""
    fields = {key: value for key, value in known.fields.items() if key != "born_on"}
    if new.withdraws is None:
        fields["born_on"] = new.occurred_on.isoformat()
    return NewEntry(
        stream=child_stream(known.child),
        kind=RECORDED,
        occurred_on=known.occurred_on,
        keys=known.keys,
        fields=fields,
        corrects=known.entry_id,
        entry_id=identity.made_from(act, name),
    )


def _on_plan(act: Act, new: NewEntry, known: Event, vocabulary: Vocabulary, name: str) -> NewEntry:
    """Say from the same day on whether the child is on a plan; a withdrawal takes it back."""
    begins = any(sets.state == PLAN and not sets.ends for sets in vocabulary.kinds[new.kind].sets)
    is_on_plan = begins == (new.withdraws is None)
    fields: dict[str, Any] = {**known.fields, "on_plan": "yes" if is_on_plan else "no"}
    return NewEntry(
        stream=child_stream(known.child),
        kind=RECORDED,
        occurred_on=max(new.occurred_on, known.occurred_on),
        keys=known.keys,
        fields=fields,
        entry_id=identity.made_from(act, name),
    )


def both_ways(
    act: Act, child: str, sibling: str, *, same_household: str, on_plan: Iterable[str]
) -> tuple[NewEntry, ...]:
    """Return the two entries that say, on each record, that the other is a brother or sister.

    `on_plan` names those of the two who are on a child protection plan.
    """
    born = {each.id: each.born_on for each in people.children([child, sibling]).values()}
    plans = set(on_plan)
    made = []
    for of, about in ((child, sibling), (sibling, child)):
        born_on = born.get(about)
        made.append(
            NewEntry(
                stream=child_stream(of),
                kind=RECORDED,
                occurred_on=act.today,
                keys={"sibling": about},
                fields={
                    **({"born_on": born_on.isoformat()} if born_on else {}),
                    "on_plan": "yes" if about in plans else "no",
                    "same_household": same_household,
                },
                entry_id=identity.made_from(act, f"sibling of {of}"),
            )
        )
    return tuple(made)
