"""How much may be sent to a page: more is refused by what the browser says, before it arrives."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from caseward.interfaces.web.errors import views as error_pages
from caseward.interfaces.web.rules import View

MEGABYTE = 1_000_000
# No form but one with files sends so much.
MOST_OTHERWISE = 10


def taking(megabytes: int, *, what_to_do: str) -> Callable[[View], View]:
    """Declare how much a view takes, and what to do with more."""

    def declare(view: View) -> View:
        marked: Any = view
        marked.takes_megabytes, marked.more_words = megabytes, what_to_do
        return view

    return declare


class SizeMiddleware:
    """Answers before anything reads the body; it must stand before whatever looks into a form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Refuse more than the view takes."""
        length = request.META.get("CONTENT_LENGTH") or ""
        most = getattr(view, "takes_megabytes", MOST_OTHERWISE)
        if not length.isdecimal() or int(length) <= most * MEGABYTE:
            return None
        sentence = f"What was sent has {int(length) // MEGABYTE:,} MB; a page takes {most} MB."
        return error_pages.too_much(request, sentence, getattr(view, "more_words", ""))
