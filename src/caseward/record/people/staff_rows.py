"""The rows that follow from the authority's stream: workers, teams, roles in them, who is away."""

from datetime import date

from caseward.record.people import models, names, periods
from caseward.record.people.child_rows import roles_held
from caseward.rules.facts.entries import Event, Record


def rows_of(record: Record) -> list[models.Projection]:
    """Return every worker, team and role held outside a child's record, and absences, unsaved."""
    events = sorted(record.events, key=lambda event: (event.occurred_on, event.position))
    return [
        *(_worker(event, events) for event in events if event.kind == "worker.registered"),
        *(_team(event, events) for event in events if event.kind == "team.formed"),
        *roles_held(events, child=""),
        *_absences(events),
    ]


def _worker(registered: Event, events: list[Event]) -> models.Worker:
    worker = registered.keys["worker"]
    named = [
        event
        for event in events
        if event.kind in ("worker.registered", "worker.renamed")
        and event.keys.get("worker") == worker
    ][-1]
    family_name = named.fields.get("family_name") or ""
    return models.Worker(
        id=worker,
        name=named.fields["name"],
        family_name=family_name,
        sort_key=names.sort_key(named.fields["name"], family_name),
        from_on=registered.occurred_on,
        left_on=_day_of("worker.left", "worker", worker, events),
    )


def _team(formed: Event, events: list[Event]) -> models.Team:
    team = formed.keys["team"]
    name = formed.fields["name"]
    return models.Team(
        id=team,
        name=name,
        # A team's name has no family name: it sorts by its first word.
        sort_key=names.BETWEEN_WORDS.join(names.words_of(name)),
        kind=formed.fields.get("kind") or "team",
        part_of=formed.fields.get("part_of") or "",
        from_on=formed.occurred_on,
        closed_on=_day_of("team.closed", "team", team, events),
    )


def _absences(events: list[Event]) -> list[models.Absence]:
    found = periods.of(
        events,
        begins="absence.begun",
        ends="absence.ended",
        about=lambda event: event.fields.get("worker"),
    )
    return [
        models.Absence(
            id=period.event.entry_id,
            worker=period.event.fields["worker"],
            reason=period.event.fields.get("reason") or "other",
            from_on=period.event.occurred_on,
            until_on=period.until_on,
        )
        for period in found
    ]


def _day_of(kind: str, key: str, value: str, events: list[Event]) -> date | None:
    days = [
        event.occurred_on for event in events if event.kind == kind and event.keys.get(key) == value
    ]
    return days[-1] if days else None
