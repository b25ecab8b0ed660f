"""The pieces of a step with a table of their own: parts, each, owner, delay and meeting."""

from caseward.rules.facts.kinds import EventKind
from caseward.rules.procedures import reading_conditions, reading_triggers
from caseward.rules.procedures.conditions import FieldIs
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


def owner(
    scope: Scope, step: Row, trigger_kinds: tuple[EventKind, ...] = ()
) -> tuple[OwnerRow, ...]:
    """Return the roles that owe the step, by condition where it says so (M27)."""
    node = step.node("owner")
    if node is None:
        return ()
    if isinstance(node, Sequence) and any(isinstance(part, Table) for part in node.parts):
        return _owner_rows(scope, step, node)
    if not isinstance(node, Table):
        return (OwnerRow(when=None, roles=step.texts("owner")),)
    row = scope.row(node, "owner", within=step.within)
    last = OwnerRow(when=None, roles=row.texts("otherwise"))
    if "by_field" in row:
        return (*_owner_by_field(row, trigger_kinds), last)
    when = reading_conditions.optional(scope, row, "when")
    then = row.texts("then")
    if when is None or not then or not last.roles:
        row.add("An owner by condition needs “when”, “then” and “otherwise”.")
    return (OwnerRow(when=when, roles=then), last)


def _owner_rows(scope: Scope, step: Row, node: Sequence) -> tuple[OwnerRow, ...]:
    """Rows of a condition and a role; the last one says otherwise."""
    found: list[OwnerRow] = []
    for part in node.parts:
        row = scope.row(part, "owner_row", within=step.within)
        when = reading_conditions.optional(scope, row, "when")
        roles = row.texts("then") or row.texts("otherwise")
        is_last = part is node.parts[-1]
        if not roles or (when is None) is not is_last or ("otherwise" in row) is not is_last:
            row.add(
                "Each row of an owner has “when” and “then”, and the last one “otherwise” alone."
            )
        found.append(OwnerRow(when=when, roles=roles))
    return tuple(found)


def _owner_by_field(row: Row, trigger_kinds: tuple[EventKind, ...]) -> tuple[OwnerRow, ...]:
    """A row for each choice of the trigger's field: its codes are the roles (M27)."""
    name = row.text("by_field") or ""
    fields = [kind.find_field(name) for kind in trigger_kinds]
    choices = dict.fromkeys(code for field in fields if field is not None for code in field.choices)
    if not choices:
        known = [one.name for kind in trigger_kinds for one in kind.fields if one.choices]
        row.add(
            f"“by_field” names “{name}”, which is not a choice of the event that starts the step."
            f"{suggestion(name, known)}",
            key="by_field",
        )
    if not row.texts("otherwise"):
        row.add("An owner by a field needs “otherwise”: the role where none was chosen.")
    return tuple(
        OwnerRow(when=FieldIs(name=name, values=(code,)), roles=(code,)) for code in choices
    )


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
        where=_meeting_where(scope, row, kinds["arranged"]),
        chair=row.text("chair") or "",
        minute_taker=row.text("minute_taker") or "",
        attend=row.texts("attend"),
        agenda=row.texts("agenda"),
    )


def _meeting_where(scope: Scope, row: Row, arranged: str) -> dict[str, str]:
    """The fields, each with its one value, that tell this meeting from others of its noun."""
    held = row.inner("where", noun="“where”")
    kind = scope.vocabulary.kinds.get(arranged)
    found: dict[str, str] = {}
    for name in held.names if held is not None else ():
        said = reading_conditions.field_is(held, name, kind=kind) if held is not None else None
        if said is not None and len(said.values) == 1:
            found[name] = said.values[0]
        elif said is not None:
            row.add(f"“{name}” of “where” needs one value.", key="where")
    return found


def _check_planned(scope: Scope, row: Row, arranged: str, planned: str) -> None:
    kind = scope.vocabulary.kinds.get(arranged)
    field = kind.find_field(planned) if kind is not None else None
    if kind is not None and (field is None or field.type != "date"):
        row.add(f"The kind {arranged} needs a field “{planned}” of type date: the planned day.")
