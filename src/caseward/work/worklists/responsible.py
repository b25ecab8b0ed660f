"""Who is responsible for a row, asked on the day and in the query itself (M27).

A role held for the child itself comes first, with those who stand in for its holder; then one held
in a team of the child's, in the order in which its teams came to it; then one held for the whole
authority. `readings.holders` says the same in names for the lines that a page shows.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from caseward.record.people import models
from caseward.record.people import queries as people
from caseward.record.people.queries import holding_on
from caseward.work.worklists.models import OwedTask
from caseward.work.worklists.places import standing_on

# Held for a child and for nobody else: whoever does this work in the child's team is a colleague,
# not the one responsible, and without an allocation nobody is.
ALLOCATED = frozenset({
    "social_worker", "iro", "conference_chair", "supervising_social_worker",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Those whose tasks a list holds: workers, and teams that may hold a role for a child.

    `in_teams` are the roles that one of them holds in a team, with the teams; `everywhere` those
    held for the whole authority; `covered` whom one of them stands in for in all that they do, by
    role (B6). `is_whole` says that everybody in the teams is among the workers.
    """

    day: date
    workers: frozenset[str]
    teams: frozenset[str]
    in_teams: Mapping[str, frozenset[str]]
    everywhere: frozenset[str]
    covered: Mapping[str, frozenset[str]]
    is_whole: bool


def party_of_worker(worker: str, day: date) -> Party:
    """Return one worker with the teams they are in: what those are the pool for is theirs too."""
    held = tuple(models.RoleHeld.objects.filter(holding_on(day), worker=worker, child=""))
    teams = frozenset(row.for_team for row in held if row.for_team)
    by_teams = models.RoleHeld.objects.filter(holding_on(day), child="", team__in=teams)
    rows = (*held, *(by_teams if teams else ()))
    return _party(day, {worker}, teams, rows, is_whole=False)


def party_of_teams(teams: Collection[str], day: date) -> Party:
    """Return teams with everybody in them; what they hold for the whole authority is left out."""
    rows = tuple(
        models.RoleHeld.objects.filter(holding_on(day), child="", for_team__in=sorted(teams))
    )
    workers = {row.worker for row in rows if row.worker}
    return _party(day, workers, frozenset(teams), rows, is_whole=True)


def rows_of_party(party: Party) -> QuerySet[OwedTask]:
    """Return the rows owed by the party for children of theirs: few enough to be sorted whole.

    What one of them owes for the whole authority is not among them: see `rows_everywhere`.
    """
    rows = OwedTask.objects.filter(child__in=_children_near(party))
    mine = Q(Exists(_held_for_row(party.day).filter(_is_of(party))))
    for role, teams in sorted(party.in_teams.items()):
        name = f"first_team_{role}"
        rows = rows.alias(**{name: _first_team(party.day, role)})
        in_team = Q(**{f"{name}__in": sorted(teams)})
        mine |= Q(role=role) & ~_is_held_for_child(party.day) & in_team
    return rows.filter(mine)


def rows_everywhere(party: Party) -> QuerySet[OwedTask] | None:
    """Return the rows that fall to the party because nobody nearer to the child holds the role."""
    if not party.everywhere:
        return None
    rows = OwedTask.objects.filter(role__in=sorted(party.everywhere))
    rows, is_nearer = _is_held_nearer(rows, party.day, party.everywhere)
    return rows.exclude(is_nearer)


def rows_of_nobody(day: date) -> QuerySet[OwedTask]:
    """Return the rows, one a task, of tasks none of whose roles anybody holds (M27)."""
    held = models.RoleHeld.objects.filter(holding_on(day), child="").exclude(role__in=ALLOCATED)
    known = held.order_by("role").values_list("role", "for_team").distinct()
    everywhere = {role for role, team in known if not team}
    in_teams = {role for role, team in known if team} - everywhere
    rows, is_held = _is_held_nearer(OwedTask.objects.filter(is_first=True), day, in_teams)
    others = OwedTask.objects.filter(standing_on(day), task=OuterRef("task"), is_first=False)
    others, other_is_held = _is_held_nearer(others, day, in_teams)
    by_other = others.filter(Q(role__in=sorted(everywhere)) | other_is_held)
    return rows.exclude(Q(role__in=sorted(everywhere)) | is_held).filter(~Exists(by_other))


