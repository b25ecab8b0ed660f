"""One step of a law file, read whole: what opens it, who owes it, what meets it, what follows."""

import re
from typing import Any, cast

from caseward.rules.procedures import (
    keys,
    reading_conditions,
    reading_limits,
    reading_parts,
    reading_triggers,
)
from caseward.rules.procedures.conditions import Span
from caseward.rules.procedures.model import Begins, Outcome, Source, Step, Trigger
from caseward.rules.procedures.scope import Scope
from caseward.rules.texts.problems import suggestion
from caseward.rules.texts.rows import Row
from caseward.rules.texts.strict_yaml import Node, Scalar, Table

STEP_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\.[a-z0-9_]+)*\Z")


def step(scope: Scope, node: Node) -> Step:
    """Return the step; everything wrong in it is told with its id."""
    row = scope.row(node, "step", within=_within(node))
    step_id = _id(row)
    starts_when = _starts_when(scope, row)
    whence = _source(scope, row)
    meets = reading_triggers.met_by(scope, row, "met_by")
    parts = reading_parts.parts(scope, row)
    any_of = reading_triggers.met_by(scope, row, "any_of")
    trigger_kinds = _kinds(scope, reading_triggers.kinds_of(starts_when))
    each = reading_parts.each(scope, row, trigger_kinds)
    limits = tuple(
        reading_limits.limit(scope, part, within=row.within, inherited=whence)
        for part in row.parts("limits")
    )
    found = Step(
        id=step_id,
        title=row.text("title") or "",
        duty=row.required("duty", "Say in one sentence what has to be done."),
        owner=reading_parts.owner(scope, row, trigger_kinds),
        owners=cast("Any", row.word("owners", keys.OWNERS, "either")),
        starts_when=starts_when,
        only_if=reading_conditions.optional(scope, row, "only_if"),
        while_=reading_conditions.optional(scope, row, "while"),
        binds_if=reading_conditions.optional(scope, row, "binds_if"),
        begins=_begins(scope, row),
        met_by=meets,
        all_of=parts,
        any_of=any_of,
        each=each,
        same=row.texts("same"),
        may_precede=_may_precede(scope, row),
        merges=_steps(scope, row, "merges"),
        merges_while=reading_conditions.optional(scope, row, "merges_while"),
        window=row.flag("window"),
        outlives=row.flag("outlives"),
        wanted_for=row.text("wanted_for") or "",
        limits=limits,
        every=reading_limits.every(scope, row, whence),
        ask_again=_ask_again(scope, row),
        needs=_needs(scope, row),
        delay=reading_parts.delay(scope, row),
        silence=row.text("silence"),
        even_if_missed=row.flag("even_if_missed"),
        outcomes=_outcomes(scope, row),
        meeting=reading_parts.meeting(scope, row),
        gates=_kind_list(scope, row, "gates"),
        transition=cast("Any", row.word("transition", keys.TRANSITIONS, "occurrence")),
        replaced_by=row.text("replaced_by"),
        ends=row.flag("ends"),
        stage=row.text("stage") or "",
        fulfils=row.texts("fulfils"),
        source=whence,
        line=row.line,
    )
    _check(scope, row, found)
    return found


def _within(node: Node) -> str:
    held = node.rows.get("id") if isinstance(node, Table) else None
    if isinstance(held, Scalar) and held.value is not None:
        return f"step {held.value}"
    return "a step without an id"


def _id(row: Row) -> str:
    step_id = row.required("id", "Give it one that is never used again, for example W5.meeting.")
    if step_id and not STEP_ID.match(step_id):
        row.add(
            f"“{step_id}” is not an id of a step. Use letters, digits, _ and dots, for example "
            "W5.meeting.",
            key="id",
        )
    return step_id


def _starts_when(scope: Scope, row: Row) -> Trigger | None:
    node = row.node("starts_when")
    return None if node is None else reading_triggers.trigger(scope, node, row.within)


def _source(scope: Scope, row: Row) -> Source | None:
    if row.node("source") is None:
        row.add('The step has no “source”. Say where the duty stands, for example "§2 ¶2".')
        return None
    found = reading_limits.source(scope, row, inherited=None)
    if found is not None and not found.document:
        row.add("The source names no document, and neither does the procedure.", key="source")
    return found


def _begins(scope: Scope, row: Row) -> Begins | None:
    node = row.node("begins")
    if node is None:
        return None
    held = scope.row(node, "begins", within=row.within)
    values = reading_conditions.row_values(held, "is")
    if len(values) != 1:
        held.add("“begins” needs “is”: the one value that the state has from then on.")
    state = held.required("state", "Name the state.")
    return Begins(state=state, value=values[0] if values else "")


def _may_precede(scope: Scope, row: Row) -> str | Span | None:
    if "may_precede" not in row:
        return None
    held = row.inner("may_precede", noun="“may_precede”", allowed=("back_to",))
    node = held.node("back_to") if held is not None else None
    if held is None or node is None:
        row.add(
            "“may_precede” does not say how far back. Add back_to: a kind of event, "
            "episode_opened, or a count and a unit.",
            key="may_precede",
        )
        return None
    if isinstance(node, Table):
        return reading_conditions.span(scope.row(node, "span", within=row.within))
    back_to = held.text("back_to")
    if back_to is not None:
        scope.anchor(back_to, held, key="back_to")
    return back_to


def _steps(scope: Scope, row: Row, key: str) -> tuple[str, ...]:
    found = row.texts(key)
    for step_id in found:
        scope.mention(row, key, step_id)
    return found


