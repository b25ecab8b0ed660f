"""What stops an act that is done through Caseward (M30, M40): a gate, a hold, a death (C5).

What happened is recorded even so; here is only what is *done* here: ending, locking, filing,
sending, issuing. A second named person may override with a reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from caseward.rules.engine import wording
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import Episode, Evaluation, Role, Status, Task
from caseward.rules.facts.entries import Record
from caseward.rules.facts.kinds import Vocabulary
from caseward.rules.procedures.model import Edition, Procedure, Step

HOLD = "hold"
DEATH = "death"
DIED = "child.died"
# A gate that does not apply, is not needed or lies before Caseward keeps nothing shut.
PASSED = (Status.DOES_NOT_APPLY, Status.NOT_NEEDED, Status.BEFORE_CASEWARD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why the act is refused: the step that is its gate, or the hold, and what to do about it."""

    episode: str
    gate: str
    sentence: str
    what_to_do: str

    def __str__(self) -> str:
        return f"{self.gate}: {self.sentence}"


def blocked(
    evaluation: Evaluation, act_kind: str, rulebook: Rulebook, as_of: date
) -> tuple[Reason, ...]:
    """Return every reason why an act of this kind may not be done through Caseward on the day.

    Only open episodes stop an act; nothing is returned where it may be done.
    """
    procedures = {procedure.id: procedure for procedure in rulebook.procedures}
    reasons: list[Reason] = []
    for episode in evaluation.episodes:
        procedure = procedures.get(episode.procedure)
        if procedure is None or not episode.is_open_on(as_of):
            continue
        edition = edition_of(procedure, episode, as_of)
        reasons.extend(_held(episode, edition, procedure, act_kind, as_of))
        for step in edition.steps:
            if act_kind in step.gates:
                tasks = [
                    task
                    for task in evaluation.tasks
                    if task.episode == episode.key
                    and task.step == step.id
                    and task.role is Role.STEP
                    and task.opened_on <= as_of
                ]
                if not _is_met(tasks, episode, edition, step, as_of):
                    reasons.append(_gate(episode, step, rulebook, act_kind))
    return tuple(reasons)


def stopped_by_death(
    record: Record, act_kind: str, vocabulary: Vocabulary, as_of: date
) -> tuple[Reason, ...]:
    """Return why nothing of this kind goes out for a child who has died, whatever the law adopted.

    What is expected after a death (the notice of a serious incident) still goes.
    """
    kind = vocabulary.kinds.get(act_kind)
    if kind is None or not kind.sends or kind.after_death:
        return ()
    days = [event.occurred_on for event in record.events if event.kind == DIED]
    died_on = min((day for day in days if day <= as_of), default=None)
    if died_on is None:
        return ()
    return (
        Reason(
            episode="",
            gate=DEATH,
            sentence=f"The child died on {wording.day(died_on)}. Everything that was to go out for "
            "this child is stopped and held for a manager.",
            what_to_do="Ask the service manager; a second named person may let this one go, with a "
            "reason.",
        ),
    )


def edition_of(procedure: Procedure, episode: Episode, day: date) -> Edition:
    """Return the edition that the episode goes by on the day (M28).

    That is the one in force, unless it lets running episodes keep the one they had.
    """
    opened_under = episode.edition_from
    found = procedure.editions[0]
    for edition in procedure.editions:
        if edition.in_force_from <= opened_under or (
            edition.in_force_from <= day and edition.transition != "episode"
        ):
            found = edition
    return found


def _held(
    episode: Episode, edition: Edition, procedure: Procedure, act_kind: str, as_of: date
) -> Iterator[Reason]:
    if edition.hold is None or act_kind not in edition.hold.blocks:
        return
    for span in episode.held:
        if span.since <= as_of and (span.until is None or as_of < span.until):
            yield Reason(
                episode=episode.key,
                gate=HOLD,
                sentence=f"{procedure.title} is on hold since {wording.day(span.since)}, "
                "after a change that bears on the child's safety.",
                what_to_do="Ask the manager for the decision whether it goes on.",
            )


def _is_met(tasks: list[Task], episode: Episode, edition: Edition, step: Step, as_of: date) -> bool:
    if not tasks:
        ids = [one.id for one in edition.steps]
        entered = episode.enters_at
        return entered in ids and ids.index(entered) > ids.index(step.id)
    latest = max(tasks, key=lambda task: (task.opened_on, task.key))
    if latest.met_on is not None and latest.met_on <= as_of:
        return True
    return latest.ending in PASSED and latest.ended_on is not None and latest.ended_on <= as_of


def _gate(episode: Episode, step: Step, rulebook: Rulebook, act_kind: str) -> Reason:
    act = wording.kind_title(rulebook.vocabulary, act_kind)
    return Reason(
        episode=episode.key,
        gate=step.id,
        sentence=f"“{act}” may not be done before this is: {step.duty}",
        what_to_do="Do that first, or have a second named person override it with a reason.",
    )
