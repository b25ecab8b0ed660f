"""Whether two facts are one: what a row says beside what is recorded.

Two systems name a plan, a placement or a meeting by ids of their own, so such keys tell nothing when
held together; a key that names a person does. Of most kinds a child has one a day; where several are
usual, a field tells them apart.
"""

from collections.abc import Mapping
from typing import Any

from caseward.work.exchange.imports.standing import Said

NAMES_A_PERSON = frozenset({"sibling", "recipient", "person", "worker", "team"})
TELLS_APART: Mapping[str, tuple[str, ...]] = {
    "role.held": ("role", "worker", "team", "for_team"),
    "role.ended": ("role", "worker", "team", "for_team"),
    "paper.given": ("paper",),
    "outside_id.recorded": ("scheme",),
    "other_system_date.told": ("duty", "row"),
    "tracker_note.recorded": ("column",),
    "person.involved": ("person",),
    "parental_responsibility.held": ("person",),
    "worker.registered": ("name",),
    "team.formed": ("name",),
}
"""Fields that make two facts of a kind and day different facts, where they differ."""
STANDS_AS_FIRST_TOLD = frozenset({"part_way"})
"""Fields that say how much of the past the first file held: a later file holds less, and changes nothing."""
ONCE = frozenset({"child.born", "child.died", "birth.expected"})
"""Kinds that happen once: on another day it is the same fact, said otherwise."""


def is_the_same_again(says: Said, said: Said, *, on_sight: bool) -> bool:
    """Tell whether a row says what it said before; a day that the file does not give is left out."""
    return (
        (on_sight or says.occurred_on == said.occurred_on)
        and (says.outcome or None) == (said.outcome or None)
        and (says.until or None) == (said.until or None)
        and (says.time or None) == (said.time or None)
        and says.keys == said.keys
        and _but_for(says.fields) == _but_for(said.fields)
    )


def may_be_one(kind: str, says: Said, stands: Said, *, on_sight: bool) -> bool:
    """Tell whether a fact may be the very one recorded, whatever their values."""
    is_its_day = on_sight or kind in ONCE or says.occurred_on == stands.occurred_on
    return (
        is_its_day
        and _shared_agree(says.keys, stands.keys, NAMES_A_PERSON)
        and _shared_agree(says.fields, stands.fields, TELLS_APART.get(kind, ()))
    )


def agree(says: Said, stands: Said, *, on_sight: bool) -> bool:
    """Tell whether two facts that may be one say nothing against each other."""
    return (
        (on_sight or says.occurred_on == stands.occurred_on)
        and _either(says.outcome, stands.outcome)
        and _either(says.until, stands.until)
        and _either(says.time, stands.time)
        and _shared_agree(says.fields, stands.fields, says.fields.keys())
    )


def _but_for(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: said for name, said in fields.items() if name not in STANDS_AS_FIRST_TOLD}


def _either(one: str | None, other: str | None) -> bool:
    return not one or not other or one == other


def _shared_agree(one: Mapping[str, Any], other: Mapping[str, Any], names: Any) -> bool:
    return all(
        not one.get(name) or not other.get(name) or one[name] == other[name] for name in names
    )
