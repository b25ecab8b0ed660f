"""The act that a form asks for: who, when, its key, by the web, and why."""

import uuid
from typing import cast

from django.http import HttpRequest

from caseward.interfaces import clock
from caseward.interfaces.web.looking import LookingRequest
from caseward.record.access.askers import Asker
from caseward.record.ledger.acts import Act

# No key of a form's own is so long; a draft keeps no longer one.
_LONGEST_KEY = 100


def new_key() -> str:
    """Return a fresh key for a form, so that sending it twice records it once."""
    return uuid.uuid4().hex


def asker_of(request: HttpRequest) -> Asker:
    """Return who is looking."""
    return cast(LookingRequest, request).asker


def act_of(request: HttpRequest, *, why: str = "") -> Act:
    """Return the act of the person looking, with the key that their form carried."""
    return act(asker_of(request).worker or "", key=_own_key(request.POST.get("key", "")), why=why)


def _own_key(text: str) -> str:
    """Return a form's key as it was sent, or none where no form of ours could have carried it."""
    return text if text.isprintable() and len(text) <= _LONGEST_KEY else ""


def act(by: str, *, key: str = "", why: str = "") -> Act:
    """Return an act of a worker now, by the web; without a key it gets one of its own."""
    at = clock.now()
    return Act(by=by, at=at, today=clock.day_of(at), key=key or new_key(), via="web", why=why)
