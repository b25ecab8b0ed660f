"""Who held which role as was known at a position of the ledger: worked out, never today's rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from caseward.record.ledger import queries
from caseward.record.ledger.acts import AUTHORITY, child_stream
from caseward.record.people import child_rows, kinds, models, staff_rows
from caseward.rules.facts import record as records

HOLDING = ("role.held", "role.ended")


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """The roles as known then, of whatever day, who was away, and what all were called."""

    roles: tuple[models.RoleHeld, ...]
    names: Mapping[str, str]
    absences: tuple[models.Absence, ...]

    def holds(self, row: models.RoleHeld | models.Absence, day: date) -> bool:
        """Return whether a role is held, or somebody is away, on a day."""
        return row.from_on <= day and (row.until_on is None or row.until_on > day)

    def away_on(self, day: date) -> dict[str, models.Absence]:
        """Return who is away on a day, by worker."""
        return {row.worker: row for row in self.absences if self.holds(row, day)}


def rows(children: Sequence[str], position: int) -> Then:
    """Return the roles held for these children, in teams and in the authority; own holders first."""
    staff = staff_rows.rows_of(
        records.as_known(
            queries.entries_of(AUTHORITY, position=position, kinds=kinds.STAFF_KINDS),
            child=AUTHORITY.id,
        )
    )
    held = [row for row in staff if isinstance(row, models.RoleHeld)]
    said = queries.entries_of_all(map(child_stream, children), position=position)
    for stream, entries in said.items():
        events = records.as_known(entries, child=stream.id).events
        held += child_rows.roles_held(events, child=stream.id)
    held.sort(key=lambda row: (bool(row.stands_in_for), row.from_on, row.id))
    return Then(
        roles=tuple(held),
        names={row.id: row.name for row in staff if isinstance(row, models.Worker | models.Team)},
        absences=tuple(row for row in staff if isinstance(row, models.Absence)),
    )
