"""Which children a reach takes in, as a condition on the query itself."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from caseward.record.people import models
from caseward.record.people.queries import holding_on

NOBODY = Q(pk__in=())
EVERYBODY = ~NOBODY
REVIEWERS = ("iro", "conference_chair")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfTheSet:
    """Says that a child is one of those whom rows name: all of them found once, then looked up."""

    def among(self, rows: QuerySet[Any]) -> Q:
        """Return the condition that some of these rows hang on the child."""
        return Q(pk__in=rows.values("child"))

    def one_of(self, ids: Collection[str]) -> Q:
        """Return the condition that the child is one of these."""
        return Q(pk__in=ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowByRow:
    """Says the same of each row of a long list as it is come to, of which a page needs a few.

    `child` names the column that holds the child's id.
    """

    child: str

    def among(self, rows: QuerySet[Any]) -> Q:
        """Return the condition that some of these rows hang on the child."""
        return Q(Exists(rows.filter(child=OuterRef(self.child))))

    def one_of(self, ids: Collection[str]) -> Q:
        """Return the condition that the child is one of these."""
        return Q(**{f"{self.child}__in": ids})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Gathers instead which children each condition takes in, each found by an index of its own.

    `found` are the ids that rows name.
    """

    found: list[QuerySet[Any, Any]] = field(default_factory=list)

    def among(self, rows: QuerySet[Any]) -> Q:
        """Gather the children on whom some of these rows hang."""
        self.found.append(rows.values_list("child", flat=True))
        return NOBODY

    def one_of(self, ids: Collection[str]) -> Q:
        """Gather these children."""
        if ids:
            children = models.Child.objects.filter(pk__in=ids)
            self.found.append(children.values_list("id", flat=True))
        return NOBODY


Asking = OfTheSet | RowByRow | Gathered


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a worker holds on a day: roles, teams they are in, and how teams hang together.

    `asked` says in which way the conditions on children are put; all say the same.
    """

    worker: str
    today: date
    held: tuple[models.RoleHeld, ...]
    parents: Mapping[str, str]
    asked: Asking = field(default_factory=OfTheSet)

    @property
    def teams(self) -> frozenset[str]:
        """Return the teams that the worker is in, by any role."""
        return frozenset(row.for_team for row in self.held if row.for_team)


def standing_of(worker: str, today: date, *, asked: Asking | None = None) -> Standing:
    """Read what a worker holds on a day."""
    held = models.RoleHeld.objects.filter(holding_on(today), worker=worker).order_by(
        "from_on", "id"
    )
    teams = models.Team.objects.order_by("id").values_list("id", "part_of")
    return Standing(
        worker=worker,
        today=today,
        held=tuple(held),
        parents=dict(teams),
        asked=asked or OfTheSet(),
    )


def children_in(reach: str, role: str, standing: Standing) -> Q:
    """Return the condition on children that a role's reach is, for what the worker holds."""
    return _REACHES[reach](role, standing)


def _own(role: str, standing: Standing) -> Q:
    """A stand-in is not an own holder, save for those who review: cover keeps their sight (B6)."""
    mine = Q(worker=standing.worker)
    if role not in REVIEWERS:
        mine &= Q(stands_in_for="")
    in_teams = Q(team__in=standing.teams) & ~Q(team="")
    covered = _stood_in_for(role, standing) if role in REVIEWERS else NOBODY
    return _held_by(Q(role=role) & (mine | in_teams), standing) | covered


def _line(role: str, standing: Standing) -> Q:
    led = {row.for_team for row in standing.held if row.role == role and not row.child}
    if "" in led:
        return EVERYBODY
    return _of_teams(_below(led, standing.parents), standing)


def _within_service(role: str, standing: Standing) -> Q:
    mine = {row.for_team for row in standing.held if row.role == role and not row.child}
    mine |= standing.teams
    mine.discard("")
    if not mine:
        return NOBODY
    tops = {_top(team, standing.parents) for team in mine}
    return _of_teams(_below(tops, standing.parents), standing) | _unallocated(standing)


def _stood_in(_role: str, standing: Standing) -> Q:
    return _stood_in_for(None, standing)


def _stood_in_for(role: str | None, standing: Standing) -> Q:
    covering = [row for row in standing.held if row.stands_in_for and role in (None, row.role)]
    directly = standing.asked.one_of([row.child for row in covering if row.child])
    workers = {row.stands_in_for for row in covering if not row.child}
    held = Q(worker__in=workers) & (Q(role=role) if role else Q())
    return directly | (_held_by(held, standing) if workers else NOBODY)


def _iro_caseload(_role: str, standing: Standing) -> Q:
    return _held_by(Q(role__in=REVIEWERS), standing)


def _everyone(_role: str, _standing: Standing) -> Q:
    return EVERYBODY


_REACHES: Mapping[str, Callable[[str, Standing], Q]] = {
    "own": _own,
    "line": _line,
    "service": _within_service,
    "stood_in": _stood_in,
    "iro_caseload": _iro_caseload,
    "everyone": _everyone,
}


def _held_by(holder: Q, standing: Standing) -> Q:
    rows = models.RoleHeld.objects.filter(holding_on(standing.today), holder)
    return standing.asked.among(rows.exclude(child=""))


def _of_teams(teams: Iterable[str], standing: Standing) -> Q:
    wanted = sorted(teams)
    if not wanted:
        return NOBODY
    today = standing.today
    in_them = models.RoleHeld.objects.filter(holding_on(today), child="", for_team__in=wanted)
    workers = in_them.exclude(worker="").values("worker")
    # Apart: each is found by an index of its own, and both together by neither.
    return _held_by(Q(team__in=wanted), standing) | _held_by(Q(worker__in=workers), standing)


def _unallocated(standing: Standing) -> Q:
    today = standing.today
    rows = models.Unheld.objects.filter(from_on__lte=today, until_on__gt=today)
    return standing.asked.among(rows)


def _below(teams: Iterable[str], parents: Mapping[str, str]) -> set[str]:
    """Return the teams with everything that is part of them."""
    wanted = {team for team in teams if team}
    while more := {team for team, parent in parents.items() if parent in wanted} - wanted:
        wanted |= more
    return wanted


def _top(team: str, parents: Mapping[str, str]) -> str:
    seen = {team}
    while (parent := parents.get(team, "")) and parent not in seen:
        seen.add(parent)
        team = parent
    return team
