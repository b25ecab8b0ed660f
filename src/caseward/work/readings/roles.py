"""The names of roles as people say them."""

from collections.abc import Iterable

from caseward.rules.engine import wording


def title(role: str) -> str:
    """Return a role as it is said on a page."""
    return wording.role(role)


def titles(roles: Iterable[str]) -> tuple[str, ...]:
    """Return several roles as they are said on a page, in the order given."""
    return tuple(title(role) for role in roles)
