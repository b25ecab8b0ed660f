"""Ways to break what serves, for controls: each is what a hasty product would do when its store fails."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse


class SaysSaved:
    """Tells that a form was saved whatever became of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Send whoever sent a form on."""
        if isinstance(error, DatabaseError) and request.method == "POST":
            return HttpResponse(status=302, headers={"Location": "/"})
        return None


class ForgetsWords(SaysSaved):
    """Tells that the store cannot be reached, without what was typed."""

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer with a page that carries nothing."""
        del request
        return HttpResponse("Try later.", status=503) if isinstance(error, DatabaseError) else None


CONTROLS: Mapping[str, Mapping[str, Any]] = {
    "": {},
    "says that it saved": {"+MIDDLEWARE": [f"{__name__}.SaysSaved"]},
    "forgets what was typed": {"+MIDDLEWARE": [f"{__name__}.ForgetsWords"]},
    "waits for a server that is away": {"DATABASES.default.OPTIONS.pool.timeout": 6.0},
}
"""By what is told of a control: how the settings of what serves are changed."""
