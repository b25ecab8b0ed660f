"""Who is away: of the asker's own teams and services, with who stands in and what is left (B6)."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from caseward.record.access.askers import Asker
from caseward.record.people import kinds, models
from caseward.record.people import queries as people
from caseward.work.readings import banner, looks
from caseward.work.readings.looks import Asked
from caseward.work.readings.shapes import AbsenceLine, WhoIsAway

AHEAD = timedelta(weeks=12)


def page(asker: Asker, *, as_of: date) -> WhoIsAway:
    """Return who is away or will be within some weeks, among those the asker works with."""
    asked = looks.ask(asker, as_of=as_of)
    near = _colleagues(asked)
    sees_why = may_say_of_others(asker)
    away = [
        row
        for row in people.absences(as_of, until=as_of + AHEAD)
        if near is None or row.worker in near
    ]
    names = {row.id: row.name for row in people.all_workers(as_of)}
    wanted = sorted(names if near is None else near & names.keys(), key=lambda each: names[each])
    own = asker.worker or ""
    said_of = [own, *(each for each in wanted if each != own)] if sees_why else [own]
    return WhoIsAway(
        banner=banner.page(asker, as_of=as_of),
        lines=tuple(_line(asked, row, names, sees_why=sees_why) for row in away),
        workers=tuple((each, names[each]) for each in said_of if each in names),
        others=tuple((each, names[each]) for each in wanted),
        reasons=tuple(kinds.ABSENCES.items()),
    )


def absence(absence_id: str) -> models.Absence | None:
    """Return one absence as it stands."""
    return models.Absence.objects.filter(id=absence_id).first()


def may_say_of_others(asker: Asker) -> bool:
    """Return whether the asker's roles may say of others that they are away, and who stands in."""
    declared = kinds.STAFF_KINDS["absence.begun"]
    return asker.is_system or bool(set(declared.recorded_by) & set(asker.roles))


def _colleagues(asked: Asked) -> set[str] | None:
    """Return who is in the teams of the asker's own services; None for who works across all."""
    own = asked.asker.worker or ""
    held = [row for row in people.roles_of(own, asked.as_of) if not row.child]
    if may_say_of_others(asked.asker) and any(not row.for_team for row in held):
        return None
    parents = {team.id: team.part_of for team in people.teams()}
    tops = {_top(row.for_team, parents) for row in held if row.for_team}
    teams = {team for team in parents if _top(team, parents) in tops}
    rows = people.held_in_teams(teams, asked.as_of)
    return {own, *(row.worker for row in rows if row.worker)}


def _top(team: str, parents: dict[str, str]) -> str:
    seen = {team}
    while (above := parents.get(team, "")) and above not in seen:
        seen.add(above)
        team = above
    return team


def _line(
    asked: Asked, row: models.Absence, names: dict[str, str], *, sees_why: bool
) -> AbsenceLine:
    is_own = row.worker == asked.asker.worker
    day = max(row.from_on, asked.as_of)
    return AbsenceLine(
        absence_id=row.id,
        worker_id=row.worker,
        name=names.get(row.worker, "Somebody who has left"),
        from_on=row.from_on,
        back_on=row.until_on,
        is_now=row.from_on <= asked.as_of,
        reason_words=kinds.ABSENCES.get(row.reason, "") if is_own or sees_why else "",
        stand_ins=tuple(dict.fromkeys(_stand_ins(row.worker, day, names))),
        n_children=people.n_children_of(row.worker, day),
        may_change=is_own or sees_why,
        may_choose=sees_why,
    )


def _stand_ins(whom: str, day: date, names: dict[str, str]) -> Iterator[str]:
    rows: Iterable[models.RoleHeld] = people.standing_in_for(whom, day)
    away = people.away_on(day)
    yield from (names.get(row.worker, "") for row in rows if row.worker not in away)
