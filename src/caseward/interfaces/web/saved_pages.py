"""Where a person stands after saving: the child's page, which says what was saved."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def of(child_id: str, act_id: str, *, again: bool = False) -> HttpResponse:
    """Go to the child's page, with the act whose consequences it tells and offers to undo.

    `again` says that the same form had been sent before, and that it was saved only once.
    """
    named = {"saved": act_id} | ({"again": "yes"} if again else {})
    return redirect(f"{reverse('children:page', args=[child_id])}?{urlencode(named)}")
