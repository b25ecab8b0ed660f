"""Who people are and what they are to each other, read from the rows that `settle` writes.

A period holds on a day from `from_on` up to, not with, `until_on`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from caseward.record.people import models, names

AT_ONCE = 500


def holding_on(day: date) -> Q:
    """Return the condition that a dated row holds on a day."""
    return Q(from_on__lte=day) & (Q(until_on__isnull=True) | Q(until_on__gt=day))


def away_on(day: date) -> dict[str, models.Absence]:
    """Return who is away on a day, by worker: of several absences the one that ends last."""
    rows = models.Absence.objects.filter(holding_on(day)).order_by("from_on", "id")
    return {row.worker: row for row in sorted(rows, key=lambda row: row.until_on or date.max)}


def absences(day: date, *, until: date) -> tuple[models.Absence, ...]:
    """Return who is away on a day, or will be before another, by the day it begins."""
    rows = models.Absence.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=day))
    return tuple(rows.filter(from_on__lt=until).order_by("from_on", "id"))


def child(child_id: str) -> models.Child | None:
    """Return one child, or None."""
    return models.Child.objects.filter(id=child_id).first()


def all_ids() -> tuple[str, ...]:
    """Return the id of every child, in order of id."""
    return tuple(models.Child.objects.order_by("id").values_list("id", flat=True))


def children(ids: Iterable[str]) -> dict[str, models.Child]:
    """Return children by id; those that do not exist are left out."""
    return _by_id(models.Child, ids)


def workers(ids: Iterable[str]) -> dict[str, models.Worker]:
    """Return workers by id; those that do not exist are left out."""
    return _by_id(models.Worker, ids)


def persons(ids: Iterable[str]) -> dict[str, models.Person]:
    """Return adults by id; those that do not exist are left out."""
    return _by_id(models.Person, ids)


def teams() -> tuple[models.Team, ...]:
    """Return every team and service, by name."""
    return tuple(models.Team.objects.order_by("sort_key", "id"))


def all_workers(day: date) -> tuple[models.Worker, ...]:
    """Return the workers who are with the authority on a day, by name."""
    rows = models.Worker.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=day))
    return tuple(rows.filter(from_on__lte=day).order_by("sort_key", "id"))


def is_with_us(worker: str, day: date) -> bool:
    """Return whether a worker is with the authority on a day."""
    rows = models.Worker.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=day))
    return rows.filter(id=worker, from_on__lte=day).exists()


def team_names(ids: Iterable[str]) -> dict[str, str]:
    """Return what these teams and services are called; those that do not exist are left out."""
    return {team.id: team.name for team in _by_id(models.Team, ids).values()}


def alike(name: str, *, born_on: date | None, expected_on: date | None) -> tuple[models.Child, ...]:
    """Return the children of this very name, born on the day (or, unborn, expected on it)."""
    rows = models.Child.objects.filter(sort_key=names.sort_key(name))
    rows = rows.filter(born_on=born_on) if born_on else rows.filter(expected_on=expected_on)
    return tuple(rows.order_by("id"))


def roles_for_child(child_id: str, day: date) -> tuple[models.RoleHeld, ...]:
    """Return every role held for a child on a day; own holders first, then stand-ins (B6)."""
    return _holders(models.RoleHeld.objects.filter(child=child_id), day)


def holders(child_id: str, role: str, day: date) -> tuple[models.RoleHeld, ...]:
    """Return who holds a role for a child on a day; own holders first, then stand-ins."""
    return _holders(models.RoleHeld.objects.filter(child=child_id, role=role), day)


def holders_in_team(team_id: str, role: str, day: date) -> tuple[models.RoleHeld, ...]:
    """Return who holds a role in a team or service on a day; team "" asks of the authority."""
    return _holders(models.RoleHeld.objects.filter(child="", for_team=team_id, role=role), day)


def roles_of(worker_id: str, day: date) -> tuple[models.RoleHeld, ...]:
    """Return every role that a worker holds on a day, for children and in teams."""
    return _holders(models.RoleHeld.objects.filter(worker=worker_id), day)


def roles_held_on(
    day: date, *, children: Iterable[str] | None = None
) -> tuple[models.RoleHeld, ...]:
    """Return the roles held on a day: for these children, or (None) every one there is."""
    if children is None:
        return _holders(models.RoleHeld.objects.all(), day)
    found: list[models.RoleHeld] = []
    wanted = sorted(set(children))
    for start in range(0, len(wanted), AT_ONCE):
        chunk = wanted[start : start + AT_ONCE]
        found += _holders(models.RoleHeld.objects.filter(child__in=chunk), day)
    return tuple(found)


def staff_near(
    day: date, rows: Iterable[models.RoleHeld], *, never_shared: Iterable[str]
) -> tuple[models.RoleHeld, ...]:
    """Return the roles held in teams, and for the whole authority, that bear on roles for children.

    Those of the holders themselves, of those who stand in for them, of those who do something for
    the whole of their teams or for the authority, and of everybody in a team that holds a role.
    Roles that are never a whole team's are left out but for holders: such a team may be large.
    """
    held = tuple(rows)
    workers = {row.worker for row in held if row.worker}
    staff = models.RoleHeld.objects.filter(child="")
    own = _holders(staff.filter(Q(worker__in=workers) | Q(stands_in_for__in=workers)), day)
    teams = {row.team for row in held if row.team} | {row.for_team for row in own if row.for_team}
    shared = staff.filter(Q(for_team__in=teams) | Q(for_team="")).exclude(
        role__in=sorted(never_shared)
    )
    near = _holders(shared, day)
    holding = {row.team for row in (*held, *own, *near) if row.team}
    members = _holders(staff.filter(for_team__in=holding), day) if holding else ()
    found = {row.id: row for row in (*own, *near, *members)}.values()
    return tuple(sorted(found, key=lambda row: (bool(row.stands_in_for), row.from_on, row.id)))


def held_in_teams(teams: Iterable[str], day: date) -> tuple[models.RoleHeld, ...]:
    """Return the roles held in any of these teams on a day."""
    return _holders(models.RoleHeld.objects.filter(child="", for_team__in=sorted(set(teams))), day)


def standing_in_for(worker: str, day: date) -> tuple[models.RoleHeld, ...]:
    """Return the roles in which somebody does on a day what this worker does otherwise (B6)."""
    return _holders(models.RoleHeld.objects.filter(stands_in_for=worker), day)


def n_children_of(worker: str, day: date) -> int:
    """Return for how many children a worker holds a role on a day, not as a stand-in."""
    rows = models.RoleHeld.objects.filter(holding_on(day), worker=worker, stands_in_for="")
    return rows.exclude(child="").order_by("child").values("child").distinct().count()


def people_involved(child_id: str, day: date) -> tuple[models.PersonInvolved, ...]:
    """Return who is involved with a child on a day."""
    rows = models.PersonInvolved.objects.filter(holding_on(day), child=child_id)
    return tuple(rows.order_by("from_on", "id"))


def parental_responsibility(child_id: str, day: date) -> tuple[models.ParentalResponsibility, ...]:
    """Return who shares parental responsibility for a child on a day."""
    rows = models.ParentalResponsibility.objects.filter(holding_on(day), child=child_id)
    return tuple(rows.order_by("from_on", "id"))


def ways_to_reach(person_id: str, day: date) -> tuple[models.WayToReach, ...]:
    """Return the ways to reach an adult on a day, those too that are not safe to use."""
    rows = models.WayToReach.objects.filter(holding_on(day), person=person_id)
    return tuple(rows.order_by("from_on", "id"))


def safe_ways_to_reach(person_id: str, day: date) -> tuple[models.WayToReach, ...]:
    """Return the ways to reach an adult that are safe to use on a day."""
    return tuple(row for row in ways_to_reach(person_id, day) if row.is_safe)


def must_not_meet(child_id: str, day: date) -> tuple[models.MeetingBar, ...]:
    """Return the pairs of adults who must not meet, as this child's record says on a day."""
    rows = models.MeetingBar.objects.filter(holding_on(day), child=child_id)
    return tuple(rows.order_by("from_on", "id"))


