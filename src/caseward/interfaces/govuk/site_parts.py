"""The parts of the site that the navigation names, and in which of them a page lies."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from caseward.record.access import policy

# A part: its words, its first page, and the journeys that lie in it.
_PARTS = (
    ("My tasks", "tasks:mine", frozenset({"tasks"})),
    ("Worklists", "worklists:list", frozenset({"worklists", "away"})),
    ("Children", "children:list", frozenset({"children", "recording", "people"})),
    ("Procedures", "procedures:list", frozenset({"procedures"})),
)
# For those who bring other systems' facts in, decide about them, or key ours back.
_OTHER_SYSTEMS = ("Other systems", "imports:list", frozenset({"imports", "taking_on", "returning"}))
_KEYS_BACK = frozenset({"business_support"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePart:
    """One link of the navigation."""

    words: str
    address: str
    is_here: bool


def of(request: HttpRequest) -> tuple[SitePart, ...]:
    """Return the parts, the one in which the page of this request lies marked.

    Whatever is about one child lies among the children.
    """
    match = request.resolver_match
    journey = match.namespace if match else ""
    if match and "child_id" in match.kwargs:
        journey = "children"
    return tuple(
        SitePart(words=words, address=reverse(first), is_here=journey in journeys)
        for words, first, journeys in (*_PARTS, *_more(request))
    )


def _more(request: HttpRequest) -> tuple[tuple[str, str, frozenset[str]], ...]:
    asker = getattr(request, "asker", None)
    if asker is None:
        return ()
    has_to_do = policy.may_import(asker) or policy.may_take_on(asker)
    return (_OTHER_SYSTEMS,) if has_to_do or _KEYS_BACK & set(asker.roles) else ()
