"""Recurring duties (M16): the interval's table, asking again, and the next occurrence."""

from collections.abc import Sequence
from datetime import date

from caseward.rules.calendars import counting
from caseward.rules.calendars.counting import CalendarTooShort
from caseward.rules.engine.reference import anchors, building
from caseward.rules.engine.reference.known import date_of
from caseward.rules.engine.reference.law import LawRow
from caseward.rules.engine.reference.live import Occurrence, TableRead
from caseward.rules.engine.reference.walk import Walk
from caseward.rules.engine.tasks import LimitDate

NO_FURTHER = "no interval"
LATER = 3
"""The third occurrence is the first of the later ones."""


def interval_date(walk: Walk, occurrence: Occurrence, previous: LimitDate | None) -> LimitDate:
    """Return the date that the table gives, read at the trigger (or where `read_at` says)."""
    start = occurrence.cause.day
    if occurrence.row is None:
        occurrence.row = _read(walk, occurrence, start)
    row, first = occurrence.row, None
    if occurrence.tightened is not None:
        first = _counted_to(walk, row, start, occurrence)[0]
        start, row = occurrence.tightened
    if not row.is_dated:
        waits_for = row.lacks or next(iter(sorted(occurrence.law.met_kinds)), NO_FURTHER)
        if row.lacks:
            occurrence.miss(row.lacks)
        return building.limit_date(
            limit=row.label, force=row.row.force, first_on=None, due_on=None, waits_for=waits_for
        )
    day, is_provisional = _counted_to(walk, row, start, occurrence)
    if previous is not None and previous.first_on is not None and first is None:
        first = previous.first_on if occurrence.moved_from else None
    return building.limit_date(
        limit=row.label,
        force=row.row.force,
        first_on=first or day,
        due_on=day,
        anchor_on=start,
        anchor_entries=occurrence.cause.entries if occurrence.tightened is None else (),
        is_provisional=is_provisional,
    )


def ask_again(walk: Walk, occurrence: Occurrence) -> bool:
    """Read the table again on the day a state changed; say whether it tightened the date.

    Tightening holds at once: the earlier of the old date and the new interval counted from that
    day. Loosening waits for the next occurrence.
    """
    row = _read(walk, occurrence, walk.day)
    if not row.is_dated:
        return False
    day, _ = _counted_to(walk, row, walk.day, occurrence)
    old = next((one.due_on for one in occurrence.dates if one.limit.startswith("every:")), None)
    if day is None or (old is not None and day >= old):
        return False
    occurrence.tightened = (walk.day, row)
    return True


def _read(walk: Walk, occurrence: Occurrence, day: date) -> LawRow:
    """Read the table, unless what it gave last cannot have changed since."""
    law, tables = occurrence.law, occurrence.episode.tables
    rows = law.table.by_ordinal[min(occurrence.ordinal, LATER) - 1]
    if rows and rows[0].when is None:
        return rows[0]
    if not law.table.is_steady or occurrence.ordinal < LATER or day != walk.day:
        return _read_through(walk, occurrence, rows, day)[0]
    known = walk.known
    stamp = (known.n_changes, *[len(known.events(kind)) for kind in law.table.kinds])
    last = tables.get(law)
    if last is not None and last.stamp == stamp and day < last.until:
        return last.row
    row, is_certain = _read_through(walk, occurrence, rows, day)
    if is_certain:
        tables[law] = TableRead(row, stamp, _stands_until(walk, occurrence, rows))
    return row


def _stands_until(walk: Walk, occurrence: Occurrence, rows: Sequence[LawRow]) -> date:
    """The next day on which time alone may change what the table gives."""
    scene = walk.scene_of(occurrence)
    turns = [row.when.next_change for row in rows if row.when is not None]
    days = [turn(scene) for turn in turns if turn is not None]
    return min((day for day in days if day is not None), default=date.max)


def _read_through(
    walk: Walk, occurrence: Occurrence, rows: Sequence[LawRow], day: date
) -> tuple[LawRow, bool]:
    """Read the table top to bottom; where a row cannot be told, the strictest that may hold.

    What is missing is said on the task (M1); the stricter date keeps the child safe meanwhile.
    Whether the row is certain comes with it.
    """
    scene = walk.scene_of(occurrence)
    possible: list[LawRow] = []
    for row in rows:
        if row.when is None:
            possible.append(row)
            break
        scene.read_on = None
        if row.row.read_at is not None:
            scene.read_on = _read_on(walk, occurrence, row)
        elif day != walk.day:
            scene.read_on = day
        said = row.when.ask(scene)
        if said is not False:
            possible.append(row)
        if said:
            break
    if len(possible) > 1:
        occurrence.miss(*scene.missing)
        dated = [row for row in possible if row.is_dated]
        if dated:
            strictest = min(
                dated, key=lambda row: _counted_to(walk, row, day, occurrence)[0] or date.max
            )
            return strictest, False
    row = possible[0] if possible else occurrence.law.rows[-1]
    return row, not scene.missing


def _read_on(walk: Walk, occurrence: Occurrence, row: LawRow) -> date | None:
    """The day of the event that `read_at` names, the trigger's where there is none (P8)."""
    days = [
        event.occurred_on
        for event in walk.known.events(row.row.read_at or "")
        if anchors.is_in_episode(occurrence.episode, event)
    ]
    if not days:
        return None
    return days[0] if row.row.read_at_first else days[-1]


def _counted_to(
    walk: Walk, row: LawRow, start: date, occurrence: Occurrence
) -> tuple[date | None, bool]:
    if row.row.by_field is not None:
        event = occurrence.cause.event
        return (None if event is None else date_of(event, row.row.by_field)), False
    if row.span is None:
        return None, False
    try:
        return counting.count_forward(walk.calendar, start, *row.span)
    except CalendarTooShort:
        occurrence.miss("calendar before its first year")
        return None, False