def siblings_of(child_id: str) -> tuple[models.SiblingLink, ...]:
    """Return a child's brothers and sisters as this child's record names them."""
    return tuple(models.SiblingLink.objects.filter(child=child_id).order_by("from_on", "id"))


def family_of(child_id: str) -> frozenset[str]:
    """Return the ids of the child and everyone reached from sibling to sibling."""
    family = {child_id}
    new = family
    while new:
        links = models.SiblingLink.objects.filter(Q(child__in=new) | Q(sibling__in=new))
        reached = {end for pair in links.values_list("child", "sibling") for end in pair}
        new = reached - family
        family = family | reached
    return frozenset(family)


def joined_records() -> dict[str, str]:
    """Return, for each record that was joined to another, which other (M39)."""
    # In that order, or SQLite walks every child in the order of ids after all.
    rows = _joined().order_by("joined_to")
    return dict(rows.values_list("id", "joined_to"))


def joined_with(child_id: str) -> tuple[str, ...]:
    """Return the ids of the records that are read as one with this one, itself among them (M39)."""
    joined = {child_id}
    new = joined
    while new:
        pairs = (
            _joined().filter(Q(id__in=new) | Q(joined_to__in=new)).values_list("id", "joined_to")
        )
        reached = {end for pair in pairs for end in pair}
        new = reached - joined
        joined = joined | reached
    return tuple(sorted(joined))


