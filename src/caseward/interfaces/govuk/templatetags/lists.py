"""Addresses of lists: the one looked at, with something of it changed."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest

from caseward.work.readings import worklists

register = template.Library()
_KEPT = ("whose", "team", "role", "when", "procedure", "step", "words", "child", "on")


@register.filter
def counted(number: int) -> str:
    """Return a count as a page says it: 12, or "more than 1,000"."""
    return worklists.count_words(number)


@register.filter
def whole(number: int) -> str:
    """Return a whole number as people write it: 6,362."""
    return f"{number:,}"


@register.simple_tag(takes_context=True)
def narrowed(context: template.Context, **changes: Any) -> str:
    """Return the query of this list with parts of it changed; an empty part is left out.

    Where a page begins is not kept: another list begins at its start.
    """
    request: HttpRequest = context["request"]
    said = {name: request.GET.get(name, "") for name in _KEPT} | {
        name.rstrip("_"): str(value) for name, value in changes.items()
    }
    return "?" + urlencode({name: value for name, value in said.items() if value})
