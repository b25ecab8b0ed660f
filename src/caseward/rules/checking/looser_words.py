"""A local limit looser than the law, told in one sentence and as values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseward.rules.checking import combinations
from caseward.rules.checking.clocks import Clock, Comparison, Difference
from caseward.rules.checking.messages import Kind, Looser, Message
from caseward.rules.checking.stated import NATIONAL, National, Stated
from caseward.rules.engine import wording
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.procedures.conditions import Ordinal
from caseward.rules.procedures.model import Step
from caseward.rules.texts.problems import suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """In which combinations a local limit is looser, and one day that shows it."""

    cubes: tuple[Mapping[Any, str], ...]
    words: tuple[str, ...]
    difference: Difference
    local: Clock
    national: Clock


def finding(local: Stated, national: National, found: Found, comparison: Comparison) -> Message:
    """Return the one finding on a local limit and a national step."""
    procedure, _, _, step = national
    difference, day = found.difference, found.difference.shown_on
    local_due = comparison.due(found.local, day)
    national_due = comparison.due(found.national, day)
    theirs, ours = in_words(found.national), in_words(found.local)
    some = "" if difference.n_later == difference.of_days else " on some days"
    sentence = (
        f"“{_called(local.step)}” ({ours}) is looser{some} than the national “{_called(step)}” "
        f"({theirs}) where {'; or where '.join(found.words)}. Counted from {wording.day(day)}, ours "
        f"ends on {wording.day(local_due)} and the national one on {wording.day(national_due)}. "
        "The stricter binds."
    ).replace("where on every day, whatever the states", "whatever the child's status")
    looser = Looser(
        national_procedure=procedure.id,
        national_step=step.id,
        local_title=_called(local.step),
        national_title=_called(step),
        local_clock=ours,
        national_clock=theirs,
        states=tuple(_plain(cube) for cube in found.cubes),
        words=found.words,
        counted_from=day,
        local_due_on=local_due,
        national_due_on=national_due,
        n_days=difference.n_later,
        of_days=difference.of_days,
    )
    return replace(message(local, "finding", sentence), looser=looser)


def message(local: Stated, kind: Kind, sentence: str) -> Message:
    """Return what is said of the limit, at its line."""
    return Message(
        kind=kind,
        rule="M22",
        path=local.procedure.path,
        line=local.row.line or local.step.line,
        sentence=sentence,
        procedure=local.procedure.id,
        edition_from=local.edition.in_force_from,
        step=local.step.id,
        limit=local.label,
    )


def unknown(local: Stated, name: str, rulebook: Rulebook) -> Message:
    """Return the error that there is no such national step."""
    known = {
        step.id
        for procedure in rulebook.procedures
        if procedure.is_national
        for edition in procedure.editions
        for step in edition.steps
    }
    sentence = (
        f"“{_called(local.step)}” stands under {NATIONAL}{name}, and no national procedure has such "
        f"a step.{suggestion(name, known)}"
    )
    return message(local, "error", sentence)


def no_common_day(local: Stated) -> str:
    """Return that the two cannot be compared day by day."""
    return (
        f"“{_called(local.step)}” cannot be compared day by day with the national step that it stands "
        "under: the two are not counted from one day."
    )


def in_words(clock: Clock) -> str:
    """Return a clock as it stands in brackets: 6 weeks, 5 working days before, at once."""
    if clock.form == "at_once":
        return "at once"
    said = wording.count(clock.count, clock.unit)
    if clock.how != "after":
        said += f" {clock.how.replace('_', ' ')}"
    return f"{said} before" if clock.form == "back" else said


def _called(step: Step) -> str:
    return (step.title or step.duty).rstrip(".")


def _plain(cube: Mapping[Any, str]) -> dict[str, str]:
    return {_name_of(question): answer for question, answer in cube.items()}


def _name_of(question: Any) -> str:
    """The name of a question in a machine-readable answer: a state's own, or what else it asks."""
    if isinstance(question, combinations.StateOf):
        return question.state
    if isinstance(question, combinations.FieldOf):
        return question.name
    if isinstance(question, combinations.AgeOf):
        return f"age of {question.of}"
    if question is Ordinal:
        return "ordinal"
    kind = getattr(question, "kind", "") or getattr(question, "procedure", "")
    return f"{type(question).__name__.lower()} {kind}".strip()
