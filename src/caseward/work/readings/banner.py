"""Who is looking, in which roles, at which day: what every page says at its top."""

from datetime import date, datetime, time

from caseward.record.access.askers import Asker
from caseward.record.ledger import authority
from caseward.record.ledger.acts import LONDON
from caseward.work import entries
from caseward.work.readings import refreshed, roles, words
from caseward.work.readings.shapes import Banner

DEMONSTRATION = (
    "This is a demonstration. Every child and every person in it is made up. Never enter anything "
    "about a real child."
)


def page(asker: Asker, *, as_of: date, known_at: datetime | None = None) -> Banner:
    """Return who is looking and what must always be said; nothing about a child is in it."""
    is_demonstration = authority.is_demonstration()
    said = [DEMONSTRATION] if is_demonstration else []
    is_past = known_at is not None or as_of < asker.today
    if is_past:
        said.append(f"{stood(as_of, known_at, today=asker.today)}.")
    elif as_of > asker.today:
        said.append(f"This is how it stands on {words.day(as_of)}, not today.")
    return Banner(
        worker_id=asker.worker or "",
        worker_name=asker.name,
        roles=asker.roles,
        role_titles=roles.titles(asker.roles),
        authority=entries.authority_name(on=as_of),
        as_of=as_of,
        known_at=known_at,
        is_demonstration=is_demonstration,
        is_past=is_past,
        sentences=tuple(said),
        refreshed_words=refreshed.words(),
    )


def stood(as_of: date, known_at: datetime | None, *, today: date) -> str:
    """Return which day is looked at and what was known when, in words."""
    day = f"As it stood on {words.short_day(as_of)}" if as_of < today else "As it stands today"
    if known_at is None:
        return f"{day}, as known today"
    local = known_at.astimezone(LONDON)
    is_whole_day = local.time() == time.max
    if is_whole_day and local.date() == as_of:
        return f"{day}, as known that day"
    known = (
        f"on {words.short_day(local.date())}" if is_whole_day else f"at {words.moment(known_at)}"
    )
    return f"{day}, as known {known}"
