"""Whom one may look as in a demonstration store, and in no other."""

from datetime import date, datetime

from caseward.record.access import askers
from caseward.record.access.askers import Asker
from caseward.record.ledger import authority
from caseward.record.ledger.acts import LONDON
from caseward.record.people import models
from caseward.record.people import queries as people
from caseward.work.readings import roles, words
from caseward.work.readings.errors import NotFound
from caseward.work.readings.shapes import Person, RoleChoices


def page(*, as_of: date) -> RoleChoices:
    """Return the people of a demonstration, by name, numbered ones last; none in any other store."""
    if not authority.is_demonstration():
        return RoleChoices(is_demonstration=False, people=())
    teams = {team.id: team.name for team in people.teams()}
    # Those of whom there are many alike, with a number for a name, come after those of the stories.
    workers = sorted(people.all_workers(as_of), key=lambda worker: worker.name[-1:].isdigit())
    return RoleChoices(
        is_demonstration=True,
        people=tuple(_person(worker, as_of=as_of, teams=teams) for worker in workers),
    )


def asker(worker: str, *, at: datetime) -> Asker:
    """Return the asker of somebody who was chosen before.

    Errors: NotFound where the store is no demonstration (any longer), or they do not work here.
    """
    today = at.astimezone(LONDON).date()
    if not authority.is_demonstration() or not people.is_with_us(worker, today):
        raise NotFound("This choice no longer holds.", "Choose again whom to look as.")
    return askers.asker_for(worker, at=at, today=today, is_demonstration=True)


def _person(worker: models.Worker, *, as_of: date, teams: dict[str, str]) -> Person:
    held = people.roles_of(worker.id, as_of)
    own = dict.fromkeys(row.role for row in held)
    children = {row.child for row in held if row.child}
    team = next((teams.get(row.for_team, "") for row in held if row.for_team), "")
    titles = roles.titles(own)
    count = (
        f", responsible for {words.count(len(children), 'child', 'children')}" if children else ""
    )
    return Person(
        worker_id=worker.id,
        name=worker.name,
        role_titles=titles,
        team=team,
        n_children=len(children),
        sentence=f"{words.listed(titles) or 'No role'}{count}",
    )