def rows_without_cover(day: date) -> tuple[QuerySet[OwedTask], QuerySet[OwedTask] | None] | None:
    """Return the rows of tasks whose every holder is away, with nobody to stand in (B6).

    First those of children near the workers who are away, then those of roles held for the whole
    authority by nobody else. None where nobody is away.
    """
    away = frozenset(people.away_on(day))
    if not away:
        return None
    staff = _Staff.on(day, away)
    near = OwedTask.objects.filter(child__in=staff.children_near())
    mine, is_somebody_there, held = staff.conditions(near)
    rows = _unless_another_is_there(mine.filter(held & ~is_somebody_there), staff)
    if not staff.everywhere_away:
        return rows, None
    wide = OwedTask.objects.filter(role__in=sorted(staff.everywhere_away))
    wide, is_nearer = _is_held_nearer(wide, day, staff.everywhere_away)
    return rows, _unless_another_is_there(wide.exclude(is_nearer), staff)


def _unless_another_is_there(rows: QuerySet[OwedTask], staff: "_Staff") -> QuerySet[OwedTask]:
    """Leave out a task that another role owes too, whose holder is there."""
    others = OwedTask.objects.filter(standing_on(staff.day), task=OuterRef("task"))
    others = others.exclude(role=OuterRef("role"))
    others, is_somebody_there, _ = staff.conditions(others)
    return rows.filter(~Exists(others.filter(is_somebody_there)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Staff:
    """Who is away on a day, who stands in for them, and which teams' roles are left to nobody.

    `covered` whom somebody who is there stands in for, by role; `teams_away` the teams in which
    everybody who holds a role is away, by role, and `everywhere_away` such roles of the authority;
    `in_teams` and `everywhere` where roles are held at all.
    """

    day: date
    away: frozenset[str]
    covered: Mapping[str, frozenset[str]]
    teams_away: Mapping[str, frozenset[str]]
    in_teams: frozenset[str]
    everywhere: frozenset[str]
    everywhere_away: frozenset[str]

    @classmethod
    def on(cls, day: date, away: frozenset[str]) -> "_Staff":
        """Read who holds what in teams beside those who are away, and instead of them."""
        held = models.RoleHeld.objects.filter(holding_on(day), child="")
        covers = held.filter(stands_in_for__in=sorted(away)).exclude(worker__in=sorted(away))
        covered: dict[str, set[str]] = {}
        for role, whom in covers.order_by("id").values_list("role", "stands_in_for"):
            covered.setdefault(role, set()).add(whom)
        shared = held.exclude(role__in=ALLOCATED)
        said = shared.filter(worker__in=sorted(away)).order_by("id").values_list("role", "for_team")
        there = shared.filter(role__in={role for role, _ in said}).exclude(worker__in=sorted(away))
        alone = set(said) - set(there.order_by("id").values_list("role", "for_team"))
        known = set(shared.order_by("role").values_list("role", "for_team").distinct())
        teams_away: dict[str, set[str]] = {}
        for role, team in alone:
            if team:
                teams_away.setdefault(role, set()).add(team)
        return cls(
            day=day,
            away=away,
            covered={role: frozenset(found) for role, found in covered.items()},
            teams_away={role: frozenset(found) for role, found in teams_away.items()},
            in_teams=frozenset(role for role, team in known if team),
            everywhere=frozenset(role for role, team in known if not team),
            everywhere_away=frozenset(role for role, team in alone if not team),
        )

    def children_near(self) -> QuerySet[Any, str]:
        """Return the children whom one who is away, or a team left to nobody, has to do with."""
        teams = frozenset[str]().union(*self.teams_away.values())
        return _children_near(
            Party(
                day=self.day,
                workers=self.away,
                teams=teams,
                in_teams=self.teams_away,
                everywhere=frozenset(),
                covered={},
                is_whole=False,
            )
        )

    def conditions(self, rows: QuerySet[OwedTask]) -> tuple[QuerySet[OwedTask], Q, Q]:
        """Return the rows, with the conditions that somebody who holds the role is there; holds it."""
        present = ~Q(team="") | (~Q(worker="") & ~Q(worker__in=sorted(self.away)))
        for role, whom in sorted(self.covered.items()):
            present |= Q(role=role, worker__in=sorted(whom))
        for_child = _is_held_for_child(self.day)
        is_there = Q(Exists(_held_for_row(self.day).filter(present)))
        is_held, nobody_nearer = for_child, ~for_child
        for role in sorted(self.in_teams):
            name = f"first_team_{role}"
            rows = rows.alias(**{name: _first_team(self.day, role)})
            in_team = Q(role=role) & nobody_nearer & Q(**{f"{name}__isnull": False})
            is_held |= in_team
            left = self.teams_away.get(role, frozenset())
            is_there |= in_team & ~Q(**{f"{name}__in": sorted(left)}) if left else in_team
            if role in self.everywhere - self.everywhere_away:
                is_there |= Q(role=role) & nobody_nearer & Q(**{f"{name}__isnull": True})
        only_wide = sorted(self.everywhere - self.everywhere_away - self.in_teams)
        return rows, is_there | (Q(role__in=only_wide) & nobody_nearer), is_held


def _is_held_nearer(
    rows: QuerySet[OwedTask], day: date, roles: Iterable[str]
) -> tuple[QuerySet[OwedTask], Q]:
    """Return the rows with the condition that somebody holds the role for the child or its team."""
    found = _is_held_for_child(day)
    for role in sorted(roles):
        name = f"first_team_{role}"
        rows = rows.alias(**{name: _first_team(day, role)})
        # The role first: databases ask in this order, and few rows need the rest.
        found |= Q(role=role) & Q(**{f"{name}__isnull": False})
    return rows, found


def _party(
    day: date,
    workers: set[str],
    teams: frozenset[str],
    rows: Iterable[models.RoleHeld],
    *,
    is_whole: bool,
) -> Party:
    in_teams: dict[str, set[str]] = {}
    everywhere = set()
    for row in rows:
        if row.role in ALLOCATED:
            continue
        if row.for_team:
            in_teams.setdefault(row.role, set()).add(row.for_team)
        else:
            everywhere.add(row.role)
    return Party(
        day=day,
        workers=frozenset(workers),
        teams=teams,
        in_teams={role: frozenset(found) for role, found in in_teams.items()},
        everywhere=frozenset(everywhere),
        covered=_covered_by(workers, day),
        is_whole=is_whole,
    )


def _covered_by(workers: set[str], day: date) -> dict[str, frozenset[str]]:
    """Return for whom one of the workers stands in in all that they do, by role (B6)."""
    rows = models.RoleHeld.objects.filter(holding_on(day), worker__in=sorted(workers), child="")
    found: dict[str, set[str]] = {}
    covers = rows.exclude(stands_in_for="").order_by("id")
    for role, covered in covers.values_list("role", "stands_in_for"):
        found.setdefault(role, set()).add(covered)
    return {role: frozenset(covered) for role, covered in found.items()}


def _is_of(party: Party) -> Q:
    """Return the condition on a role held for a child that its holder is of the party."""
    found = Q(worker__in=sorted(party.workers))
    for role, covered in sorted(party.covered.items()):
        found |= Q(role=role, worker__in=sorted(covered))
    return found | Q(team__in=sorted(party.teams)) if party.teams else found


def _held_for_row(day: date) -> QuerySet[models.RoleHeld]:
    return models.RoleHeld.objects.filter(
        holding_on(day), child=OuterRef("child"), role=OuterRef("role")
    )


def _is_held_for_child(day: date) -> Q:
    return Q(Exists(_held_for_row(day)))


def _children_near(party: Party) -> QuerySet[Any, str]:
    """Return the children whom one of the party, or of their teams, has anything to do with.

    Each sort of nearness is found by an index of its own, and all together by none.
    """
    held = models.RoleHeld.objects.filter(holding_on(party.day))
    near = party.workers.union(*party.covered.values())
    ways = [Q(worker__in=sorted(near))]
    if party.in_teams and not party.is_whole:
        members = held.filter(child="", for_team__in=sorted(set().union(*party.in_teams.values())))
        ways.append(Q(worker__in=members.exclude(worker="").values("worker")))
    teams = party.teams.union(*party.in_teams.values())
    if teams:
        ways.append(Q(team__in=sorted(teams)))
    first, *others = (
        held.filter(way).exclude(child="").values_list("child", flat=True) for way in ways
    )
    return first.union(*others, all=True) if others else first


def _holds_in_team(day: date, role: str, team: str) -> Exists:
    """Return the condition that somebody holds the role in the team that a column names."""
    rows = models.RoleHeld.objects.filter(holding_on(day), child="", role=role)
    return Exists(rows.filter(for_team=OuterRef(team)))


def _first_team(day: date, role: str) -> Subquery:
    """Return the first of the child's teams in which somebody holds the role, or none."""
    staff = models.RoleHeld.objects.filter(holding_on(day), child="", worker=OuterRef("worker"))
    theirs = staff.exclude(for_team="").filter(_holds_in_team(day, role, "for_team"))
    own = models.RoleHeld.objects.filter(holding_on(day), child=OuterRef("child"))
    found = own.annotate(
        first=Case(
            When(~Q(team="") & Q(_holds_in_team(day, role, "team")), then=F("team")),
            When(~Q(worker=""), then=Subquery(_in_order(theirs).values("for_team")[:1])),
        )
    ).filter(first__isnull=False)
    return Subquery(_in_order(found).values("first")[:1])


def _in_order(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return rows own holders first, then by the day from which they hold, as holders are told."""
    return rows.order_by(Case(When(stands_in_for="", then=0), default=1), "from_on", "id")
