"""Every view says which access rule it is under; a view that says none is never served."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from caseward.record.access import policy

View = Callable[..., HttpResponse]


def under(rule: str) -> Callable[[View], View]:
    """Declare the rule of `record.access.policy` that a view is under.

    Errors: ValueError at import for a rule that the policy does not know.
    """
    if rule not in policy.ROUTE_RULES:
        raise ValueError(f"The access policy knows no rule {rule!r}: add it there first.")

    def declare(view: View) -> View:
        marked: Any = view
        marked.rule = rule
        return view

    return declare


def rule_of(view: View) -> str | None:
    """Return the rule that a view declared, or None where it declared none."""
    return getattr(view, "rule", None)


def saving_nothing(view: View) -> View:
    """Declare that a form's view writes nothing to the store, so that it goes on in maintenance."""
    marked: Any = view
    marked.saves = False
    return view


def saves(view: View) -> bool:
    """Return whether a form's view may write to the store: all do but those that say otherwise."""
    return bool(getattr(view, "saves", True))
