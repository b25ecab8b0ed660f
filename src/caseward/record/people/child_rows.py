"""The rows that follow from one child's record: pure, so a page of a past day can ask too."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import Any

from caseward.record.people import models, names, periods, search_words
from caseward.rules.facts.entries import Event, Record

MODELS: tuple[type[models.Projection], ...] = (
    models.PersonInvolved,
    models.ParentalResponsibility,
    models.MeetingBar,
    models.SiblingLink,
    models.NamedAccess,
    models.OutsideId,
    models.Unheld,
)


def rows_of(record: Record) -> list[models.Projection]:
    """Return every row of people that this child's record makes, unsaved.

    A record without `child.registered` (an import of facts alone) makes a child without a name.
    """
    child, roles = child_of(record), roles_held(record.events, child=record.child)
    return [
        child,
        *_involved(record),
        *_responsible(record),
        *_barred(record),
        *_siblings(record),
        *_named(record),
        *_outside_ids(record),
        *roles,
        *unheld(child, roles),
    ]


def child_of(record: Record) -> models.Child:
    """Return the child as the record names and dates them (B2)."""
    named = _latest_of(record, "child.registered", "child.renamed", "child.born", having="name")
    fields = named.fields if named else {}
    name, family_name = fields.get("name", ""), fields.get("family_name", "")
    known_as = _latest_field(record, "known_as", "child.registered", "child.renamed")
    expected = _latest_of(record, "birth.expected")
    closing = _latest_of(record, "record.closed", "record.reopened")
    joined = _latest_of(record, "record.joined")
    born_on = _day_of(_latest_of(record, "child.born"))
    return models.Child(
        id=record.child,
        name=name,
        family_name=family_name,
        known_as=known_as,
        sort_key=names.sort_key(name, family_name),
        search_words=search_words.of(name, known_as, born_on=born_on, numbers=_numbers(record)),
        search_number=search_words.number_of(record.child),
        is_working_name=fields.get("working_name") == "yes",
        sex=_latest_field(record, "sex", "child.registered"),
        born_on=born_on,
        expected_on=day_field(expected, "expected_on") if expected else None,
        died_on=_day_of(_latest_of(record, "child.died")),
        registered_on=_day_of(_first_of(record, "child.registered")),
        closed_on=_day_of(closing) if closing and closing.kind == "record.closed" else None,
        joined_to=joined.fields["other"] if joined else "",
    )


def roles_held(events: Iterable[Event], *, child: str) -> list[models.RoleHeld]:
    """Return the roles held for a child, or (child "") in the authority and its teams."""

    def about(event: Event) -> Hashable:
        said = event.fields
        return tuple(said.get(name, "") for name in ("role", "worker", "team", "for_team"))

    return [
        models.RoleHeld(
            id=period.event.entry_id,
            child=child,
            from_on=period.event.occurred_on,
            until_on=period.until_on,
            **_texts(period.event, "role", "worker", "team", "for_team", "stands_in_for"),
        )
        for period in periods.of(events, begins="role.held", ends="role.ended", about=about)
    ]


def unheld(child: models.Child, roles: Iterable[models.RoleHeld]) -> list[models.Unheld]:
    """Return the days on which nobody holds a role for a child, each span a row."""
    free_from, spans = child.registered_on or date.min, []
    for row in sorted(roles, key=lambda row: row.from_on):
        if row.until_on is not None and row.until_on <= row.from_on:
            continue
        if row.from_on > free_from:
            spans.append((free_from, row.from_on))
        free_from = max(free_from, row.until_on or models.NEVER)
    if free_from < models.NEVER:
        spans.append((free_from, models.NEVER))
    return [
        models.Unheld(id=f"{child.id}.{place}", child=child.id, from_on=since, until_on=until)
        for place, (since, until) in enumerate(spans)
    ]


def day_field(event: Event, name: str) -> date | None:
    """Return a date field of an event, None where it was left out."""
    text = event.fields.get(name)
    return date.fromisoformat(text) if text else None


def _involved(record: Record) -> list[models.Projection]:
    return [
        models.PersonInvolved(
            **_held(record, period),
            **_texts(period.event, "person", "relationship", "note"),
            may_know_of_child=_yes(period.event, "may_know_of_child"),
            lives_with_child=_yes(period.event, "lives_with_child"),
        )
        for period in _periods(record, "person.involved", "involvement.ended", "person")
    ]


def _responsible(record: Record) -> list[models.Projection]:
    return [
        models.ParentalResponsibility(
            **_held(record, period), **_texts(period.event, "person", "source")
        )
        for period in _periods(
            record,
            "parental_responsibility.held",
            "parental_responsibility.ended",
            "person",
        )
    ]


def _barred(record: Record) -> list[models.Projection]:
    def about(event: Event) -> Hashable:
        return frozenset((event.fields["person"], event.fields["other_person"]))

    return [
        models.MeetingBar(
            **_held(record, period), **_texts(period.event, "person", "other_person", "reason")
        )
        for period in periods.of(
            record.events, begins="meeting_bar.recorded", ends="meeting_bar.ended", about=about
        )
    ]


def _siblings(record: Record) -> list[models.Projection]:
    """One row a sibling: of several entries the latest stands, under the first one's id."""
    latest: dict[str, Event] = {}
    first: dict[str, Event] = {}
    for event in record.events:
        if event.kind == "sibling.recorded" and (sibling := event.keys.get("sibling", "")):
            latest[sibling] = event
            first.setdefault(sibling, event)
    return [
        models.SiblingLink(
            id=first[sibling].entry_id,
            child=record.child,
            sibling=sibling,
            from_on=first[sibling].occurred_on,
            until_on=event.until,
            born_on=day_field(event, "born_on"),
            is_on_plan=_yes_or_unknown(event, "on_plan"),
            is_same_household=_yes_or_unknown(event, "same_household"),
        )
        for sibling, event in latest.items()
    ]


