"""The shapes of values in law files and kinds files, as JSON Schema.

A shape refers to another table or shape by name; `schema` puts them together.
"""

from typing import Any

from caseward.rules.facts import keys as fact_keys
from caseward.rules.procedures import example_keys, keys, reading_conditions, reading_triggers

Schema = dict[str, Any]

_TEXT: Schema = {"type": ["string", "integer"]}
_SCALAR: Schema = {"type": ["string", "integer", "boolean"]}
_WORD: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
_KIND: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*$"}
_STEP: Schema = {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_]*(\\.[a-z0-9_]+)*$"}
_SETTING: Schema = {"type": "string", "pattern": "^setting\\..+$"}
_DATE: Schema = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_TIME: Schema = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}
_FLAG: Schema = {"type": "boolean"}


def ref(name: str) -> Schema:
    """Return a reference to a named shape."""
    return {"$ref": f"#/$defs/{name}"}


def _one_or_list(shape: Schema) -> Schema:
    return {"anyOf": [shape, {"type": "array", "items": shape}]}


def _list_of(shape: Schema, *, at_least: int = 0) -> Schema:
    return {"type": "array", "items": shape, "minItems": at_least}


def _named(shape: Schema, *, names: str = "^.+$") -> Schema:
    return {
        "type": "object",
        "patternProperties": {names: shape},
        "additionalProperties": False,
    }


def _enum(words: tuple[str, ...]) -> Schema:
    return {"type": "string", "enum": list(words)}


def _or_none(shape: Schema) -> Schema:
    return {"anyOf": [shape, {"type": "null"}]}


def _sorts(
    sorts: dict[str, tuple[str, ...]], values: dict[str, Schema], *, open_sort: str = ""
) -> list[Schema]:
    """One object for each sort, told by the key that only it has; an open one takes any other."""
    return [
        {
            "type": "object",
            "required": [sort],
            "properties": {key: values[key] for key in (sort, *beside)},
            "additionalProperties": ref("values") if sort == open_sort else False,
        }
        for sort, beside in sorts.items()
    ]


_CONDITION_VALUES: dict[str, Schema] = {
    "state": _WORD,
    "is": ref("values"),
    "in": ref("values"),
    "happened": _KIND,
    "outcome": ref("words"),
    "since": ref("anchor"),
    "before": ref("anchor"),
    "within": ref("within"),
    "age": ref("age"),
    "setting": {"type": "string"},
    "has_come": {"const": True},
    "field": _WORD,
    "episode": _enum(("open", "closed")),
    "procedure": _WORD,
    "ordinal": _enum(keys.ORDINALS),
    "all": _list_of(ref("condition"), at_least=1),
    "any": _list_of(ref("condition"), at_least=1),
    "not": ref("condition"),
    "otherwise": {"const": True},
}
_TRIGGER_VALUES: dict[str, Schema] = {
    "event": _KIND,
    "outcome": ref("words"),
    "while": ref("condition"),
    "where": ref("condition"),
    "state": _WORD,
    "is": ref("values"),
    "in": ref("values"),
    "begins": {"const": True},
    "ends": {"const": True},
    "passed": {"anyOf": [_STEP, ref("passed")]},
    "unless": ref("condition"),
    "all": _list_of(ref("trigger"), at_least=1),
    "any": _list_of(ref("trigger"), at_least=1),
    "enters_at": _STEP,
}


def _trigger(*extra: str) -> Schema:
    sorts = {sort: (*beside, *extra) for sort, beside in reading_triggers.SORTS.items()}
    alone = {"anyOf": [_KIND, {"const": "episode_opened"}]}
    objects = _sorts(sorts, _TRIGGER_VALUES, open_sort="event")
    for shape in objects:
        if shape["required"] == ["state"]:
            shape["oneOf"] = [{"required": ["begins"]}, {"required": ["ends"]}]
    return {"anyOf": [alone, *objects]}


