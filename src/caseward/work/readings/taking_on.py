"""What was overdue already when children came into Caseward, listed once for a decision (M8, B4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from caseward.record.access import policy
from caseward.record.access.askers import Asker
from caseward.record.ledger import queries as ledger
from caseward.record.people import queries as people
from caseward.rules.engine.tasks import Task
from caseward.work.readings import banner, holders, law, looks, naming, words
from caseward.work.readings.errors import NotAllowed, NotFound
from caseward.work.readings.holders import Holders
from caseward.work.readings.looks import Asked
from caseward.work.readings.shapes.taking_on import (
    OverdueGroup,
    OverdueLine,
    OverdueOfStep,
    TakingOn,
)
from caseward.work.tasks import queries as tasks

KEPT = "task.kept"
NO_TEAM = "none"
NOBODY = "Nobody allocated"
PER_PAGE = 100
ALLOCATED = "social_worker"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Overdue:
    """A task that stands and was due before its child's first day, and whose team the child is."""

    task_id: str
    child: str
    procedure: str
    step: str
    due_on: date
    is_on_lists: bool
    team: str = NO_TEAM


def page(asker: Asker, *, as_of: date, team: str = "") -> TakingOn:
    """Return how much was overdue on the first day and nobody decided about, by procedure and step.

    Errors: NotAllowed for somebody who decides about none of it.
    """
    asked = _asked(asker, as_of)
    found = _found(asked)
    names = _team_names()
    shown = [each for each in found if team in ("", each.team)]
    looks.write_log(asked, "taking_on", (), team=team)
    groups = tuple(_groups(asked, shown))
    return TakingOn(
        banner=banner.page(asker, as_of=as_of),
        on_lists=tuple(group for group in groups if group.n_on_lists),
        measured=tuple(group for group in groups if not group.n_on_lists),
        teams=tuple(
            (code, name, sum(each.team == code and each.is_on_lists for each in found))
            for code, name in sorted(
                names.items(), key=lambda named: (named[1] == NOBODY, named[1])
            )
            if any(each.team == code for each in found)
        ),
        chosen_team=team,
        n_on_lists=sum(each.is_on_lists for each in shown),
        n_measured=sum(not each.is_on_lists for each in shown),
    )


