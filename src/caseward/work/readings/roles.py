"""The names of roles as people say them."""

from collections.abc import Iterable, Mapping

TITLES: Mapping[str, str] = {
    "adm": "Agency decision maker (ADM)",
    "administrator": "Meeting administrator",
    "conference_chair": "Conference chair",
    "iro": "Independent reviewing officer (IRO)",
    "iro_service_manager": "IRO service manager",
    "legal": "Legal Services",
    "out_of_hours": "Out-of-hours team",
    "responsible_team": "Responsible team",
    "supervising_social_worker": "Supervising social worker (fostering)",
}


def title(role: str) -> str:
    """Return a role as it is said on a page."""
    return TITLES.get(role) or role.replace("_", " ").capitalize()


def titles(roles: Iterable[str]) -> tuple[str, ...]:
    """Return several roles as they are said on a page, in the order given."""
    return tuple(title(role) for role in roles)
