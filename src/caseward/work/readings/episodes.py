"""A child's ways through procedures, and where each stands."""

from datetime import date

from caseward.rules.engine.tasks import Episode, Role, Status, Task
from caseward.work.readings import law, lines, words
from caseward.work.readings.lines import Told
from caseward.work.readings.looks import ChildLook
from caseward.work.readings.shapes import EpisodeLine


def of(look: ChildLook, told: Told) -> tuple[EpisodeLine, ...]:
    """Return the episodes begun by the day, open ones first, each the latest first."""
    begun = [episode for episode in look.evaluation.episodes if episode.opened_on <= told.as_of]
    begun.sort(key=lambda episode: episode.opened_on, reverse=True)
    begun.sort(key=lambda episode: _is_closed(episode, told.as_of))
    return tuple(_line(look, told, episode) for episode in begun)


def _line(look: ChildLook, told: Told, episode: Episode) -> EpisodeLine:
    kinds = {event.entry_id: event for event in look.record.events}
    is_closed = _is_closed(episode, told.as_of)
    opened, closed = kinds.get(episode.opened_by), kinds.get(episode.closed_by)
    own = [task for task in look.evaluation.tasks if task.episode == episode.key]
    open_tasks = [task for task in own if _is_open(told, task)]
    return EpisodeLine(
        key=episode.key,
        procedure=episode.procedure,
        title=law.procedure_title(told.rulebook, episode.procedure),
        number=episode.number,
        opened_on=episode.opened_on,
        opened_words=_fact(look, opened.kind if opened else "", "Began", episode.opened_on),
        again=tuple(
            words.short_day(kinds[entry].occurred_on) for entry in episode.again if entry in kinds
        ),
        closed_on=episode.closed_on if is_closed else None,
        closed_words=(
            _fact(look, closed.kind if closed else "", "Ended", episode.closed_on)
            if is_closed and episode.closed_on
            else ""
        ),
        position="Ended" if is_closed else _position(told, open_tasks),
        held_words=_held_words(look, episode, told.as_of),
        n_late=sum(lines.standing_of(told, task).is_late for task in open_tasks),
    )


def _is_closed(episode: Episode, as_of: date) -> bool:
    return episode.closed_on is not None and episode.closed_on <= as_of


def _is_open(told: Told, task: Task) -> bool:
    if task.role is not Role.STEP or task.opened_on > told.as_of:
        return False
    standing = lines.standing_of(told, task)
    return standing.is_listed and standing.status in (Status.OPEN, Status.WAITING)


def _position(told: Told, open_tasks: list[Task]) -> str:
    """Say in one sentence what comes next."""
    if not open_tasks:
        return "Nothing is to be done now"
    first = min(open_tasks, key=lambda task: (task.expected_on or date.max, task.opened_on))
    stage = law.step_of(told.rulebook, first)
    said = words.sentence(law.what_is_to_be_done(told.rulebook, first))
    return f"{stage.stage}: {words.lower_first(said)}" if stage and stage.stage else said


def _fact(look: ChildLook, kind: str, verb: str, on: date) -> str:
    declared = look.asked.vocabulary.kinds.get(kind)
    fact = f": {words.lower_first(declared.title)}" if declared else ""
    return f"{verb} {words.day(on)}{fact}"


def _held_words(look: ChildLook, episode: Episode, as_of: date) -> str:
    span = next(
        (
            span
            for span in episode.held
            if span.since <= as_of and (span.until is None or as_of < span.until)
        ),
        None,
    )
    if span is None:
        return ""
    event = next((event for event in look.record.events if event.entry_id == span.entry_id), None)
    declared = look.asked.vocabulary.kinds.get(event.kind) if event else None
    reason = f" ({words.lower_first(declared.title)})" if declared else ""
    return f"On hold since {words.day(span.since)}{reason}, until a manager decides"
