"""A rulebook made ready to be walked (M5, M28): done once, kept while the rulebook is in use."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from caseward.rules.engine.reference import compile_steps, compile_triggers, compile_views
from caseward.rules.engine.reference.conditions import Counts
from caseward.rules.engine.reference.known import sets_by_kind
from caseward.rules.engine.reference.law import Law, LawProcedure, LawStep, Leaf
from caseward.rules.engine.reference.scene import Need
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.procedures.model import Procedure

Used = tuple[tuple[date, date], ...]
KEPT_RULEBOOKS = 8
BIRTH = "birth"
NATIONAL = "national."
A_YEAR = timedelta(days=366)
# How far ahead of the last fact, and of the birth, computed triggers are followed: past the day
# on which a care leaver's duties end, so that every date that follows from the facts is there;
# and further where the law waits for longer.
AHEAD = 6 * A_YEAR
AHEAD_OF_BIRTH = 26 * A_YEAR
DAYS_AT_MOST = {
    "days": 1,
    "weeks": 7,
    "months": 31,
    "years": 366,
    # No working week has fewer than two days between its days off.
    "working_days": 4,
    "court_days": 4,
}
# The compiled laws by what they were made of; the parts are kept so that no identity is reused.
_kept: OrderedDict[tuple[int, ...], tuple[tuple[Any, ...], Law]] = OrderedDict()


def law_of(rulebook: Rulebook) -> Law:
    """Return the rulebook compiled; the child's own first day does not matter to it."""
    parts = (
        rulebook.procedures,
        rulebook.vocabulary,
        rulebook.calendar,
        rulebook.settings,
        rulebook.adopted,
    )
    key = tuple(id(part) for part in parts)
    kept = _kept.get(key)
    if kept is None:
        kept = _kept[key] = (parts, _compile(rulebook))
        while len(_kept) > KEPT_RULEBOOKS:
            _kept.popitem(last=False)
    return kept[1]


def edition_number(procedure: Procedure, day: date) -> int:
    """Return the number of the edition in force on the day; the first one's before it."""
    found = 0
    for number, edition in enumerate(procedure.editions):
        if edition.in_force_from > day:
            break
        found = number
    return found


def _compile(rulebook: Rulebook) -> Law:
    begun = frozenset(
        step.begins.state
        for procedure in rulebook.procedures
        for edition in procedure.editions
        for step in edition.steps
        if step.begins is not None
    )
    apart = frozenset(
        state for state, kind in rulebook.vocabulary.states.items() if kind.per is not None
    )
    counts = Counts(rulebook.calendar, rulebook.settings, begun, apart)
    procedures = tuple(
        _procedure(rulebook, procedure, number, used, counts)
        for number, (procedure, used) in enumerate(_adopted(rulebook))
    )
    openers: dict[str, dict[str, list[Leaf]]] = {"event": {}, "state": {}, "span": {}}
    for procedure in procedures:
        _add_openers(procedure, counts, openers)
    return Law(
        vocabulary=rulebook.vocabulary,
        calendar=rulebook.calendar,
        counts=counts,
        sets=sets_by_kind(rulebook.vocabulary),
        procedures=procedures,
        openers=openers["event"],
        state_openers=openers["state"],
        span_openers=openers["span"],
        turns=tuple(
            (edition.in_force_from, procedure)
            for procedure in procedures
            for edition in procedure.procedure.editions[1:]
        ),
        needs=frozenset(need for step in _steps(procedures) for need in step.needs),
        listeners=_listeners(procedures),
        merging=frozenset(
            name.removeprefix(NATIONAL)
            for step in _steps(procedures)
            if step.step.merges
            for name in (step.id, *step.step.merges)
        ),
        has_local_limits=any(step.unders for step in _steps(procedures)),
        ahead=max(AHEAD, _longest(procedures, openers["span"], of_birth=False)),
        ahead_of_birth=max(AHEAD_OF_BIRTH, _longest(procedures, openers["span"], of_birth=True)),
    )


def _longest(
    procedures: tuple[LawProcedure, ...], openers: Mapping[str, list[Leaf]], *, of_birth: bool
) -> timedelta:
    """The longest interval whose passing is a trigger, counted from a birth or from another fact."""
    spans = [openers, *(view.spans for one in procedures for view in one.views.values())]
    lengths = [
        leaf.span[0] * DAYS_AT_MOST[leaf.span[1]]
        for by_anchor in spans
        for anchor, leaves in by_anchor.items()
        for leaf in leaves
        if leaf.span is not None and (anchor == BIRTH) is of_birth
    ]
    return timedelta(days=max(lengths, default=0)) + A_YEAR


def _steps(procedures: tuple[LawProcedure, ...]) -> Iterator[LawStep]:
    for procedure in procedures:
        for steps in procedure.steps:
            yield from steps


def _listeners(procedures: tuple[LawProcedure, ...]) -> Mapping[Need, frozenset[LawProcedure]]:
    found: dict[Need, set[LawProcedure]] = {}
    for procedure in procedures:
        for need in compile_views.heard_by(procedure):
            found.setdefault(need, set()).add(procedure)
    return {need: frozenset(listeners) for need, listeners in found.items()}


def _watchers(steps: tuple[tuple[LawStep, ...], ...]) -> Mapping[Need, tuple[str, ...]]:
    found: dict[Need, dict[str, None]] = {}
    for step in (step for edition in steps for step in edition):
        for need in step.needs:
            found.setdefault(need, {})[step.root] = None
    return {need: tuple(roots) for need, roots in found.items()}


def _adopted(rulebook: Rulebook) -> Iterator[tuple[Procedure, Used]]:
    """Yield the procedures in use: without settings all, from their first edition on."""
    for procedure in rulebook.procedures:
        first = procedure.editions[0].in_force_from
        if rulebook.adopted is None:
            yield procedure, ((first, date.max),)
            continue
        used = tuple(
            (max(first, row.adopted_from), row.given_up_from or date.max)
            for row in rulebook.adopted
            if row.procedure == procedure.id
        )
        if used:
            yield procedure, used


def _procedure(
    rulebook: Rulebook, procedure: Procedure, number: int, used: Used, counts: Counts
) -> LawProcedure:
    keyed = frozenset(
        kind.id
        for kind in rulebook.vocabulary.kinds.values()
        if procedure.key is not None
        and (procedure.key in kind.keys or kind.find_field(procedure.key) is not None)
    )
    steps = compile_steps.steps_of(procedure, counts)
    made = LawProcedure(
        procedure=procedure,
        number=number,
        used=used,
        steps=steps,
        views={},
        keyed_kinds=keyed,
        id=procedure.id,
        key_name=procedure.key,
        watchers=_watchers(steps),
    )
    compile_views.add_views(made, counts)
    return made


def _add_openers(
    procedure: LawProcedure, counts: Counts, openers: dict[str, dict[str, list[Leaf]]]
) -> None:
    for number, edition in enumerate(procedure.procedure.editions):
        for opening in edition.opens:
            rule = compile_triggers.rule_of("open", opening.trigger, counts)
            rule.procedure, rule.edition_number = procedure, number
            rule.enters_at = opening.enters_at
            for leaf in rule.leaves:
                if leaf.sort in openers:
                    openers[leaf.sort].setdefault(leaf.kind or leaf.anchor, []).append(leaf)
