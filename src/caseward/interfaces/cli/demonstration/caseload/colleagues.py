"""Who works in the other system's teams, and who has worked with each child when."""

from dataclasses import dataclass
from datetime import date, timedelta

from caseward.interfaces.cli.demonstration.caseload.lives import Life, Setting

TEAMS = {
    "east": "Safeguarding team east",
    "west": "Safeguarding team west",
    "in_care_one": "Children in care team one",
    "in_care_two": "Children in care team two",
    "court": "Court team",
    "first": "Advice and assessment team",
}
SERVICE, SERVICE_NAME = "T0", "Children's social care"
MOST_WORKERS = 5
REVIEWING_SERVICE = "Independent reviewing service"
WORKERS_A_TEAM, N_REVIEWING, N_CHAIRS = 6, 8, 4
SOCIAL_WORKER, REVIEWING, CHAIR = (
    "Social Worker", "Independent Reviewing Officer", "Conference Chair",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleagues:
    """The numbers of the professionals: of each team, and of those who review and chair."""

    of_team: dict[str, tuple[str, ...]]
    reviewing: tuple[str, ...]
    chairs: tuple[str, ...]
    names: dict[str, str]


def employed(setting: Setting, since: date) -> Colleagues:
    """Write teams and professionals; their names are what they do."""
    for number, name in enumerate((*TEAMS.values(), REVIEWING_SERVICE), start=1):
        setting.tables.row(
            "ssd_department",
            since,
            dept_team_id=f"T{number}",
            dept_team_name=name,
            dept_team_parent_id=SERVICE,
            dept_team_parent_name=SERVICE_NAME,
        )
    names: dict[str, str] = {}

    def professionals(called: str, count: int, title: str, team: str) -> tuple[str, ...]:
        made = {
            _professional(setting, since, name, title, team): name
            for name in (f"{called} {number}" for number in range(1, count + 1))
        }
        names.update(made)
        return tuple(made)

    return Colleagues(
        of_team={
            team: professionals(f"Social worker ({name})", WORKERS_A_TEAM, SOCIAL_WORKER, name)
            for team, name in TEAMS.items()
        },
        reviewing=professionals("Reviewing officer", N_REVIEWING, REVIEWING, REVIEWING_SERVICE),
        chairs=professionals("Conference chair", N_CHAIRS, CHAIR, REVIEWING_SERVICE),
        names=names,
    )


def allocated(life: Life, who: Colleagues, since: date, *, until: date | None = None) -> None:
    """The workers of a child one after the other: a transfer between teams, a worker who left."""
    random = life.of.random
    spans: list[tuple[date, str]] = [(since, "first")]
    moved = life.of.worked(since + timedelta(days=random.randint(35, 60)))
    if life.team != "first" and life.of.has_been(moved):
        spans.append((moved, life.team))
        while life.of.happens(0.45) and len(spans) < MOST_WORKERS:
            after = life.of.worked(spans[-1][0] + timedelta(days=random.randint(120, 600)))
            if not life.of.has_been(after) or (until is not None and after >= until):
                break
            spans.append((after, life.team))
    ends = [*(on for on, _ in spans[1:]), until]
    for (on, team), ended_on in zip(spans, ends, strict=True):
        worker = random.choice(who.of_team[team])
        if on <= life.of.began_on:
            life.worker = who.names[worker]
        _involved(life, worker, SOCIAL_WORKER, TEAMS[team], on, ended_on)


def reviewed_by(life: Life, who: Colleagues, since: date, *, until: date | None = None) -> None:
    """The independent reviewing officer, from the entry to care on."""
    officer = life.of.random.choice(who.reviewing)
    life.officer = who.names[officer]
    _involved(life, officer, REVIEWING, REVIEWING_SERVICE, since, until)


def chaired_by(life: Life, who: Colleagues, since: date, *, until: date | None = None) -> None:
    """The chair of the child's conferences."""
    chair = life.of.random.choice(who.chairs)
    _involved(life, chair, CHAIR, REVIEWING_SERVICE, since, until)


def _professional(setting: Setting, since: date, name: str, title: str, team: str) -> str:
    number = f"W{setting.tables.new_id()}"
    setting.tables.row(
        "ssd_professionals",
        since,
        prof_professional_id=number,
        prof_staff_id=f"S{number}",
        prof_professional_name=name,
        prof_professional_job_title=title,
        prof_professional_department=team,
    )
    return number


def _involved(
    life: Life, worker: str, role: str, team: str, since: date, until: date | None
) -> None:
    life.row(
        "ssd_involvements",
        since,
        invo_involvements_id=life.of.tables.new_id(),
        invo_professional_id=worker,
        invo_professional_role_id=role,
        invo_professional_team=team,
        invo_involvement_start_date=since,
        invo_involvement_end_date=life.closing(until, until) if until else None,
        invo_worker_change_reason=life.closing("ORGRST", until) if until else None,
        invo_person_id=life.number,
        invo_referral_id=life.referral,
    )
