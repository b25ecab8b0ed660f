"""Who holds the roles that owe a child's tasks, asked on the day (M27).

A role held for the child itself comes first; then one held in a team of the child's; then one held
for the whole authority. Where nobody holds it, the task is unallocated, on the manager's list.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from caseward.record.people import models
from caseward.record.people import queries as people
from caseward.work.readings import holders_then, roles
from caseward.work.worklists.responsible import ALLOCATED

# Beyond so many children the whole staff is read at once, and not those near the children.
FEW = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """The roles held on a day, ready to be asked child by child."""

    by_child: Mapping[tuple[str, str], tuple[models.RoleHeld, ...]]
    in_teams: Mapping[tuple[str, str], tuple[models.RoleHeld, ...]]
    teams_of: Mapping[str, tuple[str, ...]]
    members: Mapping[str, frozenset[str]]
    names: Mapping[str, str] = field(default_factory=dict)
    covers: Mapping[tuple[str, str], tuple[models.RoleHeld, ...]] = field(default_factory=dict)
    away: Mapping[str, models.Absence] = field(default_factory=dict)

    def of(self, child: str, role: str) -> tuple[models.RoleHeld, ...]:
        """Return who holds a role in relation to a child: own holders first, then stand-ins.

        Whoever stands in for a holder in all that they do stands in for them here too (B6).
        """
        own = self.by_child.get((child, role), ())
        if own or role in ALLOCATED:
            found = [cover for row in own for cover in self.covers.get((row.worker, role), ())]
            return (*own, *found)
        for team in self.teams_of.get(child, ()):
            in_team = self.in_teams.get((team, role), ())
            if in_team:
                return in_team
        return self.in_teams.get(("", role), ())

    def workers(self, child: str, role: str) -> frozenset[str]:
        """Return the ids of the workers who hold a role in relation to a child, teams opened."""
        rows = self.of(child, role)
        own = frozenset(row.worker for row in rows if row.worker)
        return own.union(*(self.members.get(row.team, frozenset()) for row in rows if row.team))

    def names_of(self, child: str, owners: Iterable[str]) -> tuple[str, ...]:
        """Return who is responsible, by name; a team by its name, a stand-in said as one."""
        found: list[str] = []
        for role in owners:
            found += [self._name(row) for row in self.of(child, role)]
        return tuple(dict.fromkeys(name for name in found if name))

    def _name(self, row: models.RoleHeld) -> str:
        name = self.names.get(row.worker or row.team, "")
        if name and row.worker in self.away:
            return f"{name} (away)"
        return f"{name} (standing in)" if name and row.stands_in_for else name

    def stands_in_for(self, child: str, owners: Iterable[str], worker: str) -> tuple[str, ...]:
        """Return the names of those for whom the worker does a task as their stand-in (B6)."""
        rows = [row for role in owners for row in self.of(child, role) if row.worker == worker]
        if any(not row.stands_in_for for row in rows):
            return ()
        names = (self.names.get(row.stands_in_for, "") for row in rows)
        return tuple(dict.fromkeys(name for name in names if name))

    def shown(self, child: str, wanted: Iterable[str]) -> Iterator[tuple[str, str, date | None]]:
        """Yield each role with who holds it and since when; "" and None where nobody does."""
        for role in wanted:
            rows = self.of(child, role)
            if not rows:
                yield role, "", None
            for row in rows:
                yield role, self._name(row), row.from_on

    def are_missing(self, child: str, owners: Collection[str]) -> bool:
        """Return whether nobody holds any of the roles that owe a task."""
        return bool(owners) and not any(self.of(child, role) for role in owners)

    def are_without_cover(self, child: str, owners: Collection[str]) -> bool:
        """Return whether all who hold a role that owes a task are away, stand-ins too (B6)."""
        rows = [row for role in owners for row in self.of(child, role)]
        return bool(rows) and all(row.worker in self.away for row in rows)


def on_day(day: date, children: Iterable[str], *, position: int | None = None) -> Holders:
    """Return the roles held on a day for these children, in teams, and in the authority.

    As known now; with a position, as the ledger said up to it.
    """
    wanted = sorted(set(children))
    if position is None:
        of_children = people.roles_held_on(day, children=wanted)
        if len(wanted) > FEW:
            staff = people.roles_held_on(day, children=[""])
        else:
            staff = people.staff_near(day, of_children, never_shared=ALLOCATED)
        return _made((*of_children, *staff), _names_of, away=people.away_on(day))
    said = holders_then.rows(wanted, position)
    held = tuple(row for row in said.roles if said.holds(row, day))
    return _made(held, lambda _held: said.names, away=said.away_on(day))


def titles(owners: Iterable[str]) -> tuple[str, ...]:
    """Return the roles that owe a task as people say them."""
    return roles.titles(owners)


def _teams(
    of_children: Iterable[models.RoleHeld], worker_teams: Mapping[str, list[str]]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for row in of_children:
        teams = found.setdefault(row.child, {})
        for team in (row.team, *worker_teams.get(row.worker, ())):
            if team:
                teams[team] = None
    return {child: tuple(teams) for child, teams in found.items()}


def _members(worker_teams: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for worker, teams in worker_teams.items():
        for team in teams:
            found.setdefault(team, set()).add(worker)
    return {team: frozenset(workers) for team, workers in found.items()}


def _grouped(
    rows: Iterable[tuple[str, str, models.RoleHeld]],
) -> dict[tuple[str, str], tuple[models.RoleHeld, ...]]:
    found: dict[tuple[str, str], list[models.RoleHeld]] = {}
    for first, role, row in rows:
        found.setdefault((first, role), []).append(row)
    return {key: tuple(held) for key, held in found.items()}


def _made(
    held: Iterable[models.RoleHeld],
    names: Callable[[tuple[models.RoleHeld, ...]], Mapping[str, str]],
    *,
    away: Mapping[str, models.Absence],
) -> Holders:
    rows = tuple(held)
    of_children = tuple(row for row in rows if row.child)
    wide = tuple(row for row in rows if not row.child)
    worker_teams: dict[str, list[str]] = {}
    for row in wide:
        if row.worker and row.for_team:
            worker_teams.setdefault(row.worker, []).append(row.for_team)
    return Holders(
        by_child=_grouped((row.child, row.role, row) for row in of_children),
        in_teams=_grouped((row.for_team, row.role, row) for row in wide),
        teams_of=_teams(of_children, worker_teams),
        members=_members(worker_teams),
        names=names(rows),
        covers=_grouped((row.stands_in_for, row.role, row) for row in wide if row.stands_in_for),
        away=away,
    )


def _names_of(held: tuple[models.RoleHeld, ...]) -> dict[str, str]:
    workers = people.workers(
        worker for row in held for worker in (row.worker, row.stands_in_for) if worker
    )
    teams = people.team_names(row.team for row in held if row.team)
    return {**{each.id: each.name for each in workers.values()}, **teams}