def of_step(
    asker: Asker,
    procedure: str,
    step: str,
    *,
    as_of: date,
    team: str = "",
    page: int = 1,
    per_page: int = PER_PAGE,
) -> OverdueOfStep:
    """Return the children of whom one step was overdue on their first day, a page of them at a time.

    Errors: NotAllowed as above; NotFound where nothing (more) of it awaits a decision.
    """
    asked = _asked(asker, as_of)
    every = [
        each
        for each in _found(asked)
        if (each.procedure, each.step) == (procedure, step) and team in ("", each.team)
    ]
    if not every:
        raise NotFound(
            "Nothing of this step awaits a decision.",
            "Go back to what was overdue on the first day.",
        )
    n_pages = -(-len(every) // per_page)
    number = min(max(page, 1), n_pages)
    shown = every[(number - 1) * per_page : number * per_page]
    children = {each.child for each in shown}
    looks.bring_up_to_date(asked, children)
    whole = tasks.by_id(each.task_id for each in shown)
    if not whole:
        raise NotFound("What was shown here has changed meanwhile.", "Open the page again.")
    first = next(iter(whole.values()))
    declared = law.step_of(asked.rulebook, first)
    answer = OverdueOfStep(
        banner=banner.page(asker, as_of=as_of),
        procedure=procedure,
        procedure_title=law.procedure_title(asked.rulebook, procedure),
        step=step,
        what=law.what_is_to_be_done(asked.rulebook, first),
        is_recurring=declared is not None and bool(declared.every),
        lines=_lines(asked, [each for each in shown if each.task_id in whole], whole),
        n_all=len(every),
        page=number,
        n_pages=n_pages,
        team=team,
        team_name=_team_names().get(team, ""),
    )
    looks.write_log(asked, "taking_on_step", children, step=f"{procedure}/{step}")
    return answer


def n_undecided(asker: Asker, *, as_of: date) -> int:
    """Return how many tasks on people's lists await a decision by the asker, 0 for whom none do."""
    if not policy.may_take_on(asker):
        return 0
    return len(_standing(_asked(asker, as_of), only_on_lists=True))


def _asked(asker: Asker, as_of: date) -> Asked:
    if not policy.may_take_on(asker):
        raise NotAllowed(
            "What was overdue on the first day is decided about by managers.",
            "Ask the manager of the team.",
        )
    return looks.ask(asker, as_of=as_of)


def _found(asked: Asked) -> list[_Overdue]:
    """Return what was overdue and is not kept, the longest overdue first, each with its team."""
    found = _standing(asked)
    held = holders.on_day(asked.as_of, {each.child for each in found})
    return [replace(each, team=_team_of(held, each.child)) for each in found]


def _standing(asked: Asked, *, only_on_lists: bool = False) -> list[_Overdue]:
    first_day = _first_days(asked.asker)
    if not first_day:
        return []
    kept = _kept()
    rows = tasks.overdue_before(max(first_day.values()), as_of=asked.as_of)
    if only_on_lists:
        rows = rows.filter(is_listed=True)
    told = rows.order_by("due_on", "id").values_list(
        "id", "key", "child", "procedure", "step", "due_on", "is_listed"
    )
    return [
        _Overdue(
            task_id=task_id,
            child=child,
            procedure=procedure,
            step=step,
            due_on=due_on,
            is_on_lists=is_listed,
        )
        for task_id, key, child, procedure, step, due_on, is_listed in told
        if due_on is not None and due_on < first_day.get(child, date.min) and key not in kept
    ]


def _first_days(asker: Asker) -> dict[str, date]:
    """Return the first day in Caseward of every child whom the asker may see."""
    rows = policy.visible_to(asker).order_by("id").values_list("id", "registered_on")
    return {child: first_day for child, first_day in rows if first_day is not None}


def _kept() -> frozenset[str]:
    """Return the keys of the tasks that somebody decided to keep as due."""
    said = [one.entry for one in ledger.of_kind(KEPT)]
    withdrawn = {entry.withdraws for entry in said if entry.withdraws}
    return frozenset(
        str(entry.fields.get("task"))
        for entry in said
        if not entry.withdraws and entry.entry_id not in withdrawn
    )


def _team_of(held: Holders, child: str) -> str:
    """Return the team of the child's social worker; others who work with the child have teams too."""
    rows = held.of(child, ALLOCATED)
    workers = {row.worker for row in rows if row.worker}
    named = [row.team for row in rows if row.team]
    theirs = [team for team, members in held.members.items() if workers & members]
    return next(iter((*named, *sorted(theirs))), NO_TEAM)


def _team_names() -> dict[str, str]:
    return {**{team.id: team.name for team in people.teams()}, NO_TEAM: NOBODY}


def _groups(asked: Asked, found: Sequence[_Overdue]) -> Iterable[OverdueGroup]:
    by_step: dict[tuple[str, str], list[_Overdue]] = {}
    for each in found:
        by_step.setdefault((each.procedure, each.step), []).append(each)
    first = tasks.by_id(group[0].task_id for group in by_step.values())
    for (procedure, step), group in sorted(by_step.items(), key=lambda named: -len(named[1])):
        task = first[group[0].task_id]
        yield OverdueGroup(
            procedure=procedure,
            procedure_title=law.procedure_title(asked.rulebook, procedure),
            step=step,
            what=law.what_is_to_be_done(asked.rulebook, task),
            n_all=len(group),
            n_children=len({each.child for each in group}),
            n_on_lists=sum(each.is_on_lists for each in group),
            earliest_due_on=group[0].due_on,
        )


def _lines(
    asked: Asked, shown: Sequence[_Overdue], whole: Mapping[str, Task]
) -> tuple[OverdueLine, ...]:
    children = {each.child for each in shown}
    facts = looks.facts_behind(whole.values())
    adults = naming.people_of(asked, whole.values())
    names, held = looks.names_of(children), holders.on_day(asked.as_of, children)
    teams = _team_names()
    return tuple(
        OverdueLine(
            task_id=each.task_id,
            child_id=each.child,
            child_name=names.get(each.child, ""),
            about=naming.about(whole[each.task_id], facts=facts, people=adults),
            due_on=each.due_on,
            allocated=_allocated(held, each.child),
            team_name=teams.get(each.team, NOBODY),
            is_on_lists=each.is_on_lists,
        )
        for each in shown
    )


def _allocated(held: Holders, child: str) -> str:
    return words.listed(held.names_of(child, (ALLOCATED,))) or NOBODY
