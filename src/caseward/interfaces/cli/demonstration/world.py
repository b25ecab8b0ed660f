"""The demonstration as it is written: ids by the stories' words, and the acts."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from caseward.interfaces import clock
from caseward.interfaces.cli.demonstration.chance import Chance
from caseward.record.ledger.acts import Act

SYSTEM = "system:demonstration"


@dataclass(slots=True, kw_only=True)
class World:
    """What has been written so far: ids of workers, teams, adults, children and entries."""

    chance: Chance
    at: datetime
    workers: dict[str, str] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)
    adults: dict[str, str] = field(default_factory=dict)
    children: dict[str, str] = field(default_factory=dict)
    entries: dict[tuple[str, str], str] = field(default_factory=dict)

    def act(
        self,
        on: date,
        *,
        by: str = "",
        at: datetime | None = None,
        why: str = "",
        acting_for: str = "",
    ) -> Act:
        """Return a worker's act on a day (the system's, without one), later than the last one."""
        wanted = at or datetime.combine(on, time(7), tzinfo=clock.LONDON)
        self.at = max(wanted, self.at + timedelta(seconds=1))
        return Act(
            by=self.workers[by] if by else SYSTEM,
            at=self.at,
            today=clock.day_of(self.at),
            key=self.chance.key(),
            via="demo",
            why=why,
            acting_for=self.workers[acting_for] if acting_for else None,
        )
