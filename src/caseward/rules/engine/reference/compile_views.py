"""An edition as an episode sees it, as indices by kind of event and by state (M28).

An episode opened under an earlier edition sees the one in force, unless that one says
`transition: episode`, for the whole or for a step: then a running episode keeps what it had.
"""

from collections.abc import Iterator

from caseward.rules.engine.reference import compile_triggers
from caseward.rules.engine.reference.conditions import PLANNED, Counts
from caseward.rules.engine.reference.law import (
    LawProcedure,
    LawStep,
    Leaf,
    Noun,
    Reactions,
    Rule,
    View,
)
from caseward.rules.engine.reference.scene import Need
from caseward.rules.procedures.model import Edition, EventTrigger, Step


def add_views(procedure: LawProcedure, counts: Counts) -> None:
    """Give the procedure a view for each edition, and for each later one that it may meet."""
    editions = procedure.procedure.editions
    for opened in range(len(editions)):
        for now in range(opened, len(editions)):
            procedure.views[opened, now] = _view(procedure, opened, now, counts)


def _view(procedure: LawProcedure, opened: int, now: int, counts: Counts) -> View:
    edition = procedure.procedure.editions[now]
    steps = procedure.steps[now]
    if now > opened:
        before = procedure.views[opened, now - 1]
        if edition.transition == "episode":
            return before
        kept = before.steps
        steps = tuple(
            kept[step.id] if step.step.transition == "episode" and step.id in kept else step
            for step in steps
        )
    return _indexed(edition, steps, counts)


def heard_by(procedure: LawProcedure) -> frozenset[Need]:
    """Return the kinds and states that may set anything going in an episode of the procedure."""
    found: set[Need] = set()
    for view in procedure.views.values():
        found.update(("kind", kind) for kind in view.by_kind)
        found.update(("state", state) for state in view.by_state)
    for step in (step for steps in procedure.steps for step in steps):
        found |= step.needs
        found.update(("kind", limit.anchor) for limit in step.limits)
        found.update(("kind", move.event) for limit in step.limits for move in limit.limit.moved_by)
        found.update(("kind", part.part.each.event or "") for part in step.parts if part.part.each)
    return frozenset(found)


def _indexed(edition: Edition, steps: tuple[LawStep, ...], counts: Counts) -> View:
    view = View(
        edition=edition,
        steps={step.id: step for step in steps},
        by_root={step.root: step for step in steps},
        by_kind={},
        by_state={},
        opened=[],
        spans={},
        passed={},
        nouns={},
        local_states=frozenset(step.step.begins.state for step in steps if step.step.begins),
        withdraws=frozenset(edition.hold.withdraws if edition.hold else ()),
    )
    for rule in _rules(edition, steps, counts):
        for leaf in rule.leaves:
            _index(view, leaf)
    for step in steps:
        _index_meets(view, step)
    _index_meetings(view, steps)
    _index_gates(view, edition, steps)
    for kind, reactions in view.by_kind.items():
        _index_roots(view, kind, reactions)
    return view


def _rules(edition: Edition, steps: tuple[LawStep, ...], counts: Counts) -> Iterator[Rule]:
    for step in steps:
        if step.step.starts_when is not None:
            rule = compile_triggers.rule_of("step", step.step.starts_when, counts)
            rule.step = step
            yield rule
    yield from _outcome_rules(steps, counts)
    for trigger in edition.closes:
        yield compile_triggers.rule_of("close", trigger, counts)
    if edition.hold is not None:
        for trigger in edition.hold.begins:
            yield compile_triggers.rule_of("hold", trigger, counts)
        for trigger in edition.hold.ends:
            yield compile_triggers.rule_of("release", trigger, counts)


def _outcome_rules(steps: tuple[LawStep, ...], counts: Counts) -> Iterator[Rule]:
    """What an outcome of one step starts or closes: the event with that outcome does it (M26)."""
    by_id = {step.id: step for step in steps}
    for step in steps:
        for outcome in step.step.outcomes.values():
            for trigger in _events_with(step.step, outcome.outcome):
                for next_step in filter(None, map(by_id.get, outcome.next)):
                    rule = compile_triggers.rule_of("step", trigger, counts)
                    rule.step = next_step
                    yield rule
                if outcome.closes:
                    yield compile_triggers.rule_of("close", trigger, counts)


