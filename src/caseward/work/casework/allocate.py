"""Giving a worker (or a team) a role in relation to a child, and ending it."""

from datetime import date

from caseward.record.ledger.acts import Act, NewEntry, child_stream
from caseward.work import entries
from caseward.work.casework import identity
from caseward.work.entries import Taken


def allocate(
    act: Act,
    child: str,
    worker: str = "",
    *,
    role: str,
    since: date,
    until: date | None = None,
    team: str = "",
    stands_in_for: str = "",
) -> Taken:
    """Say that the worker, or the team, holds the role for the child from a day on (M27).

    Re-allocating changes no task: whose list a task stands on is asked on the day.
    `stands_in_for` names the worker whom this one replaces (B6).
    """
    said = {"role": role, "worker": worker, "team": team, "stands_in_for": stands_in_for}
    return entries.take_in(
        act,
        (
            NewEntry(
                stream=child_stream(child),
                kind="role.held",
                occurred_on=since,
                until=until,
                fields={name: value for name, value in said.items() if value},
                entry_id=identity.made_from(act, "role"),
            ),
        ),
        confirmed=True,
    )


def end(act: Act, child: str, role: str, *, worker: str = "", team: str = "", on: date) -> Taken:
    """Say that the role for the child ended on a day; without a successor it is unallocated."""
    said = {"role": role, "worker": worker, "team": team}
    return entries.take_in(
        act,
        (
            NewEntry(
                stream=child_stream(child),
                kind="role.ended",
                occurred_on=on,
                fields={name: value for name, value in said.items() if value},
                entry_id=identity.made_from(act, "role"),
            ),
        ),
        confirmed=True,
    )
