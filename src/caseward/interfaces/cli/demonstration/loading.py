"""Loads the stories: the authority, what its earlier system held, then each deed on its day.

Every deed goes through the verb for it, by the worker who would do it, at a moment of that day, so
that the record has grown as a real one does and shows what was known when.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction

from caseward.interfaces import clock, shipped
from caseward.interfaces.cli import adopting, law_cache
from caseward.interfaces.cli.demonstration import bringing_over, doing, staff, stories
from caseward.interfaces.cli.demonstration.caseload import refreshing
from caseward.interfaces.cli.demonstration.chance import Chance
from caseward.interfaces.cli.demonstration.deeds import Deed
from caseward.interfaces.cli.demonstration.telling import Telling
from caseward.interfaces.cli.demonstration.world import World
from caseward.work.casework import adopt, hold_role

Tell = Callable[[str, int, int], None]
N_CHILDREN = stories.N_CHILDREN
OPENING, MINUTES_OPEN = time(8, 45), 8 * 60


def load(
    today: date,
    tell: Tell,
    *,
    n_children: int = N_CHILDREN,
    seed: int = 1,
    extracts: Path | None = None,
) -> int:
    """Fill an empty store with the demonstration; return how many children it has.

    Beyond those of the stories, the children are another system's, whose extracts are written into a folder and
    imported. The same day, number and seed give the same stories, ids and moments included, and
    the same extracts.
    """
    texts = shipped.law_texts()
    law = law_cache.parsed(texts)
    told = Telling(
        today=today,
        calendar=law.calendar,
        vocabulary=law.vocabulary,
        chance=Chance(seed=seed),
    )
    n_told = min(n_children, N_CHILDREN)
    stories.tell(told, n_children=n_told)
    world = World(chance=told.chance, at=_opening(told.began_on) - timedelta(hours=2))
    with transaction.atomic():
        _found(
            world, told, adopting.Adopting(texts=texts, law=law, used_from=_used_from(told, law))
        )
        bringing_over.bring_over(world, told)
    if n_children == n_told:
        _do_all(world, told, tell)
        return n_told
    with _folder(extracts) as folder:
        caseload = refreshing.draw(told, n_children=n_children - n_told)
        tell("Importing another system's children", 0, 1)
        first, last = told.began_on, today - timedelta(days=1)
        refreshing.bring_in(world, caseload, folder / "first", on=first, as_of=first)
        tell("Importing another system's children", 1, 1)
        with transaction.atomic():
            refreshing.take_over(world, told, caseload)
        _do_all(world, told, tell)
        tell("Refreshing from the other system", 0, 1)
        refreshing.bring_in(world, caseload, folder / "last", on=today, as_of=last)
        refreshing.bring_in_papers(world, caseload)
        tell("Refreshing from the other system", 1, 1)
    return n_told + len(caseload.lives)


def _do_all(world: World, told: Telling, tell: Tell) -> None:
    deeds = sorted(told.deeds, key=lambda deed: (deed.on, deed.number))
    with transaction.atomic():
        for number, deed in enumerate(deeds, start=1):
            doing.do(world, told, deed, at=_moment(world, deeds, number))
            tell("Writing the demonstration", number, len(deeds))
        bringing_over.refresh(world, told)


@contextmanager
def _folder(wanted: Path | None) -> Iterator[Path]:
    """Give the folder for the extracts: the one that was named, or one that goes away again."""
    if wanted is not None:
        yield wanted
        return
    with TemporaryDirectory(prefix="caseward-demo-") as made:
        yield Path(made)


def _used_from(told: Telling, law: law_cache.ParsedLaw) -> dict[str, date]:
    """Local procedures are used since the authority began; supervision was taken in later."""
    local = [procedure.id for procedure in law.procedures if not procedure.is_national]
    since = dict.fromkeys(local, told.began_on)
    return {**since, **stories.used_later(told)}


def _found(world: World, told: Telling, wanted: adopting.Adopting) -> None:
    """Found the authority: its law, its name, its teams and those who work in them."""
    on = told.began_on
    adopt.declare_demonstration(world.act(on))
    adopting.adopt_all(wanted, lambda: world.act(on))
    adopt.set_setting(world.act(on), "authority_name", staff.AUTHORITY, since=on)
    for team in staff.TEAMS:
        made = hold_role.register_team(
            world.act(on),
            team.name,
            kind=team.kind,
            part_of=world.teams.get(team.part_of, ""),
            since=on,
        )
        world.teams[team.word] = made.id
    for worker in staff.WORKERS:
        # Their names are what they do, so that lists of them stand in the order of that.
        made = hold_role.register_worker(
            world.act(on), worker.name, family_name=worker.name, since=on
        )
        world.workers[worker.word] = made.id
        for words in worker.roles:
            role, _, team_word = words.partition(" ")
            team_id = world.teams.get(team_word, "")
            hold_role.hold(world.act(on), made.id, role, since=on, team=team_id)


def _moment(world: World, deeds: list[Deed], number: int) -> datetime:
    """Return when in the working day a deed was done: in their order, some time apart."""
    deed = deeds[number - 1]
    first = next(place for place, other in enumerate(deeds, start=1) if other.on == deed.on)
    n_that_day = sum(1 for other in deeds if other.on == deed.on)
    share = MINUTES_OPEN // n_that_day
    minutes = (number - first) * share + world.chance.minute(0, max(share - 1, 0))
    return _opening(deed.on) + timedelta(minutes=minutes)


def _opening(on: date) -> datetime:
    return datetime.combine(on, OPENING, tzinfo=clock.LONDON)
