"""The fields of a kind as a form asks for them, with the choices that this child's record gives."""

from collections.abc import Iterator, Mapping
from typing import Any

from caseward.record.access import policy
from caseward.record.people import models
from caseward.record.people import queries as people
from caseward.rules.engine.tasks import Role, Status, Task
from caseward.rules.facts.kinds import EventKind, Field
from caseward.work.readings import belonging_to, child_page, law, lines, looks, words
from caseward.work.readings.lines import Told
from caseward.work.readings.looks import ChildLook
from caseward.work.readings.shapes import FormField

YES_NO = (("yes", "Yes"), ("no", "No"))
A_SIBLING = "A brother or sister"
# Fields of which the law says only that they name a paper: which papers there are, the record says.
PAPER_WITHDRAWN = ("paper.withdrawn", "paper")
PART_NOT_APPLICABLE = ("paper.not_applicable", "part")
KEY_WORDS: Mapping[str, str] = {
    "placement": "Which placement",
    "meeting": "Which meeting",
    "review": "Which review",
    "plan": "Which plan",
    "proceedings": "Which proceedings",
    "challenge": "Which IRO challenge",
    "discrepancy": "Which discrepancy",
    "sibling": "Which brother or sister",
    "cin_plan": "Which child in need plan",
    "person": "Whom it is about",
    "recipient": "To whom, or from whom",
    "direction": "Which direction of the court",
    "action": "Which action to put it right",
    "work": "Which piece of work",
    "request": "Which request to see the record",
    "breach": "Which loss of personal data",
    "file_request": "Which request for old files",
    "paper_version": "Which version of the paper",
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
        (
            _key_title(key),
            belonging_to.choices(look, kind, key).get(value) or belonging_to.name_of(look, value),
        )
        for key, value in keys.items()
        if key in kind.keys
    )


def _fields(look: ChildLook, kind: EventKind, values: Mapping[str, Any]) -> Iterator[FormField]:
    yield FormField(
        name="occurred_on",
        title="Date of birth" if kind.id == "child.born" else "When did it happen?",
        type="date",
        is_required=True,
        hint=_day_hint(kind),
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
            yield _own(look, kind, field, values.get(f"fields.{field.name}"))
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


def _day_hint(kind: EventKind) -> str:
    if not kind.plans:
        return ""
    if kind.id.endswith((".arranged", ".rearranged")):
        return "The day on which it was arranged, not the day it is planned for."
    return "The day it was said or decided. A day that it sets has a field of its own."


def _own(look: ChildLook, kind: EventKind, field: Field, value: Any) -> FormField:
    return FormField(
        name=f"fields.{field.name}",
        title=field.title,
        type=field.type,
        is_required=field.required,
        hint=field.hint,
        choices=_choices(look, kind, field),
        value=value,
        # What may differ between brothers and sisters is asked of each: seen, spoken to, choices.
        is_each=field.type in ("yes_no", "choice"),
        sensitivity=field.sensitivity,
    )


def _choices(look: ChildLook, kind: EventKind, field: Field) -> tuple[tuple[str, str], ...]:
    if (kind.id, field.name) == PAPER_WITHDRAWN:
        return tuple(_papers(look))
    if (kind.id, field.name) == PART_NOT_APPLICABLE:
        return tuple(_parts(look))
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


def _papers(look: ChildLook) -> Iterator[tuple[str, str]]:
    """Yield the papers that were given for the child, by title; all there are where none was."""
    given = look.asked.vocabulary.kinds.get("paper.given")
    declared = given.find_field("paper") if given is not None else None
    titles = declared.choices if declared is not None else {}
    recorded = {event.fields.get("paper") for event in look.record.events if given is not None
                and event.kind == given.id}  # fmt: skip
    yield from ((code, said) for code, said in titles.items() if not recorded or code in recorded)


def _parts(look: ChildLook) -> Iterator[tuple[str, str]]:
    """Yield the parts of the checklists that are still open, each once, by title."""
    told = child_page.told_of(look)
    found = {
        task.part: law.what_is_to_be_done(told.rulebook, task)
        for task in look.evaluation.tasks
        if task.role is Role.PART and _is_open(told, task)
    }
    yield from sorted(found.items(), key=lambda each: each[1])


def _tasks(look: ChildLook) -> Iterator[tuple[str, str]]:
    told = child_page.told_of(look)
    for task in look.evaluation.tasks:
        if task.role is not Role.WINDOW and _is_open(told, task):
            what = law.what_is_to_be_done(told.rulebook, task)
            yield task.key, f"{what} ({words.lower_first(_due(told, task))})"


def _is_open(told: Told, task: Task) -> bool:
    if task.opened_on > told.as_of:
        return False
    standing = lines.standing_of(told, task)
    return standing.is_listed and standing.status in (Status.OPEN, Status.WAITING)


def _due(told: Told, task: Task) -> str:
    return lines.due_words(told, task, lines.standing_of(told, task))


def _key(look: ChildLook, kind: EventKind, key: str, value: Any) -> Iterator[FormField]:
    """Yield the question which plan, placement or meeting it belongs to, where there are several.

    Where the record knows one, it is filled in; where it knows none, nothing is asked.
    """
    known = belonging_to.choices(look, kind, key)
    if value is not None and value not in known:
        otherwise = A_SIBLING if key == "sibling" else belonging_to.OF_THE_TASK
        named = belonging_to.name_of(look, str(value), otherwise=otherwise)
        known = {**known, str(value): named}
    if not known:
        return
    yield FormField(
        name=f"keys.{key}",
        title=_key_title(key),
        type="choice",
        is_required=False,
        choices=tuple(known.items()),
        value=value if value is not None else belonging_to.chosen(look, kind, key, known),
    )


def _key_title(key: str) -> str:
    return KEY_WORDS.get(key, f"Which {key.replace('_', ' ')}")
