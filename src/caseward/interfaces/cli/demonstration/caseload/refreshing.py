"""Brings the other system's extracts in through the importer, as an authority's nightly job does."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

from django.conf import settings

from caseward.interfaces.cli.demonstration.caseload import drawing, paperwork, typed
from caseward.interfaces.cli.demonstration.caseload.columns import COLUMNS
from caseward.interfaces.cli.demonstration.caseload.extracts import Extracts
from caseward.interfaces.cli.demonstration.caseload.lives import Life, Setting
from caseward.interfaces.cli.demonstration.telling import Telling
from caseward.interfaces.cli.demonstration.world import World
from caseward.record.people import queries as people
from caseward.work.casework import hold_role
from caseward.work.exchange.imports import runs

SYSTEM_NAME, SCHEME, FORMAT = "Examplesystem", "la_child_id", "ssd"
MANAGERS = ("tm_north", "tm_south")
OF_EVERY_TEAM = (("business_support", "admin"), ("duty_worker", "duty"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload:
    """The children of the other system, and the tables that tell of them."""

    setting: Setting
    lives: list[Life]


def draw(told: Telling, *, n_children: int) -> Caseload:
    """Draw so many children by the demonstration's seed."""
    tables = Extracts(columns=COLUMNS)
    setting = Setting(
        today=told.today,
        began_on=told.began_on,
        calendar=told.calendar,
        random=Random(f"caseload {told.chance.seed}"),  # noqa: S311 -- no secret
        tables=tables,
    )
    drawn = drawing.draw(setting, told.chance, n_children=n_children)
    return Caseload(setting=setting, lives=drawn)


def bring_in(world: World, caseload: Caseload, folder: Path, *, on: date, as_of: date) -> None:
    """Write the extract as of a day, and import it on the same day or the next morning."""
    caseload.setting.tables.write(folder, as_of=as_of)
    act = replace(world.act(on), via="import", why="Nightly refresh")
    home = settings.CASEWARD_HOME
    run = runs.start(
        act, [folder], home=home, format_code=FORMAT, scheme=SCHEME, system=SYSTEM_NAME
    )
    runs.check(run, at=act.at, today=act.today, home=home)
    runs.commit(act, run, home=home)


def bring_in_papers(world: World, caseload: Caseload) -> None:
    """Bring in the register of reviews, after the extract that tells of the reviews."""
    paperwork.bring_in(world, caseload.setting, caseload.lives, people.outside_ids(SCHEME))


def take_over(world: World, told: Telling, caseload: Caseload) -> None:
    """Say who is who after the first extract: managers for its teams, words for its people."""
    for number, team in enumerate(people.teams()):
        if team.id not in world.teams.values():
            manager = MANAGERS[number % len(MANAGERS)]
            for role, word in (("team_manager", manager), *OF_EVERY_TEAM):
                hold_role.hold(
                    world.act(told.began_on),
                    world.workers[word],
                    role,
                    since=told.began_on,
                    team=team.id,
                )
    theirs = {name for life in caseload.lives for name in (life.worker, life.officer)}
    named = {worker.name: worker.id for worker in people.all_workers(told.began_on)}
    world.workers.update({name: worker for name, worker in named.items() if name in theirs})
    children = people.outside_ids(SCHEME)
    for word, life in typed.tell(told, caseload.lives).items():
        world.children[word] = children[life.number]
