"""The rows that follow from one adult's stream (B7)."""

from collections.abc import Hashable
from typing import Any

from caseward.record.people import models, names, periods, search_words
from caseward.record.people.child_rows import day_field
from caseward.rules.facts.entries import Event, Record

NEEDS = "person_needs.recorded"
MODELS: tuple[type[models.OfPerson], ...] = (models.WayToReach,)


def rows_of(record: Record) -> list[models.Projection]:
    """Return the adult and the ways to reach them, unsaved."""
    return [person_of(record), *_ways(record)]


def person_of(record: Record) -> models.Person:
    """Return the adult as named, with language and needs as last said."""
    events = sorted(record.events, key=lambda event: (event.occurred_on, event.position))
    said = _last_said(events)
    name, family_name = said.get("name", ""), said.get("family_name", "")
    died = [event.occurred_on for event in events if event.kind == "person.died"]
    born = [day_field(event, "born_on") for event in events if event.kind == "person.registered"]
    return models.Person(
        id=record.child,
        name=name,
        family_name=family_name,
        known_as=said.get("known_as", ""),
        sort_key=names.sort_key(name, family_name),
        search_words=search_words.of(
            name, said.get("known_as", ""), born_on=born[-1] if born else None
        ),
        search_number=search_words.number_of(record.child),
        born_on=born[-1] if born else None,
        died_on=died[-1] if died else None,
        language=said.get("language") or "",
        needs_interpreter=said.get("interpreter") == "yes",
        reading_needs=said.get("reading_needs") or "",
        access_needs=said.get("access_needs") or "",
    )


def _last_said(events: list[Event]) -> dict[str, Any]:
    """Merge what names and needs were last said; one who never said a thing has none.

    Needs that are said to be empty are none any more.
    """
    said: dict[str, Any] = {}
    for event in events:
        if event.kind == NEEDS:
            said |= event.fields
        elif event.kind in ("person.registered", "person.renamed"):
            said |= {name: value for name, value in event.fields.items() if value}
    return said


def _ways(record: Record) -> list[models.Projection]:
    def about(event: Event) -> Hashable:
        return event.keys.get("way_to_reach")

    return [
        models.WayToReach(
            id=period.event.entry_id,
            person=record.child,
            from_on=period.event.occurred_on,
            until_on=period.until_on,
            way=period.event.fields["way"],
            address=period.event.fields.get("address") or "",
            is_safe=period.event.fields.get("is_safe") == "yes",
            note=period.event.fields.get("note") or "",
        )
        for period in periods.of(
            record.events,
            begins="way_to_reach.recorded",
            ends="way_to_reach.ended",
            about=about,
        )
    ]
