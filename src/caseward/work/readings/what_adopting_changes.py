"""What adopting something would change, for which children: shown before it is done (S5)."""

from collections.abc import Callable
from dataclasses import dataclass

from caseward.record.access.askers import Asker
from caseward.record.ledger.acts import Act
from caseward.work.casework import adopt
from caseward.work.casework.authority_changes import AuthorityChange
from caseward.work.entries import Foreseen
from caseward.work.readings import looks


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedChange:
    """A child by name, and what would change for it."""

    name: str
    foreseen: Foreseen


def answer(
    asker: Asker,
    act: Act,
    change: AuthorityChange,
    *,
    progress: Callable[[int], None] | None = None,
) -> tuple[NamedChange, ...]:
    """Return every child for whom something would change on the change's day, late ones first.

    Nothing is recorded, save in the read log, before the first name leaves.
    """
    found = adopt.preview(act, change, progress=progress)
    children = [one.child for one in found]
    looks.write_log(looks.ask(asker, as_of=change.from_on), "what_adopting_changes", children)
    names = looks.names_of(children)
    return tuple(NamedChange(name=names.get(one.child, one.child), foreseen=one) for one in found)
