"""What moves a limit's last day though nobody agreed a delay: a court varies, extends, shortens.

The latest such event of the same keys, on or after the trigger, gives the date; the first date
stays, and the days that were late by then stay late (M22, M23). It moves the law's own limit too:
who set the date may set another.
"""

from caseward.rules.engine.reference.known import date_of, value_of
from caseward.rules.engine.reference.law import LawLimit
from caseward.rules.engine.reference.live import Occurrence
from caseward.rules.engine.reference.walk import ONE_DAY, Walk
from caseward.rules.facts.entries import Event
from caseward.rules.procedures.model import MovedBy


def latest(walk: Walk, occurrence: Occurrence, limit: LawLimit) -> tuple[Event, MovedBy] | None:
    """Return the event that moved the limit last, and how; one that sets no date moves nothing."""
    found: tuple[Event, MovedBy] | None = None
    for move in limit.limit.moved_by:
        for event in reversed(walk.known.events(move.event)):
            if event.occurred_on < occurrence.cause.day:
                break
            if not _is_for(occurrence, event) or not _sets_a_date(event, move):
                continue
            if found is None or _is_later(event, found[0]):
                found = event, move
            break
    return found


def count_in(event: Event, move: MovedBy) -> int | None:
    """Return the new count that the event gives in place of a date."""
    value = value_of(event, move.count) if move.count else None
    text = "" if value is None else str(value).strip()
    return int(text) if text.isdecimal() and int(text) > 0 else None


def keep_late_days(walk: Walk, occurrence: Occurrence) -> None:
    """Days already late stay late: a new date moves only what is still to come (M23)."""
    firm = occurrence.firm_due_on
    if firm is not None and firm < walk.day:
        since = max([firm, *(last for _, last in occurrence.already_late)]) + ONE_DAY
        if since < walk.day:
            occurrence.already_late += ((since, walk.day - ONE_DAY),)


def _is_later(event: Event, other: Event) -> bool:
    return (event.occurred_on, event.position) > (other.occurred_on, other.position)


def _sets_a_date(event: Event, move: MovedBy) -> bool:
    has_date = bool(move.to) and date_of(event, move.to) is not None
    return has_date or count_in(event, move) is not None


def _is_for(occurrence: Occurrence, event: Event) -> bool:
    """It names the occurrence's own keys; one that names none of them is of the first opened."""
    if event.entry_id in occurrence.cause.entries or not occurrence.episode.accepts(event):
        return False
    names = occurrence.law.slot_names
    wanted = [(name, value) for name, value in zip(names, occurrence.slot, strict=False) if value]
    given = [value_of(event, name) for name, _ in wanted]
    if wanted and all(value is None for value in given):
        standing = occurrence.episode.open.get(occurrence.law.root, {})
        return next(iter(standing.values()), None) is occurrence
    return all(str(value) == name[1] for value, name in zip(given, wanted, strict=True))
