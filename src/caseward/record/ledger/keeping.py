"""When heads are signed: after an act, at most every ten minutes or every so many acts (R15).

Called by the door once its transaction is committed, and by the jobs for the quiet after the last
act. What could not be signed is told in the log and does not undo what was recorded: it is owed, and
the next act signs it, or the next look of the jobs.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import Error

from caseward.record.ledger import heads
from caseward.record.ledger.refusals import Refused

ACTS = 200
# The disk, the database, or a key or newest head that is damaged: none of them undoes an act.
UNSIGNED = (Error, OSError, ValueError, Refused)
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Keeper:
    """When this process last signed or looked, and how many acts it has taken in since.

    `is_owed`: a head that was to be signed at once could not be, and no later one was signed yet.
    """

    signed_at: datetime | None = None
    n_acts: int = 0
    is_owed: bool = False

    def act_taken(self, folders: Sequence[Path], *, at: datetime, is_large: bool = False) -> None:
        """Sign the head if it is time to, or at once after what is large; never fail the act."""
        self.n_acts += 1
        is_at_once = is_large or self.is_owed or self.n_acts >= ACTS
        is_old = self.signed_at is None or abs(at - self.signed_at) >= heads.EVERY
        if not (is_at_once or is_old):
            return
        try:
            if is_at_once or heads.is_due(folders[0], at=at):
                heads.write(folders, at=at)
        except UNSIGNED as problem:
            self.is_owed = True
            log_unsigned(problem)
            return
        self.signed_at, self.n_acts, self.is_owed = at, 0, False

    def look(self, folders: Sequence[Path], *, at: datetime) -> None:
        """Sign the head where it is owed, or the newest is old and the store has moved on since."""
        if self.is_owed or heads.is_due(folders[0], at=at):
            # Owed until each of the folders has it.
            self.is_owed = True
            heads.write(folders, at=at)
            self.is_owed = False


_keeper = Keeper()


def act_taken(*, at: datetime, is_large: bool = False) -> None:
    """Note that an act was committed, in this installation's own places."""
    _keeper.act_taken(folders(), at=at, is_large=is_large)


def sign_if_due(*, at: datetime) -> None:
    """Sign the head where it is due in the quiet after the last act."""
    _keeper.look(folders(), at=at)


def log_unsigned(problem: BaseException) -> None:
    """Tell those who run this that a head could not be signed, and what becomes of it."""
    # The file's name is told, and nothing of what was recorded.
    log.error(
        "The head of the record could not be signed: %s. What was recorded stands, and the next act "
        "or look signs it; `caseward head` signs it now.",
        str(problem).rstrip("."),
    )


def folders() -> tuple[Path, ...]:
    """Return where this installation keeps its heads: at home first, then elsewhere."""
    return Path(settings.CASEWARD_HOME) / "heads", *map(Path, settings.CASEWARD_HEADS)
