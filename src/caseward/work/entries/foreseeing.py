"""What the authority's own facts would change, child by child, before they are recorded (S5)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from caseward.record.ledger import queries
from caseward.record.ledger.acts import Act, NewEntry, child_stream
from caseward.rules.engine import status, what_if
from caseward.rules.engine.tasks import Evaluation, Task
from caseward.rules.engine.what_if import Difference
from caseward.rules.facts.entries import Entry
from caseward.work.entries import considering, joining, rulebooks, settling
from caseward.work.entries.rulebooks import Rules
from caseward.work.tasks import queries as tasks_queries

CHILDREN_AT_ONCE = 250
NEVER = date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What would change for one child: counts, how many would be late, and the earliest date.

    `digest` is that of the whole difference, as settling the child will make it.
    """

    child: str
    n_opened: int
    n_gone: int
    n_changed: int
    n_late: int
    due_on: date | None
    digest: str

    @property
    def order(self) -> tuple[bool, date, str]:
        """Return what to sort by: late ones first, then by what falls due first."""
        return (not self.n_late, self.due_on or NEVER, self.child)


def foresee(
    act: Act,
    new_entries: Sequence[NewEntry],
    *,
    texts: Iterable[str] = (),
    on: date,
    progress: Callable[[int], None] | None = None,
) -> tuple[Foreseen, ...]:
    """Return every child for whom something would change on a day, late ones first.

    Nothing is written. Both sides are the rules of that day, without the entries and with them, so
    that what is told is the entries' doing alone. `progress` is told how many more were looked at.
    """
    before = rulebooks.rules_at(on=on)
    drafts = considering.as_entries(act, (), new_entries, after=queries.head().position)
    after = rulebooks.rules_if(tuple(drafts), texts, on=on)
    if before.to.rules == after.to.rules:
        return ()
    found: list[Foreseen] = []
    children = iter(tasks_queries.every_child())
    while some := tuple(islice(children, CHILDREN_AT_ONCE)):
        found += _changed(some, before, after, on)
        if progress is not None:
            progress(len(some))
    return tuple(sorted(found, key=lambda one: one.order))


def _changed(children: Sequence[str], before: Rules, after: Rules, on: date) -> Iterator[Foreseen]:
    joined = joining.now()
    stored = queries.entries_of_all(map(child_stream, joined.read_with(children)))
    entries: dict[str, tuple[Entry, ...]] = {ref.id: kept for ref, kept in stored.items()}
    for child in children:
        one, other = (
            _in_order(settling.weigh(child, entries, rules.rulebook, joined=joined).evaluation)
            for rules in (before, after)
        )
        difference = what_if.difference(one, other, on)
        if not difference.is_empty:
            yield _foreseen(child, difference, after, on)


def _in_order(evaluation: Evaluation) -> Evaluation:
    """Return the evaluation in the order in which its rows are read, which its digest covers."""
    return replace(
        evaluation,
        tasks=tuple(sorted(evaluation.tasks, key=lambda task: (task.opened_on, task.key))),
        episodes=tuple(sorted(evaluation.episodes, key=lambda one: (one.opened_on, one.key))),
    )


def _foreseen(child: str, difference: Difference, rules: Rules, on: date) -> Foreseen:
    touched = [*difference.opened, *(change.after for change in difference.changed)]
    late = [task for task in touched if _is_late(task, rules, on)]
    due = [task.due_on for task in late or touched if task.due_on is not None]
    return Foreseen(
        child=child,
        n_opened=len(difference.opened),
        n_gone=len(difference.gone),
        n_changed=len(difference.changed),
        n_late=len(late),
        due_on=min(due, default=None),
        digest=difference.digest,
    )


def _is_late(task: Task, rules: Rules, on: date) -> bool:
    return status.standing_on(task, on, rules.rulebook.calendar).is_late
