"""Every outcome is followed by a step, a closing or another procedure, refusals included (M26, B8)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from caseward.rules.checking import stories
from caseward.rules.checking.alphabet import Fact
from caseward.rules.checking.machine import Machine, fits
from caseward.rules.checking.messages import Message
from caseward.rules.checking.walked import Move
from caseward.rules.engine import wording
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.procedures.model import (
    AllTrigger,
    AnyTrigger,
    Edition,
    EventTrigger,
    Outcome,
    Procedure,
    Step,
    Trigger,
)

CourseTo = Callable[[int, str], list[Move]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the law something is said: enough to name file, line and step."""

    procedure: Procedure
    edition: Edition

    def error(self, rule: str, step: Step | None, sentence: str, *, line: int = 0,
              story: tuple[str, ...] = ()) -> Message:  # fmt: skip
        """Return an error at the line, or at the step's or the edition's."""
        return Message(
            kind="error",
            rule=rule,
            path=self.procedure.path,
            line=line or (step.line if step is not None else self.edition.line),
            sentence=sentence,
            procedure=self.procedure.id,
            edition_from=self.edition.in_force_from,
            step=step.id if step is not None else "",
            story=story,
        )


def errors(
    place: Place, machine: Machine, rulebook: Rulebook, course_to: CourseTo
) -> Iterator[Message]:
    """Yield what is wrong with the outcomes of an edition's steps.

    Shapes: `course_to` tells the course on which a step comes out with an outcome.
    """
    for n, step in enumerate(place.edition.steps):
        if not step.outcomes:
            continue
        if not any(one.usual for one in step.outcomes.values()):
            yield place.error(
                "M26",
                step,
                f"{stories.called(step)} may come out in several ways and the file does not say which "
                "is the usual one, so that nothing can be foreseen. Mark one outcome usual: true.",
            )
        yield from _unlisted(place, machine, n)
        for outcome in step.outcomes.values():
            yield from _followed(place, machine, n, outcome, rulebook, course_to)


def _unlisted(place: Place, machine: Machine, n: int) -> Iterator[Message]:
    """Outcomes with which the event meets the step and of which the file says nothing."""
    step = machine.steps[n]
    meeting = {fact.outcome for fact in machine.facts_for(n) if machine.meets(n, fact)}
    for outcome in sorted(one for one in meeting if one and one not in step.outcomes):
        words = stories.outcome_words(machine, step, _fact_with(machine, n, outcome))
        yield place.error(
            "M26",
            step,
            f"{stories.called(step)} may also come out as {words}, and nothing says what follows then. "
            "Say it under “outcomes”, or leave that outcome out of what meets the step.",
        )


def _followed(
    place: Place,
    machine: Machine,
    n: int,
    outcome: Outcome,
    rulebook: Rulebook,
    course_to: CourseTo,
) -> Iterator[Message]:
    step = machine.steps[n]
    facts = [
        fact
        for fact in machine.facts_for(n)
        if fact.outcome == outcome.outcome and machine.meets(n, fact)
    ]
    words = stories.outcome_words(machine, step, Fact("", outcome.outcome))
    words = stories.outcome_words(machine, step, facts[0]) if facts else words
    if not facts and step.silence != outcome.outcome:
        yield place.error(
            "M26",
            step,
            f"{stories.called(step)} can never come out as {words}: what meets the step does not allow "
            "it. Take the outcome out, or let it meet the step.",
            line=outcome.line,
        )
        return
    says = outcome.next or outcome.closes or outcome.procedure or outcome.goes_on or outcome.usual
    if not says and not any(_is_heard(fact, rulebook) for fact in facts):
        course = course_to(n, outcome.outcome)
        told = f"{stories.owner(step)}: {stories.called(step)} comes out as {words}"
        yield place.error(
            "M26",
            step,
            f"{stories.in_short(machine, course) if course else told}; then nothing says who does what next. Name the next step, say "
            "that it closes the procedure or which other procedure follows, or write goes_on: true if "
            "what is open simply goes on.",
            line=outcome.line,
            story=stories.told(machine, course) if course else (),
        )
    if outcome.procedure and outcome.procedure not in {one.id for one in rulebook.procedures}:
        yield place.error(
            "M26",
            step,
            f"{stories.called(step)} leads on to the procedure “{outcome.procedure}”, which there is "
            "not.",
            line=outcome.line,
        )


def _fact_with(machine: Machine, n: int, outcome: str) -> Fact:
    return next(fact for fact in machine.facts_for(n) if fact.outcome == outcome)


def _is_heard(fact: Fact, rulebook: Rulebook) -> bool:
    """Whether something starts, closes or opens by this outcome; what any outcome does is no answer."""
    for procedure in rulebook.procedures:
        for edition in procedure.editions:
            triggers: list[Trigger | None] = [step.starts_when for step in edition.steps]
            triggers += [*edition.closes, *(one.trigger for one in edition.opens)]
            triggers += edition.hold.ends if edition.hold is not None else ()
            if any(_asks_for(trigger, fact) for trigger in triggers):
                return True
    return False


def _asks_for(trigger: Trigger | None, fact: Fact) -> bool:
    if isinstance(trigger, AllTrigger | AnyTrigger):
        return any(_asks_for(part, fact) for part in trigger.parts)
    return (
        isinstance(trigger, EventTrigger)
        and trigger.event == fact.kind
        and fact.outcome in trigger.outcomes
        and fits(trigger, fact)
    )


def kind_words(rulebook: Rulebook, kinds: list[str]) -> str:
    """Return kinds of event as a sentence lists them."""
    return wording.listed(
        [f"“{wording.kind_title(rulebook.vocabulary, kind)}”" for kind in kinds], "or"
    )
