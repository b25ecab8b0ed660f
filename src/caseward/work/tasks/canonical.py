"""A task or an episode as the columns of its row, and back, losing nothing.

A plain field is its own column. Any other becomes the one text of its value: JSON with sorted
keys, every field written, dates as ISO text, so that equal values are equal texts.
"""

import json
import types
import typing
import uuid
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

Value = TypeVar("Value")

# A name of ours for the ids made from keys; it never changes, so an address never changes.
TASKS = uuid.UUID("6a0f7c1e-4d5b-5b0e-9a53-2b2f0c7c4f11")

LONDON = ZoneInfo("Europe/London")
_PLAIN = (str, int, bool, date, datetime)


def id_of(key: str) -> str:
    """Return the id that stands in addresses for the task or episode with this key."""
    return str(uuid.uuid5(TASKS, key))


def columns_of(value: Any) -> dict[str, Any]:
    """Return the columns of the row that holds this task or episode."""
    columns = {"id": id_of(value.key)}
    for name, is_plain in _columns(type(value)):
        found = getattr(value, name)
        if not is_plain:
            columns[name] = text_of(found)
        else:
            columns[name] = found.value if isinstance(found, Enum) else found
    return columns


def value_of(kind: type[Value], columns: Mapping[str, Any]) -> Value:
    """Return the task or episode that a row's columns hold."""
    read = _readers(kind)
    plain = dict(_columns(kind))
    return kind(**{
        name: reader(columns[name] if plain[name] else json.loads(columns[name]))
        for name, reader in read
    })  # fmt: skip


def spans_of(text: str) -> tuple[tuple[date, date | None, str], ...]:
    """Return the spans of days, each with its reason, that a column of them holds."""
    return tuple(
        (date.fromisoformat(since), date.fromisoformat(until) if until else None, reason)
        for since, until, reason in json.loads(text)
    )


def text_of(value: Any) -> str:
    """Return the canonical text of a value."""
    return (not value and _EMPTY.get(type(value))) or _encoder.encode(value)


def _written(value: Any) -> Any:
    """Return what JSON has no form of its own for, in one that it has."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    return {name: getattr(value, name) for name in _names(type(value))}


_encoder = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_written
)
# Most of what a task may have it has none of: these are not worth a turn of the encoder each.
_EMPTY: dict[type, str] = {tuple: "[]", dict: "{}"}
_known_names: dict[type, tuple[str, ...]] = {}
_known_columns: dict[type, tuple[tuple[str, bool], ...]] = {}
_known_readers: dict[type, tuple[tuple[str, Callable[[Any], Any]], ...]] = {}


def _names(kind: type[Any]) -> tuple[str, ...]:
    if kind not in _known_names:
        _known_names[kind] = tuple(field.name for field in fields(kind))
    return _known_names[kind]


def _columns(kind: type[Any]) -> tuple[tuple[str, bool], ...]:
    """Return each field's name, and whether it is a plain column of its own."""
    if kind not in _known_columns:
        hints = typing.get_type_hints(kind)
        _known_columns[kind] = tuple((name, _is_plain(hints[name])) for name in _names(kind))
    return _known_columns[kind]


def _is_plain(hint: Any) -> bool:
    choices = [part for part in _choices(hint) if part is not types.NoneType]
    return len(choices) == 1 and isinstance(choices[0], type) and (
        choices[0] in _PLAIN or issubclass(choices[0], Enum)
    )  # fmt: skip


def _readers(kind: type[Any]) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    if kind not in _known_readers:
        hints = typing.get_type_hints(kind)
        _known_readers[kind] = tuple((name, _reader(hints[name])) for name in _names(kind))
    return _known_readers[kind]


def _choices(hint: Any) -> tuple[Any, ...]:
    is_union = isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union
    return typing.get_args(hint) if is_union else (hint,)


def _reader(hint: Any) -> Callable[[Any], Any]:
    """Return what makes a value of this type of its column or of its part of the text."""
    choices = [part for part in _choices(hint) if part is not types.NoneType]
    if len(choices) < len(_choices(hint)):
        inner = _reader(choices[0])
        return lambda value: None if value is None else inner(value)
    origin = typing.get_origin(hint)
    if origin is tuple:
        return _tuple_reader(typing.get_args(hint))
    if origin is not None and issubclass(origin, Mapping):
        return dict
    if is_dataclass(hint) and isinstance(hint, type):
        return _dataclass_reader(hint)
    return _plain_reader(hint)


def _plain_reader(hint: Any) -> Callable[[Any], Any]:
    if hint is datetime:
        return _moment
    if hint is date:
        return lambda value: date.fromisoformat(value) if isinstance(value, str) else value
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return lambda value: value


def _moment(value: str | datetime) -> datetime:
    """Return a moment as the engine gives it, in London's time, whichever way it was kept."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.astimezone(LONDON)


def _tuple_reader(parts: tuple[Any, ...]) -> Callable[[Any], Any]:
    if len(parts) == 2 and parts[1] is Ellipsis:  # noqa: PLR2004 -- tuple[X, ...]
        each = _reader(parts[0])
        return lambda value: tuple(each(part) for part in value)
    readers = [_reader(part) for part in parts]
    return lambda value: tuple(read(part) for read, part in zip(readers, value, strict=True))


def _dataclass_reader(kind: type[Any]) -> Callable[[Any], Any]:
    return lambda value: kind(**{name: read(value[name]) for name, read in _readers(kind)})
