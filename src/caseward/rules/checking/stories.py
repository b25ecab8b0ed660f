"""A course of facts told as a short story, as a practitioner would tell it to another."""

from collections.abc import Sequence

from caseward.rules.checking.alphabet import Fact
from caseward.rules.checking.machine import PASSED, SILENCE, SPAN, Machine
from caseward.rules.checking.walked import Move
from caseward.rules.engine import law_words, wording
from caseward.rules.procedures.model import Step

# A short story keeps its beginning, what was out of the ordinary, and the last few things done.
MOST_DONE = 2


def told(machine: Machine, moves: Sequence[Move]) -> tuple[str, ...]:
    """Return the whole course: the opening, and each thing done or decided."""
    rest = (move_in_words(machine, move) for move in moves[1:])
    return f"{_fact(moves[0].fact, machine)}: the procedure begins", *rest


def in_short(machine: Machine, moves: Sequence[Move]) -> str:
    """Return the course in one breath: how it began, what was out of the ordinary, and the last of it."""
    rest = moves[1:]
    kept = {n for n, move in enumerate(rest) if is_telling(machine, move)}
    kept |= set(range(len(rest))[-MOST_DONE:])
    lines = [told(machine, moves[:1])[0]]
    lines += [move_in_words(machine, rest[n]) for n in sorted(kept)]
    return "; ".join(lines)


def is_telling(machine: Machine, move: Move) -> bool:
    """Say whether a story needs the move: an unusual outcome, a day that passed, a fact from outside."""
    if move.step < 0:
        return move.fact.kind not in machine.receipt_kinds
    if move.fact.kind in (PASSED, SILENCE):
        return True
    outcome = machine.steps[move.step].outcomes.get(move.fact.outcome or "")
    return outcome is not None and not outcome.usual


def move_in_words(machine: Machine, move: Move) -> str:
    """Return one move: the panel defers, a day passes, something is done."""
    if move.step < 0:
        return _fact(move.fact, machine)
    step = machine.steps[move.step]
    if move.fact.kind == PASSED:
        return f"the last day for {called(step)} passes"
    if move.fact.kind == SILENCE:
        return f"{called(step)} is not answered in time"
    who = owner(step)
    said = outcome_words(machine, step, move.fact)
    if step.outcomes and said:
        return f"{who}: {called(step)} comes out as {said}"
    return f"{who}: {called(step)} is done"


def owner(step: Step) -> str:
    """Return who owes the step, as people call the role."""
    roles = dict.fromkeys(role for row in step.owner for role in row.roles)
    return wording.listed([wording.role(role) for role in roles], "or") or "Somebody"


def called(step: Step) -> str:
    """Return a step as a sentence names it, in quotation marks."""
    return f"“{(step.title or step.duty).rstrip('.')}”"


def outcome_words(machine: Machine, step: Step, fact: Fact) -> str:
    """Return an outcome as pages call it, in quotation marks; empty without one."""
    if fact.outcome is None:
        return ""
    named = step.outcomes.get(fact.outcome)
    kind = machine.rulebook.vocabulary.kinds.get(fact.kind)
    title = named.title if named is not None else ""
    title = title or (kind.outcomes.get(fact.outcome, "") if kind is not None else "")
    return f"“{title or wording.plain(fact.outcome)}”"


def _fact(fact: Fact, machine: Machine) -> str:
    if fact.kind == SPAN:
        if not (fact.outcome or "").isdigit():
            return "time passes"
        span = machine.spans[int(fact.outcome or 0)]
        return law_words.starts(span, machine.edition, machine.rulebook)[0]
    kind = machine.rulebook.vocabulary.kinds.get(fact.kind)
    title = wording.kind_title(machine.rulebook.vocabulary, fact.kind)
    if kind is None:
        return title
    said = kind.outcomes.get(fact.outcome or "", "")
    aside = [said] if said else []
    for name, value in fact.answers:
        field = kind.find_field(name)
        choices = field.choices if field is not None else {}
        if value in choices or value == "yes":
            title_of = field.title if field is not None else wording.plain(name)
            aside.append(f"{title_of.rstrip('?')}: {choices.get(value) or value}")
    return f"{title} ({'; '.join(aside)})" if aside else title