def _events_with(step: Step, outcome: str) -> Iterator[EventTrigger]:
    rows = (*step.met_by, *step.any_of, *(row for part in step.all_of for row in part.met_by))
    for row in rows:
        yield EventTrigger(event=row.event, outcomes=(outcome,), where=row.where)


def _index(view: View, leaf: Leaf) -> None:
    if leaf.sort == "event":
        view.by_kind.setdefault(leaf.kind, Reactions()).leaves.append(leaf)
    elif leaf.sort == "state":
        view.by_state.setdefault(leaf.kind, []).append(leaf)
    elif leaf.sort == "span":
        view.spans.setdefault(leaf.anchor, []).append(leaf)
        view.by_kind.setdefault(leaf.anchor, Reactions())
    elif leaf.sort == "passed":
        step = view.steps.get(leaf.kind)
        view.passed.setdefault(leaf.kind if step is None else step.root, []).append(leaf)
    else:
        view.opened.append(leaf)


def _index_meets(view: View, step: LawStep) -> None:
    if step.step.window:
        return
    for met in step.met:
        reactions = view.by_kind.setdefault(met.kind, Reactions())
        (reactions.recurring if step.rows else reactions.meets).append((step, met))
    for part in step.parts:
        for met in part.met:
            reactions = view.by_kind.setdefault(met.kind, Reactions())
            reactions.parts.append((step, part, met))


def _index_meetings(view: View, steps: tuple[LawStep, ...]) -> None:
    """Meetings that a step asks for, and those whose planned day only is counted from (M21)."""
    for step in steps:
        meeting = step.step.meeting
        if meeting is None:
            continue
        if meeting.name not in view.nouns:
            view.nouns[meeting.name] = Noun(
                name=meeting.name,
                arranged=meeting.arranged,
                rearranged=meeting.rearranged,
                cancelled=meeting.cancelled,
                adjourned=f"{meeting.name}.adjourned",
                held=meeting.held,
                planned_field=meeting.planned_field,
            )
        _ask_for(view.nouns[meeting.name], step)
    counted_from = {anchor.removesuffix(PLANNED) for anchor in view.spans if PLANNED in anchor}
    for name in sorted(counted_from.union(*(step.before_nouns for step in steps))):
        if name not in view.nouns:
            view.nouns[name] = Noun(
                name=name,
                arranged=f"{name}.arranged",
                rearranged=f"{name}.rearranged",
                cancelled=f"{name}.cancelled",
                adjourned=f"{name}.adjourned",
                held=f"{name}.held",
                planned_field=PLANNED.removeprefix(".") + "_on",
            )
    for noun in view.nouns.values():
        for word in ("arranged", "rearranged", "cancelled", "adjourned", "held"):
            reactions = view.by_kind.setdefault(getattr(noun, word), Reactions())
            reactions.meetings.append((noun, word))
            reactions.arranges = reactions.arranges or word != "held"


def _ask_for(noun: Noun, step: LawStep) -> None:
    noun.steps.append(step)
    noun.slot_names = noun.slot_names.union(step.slot_names, step.meeting_keys)


def _index_roots(view: View, kind: str, reactions: Reactions) -> None:
    reactions.roots = frozenset(step.root for step, _ in (*reactions.meets, *reactions.recurring))
    reactions.is_idle = kind not in view.spans and not (
        reactions.leaves
        or reactions.parts
        or reactions.meetings
        or reactions.gates
        or reactions.is_blocked_by_hold
    )


def _index_gates(view: View, edition: Edition, steps: tuple[LawStep, ...]) -> None:
    for step in steps:
        for kind in step.step.gates:
            view.by_kind.setdefault(kind, Reactions()).gates.append(step)
    for kind in edition.hold.blocks if edition.hold else ():
        view.by_kind.setdefault(kind, Reactions()).is_blocked_by_hold = True
