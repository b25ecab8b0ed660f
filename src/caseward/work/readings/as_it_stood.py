"""A child's record as it stood on a past day, and as it was known then or later (M4, X8)."""

from datetime import date, datetime

from caseward.record.access.askers import Asker
from caseward.record.ledger import queries
from caseward.record.ledger.acts import LONDON, child_stream
from caseward.work.readings import banner, child_page, looks, words
from caseward.work.readings.errors import NotYet
from caseward.work.readings.shapes import AsItStood, ChildPage

# The whole record: what is shown to a court leaves nothing out.
WHOLE = 100_000


def question(asker: Asker, child_id: str) -> AsItStood:
    """Return what is needed to ask about a day: whose record it is, and when it began.

    Errors: NotFound where there is no such child, or the asker may not know that there is.
    """
    asked = looks.ask(asker, as_of=asker.today)
    child = looks.allowed_child(asker, child_id)
    began = _began_on(child_id)
    answer = AsItStood(
        banner=banner.page(asker, as_of=asker.today),
        child_id=child_id,
        name=looks.called(child),
        began_on=began,
        began_words=f"This record begins on {words.short_day(began)}." if began else "",
    )
    looks.write_log(asked, "as_it_stood", [child_id])
    return answer


def page(asker: Asker, child_id: str, *, as_of: date, known_at: datetime | None) -> ChildPage:
    """Return the child's page as it stood, its timeline whole; nothing may be recorded from it.

    Errors: NotFound as for the child's page; NotYet where nothing of the child was recorded yet.
    """
    looks.allowed_child(asker, child_id)
    if known_at is not None:
        _refuse_too_early(child_id, known_at)
    asked = looks.ask(asker, as_of=as_of, known_at=known_at)
    look = looks.look_at(asked, child_id)
    answer = child_page.made(look, child_page.told_of(look), n_timeline=WHOLE)
    looks.write_log(asked, "as_it_stood", child_page.shown(answer))
    return answer


def _refuse_too_early(child_id: str, known_at: datetime) -> None:
    began = _began_on(child_id)
    if began is None or known_at.astimezone(LONDON).date() < began:
        raise NotYet(
            "Nothing was recorded about this child by that day.",
            f"Choose {words.short_day(began)} or a later day." if began else "",
        )


def _began_on(child_id: str) -> date | None:
    """Return the day on which the child's first entry was recorded."""
    recorded = queries.recorded(child_stream(child_id))
    return recorded[0].act.at.astimezone(LONDON).date() if recorded else None