SHAPES: dict[str, Schema] = {
    "text": _TEXT,
    "texts": _one_or_list(_TEXT),
    "word": _WORD,
    "words": _one_or_list(_TEXT),
    "value": _SCALAR,
    "values": _one_or_list(_SCALAR),
    "flag": _FLAG,
    "flag_or_default": _FLAG,
    "only_true": {"const": True},
    "number": {"type": "integer"},
    "date": _DATE,
    "time": _TIME,
    "free": {"type": "object"},
    "date_or_none": _or_none(_DATE),
    "text_or_none": _or_none(_TEXT),
    "words_or_none": _or_none(ref("words")),
    "status": _enum(example_keys.STATUSES),
    "role_of_task": _enum(example_keys.ROLES),
    "kind": _KIND,
    "kinds_list": _one_or_list(_KIND),
    "states_list": _one_or_list(_WORD),
    "step_id": _STEP,
    "step_ids": _one_or_list(_STEP),
    "needs": _one_or_list({"anyOf": [_STEP, _KIND]}),
    "anchor": {"anyOf": [_KIND, _enum(("trigger", "episode_opened", "birth"))]},
    "before": {"anyOf": [_KIND, _enum(("episode_opened", "birth"))]},
    "count": {"anyOf": [{"type": "integer", "minimum": 0}, _SETTING]},
    "unit": {"anyOf": [_enum(keys.UNITS), _SETTING]},
    "unit_of_days": {"anyOf": [_enum(reading_conditions.UNITS_OF_DAYS), _SETTING]},
    "age_span": {
        "type": "object",
        "properties": {
            "count": ref("count"),
            "unit": {"anyOf": [_enum(reading_conditions.UNITS_OF_AGE), _SETTING]},
        },
        "required": ["count", "unit"],
        "additionalProperties": False,
    },
    "setting_name": _SETTING,
    "force": _enum(keys.FORCES),
    "how": _enum(keys.HOW),
    "at_once": _enum(keys.AT_ONCE),
    "owners": _enum(keys.OWNERS),
    "transition": _enum(keys.TRANSITIONS),
    "read_at": {"anyOf": [_KIND, {"type": "string", "pattern": "^first_[a-z0-9_]+$"}]},
    "condition": {"anyOf": _sorts(reading_conditions.SORTS, _CONDITION_VALUES)},
    "ordinal_or_condition": {"anyOf": [_enum(keys.ORDINALS), ref("condition")]},
    "age": {
        "type": "object",
        "properties": {
            "under": ref("age_span"),
            "over": ref("age_span"),
            "of": _enum(reading_conditions.AGE_OF),
            "at": _KIND,
        },
        "additionalProperties": False,
        "anyOf": [{"required": ["under"]}, {"required": ["over"]}],
    },
    "passed": {
        "type": "object",
        "properties": {
            "count": ref("count"),
            "unit": ref("unit_of_days"),
            "from": ref("before"),
        },
        "required": ["count", "unit", "from"],
        "additionalProperties": False,
    },
    "trigger": _trigger(),
    "triggers": _one_or_list(ref("trigger")),
    "openings": {
        "anyOf": [
            _trigger("enters_at"),
            _list_of(_trigger("enters_at"), at_least=1),
        ]
    },
    "meets": {
        "anyOf": [
            _KIND,
            *_sorts({"event": ("outcome", "where")}, _TRIGGER_VALUES, open_sort="event"),
        ]
    },
    "met_by": _one_or_list(ref("meets")),
    "field_values": _named(_SCALAR, names=_WORD["pattern"]),
    "editions": _list_of(ref("edition"), at_least=1),
    "ended": _named({"anyOf": [_STEP, {"type": "null"}]}),
    "steps": _list_of(ref("step")),
    "parts": _list_of(ref("part"), at_least=1),
    "limits": _one_or_list(ref("limit")),
    "moves": _one_or_list({"anyOf": [_KIND, ref("move")]}),
    "every": _list_of(ref("every_row"), at_least=1),
    "outcomes": _named({"anyOf": [ref("outcome"), {"type": "null"}]}),
    "may_precede": {
        "type": "object",
        "properties": {"back_to": {"anyOf": [ref("before"), ref("span")]}},
        "required": ["back_to"],
        "additionalProperties": False,
    },
    "each": {"anyOf": [_WORD, _list_of(_WORD, at_least=1), ref("each_event")]},
    "owner": {
        "anyOf": [ref("words"), ref("owner_by_condition"), _list_of(ref("owner_row"), at_least=2)]
    },
    "source": {"anyOf": [_TEXT, ref("source_table")]},
    "meeting": {"anyOf": [_WORD, ref("meeting_table")]},
    "examples": _list_of(ref("example"), at_least=1),
    "facts": _list_of(ref("fact")),
    "expectations": _list_of(ref("expectation"), at_least=1),
    "states": _named(ref("state")),
    "kinds": _named(ref("kind_table"), names=_KIND["pattern"]),
    "fields": _named(ref("field"), names=_WORD["pattern"]),
    "choices": {"anyOf": [_list_of(_TEXT), _named(_TEXT)]},
    "sets": _one_or_list(ref("set")),
    "contradictions": _one_or_list(ref("contradiction")),
    "answers": _named(ref("words"), names=_WORD["pattern"]),
    "field_type": _enum(fact_keys.FIELD_TYPES),
    "sensitivity": _enum(fact_keys.SENSITIVITIES),
}
