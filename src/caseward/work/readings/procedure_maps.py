"""The procedures as maps (W26): for anyone as the law stands, for a child with where it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from caseward.record.access.askers import Asker
from caseward.rules.engine import process_map
from caseward.rules.engine.process_map import MapStep, ProcessMap, Stage
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import Episode
from caseward.work.readings import (
    banner,
    child_page,
    giving_up,
    law,
    looks,
    looser_limits,
    procedure_subjects,
    roles,
    words,
)
from caseward.work.readings.errors import NotFound
from caseward.work.readings.looks import Asked, ChildLook
from caseward.work.readings.shapes import (
    MapBranch,
    MapLink,
    Place,
    ProcedureGroup,
    ProcedureLine,
    ProcedureMap,
    Procedures,
    StageOnMap,
    StepOnMap,
    TaskLine,
)

PLACE_WORDS: Mapping[Place, str] = {
    "done": "Done",
    "here": "Something to do",
    "late": "Something is late",
    "ahead": "Not reached",
    "passed": "No longer needed",
}
Lines = Mapping[str, Sequence[TaskLine]]


def listed(asker: Asker, *, as_of: date) -> Procedures:
    """Return the procedures that the authority uses: its own by document, the national by subject."""
    asked = looks.ask(asker, as_of=as_of)
    drawn = [(each, process_map.drawn(each, asked.rulebook, on=as_of)) for each in
             asked.rulebook.procedures]  # fmt: skip
    lines = [
        ProcedureLine(
            procedure=procedure.id,
            title=procedure.title,
            source=found.source,
            is_national=procedure.is_national,
            n_steps=sum(len(stage.steps) for stage in found.stages),
            given_up_from=law.given_up_from(asked.rulebook, procedure.id),
            subject=(
                procedure_subjects.subject(procedure, asked.vocabulary)
                if procedure.is_national
                else found.source
            ),
        )
        for procedure, found in drawn
        if found is not None
    ]
    answer = Procedures(
        banner=banner.page(asker, as_of=as_of),
        own=_grouped((line for line in lines if not line.is_national), order=()),
        national=_grouped(
            (line for line in lines if line.is_national), order=procedure_subjects.IN_ORDER
        ),
    )
    looks.write_log(asked, "procedures", ())
    return answer


def _grouped(lines: Iterable[ProcedureLine], *, order: Sequence[str]) -> tuple[ProcedureGroup, ...]:
    """Return the lines by subject, each subject's by title; subjects in the order, or by title."""
    found: dict[str, list[ProcedureLine]] = {}
    for line in sorted(lines, key=lambda line: line.title):
        found.setdefault(line.subject, []).append(line)
    headings = [each for each in order if each in found] or sorted(found)
    return tuple(ProcedureGroup(heading=each, lines=tuple(found[each])) for each in headings)


def of_procedure(asker: Asker, procedure: str, *, as_of: date) -> ProcedureMap:
    """Return the map of a procedure as it stands in law, without any child's place on it.

    Where a limit of it is looser than the law, the children are named whom that touches today.

    Errors: NotFound where the authority uses no such procedure on the day.
    """
    asked = looks.ask(asker, as_of=as_of)
    drawn = _page(asked, _drawn(asked.rulebook, procedure, on=as_of), {})
    may_give_up = giving_up.may(asker) and drawn.given_up_from is None
    looser = looser_limits.of_procedure(asked, procedure)
    answer = replace(drawn, may_give_up=may_give_up, looser=looser)
    shown = [child.child_id for limit in looser for child in limit.children]
    looks.write_log(asked, "procedure_map", shown, procedure=procedure)
    return answer


def of_child(
    asker: Asker,
    child_id: str,
    procedure: str,
    *,
    as_of: date,
    known_at: datetime | None = None,
) -> ProcedureMap:
    """Return the map with the child's position: the open episode's, or the latest one's.

    Errors: NotFound where the child is not to be seen, or never was in the procedure by the day.
    """
    asked = looks.ask(asker, as_of=as_of, known_at=known_at)
    look = looks.look_at(asked, child_id)
    episode = _episode(look, procedure)
    lines = _lines(look, episode)
    answer = _page(
        asked,
        _drawn(asked.rulebook, procedure, on=as_of),
        lines,
        child=(child_id, looks.called(look.child)),
        is_open=episode.is_open_on(as_of),
    )
    looks.write_log(asked, "procedure_map", [child_id], procedure=procedure)
    return answer


def _drawn(rulebook: Rulebook, procedure: str, *, on: date) -> ProcessMap:
    adopted = law.procedure_of(rulebook, procedure)
    found = process_map.drawn(adopted, rulebook, on=on) if adopted is not None else None
    if found is None:
        raise NotFound("There is no such procedure here.", "Look at the list of procedures.")
    return found


