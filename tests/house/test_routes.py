"""Every address is under a rule of the one access policy."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from caseward.record.access import policy


def views(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterable[Any]:
    """Yield every address with the view that answers it."""
    for pattern in patterns:
        address = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, address)
        else:
            yield address, pattern.callback, pattern.name


def without_rule(
    patterns: Iterable[URLPattern | URLResolver], rules: Mapping[str, str]
) -> list[str]:
    """Return every address that has no name, or whose view is under no rule of the policy."""
    faults = []
    for address, view, name in views(patterns):
        if name is None:
            faults.append(f"/{address} has no name")
        if getattr(view, "rule", None) not in rules:
            faults.append(f"/{address} is under no rule of the policy")
    return faults


def test_every_address_is_under_a_rule() -> None:
    """A route without a rule of the policy is refused."""
    assert without_rule(get_resolver().url_patterns, policy.ROUTE_RULES) == []


def test_there_are_addresses_to_check() -> None:
    """The list of routes is the product's own, not an empty one."""
    assert len(list(views(get_resolver().url_patterns))) > 5


def test_control_routes() -> None:
    """The check goes red on a view without a rule, with an unknown rule, and without a name."""

    def bare(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    def strange(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    strange.rule = "whoever asks"  # type: ignore[attr-defined]
    planted = [path("bare/", bare), path("strange/", strange, name="strange")]
    assert len(without_rule(planted, policy.ROUTE_RULES)) == 3