def _named(record: Record) -> list[models.Projection]:
    return [
        models.NamedAccess(
            # One entry names several workers, and a row needs an id of its own.
            id=f"{period.event.entry_id}.{place}",
            child=record.child,
            from_on=period.event.occurred_on,
            until_on=period.until_on,
            worker=worker,
        )
        for period in periods.of(
            record.events,
            begins="named_access.begun",
            ends="named_access.ended",
            about=lambda _event: "named access",
        )
        for place, worker in enumerate(_names(period.event, "workers"))
    ]


def _outside_ids(record: Record) -> list[models.Projection]:
    return [
        models.OutsideId(**_held(record, period), **_texts(period.event, "scheme", "value"))
        for period in _periods(record, "outside_id.recorded", "outside_id.ended", "scheme", "value")
    ]


def _numbers(record: Record) -> list[str]:
    """Return the numbers that other systems give the child, those ended left out."""
    return [
        period.event.fields.get("value") or ""
        for period in _periods(record, "outside_id.recorded", "outside_id.ended", "scheme", "value")
        if period.until_on is None
    ]


def _periods(record: Record, begins: str, ends: str, *names: str) -> list[periods.Period]:
    def about(event: Event) -> Hashable:
        return tuple(event.fields.get(name) for name in names)

    return periods.of(record.events, begins=begins, ends=ends, about=about)


def _held(record: Record, period: periods.Period) -> dict[str, Any]:
    return {
        "id": period.event.entry_id,
        "child": record.child,
        "from_on": period.event.occurred_on,
        "until_on": period.until_on,
    }


def _texts(event: Event, *names: str) -> dict[str, str]:
    return {name: event.fields.get(name) or "" for name in names}


def _names(event: Event, name: str) -> list[str]:
    said = event.fields.get(name) or []
    return [part.strip() for part in said.split(",")] if isinstance(said, str) else list(said)


def _yes(event: Event, name: str) -> bool:
    return event.fields.get(name) == "yes"


def _yes_or_unknown(event: Event, name: str) -> bool | None:
    return {"yes": True, "no": False}.get(event.fields.get(name, ""))


def _latest_of(record: Record, *kinds: str, having: str = "") -> Event | None:
    return _chosen(record, kinds, having, max)


def _first_of(record: Record, *kinds: str) -> Event | None:
    return _chosen(record, kinds, "", min)


def _chosen(
    record: Record, kinds: tuple[str, ...], having: str, choose: Callable[..., Event]
) -> Event | None:
    found = [
        event
        for event in record.events
        if event.kind in kinds and (not having or event.fields.get(having))
    ]
    if not found:
        return None
    return choose(found, key=lambda event: (event.occurred_on, event.position))


def _latest_field(record: Record, name: str, *kinds: str) -> str:
    found = _latest_of(record, *kinds, having=name)
    return found.fields[name] if found else ""


def _day_of(event: Event | None) -> date | None:
    return event.occurred_on if event else None
