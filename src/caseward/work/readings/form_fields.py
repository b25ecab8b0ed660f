"""The fields of a kind as a form asks for them, with the choices that this child's record gives."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from caseward.record.access import policy
from caseward.record.people import models
from caseward.record.people import queries as people
from caseward.rules.engine.tasks import Role, Status, Task
from caseward.rules.facts.entries import Event
from caseward.rules.facts.kinds import EventKind, Field
from caseward.work.readings import child_page, law, lines, looks, naming, roles, words
from caseward.work.readings import values as values_of
from caseward.work.readings.lines import Told
from caseward.work.readings.looks import ChildLook
from caseward.work.readings.shapes import FormField

YES_NO = (("yes", "Yes"), ("no", "No"))
OF_THE_TASK = "The one that this task is about"
A_SIBLING = "A brother or sister"
KEY_WORDS: Mapping[str, str] = {
    "placement": "Which placement",
    "meeting": "Which meeting",
    "review": "Which review",
    "recipient": "Which recipient",
    "plan": "Which plan",
    "proceedings": "Which proceedings",
    "challenge": "Which IRO challenge",
    "discrepancy": "Which discrepancy",
    "sibling": "Which brother or sister",
    "cin_plan": "Which child in need plan",
}


def of(look: ChildLook, kind: EventKind, values: Mapping[str, Any]) -> tuple[FormField, ...]:
    """Return the day, time and outcome first, then the kind's own fields, then what it belongs to.

    A field that the asker may not read is not asked for.
    """
    return tuple(_fields(look, kind, values))


def belonging(
    look: ChildLook, kind: EventKind, keys: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Return in words what an entry belongs to: which meeting, recipient or placement it names."""
    return tuple(
        (_key_title(key), _known(look, kind, key).get(value) or _name_of(look, value))
        for key, value in keys.items()
        if key in kind.keys
    )


def _fields(look: ChildLook, kind: EventKind, values: Mapping[str, Any]) -> Iterator[FormField]:
    yield FormField(
        name="occurred_on",
        title="Date of birth" if kind.id == "child.born" else "When did it happen?",
        type="date",
        is_required=True,
        hint="The day on which it was planned, not the day it is planned for."
        if kind.plans
        else "",
        value=values.get("occurred_on"),
    )
    if kind.has_time:
        yield FormField(
            name="time",
            title="At what time, if known",
            type="time",
            is_required=False,
            value=values.get("time"),
        )
    if kind.outcomes:
        yield FormField(
            name="outcome",
            title="How did it come out?",
            type="choice",
            is_required=True,
            choices=tuple(kind.outcomes.items()),
            value=values.get("outcome"),
            is_each=True,
        )
    for field in kind.fields:
        if policy.may_read_field(field, look.classes):
            yield _own(look, field, values.get(f"fields.{field.name}"))
    for key in kind.keys:
        yield from _key(look, kind, key, values.get(f"keys.{key}"))
    if kind.lasts or values.get("until"):
        yield FormField(
            name="until",
            title="Until when, if known",
            type="date",
            is_required=False,
            hint="The first day on which it no longer holds.",
            value=values.get("until"),
        )


def _own(look: ChildLook, field: Field, value: Any) -> FormField:
    return FormField(
        name=f"fields.{field.name}",
        title=field.title,
        type=field.type,
        is_required=field.required,
        hint=field.hint,
        choices=_choices(look, field),
        value=value,
        # What may differ between brothers and sisters is asked of each: seen, spoken to, choices.
        is_each=field.type in ("yes_no", "choice"),
        sensitivity=field.sensitivity,
    )


def _choices(look: ChildLook, field: Field) -> tuple[tuple[str, str], ...]:
    match field.type:
        case "yes_no":
            return YES_NO
        case "choice":
            return tuple(field.choices.items())
        case "person":
            return tuple(_people(look))
        case "task":
            return tuple(_tasks(look))
        case _:
            return ()


