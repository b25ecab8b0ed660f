"""What happened, as it is said once for one child or several, and the entries that it makes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from datetime import time as time_of_day
from typing import Any

from caseward.record.ledger.acts import Act, NewEntry, child_stream
from caseward.rules.facts.kinds import EventKind, Field
from caseward.work import entries
from caseward.work.casework import identity
from caseward.work.entries import Problem
from caseward.work.entries.errors import Refused

YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatHappened:
    """Something that happened on a day to one child, or to several on one occasion.

    `keys`, `fields` and `outcome` are said of every child; `each` adds or overrides for one: its
    names are "outcome", "keys.<name>" and "fields.<name>" (child seen, for each sibling).
    """

    kind: str
    occurred_on: date
    children: tuple[str, ...]
    time: time_of_day | None = None
    until: date | None = None
    outcome: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    each: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    source: str = ""


def entries_of(act: Act, what: WhatHappened) -> tuple[NewEntry, ...]:
    """Return an entry on each child's stream, sharing one occasion where there are several."""
    several = len(what.children) > 1
    occasion = identity.made_from(act, "occasion") if several else None
    return tuple(
        _entry_of(act, what, child, occasion=occasion) for child in dict.fromkeys(what.children)
    )


def correction_of(act: Act, what: WhatHappened, *, child: str, entry_id: str) -> NewEntry:
    """Return the entry that gives another entry of the child's these values instead."""
    return replace(
        _entry_of(act, what, child, occasion=None),
        corrects=entry_id,
        entry_id=identity.made_from(act, f"correction {entry_id}"),
    )


def read(
    kind: str,
    *,
    children: tuple[str, ...],
    values: Mapping[str, str],
    each: Mapping[str, Mapping[str, str]] | None = None,
) -> WhatHappened:
    """Return what a form's texts say, its names being those of `FormField`.

    Dates are ISO text and times HH:MM; an empty text says nothing.
    Errors: Refused, naming each field whose text is not what its kind declares.
    """
    declared = entries.vocabulary_now().kinds.get(kind)
    if declared is None:
        raise Refused([_problem("kind", "Choose what happened from the list.")])
    reading = _Reading(kind=declared)
    own = {
        child: {name: reading.value(name, text, child) for name, text in said.items() if text}
        for child, said in (each or {}).items()
    }
    common = {name: reading.value(name, text) for name, text in values.items() if text.strip()}
    if "occurred_on" not in common:
        reading.problems.append(_problem("occurred_on", "Enter the date on which it happened."))
    if reading.problems:
        raise Refused(reading.problems)
    return WhatHappened(
        kind=kind,
        occurred_on=common["occurred_on"],
        children=children,
        time=common.get("time"),
        until=common.get("until"),
        outcome=common.get("outcome"),
        keys=_named(common, "keys."),
        fields=_named(common, "fields."),
        each=own,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What is said of one child."""

    outcome: str | None
    keys: dict[str, str]
    fields: dict[str, Any]


def _entry_of(act: Act, what: WhatHappened, child: str, *, occasion: str | None) -> NewEntry:
    said = _said_of(what, child)
    return NewEntry(
        stream=child_stream(child),
        kind=what.kind,
        occurred_on=what.occurred_on,
        time=what.time,
        outcome=said.outcome,
        keys=said.keys,
        fields=said.fields,
        until=what.until,
        occasion=occasion,
        source=what.source or None,
        entry_id=identity.made_from(act, f"entry {child}"),
    )


def _said_of(what: WhatHappened, child: str) -> _Said:
    own = what.each.get(child, {})
    return _Said(
        outcome=own.get("outcome", what.outcome),
        keys={**what.keys, **_named(own, "keys.")},
        fields={**what.fields, **_named(own, "fields.")},
    )


def _named(values: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {
        name.removeprefix(prefix): value
        for name, value in values.items()
        if name.startswith(prefix)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """Reads texts by the fields that a kind declares, and gathers what cannot be read."""

    kind: EventKind
    problems: list[Problem] = field(default_factory=list)

    def value(self, name: str, text: str, child: str = "") -> Any:
        text = text.strip()
        declared = self.kind.find_field(name.removeprefix("fields."))
        try:
            if name in ("occurred_on", "until"):
                return date.fromisoformat(text)
            if name == "time":
                return time_of_day.fromisoformat(text)
            if name.startswith("fields.") and declared is not None:
                return _field_value(declared, text)
        except ValueError:
            self.problems.append(_problem(name, _unreadable(name, declared), child))
        return text


def _field_value(declared: Field, text: str) -> Any:
    """Return a field's value as the ledger keeps it: dates as ISO text, numbers as numbers."""
    match declared.type:
        case "date":
            return date.fromisoformat(text).isoformat()
        case "time":
            return time_of_day.fromisoformat(text).strftime("%H:%M")
        case "number":
            return int(text)
        case "names":
            return [name.strip() for name in text.replace(",", "\n").splitlines() if name.strip()]
        case "yes_no" if text not in YES_NO:
            raise ValueError(text)
        case "choice" if text not in declared.choices:
            raise ValueError(text)
        case _:
            return text


def _unreadable(name: str, declared: Field | None) -> str:
    if declared is None:
        return {
            "occurred_on": "The date on which it happened must be a real date, like 27 3 2026.",
            "until": "The date until which it holds must be a real date, like 27 3 2026.",
        }.get(name, "The time must be a time of day, like 14:30.")
    wanted = {
        "date": "must be a real date, like 27 3 2026.",
        "time": "must be a time of day, like 14:30.",
        "number": "must be a whole number, like 15.",
        "yes_no": "must be yes or no.",
    }.get(declared.type, "must be one of the choices.")
    return f"{declared.title} {wanted}"


def _problem(name: str, sentence: str, child: str = "") -> Problem:
    return Problem(field=name, sentence=sentence, kind="refused", child=child)
