"""JSON Schema (draft 2020-12) of law files, kinds files and worked examples, for editors.

It refuses what is wrong in the shape of a file; what a file speaks of (kinds, states, steps) only
the loader can know.
"""

from typing import Any

from caseward.rules.facts import keys as fact_keys
from caseward.rules.procedures import example_keys, keys
from caseward.rules.procedures.shapes import SHAPES, ref
from caseward.rules.texts.keys import TableOfKeys, Tables

DRAFT = "https://json-schema.org/draft/2020-12/schema"
# A table and a shape of one name: the shape is what a key holds, the table its long form.
_RENAMED = {
    "each": "each_event",
    "owner": "owner_by_condition",
    "source": "source_table",
    "meeting": "meeting_table",
    "kind": "kind_table",
}
_FORMS_OF_A_LIMIT: list[dict[str, Any]] = [
    {"required": ["count", "unit"], "not": {"anyOf": [{"required": [key]} for key in ("before", "by_field", "at_once")]}},
    {"required": ["before"], "properties": {"unit": ref("unit_of_days")}, "not": {"anyOf": [{"required": [key]} for key in ("by_field", "at_once")]}},
    {"required": ["by_field"], "not": {"anyOf": [{"required": [key]} for key in ("count", "unit", "before", "at_once")]}},
    {"required": ["at_once"], "not": {"anyOf": [{"required": [key]} for key in ("count", "unit", "before", "by_field")]}},
]  # fmt: skip
_COUNT_WITH_UNIT = {"count": ["unit"], "unit": ["count"]}
_WAYS_TO_MEET = ("met_by", "all_of", "any_of")
# What JSON Schema must say of a table beyond its keys.
_BEYOND_KEYS: dict[str, dict[str, Any]] = {
    "limit": {
        "anyOf": _FORMS_OF_A_LIMIT,
        "dependentRequired": {**_COUNT_WITH_UNIT, "from_count": ["count"]},
    },
    "every_row": {
        "dependentRequired": _COUNT_WITH_UNIT,
        "oneOf": [
            {"required": ["when"], "not": {"required": ["by_field"]}},
            {"required": ["otherwise"]},
            {"required": ["by_field"]},
        ],
        "anyOf": [
            {"required": ["count", "unit"]},
            {"required": ["none"]},
            {"required": ["by_field"]},
        ],
    },
    "step": {
        "if": {"properties": {"window": {"const": True}}, "required": ["window"]},
        "then": {
            "required": ["limits"],
            "not": {"anyOf": [{"required": [way]} for way in _WAYS_TO_MEET]},
        },
        "else": {
            "required": ["owner"],
            "oneOf": [{"required": [way]} for way in _WAYS_TO_MEET],
        },
        "allOf": [
            {"not": {"required": ["limits", "every"]}},
            {"not": {"required": ["replaced_by", "ends"]}},
            {"if": {"required": ["ask_again"]}, "then": {"required": ["every"]}},
            {"if": {"required": ["merges_while"]}, "then": {"required": ["merges"]}},
        ],
    },
    "owner": {
        "oneOf": [{"required": ["when", "then"]}, {"required": ["by_field"]}],
        "dependentRequired": {"when": ["then"], "then": ["when"]},
    },
    "owner_row": {"oneOf": [{"required": ["when", "then"]}, {"required": ["otherwise"]}]},
    "expectation": {"oneOf": [{"required": ["step"]}, {"required": ["no_step"]}]},
    "field": {
        "if": {"properties": {"type": {"const": "choice"}}, "required": ["type"]},
        "then": {"required": ["choices"]},
        "else": {"not": {"required": ["choices"]}},
    },
    "set": {"dependentRequired": {"when_field": ["when_values"], "when_values": ["when_field"]}},
}


def json_schema() -> dict[str, Any]:
    """Return the schema of a law file."""
    return _schema("law-file", "A law file of Caseward", "procedure", keys.TABLES)


def vocabulary_schema() -> dict[str, Any]:
    """Return the schema of a file of kinds of event."""
    return _schema("kinds-file", "A file of kinds of event", "kinds_file", fact_keys.TABLES)


def examples_schema() -> dict[str, Any]:
    """Return the schema of a file of worked examples."""
    return _schema(
        "examples-file", "A file of worked examples", "examples_file", example_keys.TABLES
    )


def _schema(name: str, title: str, root: str, tables: Tables) -> dict[str, Any]:
    everything = {
        **{shape: SHAPES[shape] for shape in SHAPES},
        **{_RENAMED.get(table, table): _table(table, tables[table]) for table in tables},
    }
    return {
        "$schema": DRAFT,
        "$id": f"https://caseward.example/schemas/{name}.json",
        "title": title,
        **ref(root),
        "$defs": _needed(root, everything),
    }


def _table(name: str, table: TableOfKeys) -> dict[str, Any]:
    return {
        "type": "object",
        "description": table.purpose,
        "properties": {
            key.name: {**ref(key.shape), "description": key.meaning} for key in table.keys
        },
        "required": [key.name for key in table.keys if key.required],
        "additionalProperties": False,
        **_BEYOND_KEYS.get(name, {}),
    }


def _needed(root: str, everything: dict[str, Any]) -> dict[str, Any]:
    """Return only the shapes that the root reaches, in order of their names."""
    reached: set[str] = set()
    waiting = [root]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += _mentioned(everything[name])
    return {name: everything[name] for name in sorted(reached)}


def _mentioned(part: Any) -> list[str]:
    if isinstance(part, list):
        return [name for each in part for name in _mentioned(each)]
    if not isinstance(part, dict):
        return []
    here = [part["$ref"].rpartition("/")[2]] if isinstance(part.get("$ref"), str) else []
    return here + [name for value in part.values() for name in _mentioned(value)]
