"""The birth, expected and come (M42): steps hang on it forwards and back; first dates stay."""

from caseward.rules.engine.reference import dating, endings, intervals
from caseward.rules.engine.reference.live import Occurrence
from caseward.rules.engine.reference.walk import Walk
from caseward.rules.engine.tasks import Status

BIRTH = "birth"
NOT_BEFORE = "not done before the birth"


def fix(walk: Walk) -> None:
    """Date anew what hangs on the birth, and wait for birthdays once it has come."""
    for occurrence in walk.from_birth:
        if occurrence.is_open:
            dating.date_anew(walk, occurrence)
    birth = walk.known.birth
    if birth is not None and birth.occurred_on == walk.day:
        for episode in walk.living:
            if episode.closed_on is None:
                intervals.wait_for_birthdays(walk, episode)


def end_before_steps(walk: Walk) -> None:
    """What was to be done before the birth and was not is missed, unless it outlives it."""
    birth = walk.known.birth
    if birth is None or birth.occurred_on != walk.day:
        return
    for occurrence in walk.from_birth:
        if occurrence.is_open and not occurrence.law.outlives and _hangs_before(occurrence):
            endings.end(occurrence, walk.day, Status.MISSED, birth.entry_id, NOT_BEFORE)


def _hangs_before(occurrence: Occurrence) -> bool:
    return any(limit.limit.before == BIRTH for limit in occurrence.law.limits)