def _joined() -> QuerySet[models.Child]:
    # Every act asks: as a range of the index it meets those few alone, and not each child there is.
    return models.Child.objects.filter(joined_to__gt="")


def child_by_outside_id(scheme: str, value: str) -> str | None:
    """Return the id of the child whom another system knows by this number, or None."""
    rows = models.OutsideId.objects.filter(scheme=scheme, value=value, until_on__isnull=True)
    return rows.order_by("from_on", "id").values_list("child", flat=True).first()


def outside_ids_of(child_ids: Iterable[str]) -> dict[str, str]:
    """Return one number in another system for each child who has any, the first by scheme."""
    found: dict[str, str] = {}
    wanted = sorted(set(child_ids))
    for start in range(0, len(wanted), AT_ONCE):
        rows = models.OutsideId.objects.filter(
            child__in=wanted[start : start + AT_ONCE], until_on__isnull=True
        )
        for child, value in rows.order_by("scheme", "value").values_list("child", "value"):
            found.setdefault(child, value)
    return found


def numbers_of(child_ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return scheme and value of one number in another system for each child who has any."""
    found: dict[str, tuple[str, str]] = {}
    wanted = sorted(set(child_ids))
    for start in range(0, len(wanted), AT_ONCE):
        rows = models.OutsideId.objects.filter(
            child__in=wanted[start : start + AT_ONCE], until_on__isnull=True
        )
        said = rows.order_by("scheme", "value").values_list("child", "scheme", "value")
        for child, scheme, value in said:
            found.setdefault(child, (scheme, value))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideChild:
    """A child as another system's number finds them, with the birth or the expected one."""

    child_id: str
    born_on: date | None
    expected_on: date | None = None


def outside_children(scheme: str) -> dict[str, OutsideChild]:
    """Return the children, with their dates of birth, by the number one other system gives them."""
    by_value = outside_ids(scheme)
    rows = models.Child.objects.order_by("id").values_list("id", "born_on", "expected_on")
    births = {child_id: (born_on, expected_on) for child_id, born_on, expected_on in rows}
    return {
        value: OutsideChild(child_id=child_id, born_on=birth[0], expected_on=birth[1])
        for value, child_id in by_value.items()
        for birth in (births.get(child_id, (None, None)),)
    }


def numbered(scheme: str, values: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Return each child, as (number, child), whom one other system knows by one of these numbers."""
    wanted = sorted(set(values))
    found: set[tuple[str, str]] = set()
    for start in range(0, len(wanted), AT_ONCE):
        rows = models.OutsideId.objects.filter(
            scheme=scheme, value__in=wanted[start : start + AT_ONCE], until_on__isnull=True
        )
        found.update(rows.order_by("value", "child").values_list("value", "child"))
    return frozenset(found)


def outside_ids(scheme: str) -> dict[str, str]:
    """Return the children by the number that one other system gives them."""
    rows = models.OutsideId.objects.filter(scheme=scheme, until_on__isnull=True)
    return dict(rows.order_by("-from_on", "-id").values_list("value", "child"))


def _holders(rows: QuerySet[models.RoleHeld], day: date) -> tuple[models.RoleHeld, ...]:
    standing = rows.filter(holding_on(day)).order_by("from_on", "id")
    return tuple(sorted(standing, key=lambda row: bool(row.stands_in_for)))


def _by_id(model: Any, ids: Iterable[str]) -> dict[str, Any]:
    wanted = sorted(set(ids))
    found: dict[str, Any] = {}
    for start in range(0, len(wanted), AT_ONCE):
        found |= model.objects.in_bulk(wanted[start : start + AT_ONCE])
    return found
