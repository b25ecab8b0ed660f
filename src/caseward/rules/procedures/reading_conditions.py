"""The condition language, read: one key says what sort of condition it is."""

from collections.abc import Collection
from typing import Literal, cast

from caseward.rules.facts.kinds import EventKind
from caseward.rules.procedures import keys
from caseward.rules.procedures.conditions import (
    Age,
    AllOf,
    AnyOf,
    Condition,
    EpisodeIs,
    FieldIs,
    Happened,
    Not,
    Ordinal,
    Otherwise,
    SettingIs,
    SettingRef,
    Span,
    StateIs,
    Unit,
)
from caseward.rules.procedures.scope import Scope
from caseward.rules.texts.problems import listed, suggestion
from caseward.rules.texts.rows import Row, scalar_text
from caseward.rules.texts.strict_yaml import Node, Scalar, Sequence

SETTING = "setting."

UNITS_OF_DAYS = ("working_days", "court_days", "days", "weeks", "months", "years")
UNITS_OF_AGE = ("days", "weeks", "months", "years")

# The key that tells the sort, and what may stand beside it.
SORTS: dict[str, tuple[str, ...]] = {
    "state": ("is", "in"),
    "happened": ("outcome", "since", "within", "before"),
    "age": (),
    "setting": ("is", "in", "has_come"),
    "field": ("is", "in"),
    "episode": ("procedure",),
    "ordinal": (),
    "all": (),
    "any": (),
    "not": (),
    "otherwise": (),
}
AGE_KEYS = ("under", "over", "of", "at")
AGE_OF = (
    "child",
    "child_or_sibling_on_plan",
    "child_or_sibling_in_household",
    "child_or_sibling",
)


def condition(scope: Scope, node: Node, within: str) -> Condition:
    """Return the condition; what is wrong with it is told and reads as always true."""
    row = scope.free_row(node, "a condition", within=within)
    sorts = [key for key in row.names if key in SORTS]
    if not sorts:
        _refuse_sortless(row)
        return Otherwise()
    if len(sorts) > 1:
        row.add(
            f"A condition says one thing, and this one says {listed(sorts)}. Put them under "
            "“all” or “any”."
        )
        return Otherwise()
    sort = sorts[0]
    allowed = {sort, *SORTS[sort]}
    for key in row.names:
        if key not in allowed:
            row.add(
                f"“{key}” cannot stand beside “{sort}” in a condition.{suggestion(key, allowed)}",
                key=key,
            )
    return _READERS[sort](scope, row, within)


def optional(scope: Scope, row: Row, key: str) -> Condition | None:
    """Return the condition under a key, or None where it is absent."""
    node = row.node(key)
    return None if node is None else condition(scope, node, row.within)


def count(row: Row, key: str = "count") -> int | SettingRef | None:
    """Return a whole number or the setting that gives one."""
    node = row.node(key)
    if node is None:
        return None
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, int) and not isinstance(value, bool):
        if value < 0:
            row.add(f"“{key}” may not be below nought. To count back, use “before”.", key=key)
        return value
    if isinstance(value, str) and value.startswith(SETTING):
        return SettingRef(value.removeprefix(SETTING))
    row.add(f"“{key}” must be a whole number or setting.<name>.", key=key)
    return None


def unit(row: Row) -> Unit | SettingRef | None:
    """Return a unit or the setting that gives one."""
    value = row.text("unit")
    if value is None:
        return None
    if value.startswith(SETTING):
        return SettingRef(value.removeprefix(SETTING))
    if value not in keys.UNITS:
        row.add(
            f"“{value}” is not a unit.{suggestion(value, keys.UNITS)} The units are "
            f"{listed(keys.UNITS)}.",
            key="unit",
        )
        return None
    return cast("Unit", value)


def span(row: Row, *, units: Collection[str] = UNITS_OF_DAYS) -> Span | None:
    """Return the count and unit of a row; one without the other is told, and so is a unit that
    cannot be counted here (hours in a look-back, working days of an age).
    """
    number, of = count(row), unit(row)
    if number is None and "count" not in row and "unit" not in row:
        row.add(f"{row.noun.capitalize()} needs a “count” and a “unit”.")
    elif "unit" not in row:
        row.add(f"“count” does not say of what. Add a “unit”: {listed(keys.UNITS)}.", key="count")
    elif "count" not in row:
        row.add("“unit” does not say how many. Add a “count”.", key="unit")
    if number is None or of is None:
        return None
    if isinstance(of, str) and of not in units:
        row.add(f"“{of}” cannot be counted here. Use {listed(units)}.", key="unit")
        return None
    return Span(count=number, unit=of)


def values(row: Row) -> tuple[str, ...]:
    """Return what `is` or `in` lists, as texts."""
    if "is" in row and "in" in row:
        row.add("Write “is” or “in”, not both.", key="in")
    return row_values(row, "in" if "in" in row else "is")


def row_values(row: Row, key: str) -> tuple[str, ...]:
    """Return one value or a list of values as texts: true is “yes”, 1 is “1”."""
    node = row.node(key)
    if node is None:
        return ()
    parts = node.parts if isinstance(node, Sequence) else (node,)
    found = [scalar_text(part) for part in parts]
    if any(text is None for text in found):
        row.add(f"“{key}” must be a value or a list of values.", key=key)
    return tuple(text for text in found if text is not None)


