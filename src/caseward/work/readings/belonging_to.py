"""Which plan, proceedings, placement, meeting or person an entry may belong to, for its form.

What begins something new is never joined to an older one unasked: the form offers a new one. A
meeting that was held or called off is not offered to what arranges, moves or holds one.
"""

from datetime import date

from caseward.record.people import models
from caseward.rules.engine import law_words
from caseward.rules.facts.entries import Event
from caseward.rules.facts.kinds import EventKind
from caseward.rules.procedures.model import Procedure
from caseward.work.readings import looks, naming, roles, words
from caseward.work.readings import values as values_of
from caseward.work.readings.looks import ChildLook

OF_THE_TASK = "The one that this task is about"
NEW = {"person": "Somebody who is not on this list"}
_MEETING = "meeting"
_OVER = ("held", "cancelled")
# What begins an action or a request goes by another noun than its key does.
_BEGINS = {"action": "remedial_timescale.set", "file_request": "archived_files.requested"}


def choices(look: ChildLook, kind: EventKind, key: str) -> dict[str, str]:
    """Return what an event of the kind may belong to, the latest first, with a new one if it may."""
    known = _known(look, kind, key)
    if key in naming.NAMING_KEYS:
        known |= _people_involved(look, known)
    is_named = key in naming.NAMING_KEYS
    if begins(look, kind, key) and (known or not is_named):
        known[new_of(look, key)] = NEW.get(key, "A new one, not on this list")
    return known


def chosen(look: ChildLook, kind: EventKind, key: str, known: dict[str, str]) -> str | None:
    """Return which one stands chosen in an empty form; None where only the person can tell.

    Whom something is about is never guessed. What begins something takes up the only one that has
    not begun so yet (proceedings prepared before they are issued), or else a new one.
    """
    if key in naming.NAMING_KEYS:
        return None
    if begins(look, kind, key):
        begun = {event.keys.get(key) for event in look.record.events if event.kind == kind.id}
        new = new_of(look, key)
        waiting = [value for value in known if value not in begun and value != new]
        return None if len(waiting) > 1 else (waiting or [new])[0]
    still = [value for value in known if value in _still_open(look, key)]
    only = still if len(still) == 1 else list(known)
    return only[0] if len(only) == 1 else None


def begins(look: ChildLook, kind: EventKind, key: str) -> bool:
    """Tell whether an event of the kind begins something of its own under the key."""
    noun, verb = kind.id.split(".")[0], kind.id.split(".")[-1]
    if key == _MEETING:
        return verb == "arranged"
    if kind.id == _BEGINS.get(key):
        return True
    for procedure in look.asked.rulebook.procedures:
        if procedure.key == key and kind.id in _openers(procedure):
            return True
    return noun.endswith(key) and any(
        kind.id in law_words.kinds_of(step.starts_when)
        for procedure in look.asked.rulebook.procedures
        for edition in procedure.editions
        for step in edition.steps
        if key in step.same
    )


def new_of(look: ChildLook, key: str) -> str:
    """Return a value for a new one, the same each time the form of one record is made."""
    taken = {event.keys[key] for event in look.record.events if key in event.keys}
    number = len(taken) + 1
    while f"{key}-{number}" in taken:
        number += 1
    return f"{key}-{number}"


def name_of(look: ChildLook, value: str, *, otherwise: str = OF_THE_TASK) -> str:
    """Return an event, a person or a role by name; free words are a name already."""
    for event in look.record.events:
        if event.entry_id == value:
            return _began(look, event)
    if len(value) == values_of.ID_LENGTH:
        return values_of.names_of(look.asked.asker, [value]).get(value, otherwise)
    return roles.title(value)


def _openers(procedure: Procedure) -> set[str]:
    return {
        kind
        for edition in procedure.editions
        for opening in edition.opens
        for kind in law_words.kinds_of(opening.trigger)
    }


def _known(look: ChildLook, kind: EventKind, key: str) -> dict[str, str]:
    noun = kind.id.split(".")[0]
    is_meeting = key == _MEETING and f"{noun}.held" in look.asked.vocabulary.kinds
    found: dict[str, str] = {}
    planned: dict[str, str] = {}
    over: set[str] = set()
    for event in look.record.events:
        named = event.keys.get(key)
        if not named or (is_meeting and event.kind.split(".")[0] != noun):
            continue
        found.setdefault(named, _began(look, event))
        if isinstance(day := event.fields.get("planned_on"), str):
            planned[named] = f", planned for {words.short_day(date.fromisoformat(day))}"
        if is_meeting and event.kind.split(".")[-1] in _OVER:
            over.add(named)
    if key == "sibling":
        # One whom the asker may not see has neither name nor id here.
        return looks.names_of(child for child in found if looks.may_see(look.asked.asker, child))
    if key in naming.NAMING_KEYS:
        # Several were asked on one day: only who they are tells them apart.
        return {whom: name_of(look, whom, otherwise=found[whom]) for whom in found}
    return {
        named: f"{said}{planned.get(named, '')}"
        for named, said in reversed(found.items())
        if named not in over
    }


def _people_involved(look: ChildLook, known: dict[str, str]) -> dict[str, str]:
    """Return the adults involved who are not among those known already, by name."""
    involved = looks.rows_of(look, models.PersonInvolved)
    adults = looks.adults(look.asked, (row.person for row in involved))
    return {
        row.person: f"{adults[row.person].name} ({row.relationship.replace('_', ' ')})"
        for row in involved
        if row.person in adults and row.person not in known
    }


def _still_open(look: ChildLook, key: str) -> frozenset[str]:
    """Return the values under which a procedure of that key is open on the day."""
    keyed = {each.id for each in look.asked.rulebook.procedures if each.key == key}
    return frozenset(
        episode.episode_key
        for episode in look.evaluation.episodes
        if episode.procedure in keyed and episode.is_open_on(look.asked.as_of)
    )


def _began(look: ChildLook, event: Event) -> str:
    kind = look.asked.vocabulary.kinds.get(event.kind)
    return f"{kind.title if kind else event.kind}, {words.short_day(event.occurred_on)}"
