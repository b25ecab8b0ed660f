"""What no national format holds: papers of reviews and placements, core groups, first meetings.

It comes from a register that the authority's administrators keep beside the other system.

Shares in time are made up: most papers come in the days allowed, some late, a few never.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from caseward.interfaces.cli.demonstration.caseload.lives import Life, Setting
from caseward.interfaces.cli.demonstration.world import World
from caseward.record.ledger.acts import NewEntry, child_stream
from caseward.work.casework import identity, import_facts

REGISTER = "administrators' register"
KINDS: tuple[tuple[str, int, float], ...] = (
    ("review_decisions.sent", 5, 0.93),
    ("review_record.completed", 15, 0.88),
    ("review_record.distributed", 20, 0.85),
)
"""Each paper with the working days allowed for it and the share that comes in them."""
OF_PLACEMENTS: tuple[tuple[str, int, float, Mapping[str, str]], ...] = (
    ("placement_plan.made", 5, 0.9, {"medical_consent": "yes", "delegated_authority": "yes"}),
    ("placement_notice.given", 5, 0.9, {}),
    ("placement_planning_meeting.held", 5, 0.88, {}),
    (
        "placement_information.recorded",
        5,
        0.9,
        {"medical_consent": "yes", "family_time": "yes", "delegated_authority": "yes"},
    ),
)
OF_ENTRY: tuple[tuple[str, int, float, Mapping[str, str]], ...] = (
    ("care_planning_meeting.arranged", 1, 1.0, {"number": "one"}),
    ("care_planning_meeting.held", 5, 0.9, {"number": "one"}),
    ("personal_education_plan.started", 10, 0.88, {}),
)
LEAVING_FROM, LEAVING_DAYS = 16, 80
NEVER, MOST_DAYS_LATE = 0.03, 15
LOOKED_BACK = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One line of the register."""

    kind: str
    on: date
    name: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)


def bring_in(
    world: World, setting: Setting, lives: list[Life], children: Mapping[str, str]
) -> None:
    """Bring in, in one act, what the register holds of the reviews since Caseward began here."""
    act = replace(world.act(setting.today), by="system:import", via="import", why=REGISTER)
    batches = []
    for life in lives:
        child = children.get(life.number)
        papers = [*_papers(setting, life), *_first_weeks(setting, life), *_leaving(setting, life)]
        new = [
            NewEntry(
                stream=child_stream(child),
                kind=paper.kind,
                occurred_on=paper.on,
                keys=paper.keys,
                fields=paper.fields,
                source=f"{REGISTER}:{paper.name}:{paper.kind}",
                entry_id=identity.made_from(act, f"{life.number} {paper.name} {paper.kind}"),
            )
            for paper in papers
            if child is not None
        ]
        if child is not None and new:
            batches.append((child_stream(child), new))
    if batches:
        import_facts.bring_in(act, batches)


def _papers(setting: Setting, life: Life) -> Iterator[Paper]:
    since = setting.began_on
    for held, review in life.reviews:
        if setting.after(held, LOOKED_BACK) <= since:
            continue
        for kind, allowed, share in KINDS:
            paper = _in_time(setting, kind, held, allowed, share)
            if paper is not None:
                yield replace(paper, name=review, keys={"meeting": review})


def _first_weeks(setting: Setting, life: Life) -> Iterator[Paper]:
    for began, placement in life.placements:
        if began > setting.began_on:
            for kind, allowed, share, fields in OF_PLACEMENTS:
                paper = _in_time(setting, kind, began, allowed, share)
                if paper is not None:
                    keys = {"placement": placement}
                    yield replace(paper, name=placement, keys=keys, fields=fields)
    if life.entered_on is not None and life.entered_on > setting.began_on:
        for kind, allowed, share, fields in OF_ENTRY:
            paper = _in_time(setting, kind, life.entered_on, allowed, share)
            if paper is not None:
                own = {"meeting": f"{life.number}-one"} if "meeting" in kind else {}
                planned = setting.after(life.entered_on, 5).isoformat()
                more = {"planned_on": planned} if kind.endswith(".arranged") else {}
                yield replace(paper, name="entry", keys=own, fields={**fields, **more})
    if life.planned_on is not None and life.planned_on > setting.began_on:
        group = _in_time(setting, "core_group.held", life.planned_on, 10, 0.9)
        if group is not None:
            yield replace(group, keys={"meeting": f"{life.number}-core", "plan": life.plan})


def _leaving(setting: Setting, life: Life) -> Iterator[Paper]:
    if life.entered_on is None or life.age_on(setting.today) < LEAVING_FROM:
        return
    sixteen = life.born_on + timedelta(days=int(LEAVING_FROM * 365.25))
    on = setting.worked(max(sixteen, life.entered_on) + timedelta(days=LEAVING_DAYS))
    for kind, after in (
        ("personal_adviser.named", 0),
        ("leaving_care_assessment.completed", 2),
        ("pathway_plan.reviewed", 15),
    ):
        day = setting.after(on, after)
        if setting.has_been(day) and (life.ends_on is None or day < life.ends_on):
            yield Paper(kind=kind, on=day, name="leaving")


def _in_time(setting: Setting, kind: str, since: date, allowed: int, share: float) -> Paper | None:
    """Return a paper that mostly came within the days allowed, unless it never came."""
    if setting.happens(NEVER):
        return None
    on = setting.after(since, max(1, allowed + setting.late(share, most=MOST_DAYS_LATE)))
    return Paper(kind=kind, on=on) if setting.has_been(on) else None