def _ask_again(scope: Scope, row: Row) -> tuple[str, ...]:
    found = row.texts("ask_again")
    for state in found:
        scope.state(state, (), row)
    return found


def _needs(scope: Scope, row: Row) -> tuple[str, ...]:
    """What it waits for is a kind of event or a step; an event is recognised first."""
    found = row.texts("needs")
    for name in found:
        if name not in scope.vocabulary.kinds:
            scope.mention(row, "needs", name)
    return found


def _kind_list(scope: Scope, row: Row, key: str) -> tuple[str, ...]:
    found = row.texts(key)
    for kind_id in found:
        scope.kind(kind_id, row, key=key)
    return found


def _kinds(scope: Scope, ids: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(kind for each in ids if (kind := scope.vocabulary.kinds.get(each)) is not None)


def _outcomes(scope: Scope, row: Row) -> dict[str, Outcome]:
    held = row.inner("outcomes", noun="“outcomes”")
    found: dict[str, Outcome] = {}
    for code, node in () if held is None else held.table.rows.items():
        stated = scope.row(
            Table({}, node.line, {}) if isinstance(node, Scalar) and node.value is None else node,
            "outcome",
            within=f"{row.within}, outcome {code}",
        )
        found[code] = Outcome(
            outcome=code,
            title=stated.text("title") or "",
            next=_steps(scope, stated, "next"),
            closes=stated.flag("closes"),
            usual=stated.flag("usual"),
            procedure=stated.text("procedure"),
            goes_on=stated.flag("goes_on"),
            line=held.table.key_lines.get(code, stated.line) if held is not None else stated.line,
        )
    return found


# --- what only the whole step shows ---------------------------------------------------------------


def _check(scope: Scope, row: Row, found: Step) -> None:
    _check_owner_and_ending(row, found)
    _check_outcomes(scope, row, found)
    _check_fields(scope, row, found)
    if found.limits and found.every:
        row.add("A step has “limits” or “every”, not both.", key="every")
    if found.ask_again and not found.every:
        row.add("“ask_again” belongs to a step with “every”.", key="ask_again")
    if found.merges_while is not None and not found.merges:
        row.add("“merges_while” belongs to a step with “merges”.", key="merges_while")
    if found.replaced_by and found.ends:
        row.add("A step is “replaced_by” another or “ends”, not both.", key="ends")
    if sum(outcome.usual for outcome in found.outcomes.values()) > 1:
        row.add("Only one outcome may be the usual one.", key="outcomes")


def _check_owner_and_ending(row: Row, found: Step) -> None:
    ways = [key for key in ("met_by", "all_of", "any_of") if row.node(key) is not None]
    if found.window:
        if ways:
            row.add(
                f"A window is a right, and nothing meets it. Take out “{ways[0]}”.", key=ways[0]
            )
        if not found.limits:
            row.add("A window needs “limits”: until when it is open.")
        return
    if row.node("owner") is None:
        row.add("The step has no “owner”. Name the role that owes it.")
    if not ways:
        row.add("Nothing meets the step. Add “met_by”, “all_of” or “any_of”.")
    elif len(ways) > 1:
        row.add(f"A step is met in one way: “{ways[0]}” or “{ways[1]}”.", key=ways[1])


def _check_outcomes(scope: Scope, row: Row, found: Step) -> None:
    kinds = _kinds(scope, tuple(met.event for met in (*found.met_by, *found.any_of)))
    known = {outcome for kind in kinds for outcome in kind.outcomes}
    named = dict.fromkeys(found.outcomes, "outcomes")
    if found.silence is not None:
        named.setdefault(found.silence, "silence")
    for outcome, key in named.items():
        if kinds and outcome not in known:
            row.add(
                f"“{outcome}” is not an outcome of {', '.join(kind.id for kind in kinds)}."
                f"{suggestion(outcome, known)}",
                key=key,
            )


def _check_fields(scope: Scope, row: Row, found: Step) -> None:
    trigger_kinds = _kinds(scope, reading_triggers.kinds_of(found.starts_when))
    for part in found.limits:
        if part.by_field and trigger_kinds:
            fields = [kind.find_field(part.by_field) for kind in trigger_kinds]
            dates = [
                field.name
                for kind in trigger_kinds
                for field in kind.fields
                if field.type == "date"
            ]
            if not any(field is not None and field.type == "date" for field in fields):
                row.add(
                    f"“by_field” names “{part.by_field}”, which is not a date of "
                    f"{', '.join(kind.id for kind in trigger_kinds)}."
                    f"{suggestion(part.by_field, dates)}",
                    key="limits",
                )
    _check_same(scope, row, found, trigger_kinds)


def _check_same(scope: Scope, row: Row, found: Step, trigger_kinds: tuple[Any, ...]) -> None:
    """`same` names keys or fields of something that the step speaks of."""
    spoken = {met.event for met in (*found.met_by, *found.any_of)}
    spoken |= {met.event for part in found.all_of for met in part.met_by}
    spoken |= {limit.anchor for limit in found.limits}
    kinds = (*trigger_kinds, *_kinds(scope, tuple(sorted(spoken))))
    known = {name for kind in kinds for name in (*kind.keys, *(f.name for f in kind.fields))}
    for name in found.same:
        if kinds and name not in known:
            row.add(
                f"“same” names “{name}”, which no event of this step has as a key or field."
                f"{suggestion(name, known)}",
                key="same",
            )
