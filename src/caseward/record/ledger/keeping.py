"""When heads are signed: after an act, at most every ten minutes or every so many acts (R15).

Called by the door once its transaction is committed, and by the jobs for the quiet after the last
act. What could not be signed is told in the log and does not undo what was recorded.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from caseward.record.ledger import heads
from caseward.record.ledger.refusals import Refused

ACTS = 200
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Keeper:
    """When this process last signed or looked, and how many acts it has taken in since."""

    signed_at: datetime | None = None
    n_acts: int = 0

    def act_taken(self, folders: Sequence[Path], *, at: datetime, is_large: bool = False) -> None:
        """Sign the head if it is time to, or at once after what is large; never fail the act."""
        self.n_acts += 1
        is_old = self.signed_at is None or abs(at - self.signed_at) >= heads.EVERY
        if not (is_old or is_large or self.n_acts >= ACTS):
            return
        try:
            if is_large or self.n_acts >= ACTS or heads.is_due(folders[0], at=at):
                heads.write(folders, at=at)
        except (OSError, Refused) as problem:
            # The file's name is told, and nothing of what was recorded.
            log.error("The head of the record could not be signed: %s", problem)  # noqa: TRY400
            return
        self.signed_at, self.n_acts = at, 0


_keeper = Keeper()


def act_taken(*, at: datetime, is_large: bool = False) -> None:
    """Note that an act was committed, in this installation's own places."""
    _keeper.act_taken(folders(), at=at, is_large=is_large)


def sign_if_due(*, at: datetime) -> None:
    """Sign the head where the newest is old and the store has moved on since: after the last act."""
    wanted = folders()
    if heads.is_due(wanted[0], at=at):
        heads.write(wanted, at=at)


def folders() -> tuple[Path, ...]:
    """Return where this installation keeps its heads: at home first, then elsewhere."""
    return Path(settings.CASEWARD_HOME) / "heads", *map(Path, settings.CASEWARD_HEADS)
