"""By when: limits, the rows of a recurring duty, and the source of each."""

from dataclasses import replace
from typing import Any, cast

from caseward.rules.facts.kinds import EventKind
from caseward.rules.procedures import keys, reading_conditions
from caseward.rules.procedures.conditions import Condition, Ordinal, Otherwise, SettingRef, Span
from caseward.rules.procedures.model import Force, Interval, Limit, MovedBy, Source
from caseward.rules.procedures.scope import Scope
from caseward.rules.texts.problems import listed, suggestion
from caseward.rules.texts.rows import Row, scalar_text
from caseward.rules.texts.strict_yaml import Node, Scalar, Table

_FORMS = ("count", "before", "by_field", "at_once")
_FIRST = "first_"


def source(scope: Scope, row: Row, *, inherited: Source | None) -> Source | None:
    """Return where the rule stands; a text is a section of the inherited document."""
    node = row.node("source")
    verified = row.flag("verified")
    if node is None:
        if inherited is None or "verified" not in row:
            return inherited
        return replace(inherited, verified=verified)
    if not isinstance(node, Table):
        return Source(document=scope.document, section=scalar_text(node) or "", verified=verified)
    stated = scope.row(node, "source", within=row.within)
    return Source(
        document=stated.text("document") or scope.document,
        section=stated.text("section") or "",
        paragraph=stated.text("paragraph") or "",
        note=stated.text("note") or "",
        verified=verified or stated.flag("verified"),
    )


def limit(scope: Scope, node: Node, *, within: str, inherited: Source | None) -> Limit:
    """Return one limit of a step."""
    row = scope.row(node, "limit", within=within)
    span = _form(row)
    anchor, before = row.text("anchor") or "trigger", row.text("before")
    scope.anchor(anchor, row, key="anchor", allowed=("trigger",))
    if before is not None:
        scope.anchor(before, row, key="before")
    return Limit(
        id=row.text("id") or "",
        count=span.count if span else None,
        from_count=reading_conditions.count(row, "from_count"),
        unit=span.unit if span else None,
        anchor=anchor,
        before=before,
        by_field=row.text("by_field"),
        at_once=cast("Any", row.word("at_once", keys.AT_ONCE, "") or None),
        due_by=row.time("due_by"),
        how=cast("Any", row.word("how", keys.HOW, "after")),
        force=force(row),
        under=row.text("under"),
        deemed=_deemed(row),
        moved_by=tuple(_move(scope, part, row) for part in row.parts("moved_by")),
        when=reading_conditions.optional(scope, row, "when"),
        is_setting=row.flag("setting"),
        assumption=row.text("assumption") or "",
        source=source(scope, row, inherited=inherited),
        line=row.line,
    )


def every(scope: Scope, step: Row, inherited: Source | None) -> tuple[Interval, ...]:
    """Return the table of a recurring duty; its last row must be `otherwise`."""
    rows = [scope.row(node, "every_row", within=step.within) for node in step.parts("every")]
    ends = [row for row in rows if row.flag("otherwise")]
    if rows and not ends:
        step.add(
            "The table “every” has no last row with otherwise: true, so that a child whom no row "
            "fits would have no date.",
            key="every",
        )
    elif ends and ends[0] is not rows[-1]:
        after = rows[rows.index(ends[0]) + 1]
        after.add("This row comes after “otherwise” and can never be read. Move it up.")
    return tuple(_interval(scope, row, inherited) for row in rows)


def force(row: Row) -> Force:
    """Return how strongly a limit binds; must where nothing is said."""
    return Force(row.word("force", keys.FORCES, Force.MUST))


def _form(row: Row) -> Span | None:
    """The one form that a limit takes; a count beside `before` counts back."""
    given = [form for form in _FORMS if form in row]
    if not given and "unit" not in row:
        row.add(f"A limit says by when with one of {listed(_FORMS)}, and this one has none.")
        return None
    if len([form for form in given if form != "count" or "before" not in row]) > 1:
        row.add(f"A limit says by when in one way, and this one says {listed(given)}.")
    if "count" in row or "unit" in row:
        backwards = "before" in row
        units = reading_conditions.UNITS_OF_DAYS if backwards else keys.UNITS
        return reading_conditions.span(row, units=units)
    return None


