"""Workers, teams, and who is responsible for a child from when until when."""

import uuid
from collections.abc import Iterator

from caseward.work.exchange.imports.values import Fact
from caseward.work.exchange.ssd import cells, planning_codes
from caseward.work.exchange.ssd.links import Link
from caseward.work.exchange.ssd.refusals import RowRefused
from caseward.work.exchange.ssd.tables import Row, Table

IN_A_TEAM = frozenset({
    "social_worker", "duty_worker", "supervising_social_worker", "business_support", "iro",
    "conference_chair",
})  # fmt: skip
"""Work that is done in a team. Who manages one is for the authority to say: sight hangs on it."""


def worker_id(scheme: str, identifier: str) -> str:
    """Return the public id of the worker whom a system knows by this number: always the same."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{scheme}:worker:{identifier}"))


def team_id(scheme: str, identifier: str) -> str:
    """Return the public id of the team that a system knows by this number: always the same."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{scheme}:team:{identifier}"))


def _department(row: Row) -> Iterator[Fact]:
    team, parent = row.id("dept_team_id"), row.id("dept_team_parent_id")
    if not team:
        raise RowRefused("dept_team_id", "missing", "The team has no number.")
    name = row.words("dept_team_name")
    if not name:
        raise RowRefused("dept_team_name", "missing", "The team has no name.")
    yield _team(row, team, name=name, parent=parent if parent != team else "")
    above = row.words("dept_team_parent_name")
    if parent and above and parent not in row.links.teams:
        yield _team(row, parent, name=above, parent="")


def _team(row: Row, team: str, *, name: str, parent: str) -> Fact:
    return row.fact(
        "team.formed",
        row.today,
        of=team,
        keys={"team": team_id(row.scheme, team)},
        fields={
            "name": name,
            "kind": "service" if team in row.links.parents else "team",
            "part_of": team_id(row.scheme, parent) if parent else "",
        },
        stream="authority",
        on_sight=True,
    )


def _professional(row: Row) -> Iterator[Fact]:
    worker = row.id("prof_professional_id")
    if not worker or worker in cells.NO_WORKER:
        raise RowRefused("prof_professional_id", "missing", "The worker has no number.")
    if "ssd_involvements" in row.links.files and worker not in row.links.professionals:
        row.aside("the worker is involved with no child, and is not added")
        return
    name, family_name = _names(row.words("prof_professional_name"))
    yield row.fact(
        "worker.registered",
        row.today,
        keys={"worker": worker_id(row.scheme, worker)},
        fields={"name": name or f"Worker {worker}", "family_name": family_name},
        stream="authority",
        on_sight=True,
    )


def _names(said: str) -> tuple[str, str]:
    """Return the full name and the family name, of “Jo Example” as of “Example, Jo”."""
    family, comma, given = said.partition(",")
    if comma and given.strip():
        return f"{given.strip()} {family.strip()}", family.strip()
    words = said.split()
    return " ".join(words), words[-1] if len(words) > 1 else ""


def _involvement(row: Row) -> Iterator[Fact]:
    worker = row.id("invo_professional_id")
    worker = "" if worker in cells.NO_WORKER else worker
    team = _team_named(row)
    since = row.began("invo_involvement_start_date")
    until = row.day("invo_involvement_end_date")
    if until is not None and until < since:
        raise RowRefused(
            "invo_involvement_end_date", "order", f"It ends on {until:%d/%m/%Y}, before it begins."
        )
    if not worker and not team:
        raise RowRefused(
            "invo_professional_id", "missing", "The row names neither a worker nor a team."
        )
    role = _role(row, worker)
    if not role:
        return
    # A team named beside a worker would make everybody in it responsible, so it stands alone or not.
    holder = (
        {"worker": worker_id(row.scheme, worker)} if worker else {"team": team_id(row.scheme, team)}
    )
    yield row.fact("role.held", since, until=until, fields={"role": role} | holder)
    if worker and team and role in IN_A_TEAM and (until is None or until > row.today):
        yield _in_team(row, role, worker, team)


def _in_team(row: Row, role: str, worker: str, team: str) -> Fact:
    """Return that the worker does this work in the team now, which many involvements say."""
    return row.fact(
        "role.held",
        row.today,
        of=worker,
        part=f"{team}:{role}",
        fields={
            "role": role,
            "worker": worker_id(row.scheme, worker),
            "for_team": team_id(row.scheme, team),
        },
        stream="authority",
        on_sight=True,
    )


def _role(row: Row, worker: str) -> str:
    """Return the role, or "" for one that no step is owed by, which is told."""
    said = row.text("invo_professional_role_id")
    if not said:
        said = row.links.job_titles.get(worker, "")
    role = row.meaning(said, planning_codes.ROLE) if said else None
    if role is None:
        row.aside("the role is none that a step is owed by, and is not recorded", said or "empty")
    return role or ""


def _team_named(row: Row) -> str:
    """Return the number of the team, which some extracts give by its name."""
    said = row.id("invo_professional_team")
    if not said or said in cells.NO_WORKER or said in row.links.teams:
        return "" if said in cells.NO_WORKER else said
    named = [team for team, name in row.links.teams.items() if name.casefold() == said.casefold()]
    if len(named) == 1:
        return named[0]
    row.aside("the team is not in ssd_department and is left unsaid", said)
    return ""


TABLES = (
    Table(
        name="ssd_department",
        ids=("dept_team_id",),
        is_of_authority=True,
        used=("dept_team_id", "dept_team_name", "dept_team_parent_id", "dept_team_parent_name"),
        facts=_department,
    ),
    Table(
        name="ssd_professionals",
        ids=("prof_professional_id",),
        is_of_authority=True,
        used=("prof_professional_id", "prof_professional_name", "prof_professional_job_title"),
        unused=(
            "prof_staff_id", "prof_social_worker_registration_no", "prof_professional_caseload",
            "prof_professional_department", "prof_full_time_equivalency",
            "prof_agency_worker_flag",
        ),
        facts=_professional,
    ),
    Table(
        name="ssd_involvements",
        ids=("invo_involvements_id",),
        person="invo_person_id",
        links=(Link(column="invo_referral_id", to="referral"),),
        dated=("invo_involvement_start_date", "invo_professional_id"),
        used=(
            "invo_involvements_id", "invo_professional_id", "invo_professional_role_id",
            "invo_professional_team", "invo_involvement_start_date", "invo_involvement_end_date",
            "invo_person_id", "invo_referral_id",
        ),
        unused=("invo_worker_change_reason",),
        facts=_involvement,
    ),
)  # fmt: skip
