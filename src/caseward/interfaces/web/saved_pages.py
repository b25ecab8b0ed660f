"""Where a person stands after saving: the child's page, which says what was saved."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def of(child_id: str, act_id: str) -> HttpResponse:
    """Go to the child's page, with the act whose consequences it tells and offers to undo."""
    return redirect(f"{reverse('children:page', args=[child_id])}?{urlencode({'saved': act_id})}")
