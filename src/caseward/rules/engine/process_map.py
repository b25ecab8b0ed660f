"""A procedure as a map (W26): its stages and steps in order, what starts each, where it leads.

Made from the law file alone: the same map stands behind every child's position on it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from caseward.rules.engine import law_words, wording
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.facts.kinds import Vocabulary
from caseward.rules.procedures.conditions import AllOf, Condition, FieldIs
from caseward.rules.procedures.model import (
    AllTrigger,
    AnyTrigger,
    Edition,
    EventTrigger,
    MetBy,
    PassedTrigger,
    Procedure,
    StateTrigger,
    Step,
    Trigger,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """Where a step leads: with one outcome, or (outcome "") whatever comes of it.

    `words` name the outcome, "" where there is nothing to choose; `steps` are ids of this map;
    `procedure` the title of another procedure that follows.
    """

    outcome: str
    words: str
    steps: tuple[str, ...]
    closes: bool
    procedure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapStep:
    """One step of the map; `starts`, `only`, `clock` are parts of sentences, `owner` roles."""

    id: str
    title: str
    duty: str
    owner: tuple[str, ...]
    starts: tuple[str, ...]
    only: tuple[str, ...]
    comes_from: tuple[str, ...]
    branches: tuple[Branch, ...]
    clock: tuple[str, ...]
    parts: tuple[str, ...]
    is_window: bool
    is_recurring: bool
    outlives: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage with its steps; a procedure that names no stages is one stage without a title."""

    title: str
    steps: tuple[MapStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessMap:
    """The procedure in force on a day: `opens` and `closes` are facts in words."""

    procedure: str
    title: str
    edition_from: date
    source: str
    opens: tuple[str, ...]
    closes: tuple[str, ...]
    stages: tuple[Stage, ...]


def drawn(procedure: Procedure, rulebook: Rulebook, *, on: date) -> ProcessMap | None:
    """Return the map of the edition in force on the day; None before the first edition.

    Shapes: stages in the order that the law file's process map names, then in order of their
    steps; steps in the order of the law file.
    Source: W26.
    """
    edition = procedure.edition_on(on)
    if edition is None:
        return None
    steps = _joined([_step(step, edition, rulebook) for step in edition.steps])
    stage_of = {step.id: step.stage for step in edition.steps}
    opens = [word for one in edition.opens for word in law_words.starts(
        one.trigger, edition, rulebook)]  # fmt: skip
    closes = [word for one in edition.closes for word in law_words.starts(one, edition, rulebook)]
    return ProcessMap(
        procedure=procedure.id,
        title=procedure.title,
        edition_from=edition.in_force_from,
        source=wording.source(procedure.source),
        opens=tuple(opens),
        closes=tuple(closes),
        stages=tuple(
            Stage(title=title, steps=tuple(s for s in steps if stage_of[s.id] == title))
            for title in _stages(procedure, edition)
        ),
    )


def _stages(procedure: Procedure, edition: Edition) -> list[str]:
    """The stages that have steps, in the order of the law file's own list, then of the steps."""
    there = list(dict.fromkeys(step.stage for step in edition.steps))
    drawing = procedure.papers.get("process_map")
    named = drawing.get("stages", []) if isinstance(drawing, Mapping) else []
    return [*(title for title in named if title in there), *(t for t in there if t not in named)]


def _step(step: Step, edition: Edition, rulebook: Rulebook) -> MapStep:
    return MapStep(
        id=step.id,
        title=step.title or step.duty,
        duty=step.duty,
        owner=tuple(dict.fromkeys(role for row in step.owner for role in row.roles)),
        starts=law_words.starts(step.starts_when, edition, rulebook),
        only=law_words.only(step, rulebook),
        comes_from=(),
        branches=tuple(_branches(step, edition, rulebook)),
        clock=() if step.window and not step.limits else law_words.clock(step, rulebook),
        parts=tuple(part.title or wording.plain(part.part).capitalize() for part in step.all_of),
        is_window=step.window,
        is_recurring=step.is_recurring,
        outlives=step.outlives,
        source=wording.source(step.source),
    )


def _joined(steps: list[MapStep]) -> list[MapStep]:
    """The steps, each with those that lead to it."""
    return [
        replace(
            step,
            comes_from=tuple(
                other.id
                for other in steps
                if any(step.id in branch.steps for branch in other.branches)
            ),
        )
        for step in steps
    ]


# --- where a step leads -----------------------------------------------------------------------


def _branches(step: Step, edition: Edition, rulebook: Rulebook) -> Iterator[Branch]:
    rows = (*step.met_by, *step.any_of, *(row for part in step.all_of for row in part.met_by))
    for outcome in step.outcomes.values():
        found = _reached(rows, edition, rulebook.vocabulary, outcome=outcome.outcome)
        yield Branch(
            outcome=outcome.outcome,
            words=outcome.title or _outcome_title(outcome.outcome, rows, rulebook.vocabulary),
            steps=_in_order({*outcome.next, *found}, edition),
            closes=outcome.closes
            or _closes(rows, edition, rulebook.vocabulary, outcome=outcome.outcome),
            procedure=_title_of(outcome.procedure, rulebook),
        )
    kinds = dict.fromkeys(row.event for row in rows)
    choices: list[tuple[str, tuple[MetBy, ...]]] = [("", rows)]
    if not step.outcomes and not step.all_of and len(kinds) > 1:
        choices = [
            (
                wording.kind_title(rulebook.vocabulary, kind),
                tuple(r for r in rows if r.event == kind),
            )
            for kind in kinds
        ]
    for words, of in choices:
        steps = {
            *_reached(of, edition, rulebook.vocabulary, outcome=None if step.outcomes else ""),
            *_passed(step, edition),
        }
        closes = not step.outcomes and _closes(of, edition, rulebook.vocabulary, outcome="")
        if steps or closes:
            yield Branch(outcome="", words=words, steps=_in_order(steps, edition), closes=closes)


def _reached(
    rows: tuple[MetBy, ...], edition: Edition, vocabulary: Vocabulary, *, outcome: str | None
) -> Iterator[str]:
    for step in edition.steps:
        if any(_sets_going(row, step.starts_when, vocabulary, outcome) for row in rows):
            yield step.id


def _closes(
    rows: tuple[MetBy, ...], edition: Edition, vocabulary: Vocabulary, *, outcome: str
) -> bool:
    return any(
        _sets_going(row, trigger, vocabulary, outcome) for row in rows for trigger in edition.closes
    )


def _sets_going(
    row: MetBy, trigger: Trigger | None, vocabulary: Vocabulary, outcome: str | None
) -> bool:
    """Whether what meets a step sets a trigger going, by itself or by the receipt that follows it.

    `outcome` "" is that of the row, None asks for none, another for that one alone.
    """
    if isinstance(trigger, AllTrigger | AnyTrigger):
        return any(_sets_going(row, part, vocabulary, outcome) for part in trigger.parts)
    if isinstance(trigger, StateTrigger):
        kind = vocabulary.kinds.get(row.event)
        sets = kind.sets if kind is not None else ()
        always = (one for one in sets if not one.outcomes and one.when_field is None)
        is_changed = any(s.state == trigger.state and s.ends == trigger.ends for s in always)
        return is_changed and not outcome
    if not isinstance(trigger, EventTrigger):
        return False
    kind = vocabulary.kinds.get(trigger.event)
    if kind is not None and kind.follows == row.event:
        return not outcome
    return (
        trigger.event == row.event
        and _may_be_one(row.where, trigger.where)
        and _fits(row.outcomes, trigger.outcomes, outcome)
    )


def _fits(met: tuple[str, ...], asked: tuple[str, ...], outcome: str | None) -> bool:
    if outcome is None:
        return not asked
    if outcome:
        return outcome in asked
    return not asked or bool(set(met) & set(asked))


def _may_be_one(one: Condition | None, other: Condition | None) -> bool:
    """Whether one event may answer both: no field has to be two things at once."""
    wanted = dict(_wanted(one))
    return all(
        name not in wanted or set(wanted[name]) & set(values) for name, values in _wanted(other)
    )


def _wanted(where: Condition | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(where, FieldIs):
        yield where.name, where.values
    elif isinstance(where, AllOf):
        for part in where.parts:
            yield from _wanted(part)


def _passed(step: Step, edition: Edition) -> Iterator[str]:
    """The steps that start when this one's last day has passed."""
    for other in edition.steps:
        if any(
            isinstance(one, PassedTrigger) and one.step == step.id
            for one in _alternatives(other.starts_when)
        ):
            yield other.id


def _alternatives(trigger: Trigger | None) -> Iterator[Trigger]:
    if isinstance(trigger, AllTrigger | AnyTrigger):
        for part in trigger.parts:
            yield from _alternatives(part)
    elif trigger is not None:
        yield trigger


def _outcome_title(outcome: str, rows: tuple[MetBy, ...], vocabulary: Vocabulary) -> str:
    for row in rows:
        kind = vocabulary.kinds.get(row.event)
        if kind is not None and outcome in kind.outcomes:
            return kind.outcomes[outcome]
    return wording.plain(outcome).capitalize()


def _title_of(procedure: str | None, rulebook: Rulebook) -> str:
    if procedure is None:
        return ""
    return next((one.title for one in rulebook.procedures if one.id == procedure), procedure)


def _in_order(ids: set[str], edition: Edition) -> tuple[str, ...]:
    return tuple(step.id for step in edition.steps if step.id in ids)
