"""Who is away, who stands in for them, and whose work is left without cover (B6)."""

from dataclasses import dataclass
from datetime import date

from caseward.work.readings.shapes.askers import Banner


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceLine:
    """Somebody who is away, or will be: why in a word for themselves and managers, "" for others.

    `stand_ins` are the names of those who do their work meanwhile; `n_children` for how many
    children they hold a role, of whom nobody is told here by name.
    """

    absence_id: str
    worker_id: str
    name: str
    from_on: date
    back_on: date | None
    is_now: bool
    reason_words: str
    stand_ins: tuple[str, ...]
    n_children: int
    may_change: bool
    may_choose: bool

    @property
    def is_without_cover(self) -> bool:
        """Return whether they hold a role for a child and nobody stands in."""
        return bool(self.n_children) and not self.stand_ins


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoIsAway:
    """The absences that the asker may know of, and of whom they may say more.

    `workers` are those of whom the asker may say that they are away, themselves first; `others`
    those who may stand in.
    """

    banner: Banner
    lines: tuple[AbsenceLine, ...]
    workers: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]

    def line(self, absence_id: str) -> AbsenceLine | None:
        """Return the line of one absence, None where it is not among those shown."""
        return next((line for line in self.lines if line.absence_id == absence_id), None)
