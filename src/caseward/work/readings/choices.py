"""What a list may be narrowed to, for its form: whose, which team, role, time and step."""

from collections.abc import Iterable, Iterator, Mapping

from caseward.record.people import queries as people
from caseward.rules.procedures.model import Procedure
from caseward.work.readings import looks, roles, sources, words
from caseward.work.readings.grouping import HEADINGS
from caseward.work.readings.looks import Asked
from caseward.work.readings.shapes import Choices, Option, OptionGroup
from caseward.work.readings.sources import Choice
from caseward.work.worklists.places import Place

WHOSE_TITLES: Mapping[str, str] = {
    "mine": "Mine",
    "team": "A team’s",
    "role": "A role’s",
    "unallocated": "Nobody’s",
    "uncovered": "Left without cover",
    "all": "All that you may see",
}
WHEN_TITLES: Mapping[str, str] = {
    "": "Any time",
    "overdue": "Overdue",
    "next": "Today and the next 7 days",
    "later": "Later",
    "undated": "No date yet",
}
# What the form asks for in a few words takes in several headings of the list.
PLACES_OF: Mapping[str, tuple[Place, ...]] = {
    "overdue": ("late", "behind_usual"),
    "next": ("due_today", "this_week"),
    "later": ("later",),
    "undated": ("waiting", "no_limit"),
}
OWNERS: Mapping[bool, str] = {
    False: "This authority’s own",
    True: "The same everywhere in England",
}
_HEADINGS: Mapping[str, str] = dict(HEADINGS.items())
_OPEN_WORDS = {"team": "Choose another team, or narrow this list", "role": "Choose a role"}
_TITLES: Mapping[str, str] = {
    "mine": "My tasks by day",
    "team": "Tasks of a team",
    "role": "Tasks of a role",
    "unallocated": "Tasks that nobody is allocated to",
    "uncovered": "Tasks left without cover",
    "all": "All tasks that you may see",
}


def of(asked: Asked, choice: Choice, *, page: str) -> Choices:
    """Return everything that may be chosen on a page, with what is."""
    name = ""
    if choice.child and looks.may_see(asked.asker, choice.child):
        name = looks.names_of([choice.child]).get(choice.child, "")
    procedures = tuple(_procedures(asked.rulebook.procedures, choice))
    steps = tuple(_steps(asked.rulebook.procedures, choice))
    return Choices(
        whose=tuple(_options(WHOSE_TITLES, choice.whose)),
        teams=tuple(_teams(asked, choice)) if choice.whose == "team" else (),
        roles=tuple(_roles(asked, choice)),
        when=tuple(_options(WHEN_TITLES, choice.when)) if page == "worklist" else (),
        procedures=procedures,
        steps=steps,
        words=choice.words,
        child_id=choice.child if name else "",
        child_name=name,
        on=choice.on,
        narrowed_words=words.listed(_narrowed_words(choice, procedures, steps)),
        kept_role=choice.role if choice.whose == "role" else "",
        open_words=_OPEN_WORDS.get(choice.whose, "Narrow this list"),
        is_open=choice.whose == "role" and not choice.role,
    )


def title(chosen: Choices, choice: Choice) -> str:
    """Return what a list is called: whose tasks it holds, and of which one child."""
    said = _TITLES.get(choice.whose, _TITLES["all"])
    team = next((each.title for each in chosen.teams if each.is_chosen), "")
    if choice.whose == "team" and team:
        said = f"Tasks of {team}"
    if choice.whose == "role" and choice.role:
        said = f"Tasks of {roles.title(choice.role)}"
    if chosen.child_name:
        said = f"{said}: {chosen.child_name}"
    return f"{said} on {words.short_day(chosen.on)}" if chosen.on else said


def _narrowed_words(
    choice: Choice, procedures: Iterable[OptionGroup], steps: Iterable[Option]
) -> Iterator[str]:
    """Yield what a list was narrowed to; the child and the day of it are in its title."""
    if choice.role and choice.whose != "role":
        yield f"what the {words.lower_first(roles.title(choice.role))} is responsible for"
    if choice.when:
        yield words.lower_first(WHEN_TITLES.get(choice.when) or _HEADINGS.get(choice.when, ""))
    every = [option for group in procedures for option in group.options]
    chosen = [each for each in steps if each.is_chosen] or [
        each for each in every if each.is_chosen
    ]
    for option in chosen:
        yield f"“{option.title}”"
    if choice.words:
        yield f"children called “{choice.words}”"


def _options(titles: Mapping[str, str], chosen: str) -> Iterator[Option]:
    for code, said in titles.items():
        yield Option(code=code, title=said, is_chosen=code == chosen)


def _teams(asked: Asked, choice: Choice) -> Iterator[Option]:
    """Yield the teams of the asker's own services, or every one for who works across all."""
    every = people.teams()
    own = sources.own_teams(asked)
    chosen = sources.team_of(asked, choice)
    parents = {team.id: team.part_of for team in every}
    tops = {_top(team, parents) for team in own}
    held = people.roles_of(asked.asker.worker or "", asked.as_of)
    is_everywhere = any(not row.for_team and not row.child for row in held)
    for team in every:
        if is_everywhere or not own or _top(team.id, parents) in tops or team.id == chosen:
            yield Option(code=team.id, title=team.name, is_chosen=team.id == chosen)


def _top(team: str, parents: Mapping[str, str]) -> str:
    seen = {team}
    while (above := parents.get(team, "")) and above not in seen:
        seen.add(above)
        team = above
    return team


def _roles(asked: Asked, choice: Choice) -> Iterator[Option]:
    """Yield every role that the procedures ask anything of, by title."""
    owning = {
        role
        for procedure in asked.rulebook.procedures
        for edition in procedure.editions
        for step in edition.steps
        for row in step.owner
        for role in row.roles
    } | ({choice.role} if choice.role else set())
    for role in sorted(owning, key=roles.title):
        yield Option(code=role, title=roles.title(role), is_chosen=role == choice.role)


def _procedures(procedures: Iterable[Procedure], choice: Choice) -> Iterator[OptionGroup]:
    """Yield the procedures to choose from, the authority's own before those of all England."""
    chosen = choice.step.partition("/")[0]
    every = sorted(procedures, key=lambda procedure: procedure.title)
    for is_national, heading in OWNERS.items():
        options = tuple(
            Option(code=each.id, title=each.title, is_chosen=each.id == chosen)
            for each in every
            if each.is_national == is_national
        )
        if options:
            yield OptionGroup(title=heading, options=options)


def _steps(procedures: Iterable[Procedure], choice: Choice) -> Iterator[Option]:
    """Yield the steps of the procedure chosen, of every edition: some tasks are of an older one."""
    chosen = choice.step.partition("/")[0]
    steps = {
        f"{procedure.id}/{step.id}": (step.title or step.duty).rstrip(".")
        for procedure in procedures
        if procedure.id == chosen
        for edition in procedure.editions
        for step in edition.steps
    }
    for code, said in steps.items():
        yield Option(code=code, title=said, is_chosen=choice.step == code)
