"""Who is looking, on every request; refusals become pages; nothing is kept by the browser."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from caseward.interfaces import clock
from caseward.interfaces.web import rules
from caseward.interfaces.web.errors import views as error_pages
from caseward.record.access.askers import Asker
from caseward.record.ledger import maintenance
from caseward.work.entries import errors
from caseward.work.readings import errors as reading_errors
from caseward.work.readings import role_choices

SESSION_WORKER = "worker"
_NOBODY_NEEDED = ("whose_eyes",)
_READING = ("GET", "HEAD", "OPTIONS")
_log = logging.getLogger(__name__)


class LookingRequest(HttpRequest):
    """A request that knows who is looking; every view that is not about choosing gets one."""

    asker: Asker


class LookingMiddleware:
    """Puts the asker on the request, or sends the person to choose one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            asker = _asker(request)
        except DatabaseError:
            return _store_problem(request)
        if asker is not None:
            request.asker = asker  # type: ignore[attr-defined]  # LookingRequest says so to views
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: rules.View, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Ask nobody in who has not chosen, and let nobody save while saving waits.

        A view without a rule is a fault of ours.
        """
        rule = rules.rule_of(view)
        if rule is None:
            raise ImproperlyConfigured(f"The view of {request.path} declares no access rule.")
        if not hasattr(request, "asker") and rule not in _NOBODY_NEEDED:
            return redirect("roles:choose")
        if request.method in _READING or not rules.saves(view):
            return None
        try:
            standing = maintenance.standing(at=clock.now())
        except DatabaseError:
            return _store_problem(request)
        return None if standing is None else error_pages.saving_waits(request, standing)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn what the reader can put right, and a store out of reach, into pages of their own."""
        if isinstance(error, reading_errors.NotFound):
            return error_pages.not_found(request, error)
        if isinstance(error, reading_errors.NotAllowed):
            return error_pages.forbidden(request, error)
        if isinstance(error, errors.NotPermitted):
            return error_pages.forbidden(request, error)
        if isinstance(error, errors.Refusal):
            return error_pages.refused(request, error)
        if isinstance(error, DataError) and request.method != "POST":
            # Nothing in the store could ever have the name that this address gives.
            return error_pages.not_found(request, error)
        if isinstance(error, DatabaseError):
            return _store_problem(request)
        return None


def _store_problem(request: HttpRequest) -> HttpResponse:
    _log.exception("The store could not be reached.")
    return error_pages.store_problem(request)


def _asker(request: HttpRequest) -> Asker | None:
    worker = request.session.get(SESSION_WORKER)
    if not worker:
        return None
    try:
        return role_choices.asker(worker, at=clock.now())
    except reading_errors.NotFound:
        # The demonstration was loaded anew, or the worker has left: choose again.
        del request.session[SESSION_WORKER]
        return None
