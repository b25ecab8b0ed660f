"""Where a person stands after saving: the child's page, which says what was saved."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def of(child_id: str, act_id: str, *, again: bool = False) -> HttpResponse:
    """Go to the child's page, with the act whose consequences it tells and offers to undo.

    `again` says that the same form had been sent before, and that it was saved only once.
    """
    return _at(child_id, {"saved": act_id} | ({"again": "yes"} if again else {}))


def undone(child_id: str, act_id: str) -> HttpResponse:
    """Go to the child's page, which says that the act was taken back."""
    return _at(child_id, {"saved": act_id, "undone": "yes"})


def _at(child_id: str, named: dict[str, str]) -> HttpResponse:
    return redirect(f"{reverse('children:page', args=[child_id])}?{urlencode(named)}")
