"""Settles a child's rows in every room, in the one order: people, tasks, worklists (S4, S5)."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import models, transaction

from caseward.record.ledger import maintenance, operations, queries
from caseward.record.ledger.acts import StreamRef, child_stream
from caseward.record.people import kinds as people_kinds
from caseward.record.people import settle as people
from caseward.rules.engine import reference
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import Evaluation
from caseward.rules.facts import record as records
from caseward.rules.facts.entries import Entry, Record
from caseward.work.entries import joining, rulebooks
from caseward.work.entries.joining import Joined
from caseward.work.entries.rulebooks import Rules
from caseward.work.tasks import queries as tasks_queries
from caseward.work.tasks import settle as tasks
from caseward.work.worklists import settle as worklists
from caseward.work.worklists.models import OwedTask


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One child's whole record, and what follows from it."""

    child: str
    record: Record
    evaluation: Evaluation


def weigh(
    child: str,
    entries: Mapping[str, Sequence[Entry]],
    rulebook: Rulebook,
    *,
    joined: Joined,
) -> Weighed:
    """Return what follows from a child's entries, as it is to be kept.

    Shapes: entries by child, of this one and of every record that is read as one with it (M39).
    """
    record = records.as_known(entries[child], child=child)
    members = joined.members_of(child)
    read = record
    if joined.main_of(child) != child:
        return Weighed(child=child, record=record, evaluation=_nothing(child))
    if len(members) > 1:
        every = [entry for member in members for entry in entries[member]]
        read = records.as_known(every, child=child, joined=members)
    # No day is named: the rows must be right on every later one (M20).
    evaluation = reference.evaluate(read, rulebooks.for_child(rulebook, read))
    return Weighed(child=child, record=record, evaluation=evaluation)


_LATELY: OrderedDict[str, tuple[object, Weighed]] = OrderedDict()
_N_LATELY = 256


def weigh_before(
    child: str, entries: Mapping[str, Sequence[Entry]], rules: Rules, *, joined: Joined
) -> Weighed:
    """Return what follows from a child's entries as they stood, from what was weighed last if it is so.

    One act after another on one record is the rule: what the last one led to is what the next
    begins with. Equal entries under equal rules are asked for, so that nothing else can be told.
    """
    of = _weighed_of(child, entries, rules, joined)
    kept = _LATELY.get(child)
    if kept is not None and kept[0] == of:
        return kept[1]
    return weigh(child, entries, rules.rulebook, joined=joined)


def note_weighed(
    entries: Mapping[str, Sequence[Entry]], rules: Rules, weighed: Weighed, *, joined: Joined
) -> None:
    """Keep what was weighed for the next act on the same record; the oldest goes."""
    _LATELY[weighed.child] = (_weighed_of(weighed.child, entries, rules, joined), weighed)
    _LATELY.move_to_end(weighed.child)
    if len(_LATELY) > _N_LATELY:
        _LATELY.popitem(last=False)


def _weighed_of(
    child: str, entries: Mapping[str, Sequence[Entry]], rules: Rules, joined: Joined
) -> object:
    """All that an evaluation is made of; of a position only the order that it gives means anything."""
    members = [child, *joined.members_of(child), joined.main_of(child)]
    return rules.to, [
        [replace(entry, position=0) for entry in entries.get(member, ())] for member in members
    ]


def weigh_stored(child: str, rulebook: Rulebook, *, position: int | None = None) -> Weighed:
    """Return what follows from what the ledger holds of a child, up to a position."""
    joined = joining.now()
    refs = {child_stream(member): member for member in joined.read_with([child])}
    stored = queries.entries_of_all(refs, position=position)
    entries = {refs[ref]: kept for ref, kept in stored.items()}
    return weigh(child, entries, rulebook, joined=joined)


def settle(weighed: Weighed, rules: Rules, *, with_people: bool) -> None:
    """Make every room's rows of the child follow its record.

    `with_people` is false where nothing that was recorded can change who is who.
    """
    if with_people:
        people.child(weighed.record)
    tasks.settle(weighed.child, weighed.evaluation, to=rules.to)
    worklists.settle(weighed.child, weighed.evaluation)


def each_row(weighed: Weighed, rules: Rules) -> Iterator[tuple[type[models.Model], dict[str, Any]]]:
    """Yield every row of every room that follows from a child's record, in the rooms' order."""
    yield from people.each_row(weighed.record)
    yield from tasks.each_row(weighed.evaluation, to=rules.to)
    for row in worklists.rows_of(weighed.evaluation.tasks):
        yield OwedTask, row


def settle_fresh(weighed: Iterable[Weighed], rules: Rules) -> None:
    """Write the rows of children that have none, in every room, many children at once."""
    rows: dict[type[models.Model], list[dict[str, Any]]] = {}
    for each in weighed:
        for model, row in each_row(each, rules):
            rows.setdefault(model, []).append(row)
    for model, new in rows.items():
        tasks.fill(model, new)


def settle_people(stream: StreamRef) -> None:
    """Make the people rows of an adult's stream, or of the authority's, follow its entries."""
    if stream.kind == "person":
        entries = queries.entries_of(stream)
        people.person(records.as_known(entries, child=stream.id))
    else:
        entries = queries.entries_of(stream, kinds=people_kinds.STAFF_KINDS)
        people.authority(records.as_known(entries, child=stream.id))


def settle_on_reading(children: Iterable[str], *, on: date) -> None:
    """Settle those of the children whose rows do not follow the authority's facts yet (S5).

    While saving waits nobody's page does: the children are read as they were settled last.
    """
    wanted = sorted(set(children))
    if not wanted or maintenance.stands_on(on):
        return
    rules = rulebooks.rules_at(on=on)
    settled = tasks_queries.settled_to(wanted)
    for child in wanted:
        if settled.get(child) != rules.to:
            _settle_again(child, rules)


def children_behind(*, on: date, among: Iterable[str] | None = None) -> frozenset[str]:
    """Return the children, of all or among some, whose rows do not follow the authority yet."""
    behind = tasks_queries.behind(rulebooks.rules_at(on=on).to)
    if among is not None:
        behind = behind.filter(child__in=tuple(among))
    return frozenset(behind.order_by("child").values_list("child", flat=True))


def n_behind(*, on: date) -> int:
    """Return how many children's rows do not follow the authority's facts yet."""
    return len(children_behind(on=on))


def settle_behind(
    *, on: date, at_most: int | None = None, progress: Callable[[int], None] | None = None
) -> int:
    """Settle children whose rows are behind the authority's facts; return how many are left.

    One child a transaction, those with the earliest date first, so that late ones come first; where
    it is stopped it goes on from when called again. `progress` is told of each child.
    """
    rules = rulebooks.rules_at(on=on)
    behind = tasks_queries.behind(rules.to)
    wanted = tuple(behind.order_by("child").values_list("child", flat=True))
    for child in tasks_queries.late_first(wanted, on)[:at_most]:
        _settle_again(child, rules)
        if progress is not None:
            progress(1)
    return behind.count()


def _settle_again(child: str, rules: Rules) -> None:
    with transaction.atomic():
        operations.lock_streams(map(child_stream, joining.now().read_with([child])))
        weighed = weigh_stored(child, rules.rulebook)
        if weighed.record.known_position:
            settle(weighed, rules, with_people=False)


def _nothing(child: str) -> Evaluation:
    return Evaluation(child=child, episodes=(), tasks=())
