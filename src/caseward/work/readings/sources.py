"""Whose tasks a list holds and what it is narrowed to, as the query that permission is part of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from caseward.record.access import policy
from caseward.record.people import queries as people
from caseward.record.people import search
from caseward.work.readings.looks import Asked
from caseward.work.worklists import responsible
from caseward.work.worklists.models import NEVER
from caseward.work.worklists.queries import Source, every_task

# Those who allocate see what nobody is allocated to, and what is left without cover (B6).
ALLOCATES = frozenset({
    "team_manager", "service_manager", "district_manager", "safeguarding_team_manager",
    "iro_service_manager",
})  # fmt: skip
WHOSE = ("mine", "team", "role", "unallocated", "uncovered", "all")
# So many children a name may mean before a list by it says too little to be of use.
MOST_CHILDREN = 500
# Of so many children's tasks a list is sooner sorted whole than looked for among all there are.
MOST_WHO_ARE_FEW = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the address of a list asks for: whose tasks, and which of them; "" leaves a thing open.

    `step` is a procedure's id, or that with a step's: "discharge/W5.meeting".
    """

    whose: str = "mine"
    team: str = ""
    role: str = ""
    when: str = ""
    step: str = ""
    words: str = ""
    child: str = ""
    on: date | None = None

    @property
    def is_narrowed(self) -> bool:
        """Return whether anything but whose tasks they are was chosen."""
        role = self.role if self.whose != "role" else ""
        return bool(role or self.when or self.step or self.words or self.child or self.on)


def of(asked: Asked, choice: Choice) -> tuple[Source, ...]:
    """Return the sources of a list: whose tasks, of children whom the asker may see, narrowed."""
    return tuple(_narrowed(_seen(each, asked), choice, asked) for each in _whose(asked, choice))


def _seen(source: Source, asked: Asked) -> Source:
    """Narrow to children whom the asker may see; where they are few, the list begins from them."""
    few = None
    if source.may_be_long:
        few = policy.few_seen(asked.asker, child="child", at_most=MOST_WHO_ARE_FEW)
    if few is None:
        rows = source.rows.filter(policy.seen_by(asked.asker, child="child"))
        return replace(source, rows=rows)
    ids, is_not_kept_apart = few
    rows = source.rows.filter(is_not_kept_apart, child__in=ids)
    return replace(source, rows=rows, is_narrow=True)


def team_of(asked: Asked, choice: Choice) -> str:
    """Return the team that a team's list is of: the one chosen, or else the asker's own.

    Of several that one which they lead, then that in which they have been longest.
    """
    if choice.team:
        return choice.team
    held = [row for row in people.roles_of(asked.asker.worker or "", asked.as_of) if row.for_team]
    own = sorted(held, key=lambda row: (bool(row.stands_in_for), row.role not in ALLOCATES))
    return own[0].for_team if own else ""


def teams_of(asked: Asked, choice: Choice) -> frozenset[str]:
    """Return the same team with those that are part of it: a service's list is of all its teams."""
    wanted = {team_of(asked, choice)} - {""}
    parents = {team.id: team.part_of for team in people.teams()}
    while more := {team for team, above in parents.items() if above in wanted} - wanted:
        wanted |= more
    return frozenset(wanted)


def own_teams(asked: Asked) -> set[str]:
    """Return the teams that the asker is in, by any role."""
    held = people.roles_of(asked.asker.worker or "", asked.as_of)
    return {row.for_team for row in held if row.for_team}


def _whose(asked: Asked, choice: Choice) -> Iterable[Source]:
    day = asked.as_of
    match choice.whose:
        case "mine":
            party = responsible.party_of_worker(asked.asker.worker or "", day)
            yield Source(rows=responsible.rows_of_party(party), is_narrow=True)
            everywhere = responsible.rows_everywhere(party)
            if everywhere is not None:
                yield Source(rows=everywhere, is_narrow=False, may_be_long=True)
        case "team":
            party = responsible.party_of_teams(teams_of(asked, choice), day)
            yield Source(rows=responsible.rows_of_party(party), is_narrow=True)
        case "unallocated":
            yield Source(rows=responsible.rows_of_nobody(day), is_narrow=True, may_be_long=True)
        case "uncovered":
            yield from _without_cover(day)
        case "role":
            yield Source(rows=every_task(), is_narrow=False, may_be_long=True)
        case _:
            # A task that several roles owe is listed once, unless one of them is asked for.
            rows = every_task() if choice.role else every_task().filter(is_first=True)
            yield Source(rows=rows, is_narrow=False, may_be_long=True)


def _without_cover(day: date) -> Iterable[Source]:
    found = responsible.rows_without_cover(day)
    if found is not None:
        near, wide = found
        yield Source(rows=near, is_narrow=True)
        if wide is not None:
            yield Source(rows=wide, is_narrow=False, may_be_long=True)


def _narrowed(source: Source, choice: Choice, asked: Asked) -> Source:
    rows, is_narrow = source.rows, source.is_narrow
    if choice.role or choice.whose == "role":
        rows = rows.filter(role=choice.role)
    if choice.step:
        procedure, _, step = choice.step.partition("/")
        rows = rows.filter(procedure=procedure, **({"step": step} if step else {}))
    if choice.on is not None:
        rows = rows.filter(list_on=choice.on) if choice.on < NEVER else rows.none()
    if choice.child:
        rows, is_narrow = rows.filter(child=choice.child), True
    elif choice.words:
        rows = rows.filter(child__in=children_called(asked, choice.words))
        is_narrow = True
    return replace(source, rows=rows, is_narrow=is_narrow)


def children_called(asked: Asked, words: str) -> list[str]:
    """Return the children whom the asker may see and words may mean, by name; at most so many."""
    found = search.children(policy.visible_to(asked.asker), words)
    return list(found.values_list("id", flat=True)[:MOST_CHILDREN])
