"""The day that an address asks about: a page of a child today, or as it stood."""

from django.http import HttpRequest

from caseward.interfaces import clock
from caseward.interfaces.govuk import day_words, dials
from caseward.work.readings.errors import NotFound


def of(request: HttpRequest) -> dials.Dials:
    """Return the two dials of the address: today, as known now, where it says nothing.

    Errors: NotFound for a day mistyped: there is no such page.
    """
    try:
        return dials.read(request.GET, today=clock.today())
    except day_words.NotADay as error:
        raise NotFound(str(error)) from error
