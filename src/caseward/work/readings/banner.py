"""Who is looking, in which roles, at which day: what every page says at its top."""

from datetime import date, datetime

from caseward.record.access.askers import Asker
from caseward.record.ledger import authority
from caseward.work import entries
from caseward.work.readings import roles, words
from caseward.work.readings.shapes import Banner

DEMONSTRATION = (
    "This is a demonstration. Every child and every person in it is made up. Never enter anything "
    "about a real child."
)


def page(asker: Asker, *, as_of: date, known_at: datetime | None = None) -> Banner:
    """Return who is looking and what must always be said; nothing about a child is in it."""
    is_demonstration = authority.is_demonstration()
    said = [DEMONSTRATION] if is_demonstration else []
    if known_at is not None:
        said.append(f"This is what was known on {words.moment(known_at)}, as it stood then.")
    if as_of != asker.today:
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
        sentences=tuple(said),
    )
