"""Who works in Exampleshire: teams, and workers named by what they do."""

from dataclasses import dataclass

AUTHORITY = "Exampleshire County Council"


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team, or the service that teams are part of."""

    word: str
    name: str
    part_of: str = ""
    kind: str = "team"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A worker with the roles they hold, each in the team named after it or everywhere."""

    word: str
    name: str
    roles: tuple[str, ...]


TEAMS = (
    Team(word="safeguarding", name="Safeguarding service", kind="service"),
    Team(word="north", name="Safeguarding team north", part_of="safeguarding"),
    Team(word="south", name="Safeguarding team south", part_of="safeguarding"),
    Team(word="reviewing", name="Independent reviewing service"),
    Team(word="legal_services", name="Legal Services"),
    Team(word="fostering_team", name="Fostering team"),
)
WORKERS = (
    Worker(word="north", name="Social worker (north)", roles=("social_worker north",)),
    Worker(word="hills", name="Social worker (hills)", roles=("social_worker north",)),
    Worker(word="south", name="Social worker (south)", roles=("social_worker south",)),
    Worker(word="coast", name="Social worker (coast)", roles=("social_worker south",)),
    Worker(
        word="duty",
        name="Duty social worker",
        roles=("duty_worker north", "duty_worker south"),
    ),
    Worker(word="tm_north", name="Team manager (north)", roles=("team_manager north",)),
    Worker(word="tm_south", name="Team manager (south)", roles=("team_manager south",)),
    Worker(word="dm", name="District manager", roles=("district_manager",)),
    Worker(word="sm", name="Service manager", roles=("service_manager",)),
    Worker(
        word="admin",
        name="Administrator",
        roles=("administrator", "business_support north", "business_support south"),
    ),
    Worker(word="iro", name="Independent reviewing officer", roles=("iro reviewing",)),
    Worker(
        word="iro_two", name="Independent reviewing officer (part-time)", roles=("iro reviewing",)
    ),
    Worker(word="irosm", name="IRO service manager", roles=("iro_service_manager",)),
    Worker(word="adm", name="Agency decision maker", roles=("adm",)),
    Worker(word="solicitor", name="Solicitor", roles=("legal legal_services",)),
    Worker(
        word="fostering",
        name="Supervising social worker (fostering)",
        roles=("supervising_social_worker fostering_team",),
    ),
    Worker(word="policy", name="Policy lead", roles=("policy_lead",)),
    Worker(
        word="stm",
        name="Safeguarding team manager (court work)",
        roles=("safeguarding_team_manager north", "safeguarding_team_manager south"),
    ),
    Worker(word="chair", name="Conference chair", roles=("conference_chair",)),
    Worker(
        word="cpsm",
        name="Child protection service manager",
        roles=("child_protection_service_manager",),
    ),
    Worker(word="minutes", name="Minute taker", roles=("minute_taker",)),
    Worker(word="qa", name="Head of quality assurance", roles=("head_of_quality_assurance",)),
    Worker(
        word="qa_bso",
        name="Quality assurance business support",
        roles=("quality_assurance_support north", "quality_assurance_support south"),
    ),
    Worker(word="partnership", name="Partnership's officer", roles=("development_officer",)),
    Worker(word="lead", name="Strategic lead for safeguarding", roles=("strategic_lead",)),
    Worker(word="hos", name="Head of service", roles=("head_of_service",)),
    Worker(word="sd", name="Service director", roles=("service_director",)),
    Worker(word="dcs", name="Director of children's services", roles=("director",)),
    Worker(word="panel", name="Chair of the panels", roles=("panel",)),
    Worker(word="adoption", name="Adoption team manager", roles=("adoption_team_manager",)),
    Worker(
        word="fostering_manager",
        name="Fostering service manager",
        roles=("fostering",),
    ),
    Worker(word="contact", name="Contact centre manager", roles=("contact_centre_manager",)),
    Worker(
        word="cicm",
        name="Children in care manager",
        roles=("children_in_care_manager north", "children_in_care_manager south"),
    ),
    Worker(word="nominated", name="Nominated officer", roles=("nominated_officer",)),
    Worker(word="vsh", name="Virtual school head", roles=("virtual_school_head",)),
    Worker(word="nurse", name="Looked-after children's nurse", roles=("health_professional",)),
    Worker(word="adviser", name="Personal adviser", roles=("personal_adviser",)),
    Worker(word="records", name="Records manager", roles=("records_manager",)),
    Worker(word="night", name="Out-of-hours social worker", roles=("out_of_hours",)),
    Worker(word="vale", name="Social worker (vale)", roles=("social_worker north",)),
    Worker(word="moor", name="Social worker (moor)", roles=("social_worker north",)),
    Worker(word="fell", name="Social worker (fell)", roles=("social_worker north",)),
    Worker(word="dales", name="Social worker (dales)", roles=("social_worker north",)),
    Worker(word="marsh", name="Social worker (marsh)", roles=("social_worker south",)),
    Worker(word="weald", name="Social worker (weald)", roles=("social_worker south",)),
    Worker(word="wold", name="Social worker (wold)", roles=("social_worker south",)),
    Worker(word="fens", name="Social worker (fens)", roles=("social_worker south",)),
    Worker(
        word="iro_three", name="Independent reviewing officer (north)", roles=("iro reviewing",)
    ),
    Worker(word="iro_four", name="Independent reviewing officer (south)", roles=("iro reviewing",)),
    Worker(word="figures", name="Performance analyst", roles=("performance",)),
)
SHARED_AMONG = {
    "north": ("vale", "moor", "fell", "dales"),
    "south": ("marsh", "weald", "wold", "fens"),
}
"""Who has the children of the earlier system, in each team."""
MANAGER_OF = {"north": "tm_north", "south": "tm_south"}
IRO_OF = {"north": "iro", "hills": "iro", "south": "iro_two", "coast": "iro_two"}
IRO_OF |= dict.fromkeys(SHARED_AMONG["north"], "iro_three")
IRO_OF |= dict.fromkeys(SHARED_AMONG["south"], "iro_four")
TEAM_OF = {"north": "north", "hills": "north", "south": "south", "coast": "south"}
TEAM_OF |= {worker: team for team, workers in SHARED_AMONG.items() for worker in workers}
HOLDERS = {
    "district_manager": "dm",
    "service_manager": "sm",
    "administrator": "admin",
    "business_support": "admin",
    "iro_service_manager": "irosm",
    "adm": "adm",
    "legal": "solicitor",
    "duty_worker": "duty",
    "supervising_social_worker": "fostering",
    "safeguarding_team_manager": "stm",
    "conference_chair": "chair",
    "child_protection_service_manager": "cpsm",
    "minute_taker": "minutes",
    "head_of_quality_assurance": "qa",
    "quality_assurance_support": "qa_bso",
    "strategic_lead": "lead",
    "head_of_service": "hos",
    "service_director": "sd",
    "director": "dcs",
    "panel": "panel",
    "adoption_team_manager": "adoption",
    "fostering": "fostering_manager",
    "nominated_officer": "nominated",
    "virtual_school_head": "vsh",
    "health_professional": "nurse",
    "personal_adviser": "adviser",
    "records_manager": "records",
    "contact_centre_manager": "contact",
    "development_officer": "partnership",
    "out_of_hours": "night",
}
"""Who does what a role does where nobody does it for the one child."""
AWAY, COVER, AWAY_SINCE = "coast", "south", "-8wd"
"""Who is off sick, who stands in, and since when."""
INVOLVED = {
    "child_protection_plan.began": ("conference_chair", "minute_taker"),
    "initial_conference.arranged": ("conference_chair", "minute_taker"),
    "transfer_notice.received": ("conference_chair", "minute_taker"),
    "service_manager_panel.referred": ("panel", "legal"),
    "early_intervention_panel.referred": ("panel",),
    "legal_gateway_meeting.held": ("legal", "strategic_lead", "fostering"),
    "care_application.issued": ("legal", "adoption_team_manager", "fostering", "adm"),
    "legal_planning_meeting.requested": ("head_of_service", "legal", "minute_taker"),
    "discharge_recommendation.received": ("adm",),
    "dispute.started": ("head_of_service", "director"),
    "child.died": ("head_of_quality_assurance", "development_officer"),
    "looked_after.began": ("virtual_school_head", "health_professional", "contact_centre_manager"),
    "placement.began": ("supervising_social_worker",),
    "placement_with_parents.proposed": ("nominated_officer",),
    "kinship_carer.put_forward": ("fostering",),
    "first_review.considered": ("adoption_team_manager",),
    "permanence_order.made": ("legal",),
    "personal_adviser.named": ("personal_adviser",),
    "deprivation_of_liberty.authorised": ("legal",),
    "application.filed": ("legal", "adm"),
    "discharge_meeting.held": ("legal", "adm"),
}
"""In which roles a child is given to somebody once a thing of a kind has happened."""
TEAM_FOR = {"legal": "legal_services"}
"""Roles that a team holds for a child."""
