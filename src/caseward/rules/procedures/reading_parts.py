"""The pieces of a step with a table of their own: parts, each, owner, delay and meeting."""

from caseward.rules.facts.kinds import EventKind
from caseward.rules.procedures import reading_conditions, reading_triggers
from caseward.rules.procedures.model import DelayRule, Each, Meeting, OwnerRow, Part
from caseward.rules.procedures.scope import Scope
from caseward.rules.texts.problems import suggestion
from caseward.rules.texts.rows import Row
from caseward.rules.texts.strict_yaml import Scalar, Sequence, Table

_FACTS_OF_A_MEETING = ("arranged", "rearranged", "cancelled", "held")


def parts(scope: Scope, step: Row) -> tuple[Part, ...]:
    """Return the parts of an `all_of`, each known by its own id."""
    found: list[Part] = []
    for node in step.parts("all_of"):
        row = scope.row(node, "part", within=step.within)
        part = row.required("part", "Give it an id of its own within the step.")
        if part and any(other.part == part for other in found):
            row.add(f"The part “{part}” stands in this step twice. Keep one of them.")
        if row.node("met_by") is None:
            row.add(f"Nothing meets the part “{part}”. Add “met_by”.")
        found.append(
            Part(
                part=part,
                title=row.text("title") or "",
                met_by=reading_triggers.met_by(scope, row, "met_by"),
                each=each(scope, row, ()),
                may_not_apply=row.flag("may_not_apply") if "may_not_apply" in row else True,
            )
        )
    return tuple(found)


def each(scope: Scope, row: Row, trigger_kinds: tuple[EventKind, ...]) -> Each | None:
    """A text names a field of the trigger, a list roles, a table earlier events (M9)."""
    node = row.node("each")
    if node is None:
        return None
    if isinstance(node, Sequence):
        return Each(roles=row.texts("each"))
    if isinstance(node, Scalar):
        name = row.text("each") or ""
        known = {field.name for kind in trigger_kinds for field in kind.fields}
        if trigger_kinds and name not in known:
            row.add(
                f"“each” names “{name}”, which is not a field of "
                f"{', '.join(kind.id for kind in trigger_kinds)}.{suggestion(name, known)}",
                key="each",
            )
        return Each(field=name)
    return _each_event(scope, row, node)


def _each_event(scope: Scope, row: Row, node: Table) -> Each:
    stated = scope.row(node, "each", within=row.within)
    event = stated.required("event", "Name the kind of event.")
    scope.kind(event, stated, key="event")
    back = stated.node("within")
    if back is None:
        stated.add("“each” does not say how far back. Add “within”: a count and a unit.")
        return Each(event=event)
    look_back = scope.row(back, "within", within=row.within)
    before = look_back.text("before")
    if before is not None:
        scope.anchor(before, look_back, key="before")
    return Each(event=event, within=reading_conditions.span(look_back), before=before)


def owner(scope: Scope, step: Row) -> tuple[OwnerRow, ...]:
    """Return the roles that owe the step, by condition where it says so (M27)."""
    node = step.node("owner")
    if node is None:
        return ()
    if not isinstance(node, Table):
        return (OwnerRow(when=None, roles=step.texts("owner")),)
    row = scope.row(node, "owner", within=step.within)
    when = reading_conditions.optional(scope, row, "when")
    then, otherwise = row.texts("then"), row.texts("otherwise")
    if when is None or not then or not otherwise:
        row.add("An owner by condition needs “when”, “then” and “otherwise”.")
    return (OwnerRow(when=when, roles=then), OwnerRow(when=None, roles=otherwise))


def delay(scope: Scope, step: Row) -> DelayRule | None:
    """Return how the step's date may be moved (M23)."""
    node = step.node("delay")
    if node is None:
        return None
    row = scope.row(node, "delay", within=step.within)
    reasons = row.texts("reasons")
    if not reasons:
        row.add("“delay” names no “reasons”. List the ones that count.")
    return DelayRule(reasons=reasons, agreed_by=row.texts("agreed_by"), tells=row.texts("tells"))


def meeting(scope: Scope, step: Row) -> Meeting | None:
    """Return the meeting that the step asks for; its noun gives the kinds of its facts (M21)."""
    node = step.node("meeting")
    if node is None:
        return None
    if isinstance(node, Scalar):
        node = Table({"name": node}, node.line, {"name": node.line})
    row = scope.row(node, "meeting", within=step.within)
    name = row.required("name", "Give the noun of the meeting, for example discharge_meeting.")
    kinds = {fact: row.text(fact) or f"{name}.{fact}" for fact in _FACTS_OF_A_MEETING}
    for kind in kinds.values() if name else ():
        scope.kind(kind, row, key="name")
    planned = row.text("planned_field") or "planned_on"
    _check_planned(scope, row, kinds["arranged"], planned)
    return Meeting(
        name=name,
        arranged=kinds["arranged"],
        rearranged=kinds["rearranged"],
        cancelled=kinds["cancelled"],
        held=kinds["held"],
        planned_field=planned,
        chair=row.text("chair") or "",
        minute_taker=row.text("minute_taker") or "",
        attend=row.texts("attend"),
        agenda=row.texts("agenda"),
    )


def _check_planned(scope: Scope, row: Row, arranged: str, planned: str) -> None:
    kind = scope.vocabulary.kinds.get(arranged)
    field = kind.find_field(planned) if kind is not None else None
    if kind is not None and (field is None or field.type != "date"):
        row.add(f"The kind {arranged} needs a field “{planned}” of type date: the planned day.")
