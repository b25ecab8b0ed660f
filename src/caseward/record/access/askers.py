"""Who is asking: the one value that readings and policy take to decide what may be seen."""

from dataclasses import dataclass
from datetime import date, datetime

from caseward.record.people import queries


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """A signed-in worker, as they stand on `today` (access is asked today, whatever day is looked at, M4).

    `at` is the aware moment of asking and `today` its London day, from the clock at the door.
    `worker` is the worker's public id, None for a system door (a job, the command line on the
    server itself). `roles` are the roles held today in the authority or a team; roles held for
    one child are read from the store when asked. `is_demonstration`: the role was chosen on a
    demonstration store, not signed in to. `account` is the account's id where there is one.
    """

    at: datetime
    today: date
    worker: str | None = None
    name: str = ""
    roles: tuple[str, ...] = ()
    account: str | None = None
    is_demonstration: bool = False
    is_system: bool = False


def asker_for(
    worker_id: str,
    *,
    at: datetime,
    today: date,
    account: str = "",
    is_demonstration: bool = False,
) -> Asker:
    """Return the worker as they stand today, with every role they hold; no roles, nothing seen."""
    held = queries.roles_of(worker_id, today)
    worker = queries.workers([worker_id]).get(worker_id)
    return Asker(
        at=at,
        today=today,
        worker=worker_id,
        name=worker.name if worker else "",
        roles=tuple(sorted({row.role for row in held})),
        account=account or None,
        is_demonstration=is_demonstration,
    )


def system(*, at: datetime, today: date) -> Asker:
    """Return the asker of a door on the server itself: the command line, a job."""
    return Asker(at=at, today=today, name="the server itself", is_system=True)
