"""Saying that a worker is away or back, and who does their work meanwhile (B6)."""

from collections.abc import Iterator
from datetime import date

from caseward.record.access.reaches import REVIEWERS
from caseward.record.ledger.acts import AUTHORITY, Act, NewEntry, StreamRef, child_stream
from caseward.record.people import models
from caseward.record.people import queries as people
from caseward.work import entries
from caseward.work.casework import identity
from caseward.work.entries import Problem, Taken
from caseward.work.entries.errors import Refused
from caseward.work.worklists.responsible import ALLOCATED


def begin(act: Act, worker: str, *, since: date, back_on: date | None, reason: str) -> Taken:
    """Say that a worker is away from a day on, until the day on which they are back if it is known.

    Errors: Refused where they are back before they go, or are no worker here.
    """
    if worker not in people.workers([worker]):
        raise Refused([_problem("worker", "Choose somebody who works here.")])
    if back_on is not None and back_on <= since:
        raise Refused([_problem("back_on", "The day back must be after the first day away.")])
    said = {"worker": worker, "reason": reason}
    return entries.take_in(act, (_entry(act, AUTHORITY, "absence.begun", since, said, back_on),))


def back(act: Act, worker: str, *, on: date) -> Taken:
    """Say that a worker is back on a day."""
    return entries.take_in(act, (_entry(act, AUTHORITY, "absence.ended", on, {"worker": worker}),))


def stand_in(act: Act, absence: models.Absence, worker: str) -> Taken:
    """Say that a worker does all that another does, in each of their roles, while that one is away.

    Errors: Refused where the stand-in is that worker, is away too, or would review children without
    holding the role for it: reviewing stays independent (B6).
    """
    whom, since = absence.worker, max(absence.from_on, act.today)
    held = people.roles_of(whom, since)
    roles = {row.role for row in held if not row.stands_in_for}
    _refuse_unfit(worker, absence, since, roles)
    made = tuple(_entries(act, absence, worker, since, held))
    if not made:
        raise Refused([_problem("worker", "Whoever is away holds no role that could pass on.")])
    return entries.take_in(act, made, confirmed=True)


def _refuse_unfit(worker: str, absence: models.Absence, since: date, roles: set[str]) -> None:
    if worker == absence.worker or worker not in people.workers([worker]):
        raise Refused([_problem("worker", "Choose somebody else who works here.")])
    if worker in people.away_on(since):
        raise Refused([_problem("worker", "They are away then too. Choose somebody who is there.")])
    own = {row.role for row in people.roles_of(worker, since) if not row.stands_in_for}
    if (roles & set(REVIEWERS)) - own:
        raise Refused([
            _problem(
                "worker",
                "Whoever stands in for a reviewing officer or a conference chair must be one: "
                "choose somebody who holds that role.",
            )
        ])  # fmt: skip


def _entries(
    act: Act,
    absence: models.Absence,
    worker: str,
    since: date,
    held: tuple[models.RoleHeld, ...],
) -> Iterator[NewEntry]:
    """Yield a role in each team where it is held; for children alone, of those children only.

    Held in no team, a role that is a team's to share would be held for the whole authority.
    """
    own = [row for row in held if not row.stands_in_for]
    places = {(row.role, row.for_team) for row in own if not row.child}
    in_teams = {role for role, _ in places}
    places |= {(row.role, "") for row in own if row.child and row.role in ALLOCATED - in_teams}
    said = {"worker": worker, "stands_in_for": absence.worker}
    for role, team in sorted(places):
        fields = {**said, "role": role} | ({"for_team": team} if team else {})
        yield _entry(act, AUTHORITY, "role.held", since, fields, absence.until_on)
    for row in own:
        if row.child and row.role not in ALLOCATED | in_teams:
            stream = child_stream(row.child)
            yield _entry(
                act, stream, "role.held", since, {**said, "role": row.role}, absence.until_on
            )


def _entry(
    act: Act,
    stream: StreamRef,
    kind: str,
    on: date,
    fields: dict[str, str],
    until: date | None = None,
) -> NewEntry:
    name = " ".join((kind, stream.id, fields.get("role", ""), fields.get("for_team", "")))
    return NewEntry(
        stream=stream,
        kind=kind,
        occurred_on=on,
        until=until,
        fields=fields,
        entry_id=identity.made_from(act, name),
    )


def _problem(field: str, sentence: str) -> Problem:
    return Problem(field=field, sentence=sentence, kind="refused")
