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
)
MANAGER_OF = {"north": "tm_north", "south": "tm_south"}
IRO_OF = {"north": "iro", "hills": "iro", "south": "iro_two", "coast": "iro_two"}
TEAM_OF = {"north": "north", "hills": "north", "south": "south", "coast": "south"}
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
}
"""Who does what a role does where nobody does it for the one child."""
AWAY, COVER, AWAY_SINCE = "coast", "south", "-8wd"
"""Who is off sick, who stands in, and since when."""
