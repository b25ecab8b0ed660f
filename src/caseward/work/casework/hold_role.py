"""Workers, teams, and the roles that are held in a team or for the whole authority."""

from datetime import date
from typing import NamedTuple

from caseward.record.ledger.acts import AUTHORITY, Act, NewEntry
from caseward.work import entries
from caseward.work.casework import identity
from caseward.work.entries import Taken


class Made(NamedTuple):
    """A worker or a team that was added, by its id."""

    id: str
    taken: Taken


def register_worker(
    act: Act, name: str, *, family_name: str = "", since: date | None = None
) -> Made:
    """Add a worker, who is not yet an account and holds no role."""
    worker = identity.made_from(act, "worker")
    said = {"name": name, "family_name": family_name}
    return Made(
        id=worker,
        taken=_take_in(act, "worker.registered", since or act.today, said, keys={"worker": worker}),
    )


def register_team(
    act: Act, name: str, *, kind: str = "team", part_of: str = "", since: date | None = None
) -> Made:
    """Add a team, or a service that teams are part of (`kind` "service")."""
    team = identity.made_from(act, "team")
    said = {"name": name, "kind": kind, "part_of": part_of}
    return Made(
        id=team,
        taken=_take_in(act, "team.formed", since or act.today, said, keys={"team": team}),
    )


def hold(
    act: Act,
    worker: str,
    role: str,
    *,
    since: date,
    until: date | None = None,
    team: str = "",
    stands_in_for: str = "",
) -> Taken:
    """Say that the worker holds the role from a day on, in a team or (without one) everywhere."""
    said = {"role": role, "worker": worker, "for_team": team, "stands_in_for": stands_in_for}
    return _take_in(act, "role.held", since, said, until=until)


def end(act: Act, worker: str, role: str, *, on: date, team: str = "") -> Taken:
    """Say that the worker's role ended on a day."""
    said = {"role": role, "worker": worker, "for_team": team}
    return _take_in(act, "role.ended", on, said)


def _take_in(
    act: Act,
    kind: str,
    on: date,
    said: dict[str, str],
    *,
    keys: dict[str, str] | None = None,
    until: date | None = None,
) -> Taken:
    return entries.take_in(
        act,
        (
            NewEntry(
                stream=AUTHORITY,
                kind=kind,
                occurred_on=on,
                until=until,
                keys=keys or {},
                fields={name: value for name, value in said.items() if value},
                entry_id=identity.made_from(act, kind),
            ),
        ),
    )