def _people(look: ChildLook) -> Iterator[tuple[str, str]]:
    """Yield adults involved with the child, then the people who work here."""
    involved = looks.rows_of(look, models.PersonInvolved)
    adults = looks.adults(look.asked, (row.person for row in involved))
    for row in involved:
        if row.person in adults:
            yield row.person, f"{adults[row.person].name} ({row.relationship.replace('_', ' ')})"
    for worker in people.all_workers(look.asked.as_of):
        yield worker.id, worker.name


def _tasks(look: ChildLook) -> Iterator[tuple[str, str]]:
    told = child_page.told_of(look)
    for task in look.evaluation.tasks:
        if task.role is not Role.WINDOW and _is_open(told, task):
            what = law.what_is_to_be_done(told.rulebook, task)
            yield task.key, f"{what} ({words.lower_first(_due(told, task))})"


def _is_open(told: Told, task: Task) -> bool:
    is_begun = task.opened_on <= told.as_of
    return is_begun and lines.standing_of(told, task).status in (Status.OPEN, Status.WAITING)


def _due(told: Told, task: Task) -> str:
    return lines.due_words(told, task, lines.standing_of(told, task))


def _key(look: ChildLook, kind: EventKind, key: str, value: Any) -> Iterator[FormField]:
    """Yield the question which plan, placement or meeting it belongs to, where there are several.

    Where the record knows one, it is filled in; where it knows none, nothing is asked.
    """
    known = _known(look, kind, key)
    if value is not None and value not in known:
        otherwise = A_SIBLING if key == "sibling" else OF_THE_TASK
        known = {**known, str(value): _name_of(look, str(value), otherwise=otherwise)}
    if not known:
        return
    only = next(iter(known)) if len(known) == 1 else None
    yield FormField(
        name=f"keys.{key}",
        title=_key_title(key),
        type="choice",
        is_required=False,
        choices=tuple(known.items()),
        value=value if value is not None else only,
    )


def _key_title(key: str) -> str:
    return KEY_WORDS.get(key, f"Which {key.replace('_', ' ')}")


def _known(look: ChildLook, kind: EventKind, key: str) -> dict[str, str]:
    """Return what an event of the kind may belong to; of meetings, those of its own noun alone."""
    noun = kind.id.split(".")[0]
    is_meeting = key == "meeting" and f"{noun}.held" in look.asked.vocabulary.kinds
    found: dict[str, str] = {}
    planned: dict[str, str] = {}
    for event in look.record.events:
        named = event.keys.get(key)
        if not named or (is_meeting and event.kind.split(".")[0] != noun):
            continue
        found.setdefault(named, _began(look, event))
        if isinstance(day := event.fields.get("planned_on"), str):
            planned[named] = f", planned for {words.short_day(date.fromisoformat(day))}"
    if key == "sibling":
        # One whom the asker may not see has neither name nor id here.
        return looks.names_of(child for child in found if looks.may_see(look.asked.asker, child))
    if key in naming.NAMING_KEYS:
        # Several were asked on one day: only who they are tells them apart.
        return {whom: _name_of(look, whom, otherwise=found[whom]) for whom in found}
    return {named: f"{said}{planned.get(named, '')}" for named, said in found.items()}


def _name_of(look: ChildLook, value: str, *, otherwise: str = OF_THE_TASK) -> str:
    """Return an event, a person or a role by name; free words are a name already."""
    for event in look.record.events:
        if event.entry_id == value:
            return _began(look, event)
    if len(value) == values_of.ID_LENGTH:
        return values_of.names_of(look.asked.asker, [value]).get(value, otherwise)
    return roles.title(value)


def _began(look: ChildLook, event: Event) -> str:
    kind = look.asked.vocabulary.kinds.get(event.kind)
    return f"{kind.title if kind else event.kind}, {words.short_day(event.occurred_on)}"
