"""Giving a procedure up: who may, what it is called, and what that would change (M8, S5)."""

from datetime import date

from caseward.record.access.askers import Asker
from caseward.record.ledger.acts import Act
from caseward.record.people.kinds import AUTHORITY_KINDS
from caseward.work.casework import adopt
from caseward.work.casework.authority_changes import AuthorityChange
from caseward.work.readings import banner, law, looks
from caseward.work.readings.errors import NotAllowed, NotFound
from caseward.work.readings.shapes import GivenUpChanges, GivingUp

KIND = "procedure.given_up"


def may(asker: Asker) -> bool:
    """Return whether the asker's roles may record that a procedure is no longer used."""
    return bool(set(AUTHORITY_KINDS[KIND].recorded_by) & set(asker.roles))


def page(asker: Asker, procedure: str, *, as_of: date) -> GivingUp:
    """Return the procedure that is to be given up.

    Errors: NotAllowed for whoever may not; NotFound where it never was in use.
    """
    if not may(asker):
        raise NotAllowed(
            "Your roles do not allow you to give a procedure up.",
            "Ask the policy lead, or whoever administers Caseward.",
        )
    asked = looks.ask(asker, as_of=as_of)
    found = law.procedure_of(asked.rulebook, procedure)
    if found is None:
        raise NotFound("There is no such procedure in use.", "Look at the list of procedures.")
    answer = GivingUp(
        banner=banner.page(asker, as_of=as_of),
        procedure=procedure,
        title=found.title,
        given_up_from=law.given_up_from(asked.rulebook, procedure),
    )
    looks.write_log(asked, "giving_up", (), procedure=procedure)
    return answer


def changes(asker: Asker, act: Act, change: AuthorityChange) -> GivenUpChanges:
    """Return of how many children it would change something on its day; nobody is named."""
    found = adopt.preview(act, change)
    looks.write_log(looks.ask(asker, as_of=change.from_on), "giving_up", ())
    return GivenUpChanges(n_children=len(found), n_late=sum(bool(one.n_late) for one in found))