def field_is(row: Row, name: str, *, kind: EventKind | None) -> FieldIs | None:
    """Return the condition that a field or key of a kind of event has the values written."""
    wanted = row_values(row, name)
    if kind is None:
        return None
    field = kind.find_field(name)
    if field is None and name not in kind.keys:
        known = [*kind.keys, *(each.name for each in kind.fields)]
        row.add(
            f"“{name}” is neither a field nor a key of {kind.id}.{suggestion(name, known)}",
            key=name,
        )
        return None
    allowed = _values_of(field.type, tuple(field.choices)) if field is not None else ()
    for value in wanted:
        if allowed and value not in allowed:
            row.add(
                f"The field “{name}” of {kind.id} cannot be “{value}”; it may be "
                f"{listed(allowed)}.",
                key=name,
            )
    return FieldIs(name=name, values=wanted)


def _values_of(field_type: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    return ("yes", "no") if field_type == "yes_no" else choices


def _refuse_sortless(row: Row) -> None:
    if row.table.rows or row.line != row.table.line:
        first = next(iter(row.names), "")
        row.add(
            f"This condition says nothing that is understood.{suggestion(first, SORTS)} A "
            f"condition has one of {listed(SORTS)}."
        )


def _state(scope: Scope, row: Row, _: str) -> Condition:
    state, wanted = row.text("state") or "", values(row)
    scope.state(state, [value for value in wanted if not value.startswith(SETTING)], row)
    return StateIs(state=state, values=tuple(_value_or_setting(value) for value in wanted))


def _value_or_setting(value: str) -> str | SettingRef:
    return SettingRef(value.removeprefix(SETTING)) if value.startswith(SETTING) else value


def _happened(scope: Scope, row: Row, within: str) -> Condition:
    kind_id = row.text("happened") or ""
    kind = scope.kind(kind_id, row, key="happened")
    outcomes = row.texts("outcome")
    scope.outcomes(kind, outcomes, row, "outcome")
    since, before = row.text("since"), row.text("before")
    node, back = row.node("within"), None
    if node is not None:
        look_back = scope.row(node, "within", within=within)
        back, before = span(look_back), before or look_back.text("before")
    for key, name in (("since", since), ("before", before)):
        if name is not None:
            scope.anchor(name, row, key=key)
    return Happened(kind=kind_id, outcomes=outcomes, since=since, within=back, before=before)


def _age(scope: Scope, row: Row, within: str) -> Condition:
    node = row.node("age")
    if node is None:
        row.add("“age” must say under or over what.", key="age")
        return Otherwise()
    age = row.at(node, noun="“age”", allowed=AGE_KEYS)
    limits = {
        key: span(scope.row(held, "span", within=within), units=UNITS_OF_AGE)
        for key in ("under", "over")
        if (held := age.node(key)) is not None
    }
    if not limits:
        age.add("“age” must say “under” or “over”, with a count and a unit.")
    at = age.text("at")
    if at is not None:
        scope.kind(at, age, key="at")
    return Age(
        under=limits.get("under"),
        over=limits.get("over"),
        of=age.word("of", AGE_OF, "child"),
        at=at,
    )


def _setting(_scope: Scope, row: Row, _within: str) -> Condition:
    name = row.text("setting") or ""
    if "has_come" in row:
        if "is" in row or "in" in row:
            row.add("Write “has_come”, or “is” or “in”, not both.", key="has_come")
        if not row.flag("has_come"):
            row.add("“has_come” may only be true. Put “not” around the condition.", key="has_come")
        return SettingIs(name=name, values=(), has_come=True)
    return SettingIs(name=name, values=values(row) or ("yes",))


def _field(scope: Scope, row: Row, _: str) -> Condition:
    name, wanted = row.text("field") or "", values(row)
    if not wanted:
        row.add("A condition on a field needs “is” or “in”.", key="field")
    known = scope.field_names
    if name and name not in known:
        row.add(
            f"No kind of event has a field or key “{name}”.{suggestion(name, known)}", key="field"
        )
    return FieldIs(name=name, values=wanted)


def _episode(_: Scope, row: Row, _within: str) -> Condition:
    word = row.word("episode", ("open", "closed"), "open")
    return EpisodeIs(procedure=row.text("procedure"), is_open=word == "open")


def _ordinal(_: Scope, row: Row, _within: str) -> Condition:
    return Ordinal(is_=as_ordinal(row.word("ordinal", keys.ORDINALS, "later")))


def as_ordinal(word: str) -> Literal["first", "second", "later"]:
    """Return the word as the type that Ordinal takes."""
    return cast("Literal['first', 'second', 'later']", word)


def _all(scope: Scope, row: Row, within: str) -> Condition:
    return AllOf(_parts(scope, row, "all", within))


def _any(scope: Scope, row: Row, within: str) -> Condition:
    return AnyOf(_parts(scope, row, "any", within))


def _parts(scope: Scope, row: Row, key: str, within: str) -> tuple[Condition, ...]:
    node = row.node(key)
    if not isinstance(node, Sequence) or not node.parts:
        row.add(f"“{key}” needs a list of conditions.", key=key)
        return ()
    return tuple(condition(scope, part, within) for part in node.parts)


def _not(scope: Scope, row: Row, within: str) -> Condition:
    node = row.node("not")
    if node is None:
        row.add("“not” needs a condition.", key="not")
        return Otherwise()
    return Not(condition(scope, node, within))


def _otherwise(_: Scope, row: Row, _within: str) -> Condition:
    if not row.flag("otherwise"):
        row.add("“otherwise” may only be true.", key="otherwise")
    return Otherwise()


_READERS = {
    "state": _state,
    "happened": _happened,
    "age": _age,
    "setting": _setting,
    "field": _field,
    "episode": _episode,
    "ordinal": _ordinal,
    "all": _all,
    "any": _any,
    "not": _not,
    "otherwise": _otherwise,
}
