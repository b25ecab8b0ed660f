"""The values of an entry's fields in words: dates as people write them, ids as names."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseward.record.access import policy
from caseward.record.access.askers import Asker
from caseward.record.people import queries as people
from caseward.rules.facts.entries import Entry
from caseward.rules.facts.kinds import Field
from caseward.work.readings import names_then, roles, words
from caseward.work.readings.looks import Asked

YES_NO = {"yes": "Yes", "no": "No"}
ID_LENGTH = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What ids stand for, looked up once for all the entries shown."""

    names: Mapping[str, str]

    @classmethod
    def of(cls, asker: Asker, entries: Iterable[Entry]) -> "Values":
        """Return the names behind the ids that these entries hold, as far as the asker may know."""
        return cls(names=names_of(asker, _ids_in(entries)))

    @classmethod
    def as_known(cls, asked: Asked, entries: Iterable[Entry]) -> "Values":
        """Return the same names as they were known when the question says."""
        return cls(names=known_names(asked, _ids_in(entries)))

    def name(self, code: str) -> str:
        """Return the name behind an id, a role's title, or the words themselves; an unknown id: ""."""
        return self.names.get(code, "") if len(code) == ID_LENGTH else roles.title(code)

    def words(self, field: Field | None, value: Any) -> str:
        """Return one field's value in words."""
        if isinstance(value, list | tuple):
            return words.listed(str(part) for part in value)
        text = str(value)
        kind = field.type if field else "text"
        if kind == "yes_no" or (field is None and text in YES_NO):
            return YES_NO.get(text, text)
        if kind == "date":
            return _day(text)
        if kind == "choice" and field is not None:
            return field.choices.get(text, text)
        if kind == "task":
            return "a task on this record"
        if field is not None and field.name == "role":
            return roles.title(text)
        return self.names.get(text, text)


def known_names(asked: Asked, ids: Collection[str]) -> Mapping[str, str]:
    """Return what they were called, as known when the question says: then, or now."""
    if asked.position is None:
        return names_of(asked.asker, ids)
    return names_then.of(asked, ids)


def names_of(asker: Asker, ids: Collection[str]) -> dict[str, str]:
    """Return what workers, adults and teams with these ids are called, and children if seen."""
    if not ids:
        return {}
    return {
        **people.team_names(ids),
        **dict(policy.visible_to(asker).filter(pk__in=ids).values_list("id", "name")),
        **{each.id: each.name for each in people.persons(ids).values()},
        **{each.id: each.name for each in people.workers(ids).values()},
    }


def _ids_in(entries: Iterable[Entry]) -> set[str]:
    return {
        value
        for entry in entries
        for value in (*entry.fields.values(), *entry.keys.values())
        if isinstance(value, str) and len(value) == ID_LENGTH
    }


def _day(text: str) -> str:
    try:
        return words.short_day(date.fromisoformat(text))
    except ValueError:
        return text