def _deemed(row: Row) -> SettingRef | None:
    value = row.text("deemed")
    if value is None:
        return None
    if not value.startswith(reading_conditions.SETTING):
        row.add("“deemed” names a setting: setting.<name>.", key="deemed")
        return None
    return SettingRef(value.removeprefix(reading_conditions.SETTING))


def _move(scope: Scope, node: Node, limit: Row) -> MovedBy:
    """A kind of event, or a table that says in which of its fields the new last day stands."""
    if isinstance(node, Scalar):
        limit_to = limit.text("by_field") or ""
        kind = scope.kind(scalar_text(node) or "", limit, key="moved_by")
        return _checked_move(MovedBy(event=scalar_text(node) or "", to=limit_to), kind, limit)
    row = scope.row(node, "move", within=limit.within)
    event = row.required("event", "Name the kind of event that moves the date.")
    move = MovedBy(
        event=event,
        to=row.text("to") or limit.text("by_field") or "",
        count=row.text("count") or "",
    )
    return _checked_move(move, scope.kind(event, row, key="event"), row)


def _checked_move(move: MovedBy, kind: EventKind | None, row: Row) -> MovedBy:
    if not (move.to or move.count):
        row.add("“moved_by” needs “to”: the field of the event in which the new date stands.")
    for key, name, types in (("to", move.to, ("date",)), ("count", move.count, ("number",))):
        field = None if kind is None else kind.find_field(name)
        if kind is not None and name and (field is None or field.type not in types):
            known = [one.name for one in kind.fields if one.type in types]
            row.add(
                f"“{key}” names “{name}”, which is not a {types[0]} of {kind.id}."
                f"{suggestion(name, known)}",
                key=key,
            )
    return move


def _interval(scope: Scope, row: Row, inherited: Source | None) -> Interval:
    span, by_field = None, row.text("by_field")
    if by_field is not None:
        for key in ("count", "unit", "none", "otherwise", "read_at"):
            if key in row:
                row.add(f"A row with “by_field” has no “{key}”.", key=key)
    elif row.flag("none"):
        if "count" in row or "unit" in row:
            row.add("A row with none: true has no count and no unit.", key="none")
    else:
        span = reading_conditions.span(row)
    read_at, is_first = _read_at(scope, row)
    return Interval(
        when=_when(scope, row),
        span=span,
        by_field=by_field,
        read_at=read_at,
        read_at_first=is_first,
        force=force(row),
        under=row.text("under"),
        fulfils=row.texts("fulfils"),
        source=source(scope, row, inherited=inherited),
        line=row.line,
    )


def _when(scope: Scope, row: Row) -> Condition:
    node = row.node("when")
    if node is None:
        if not row.flag("otherwise") and "by_field" not in row:
            row.add("A row of “every” needs “when”, or otherwise: true if it is the last.")
        return Otherwise()
    if "otherwise" in row:
        row.add("A row has “when” or “otherwise”, not both.", key="otherwise")
    if isinstance(node, Scalar):
        word = scalar_text(node) or ""
        if word in keys.ORDINALS:
            return Ordinal(is_=reading_conditions.as_ordinal(word))
        row.add(
            f"“when” may be {listed(keys.ORDINALS)}, or a condition, not “{word}”."
            f"{suggestion(word, keys.ORDINALS)}",
            key="when",
        )
        return Otherwise()
    return reading_conditions.condition(scope, node, row.within)


def _read_at(scope: Scope, row: Row) -> tuple[str | None, bool]:
    """A kind of event, or `first_<noun>` for the first <noun>.held of the child (P8)."""
    value = row.text("read_at")
    if value is None:
        return None, False
    held = f"{value.removeprefix(_FIRST)}.held"
    if value.startswith(_FIRST) and held in scope.vocabulary.kinds:
        return held, True
    scope.kind(value, row, key="read_at")
    return value, False