def _episode(look: ChildLook, procedure: str) -> Episode:
    day = look.asked.as_of
    begun = [
        episode
        for episode in look.evaluation.episodes
        if episode.procedure == procedure and episode.opened_on <= day
    ]
    if not begun:
        raise NotFound("This procedure has not begun for the child.", "Open the child's page.")
    return max(begun, key=lambda episode: (episode.is_open_on(day), episode.opened_on))


def _lines(look: ChildLook, episode: Episode) -> Lines:
    found: dict[str, list[TaskLine]] = {}
    for group in child_page.task_groups(look, child_page.told_of(look)):
        for line in group.lines:
            if line.episode == episode.key:
                found.setdefault(line.step, []).append(line)
    return found


def _page(
    asked: Asked,
    found: ProcessMap,
    lines: Lines,
    *,
    child: tuple[str, str] = ("", ""),
    is_open: bool = False,
) -> ProcedureMap:
    titles = {step.id: step.title.rstrip(".") for stage in found.stages for step in stage.steps}
    stage_of = {step.id: stage.title for stage in found.stages for step in stage.steps}
    stages = tuple(
        _stage(stage, number, titles, stage_of, lines, is_of_child=bool(child[0]))
        for number, stage in enumerate(found.stages, start=1)
    )
    stages = _reached(stages)
    return ProcedureMap(
        banner=banner.page(asked.asker, as_of=asked.as_of, known_at=asked.known_at),
        law=found,
        stages=stages,
        child_id=child[0],
        child_name=child[1],
        here_words=_here(stages, child[1], is_open=is_open) if child[0] else "",
        given_up_from=law.given_up_from(asked.rulebook, found.procedure),
    )


def _stage(
    stage: Stage,
    number: int,
    titles: Mapping[str, str],
    stage_of: Mapping[str, str],
    lines: Lines,
    *,
    is_of_child: bool,
) -> StageOnMap:
    steps = tuple(_step(step, titles, lines.get(step.id, ())) for step in stage.steps)
    place = _place_of_stage({step.place for step in steps})
    next_steps = [each for step in stage.steps for branch in step.branches for each in branch.steps]
    follow = dict.fromkeys(stage_of[each] for each in next_steps if each in stage_of)
    return StageOnMap(
        number=number,
        title=stage.title or "Steps",
        steps=steps,
        leads_to=tuple(title for title in follow if title != stage.title),
        place=place,
        place_words=PLACE_WORDS[place] if is_of_child else "",
    )


def _place_of_stage(places: set[Place]) -> Place:
    if "late" in places:
        return "late"
    if "here" in places:
        return "here"
    return "done" if "done" in places else "ahead"


def _reached(stages: Sequence[StageOnMap]) -> tuple[StageOnMap, ...]:
    """Return the stages with the one marked in which the child's latest task began."""

    def latest(stage: StageOnMap) -> date:
        return max(
            (line.opened_on for step in stage.steps for line in step.lines), default=date.min
        )

    furthest = max(stages, key=lambda stage: (latest(stage), stage.number), default=None)
    if furthest is None or latest(furthest) == date.min:
        return tuple(stages)
    here = f"Here. {furthest.place_words}"
    return tuple(
        replace(stage, is_reached=True, place_words=here) if stage is furthest else stage
        for stage in stages
    )


def _step(step: MapStep, titles: Mapping[str, str], lines: Sequence[TaskLine]) -> StepOnMap:
    def links(steps: Sequence[str]) -> tuple[MapLink, ...]:
        return tuple(MapLink(step=each, title=titles[each]) for each in steps if each in titles)

    return StepOnMap(
        law=step,
        title=titles[step.id],
        responsible=roles.titles(step.owner),
        outcomes=tuple(
            MapBranch(
                words=branch.words,
                to=links(branch.steps),
                closes=branch.closes,
                procedure=branch.procedure,
            )
            for branch in step.branches
            if branch.words
        ),
        leads_to=links([each for branch in step.branches if not branch.words for each in
                        branch.steps]),
        place=_place(lines),
        lines=tuple(sorted(lines, key=lambda line: line.opened_on)),
    )  # fmt: skip


def _place(lines: Sequence[TaskLine]) -> Place:
    if not lines:
        return "ahead"
    still = [line for line in lines if line.status in ("open", "waiting")]
    if still:
        return "late" if any(line.days_late for line in still) else "here"
    return "done" if any(line.status == "met" for line in lines) else "passed"


def _here(stages: Sequence[StageOnMap], name: str, *, is_open: bool) -> str:
    """Say how far the child is, and under which other stages something is still to be done."""
    if not is_open:
        return f"The procedure has ended for {name}."
    reached = next((stage.title for stage in stages if stage.is_reached), "")
    still = [
        stage.title for stage in stages if stage.place in ("here", "late") and not stage.is_reached
    ]
    said = f"{name} has reached: {reached}." if reached else f"{name} is at the beginning."
    return f"{said} Something is still to do under {words.listed(still)}." if still else said
