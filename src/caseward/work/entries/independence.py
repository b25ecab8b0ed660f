"""What only the IRO decides about: a task under the IRO's challenge is not ended or moved by the line.

A step says so by who may agree its delay: the IRO alone (X9). Whoever may not agree to more time
may not end the task in another way either.
"""

from collections.abc import Iterator, Sequence

from caseward.record.access import askers
from caseward.record.ledger.acts import Act, NewEntry
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import Evaluation, Task
from caseward.rules.procedures.model import Step
from caseward.work.entries.answers import Problem

DECIDES_ABOUT_A_TASK = frozenset({"task.given_up", "task.done_before", "task.kept", "delay.agreed"})
INDEPENDENT = frozenset({"iro", "iro_service_manager"})


def problems(
    act: Act, drafts: Sequence[NewEntry], before: Evaluation, rulebook: Rulebook
) -> Iterator[Problem]:
    """Yield a refusal for each draft that decides about what the IRO alone decides about."""
    deciding = [
        draft for draft in drafts if draft.kind in DECIDES_ABOUT_A_TASK and draft.withdraws is None
    ]
    if not deciding or act.by.startswith("system:") or act.via == "import":
        return
    roles = askers.asker_for(act.by, at=act.at, today=act.today).roles
    if INDEPENDENT & set(roles):
        return
    for draft in deciding:
        named = str(draft.fields.get("task", ""))
        step = next((s for s in _steps_named(named, before, rulebook) if _is_the_iros(s)), None)
        if step is not None:
            yield Problem(
                field="fields.task",
                sentence=f"Only the IRO decides about “{(step.title or step.duty).rstrip('.')}”: "
                "those who hold the case may not end it or move its day. Answer it, or ask the "
                "IRO for more time.",
                kind="refused",
                child=draft.stream.id,
            )


def _is_the_iros(step: Step) -> bool:
    agreed_by = step.delay.agreed_by if step.delay is not None else ()
    return bool(agreed_by) and set(agreed_by) <= INDEPENDENT


def _steps_named(named: str, before: Evaluation, rulebook: Rulebook) -> Iterator[Step]:
    """The steps that a task's key or a step's id names."""
    for task in before.tasks:
        if named in (task.key, task.step):
            yield from _steps_of(task, rulebook)


def _steps_of(task: Task, rulebook: Rulebook) -> Iterator[Step]:
    for procedure in rulebook.procedures:
        if procedure.id == task.procedure:
            for edition in procedure.editions:
                step = edition.step(task.step)
                if step is not None and edition.in_force_from == task.receipt.edition_from:
                    yield step
