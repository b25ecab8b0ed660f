"""Whom or what a task is about, so that no two lines of a list read the same."""

from collections.abc import Iterable, Mapping
from datetime import date

from caseward.rules.engine.tasks import Task
from caseward.work.readings import roles, values, words
from caseward.work.readings.looks import Asked

# The keys of a task that name somebody or something; the others only tie entries together.
NAMING_KEYS = ("recipient", "person")


def about(task: Task, *, facts: Mapping[str, tuple[str, date]], people: Mapping[str, str]) -> str:
    """Return the recipient, the role, or the day of what a task is about; "" for none.

    Shapes: facts by the id of their entry, kind and day; people by id, their names.
    """
    if task.each in facts:
        return words.short_day(facts[task.each][1])
    named = task.each or next((task.keys[key] for key in NAMING_KEYS if task.keys.get(key)), "")
    if _is_id(named):
        return people.get(named, "")
    return roles.title(named) if named else ""


def of_two(duty: str, about_it: str) -> str:
    """Return a duty with whom or what it is about."""
    return f"{duty}: {about_it}" if about_it else duty


def people_of(asked: Asked, tasks: Iterable[Task]) -> Mapping[str, str]:
    """Return the names of the adults whom these tasks are about, by id."""
    named = {value for task in tasks for value in (task.each, *task.keys.values())}
    return values.known_names(asked, {value for value in named if _is_id(value)})


def _is_id(text: str) -> bool:
    return len(text) == values.ID_LENGTH
