"""Choosing whom to be, in a demonstration store and in no other."""

from caseward.record.access import askers
from caseward.record.access.askers import Asker
from caseward.record.ledger import authority
from caseward.record.ledger.acts import Act
from caseward.record.people import queries as people
from caseward.work.entries.errors import NotPermitted


def choose(act: Act, worker: str) -> Asker:
    """Return the asker that this worker is today.

    Errors: NotPermitted in a store that is not a demonstration, or for somebody who has left.
    """
    if not authority.is_demonstration():
        raise NotPermitted(
            "Only a demonstration lets you choose who you are.", "Sign in with your own account."
        )
    known = {each.id for each in people.all_workers(act.today)}
    if worker not in known:
        raise NotPermitted(
            "This person does not work here on this day.", "Choose somebody from the list."
        )
    return askers.asker_for(worker, at=act.at, today=act.today, is_demonstration=True)
