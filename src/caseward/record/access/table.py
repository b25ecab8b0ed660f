"""The table of who may see what: default cells as values, each of them a setting (design, §6).

A row says: who holds this role sees the children in this reach, and of their records these classes.
Several rows of one role add up. Reaches:

own: children for whom the worker, or a team they are in, holds the role.
line: children of the teams that the worker leads, and of the workers in them.
service: children of any team of the worker's own service, and children nobody is allocated to.
stood_in: children of the worker whom they stand in for.
iro_caseload: children who have an IRO or a conference chair.
everyone: every child.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Reach = Literal["own", "line", "service", "stood_in", "iro_caseload", "everyone"]
Class = Literal[
    "ordinary", "free_text", "restricted_address", "third_party", "privileged", "iro_only"
]
CLASSES: tuple[Class, ...] = (
    "ordinary", "free_text", "restricted_address", "third_party", "privileged", "iro_only",
)  # fmt: skip
YES = "yes"
NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: a role, its reach, and a cell for each class of content.

    A cell is "yes", "no", or the only purpose for which the class is shown ("letter": to address
    one; "safety": as a safety warning; "minutes", "pack", "placement").
    """

    role: str
    reach: Reach
    ordinary: str = YES
    free_text: str = YES
    restricted_address: str = NO
    third_party: str = NO
    privileged: str = NO
    iro_only: str = NO

    def cell(self, content: Class) -> str:
        """Return the cell of a class of content."""
        found: str = getattr(self, content)
        return found

    def setting(self, content: Class) -> str:
        """Return the name of the setting that overrides the cell."""
        return f"access.{self.role}.{self.reach}.{content}"


def _all(role: str, reach: Reach) -> Row:
    """A row of those who hold the case or answer for it: everything but the IRO's own notes."""
    return Row(role=role, reach=reach, restricted_address=YES, third_party=YES, privileged=YES)


def _colleague(role: str) -> Row:
    return Row(role=role, reach="service", restricted_address=YES)


def _reviewer(role: str, reach: Reach) -> Row:
    return Row(role=role, reach=reach, restricted_address=YES, third_party=YES, iro_only=YES)


def _decider(role: str) -> Row:
    return Row(
        role=role, reach="own", restricted_address="pack", third_party="pack", privileged="pack"
    )


def _placing(role: str) -> Row:
    return Row(role=role, reach="own", restricted_address="placement")


def _counting(role: str) -> Row:
    return Row(role=role, reach="everyone", free_text=NO)


DEFAULT: tuple[Row, ...] = (
    _all("social_worker", "own"),
    _all("co_worker", "own"),
    _all("safeguarding_social_worker", "own"),
    _all("team_manager", "own"),
    _all("team_manager", "line"),
    _all("safeguarding_team_manager", "line"),
    _all("district_manager", "own"),
    _all("district_manager", "line"),
    _all("service_manager", "line"),
    _colleague("social_worker"),
    _colleague("co_worker"),
    _colleague("team_manager"),
    _colleague("district_manager"),
    _colleague("service_manager"),
    _colleague("duty_worker"),
    Row(role="stand_in", reach="stood_in", restricted_address=YES),
    Row(role="out_of_hours", reach="everyone", restricted_address=YES, third_party="safety"),
    Row(
        role="business_support",
        reach="service",
        restricted_address="letter",
        privileged="minutes",
    ),
    Row(role="administrator", reach="own", restricted_address="letter", privileged="minutes"),
    Row(role="minute_taker", reach="own", restricted_address="letter", privileged="minutes"),
    _reviewer("iro", "own"),
    _reviewer("conference_chair", "own"),
    _reviewer("iro_service_manager", "iro_caseload"),
    _all("legal", "own"),
    _decider("adm"),
    _decider("head_of_service"),
    _decider("panel"),
    _placing("fostering"),
    _placing("supervising_social_worker"),
    _placing("adoption"),
    _placing("adoption_team_manager"),
    _counting("performance"),
    _counting("policy_lead"),
    # Roles that other procedures name and the design's table does not: each sees the children for
    # whom it is named, and no more of them than the nearest role of that table.
    _all("children_in_care_manager", "line"),
    _decider("service_director"),
    _decider("director"),
    _decider("strategic_lead"),
    _decider("head_of_quality_assurance"),
    _decider("nominated_officer"),
    Row(role="personal_adviser", reach="own", restricted_address=YES),
    Row(
        role="quality_assurance_support",
        reach="service",
        restricted_address="letter",
        privileged="minutes",
    ),
    Row(
        role="child_protection_service_manager",
        reach="iro_caseload",
        restricted_address=YES,
        third_party=YES,
    ),
    Row(role="contact_centre_manager", reach="own"),
    Row(role="virtual_school_head", reach="own"),
    Row(role="health_professional", reach="own"),
    Row(role="development_officer", reach="own"),
    _counting("records_manager"),
)


def with_settings(settings: Mapping[str, Any]) -> tuple[Row, ...]:
    """Return the table with the authority's own cells in the place of the defaults."""
    return tuple(
        Row(
            role=row.role,
            reach=row.reach,
            **{
                content: settings.get(row.setting(content), row.cell(content))
                for content in CLASSES
            },
        )
        for row in DEFAULT
    )
